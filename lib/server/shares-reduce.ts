import 'server-only'
import {
  type CollectionName,
  type Comparison,
  collections,
  countedFindings,
  decidingProperties,
  type Finding,
  findingsView,
  type InventoryObject,
  knownValues,
  parseFindingsQuery,
  type Report,
  ruleInfos,
  type Topology,
} from '@/lib/core'
import { AppError } from './errors'
import type { ShareAllows, ShareTarget, ShareView } from './shares-input'

/** The most findings that a list hands on. */
export const maxSharedFindings = 1000

type Keep = {
  readonly allows: ShareAllows
  readonly target: ShareTarget
  readonly isFull: boolean
  /** Findings that are shown. */
  readonly ids: ReadonlySet<string>
}

// -- Findings -----------------------------------------------------------------------------------------------------------------------

/** Every page of a list, worst first, each finding once. */
function listed(report: Report, search: string): Finding[] {
  const known = knownValues(report, ruleInfos)
  const { query } = parseFindingsQuery(Object.fromEntries(new URLSearchParams(search)), known)
  const flat = { ...query, group: 'none', page: 1 } as const
  const { pages } = findingsView(report, flat, 'en')
  const leads = Array.from({ length: pages }, (_, i) => findingsView(report, { ...flat, page: i + 1 }, 'en'))
    .flatMap((view) => view.groups)
    .flatMap((group) => group.rows.map((row) => row.finding))
  return leads.slice(0, maxSharedFindings)
}

/** Ids of the findings that a link shows. Throws AppError('not-found') for a finding that is not in the report. */
export function sharedFindings(report: Report, { target, allows }: ShareView): string[] {
  switch (target.kind) {
    case 'finding':
      if (!report.findings.some((f) => f.id === target.finding)) throw new AppError('not-found')
      return [target.finding]
    case 'findings':
      return listed(report, target.search).map((f) => f.id)
    case 'map':
      return allows.findings ? report.findings.map((f) => f.id) : []
    case 'audit':
      return report.findings.map((f) => f.id)
    case 'comparison':
      return []
  }
}

/** A finding without what a guest never sees (reasons of people, the simulator's question) and what this link does not allow. */
function reducedFinding(finding: Finding, { allows, target, ids }: Keep): Finding {
  const { simulation: _, baseline: __, change, accepted, ...rest } = finding
  const withChange = allows.fix && target.kind === 'audit' && change !== undefined
  return {
    ...rest,
    ...(accepted && { accepted: { reason: '', until: null } }),
    ...(withChange && { change }),
    fix: allows.fix ? rest.fix : null,
    evidence: allows.evidence ? rest.evidence : [],
    conditions: allows.evidence ? rest.conditions : rest.conditions.map(({ evidence: ___, ...c }) => c),
    absorbs: rest.absorbs.filter((id) => ids.has(id)),
    absorbedBy: rest.absorbedBy !== null && ids.has(rest.absorbedBy) ? rest.absorbedBy : null,
  }
}

// -- Inventory and sources ----------------------------------------------------------------------------------------------------------

/** What the overview and the map show of certificates and of those who name them. */
const certificateProperties: Readonly<Partial<Record<CollectionName, readonly string[]>>> = {
  certificates: ['Subject', 'Issuer', 'NotAfter', 'Services', 'IsSelfSigned'],
  receiveConnectors: ['TlsCertificateName'],
  sendConnectors: ['TlsCertificateName'],
  hybridConfigurations: ['TlsCertificateName'],
}

/** An object with the values that are shown. Of the others stays that they were there: the matrix of exports counts them. */
function reducedObject(object: InventoryObject, shown: readonly string[]): InventoryObject {
  const properties = Object.entries(object.properties).map(([name, property]) => {
    const { value: _, ...without } = property
    return [name, shown.includes(name) ? property : without] as const
  })
  return { ...object, properties: Object.fromEntries(properties) }
}

function reducedInventory(report: Report, { allows, target }: Keep): Report['inventory'] {
  const objectsOf = (collection: CollectionName): InventoryObject[] => {
    const isMapped = collection === 'certificates' || (allows.evidence && decidingProperties(collection).length > 0)
    if (target.kind !== 'audit' && !(target.kind === 'map' && isMapped)) return []
    const shown = [
      ...(certificateProperties[collection] ?? []),
      ...(allows.evidence ? decidingProperties(collection) : []),
    ]
    return report.inventory[collection].map((object) => reducedObject(object, shown))
  }
  return mapCollections(objectsOf)
}

const mapCollections = (of: (collection: CollectionName) => InventoryObject[]): Report['inventory'] => {
  const entries = collections.map((c) => [c, of(c)] as const)
  return Object.fromEntries(entries) as Report['inventory'] // every collection is there
}

type Source = Report['sources'][number]

/** Files by number unless their names may be seen; never a hash, a line, or a word of what was said about them. */
function reducedSource(source: Source, index: number, { allows, target, isFull }: Keep): Source {
  const { firstLine: _, ...rest } = source
  return {
    ...rest,
    name: isFull && allows.evidence ? source.name : `file-${index + 1}`,
    sha256: '',
    bytes: 0,
    blocks: target.kind === 'audit' ? source.blocks.map(({ takenAt: __, ...block }) => block) : [],
    notices: source.notices.map(({ code, level, line }) => ({
      ...{ code, level, message: '', remedy: '' },
      ...(line !== undefined && { line }),
    })),
  }
}

// -- The whole ----------------------------------------------------------------------------------------------------------------------

function countsOf(findings: readonly Finding[]): Report['summary']['bySeverity'] {
  const counts = { critical: 0, high: 0, medium: 0, low: 0, info: 0 }
  for (const finding of countedFindings(findings)) counts[finding.severity]++
  return counts
}

const nothing = { fail: 0, pass: 0, notAssessed: 0, notApplicable: 0, crashed: 0 }

/** The part of a report that a link is about, with the findings of these ids. */
export function reducedReport(report: Report, { target, allows, level }: ShareView, shown: readonly string[]): Report {
  const ids = new Set(shown)
  const keep = { target, allows, isFull: level === 'full', ids }
  const findings = report.findings.filter((f) => ids.has(f.id)).map((f) => reducedFinding(f, keep))
  const whole = target.kind === 'audit'
  const withSources = whole || allows.evidence
  return {
    ...{ report: 1, tool: report.tool, asOf: report.asOf, asOfSource: report.asOfSource, intended: [], messages: [] },
    sources: withSources ? report.sources.map((s, i) => reducedSource(s, i, keep)) : [],
    inventory: reducedInventory(report, keep),
    outcomes: whole ? report.outcomes : [],
    findings,
    summary: whole ? report.summary : { bySeverity: countsOf(findings), outcomes: nothing, questions: [] },
  }
}

type Marked = { readonly findings: string[]; readonly worst: Finding['severity'] | null }

/** The map, where the link has one: with what was found only where that is shared. */
export function reducedTopology(topology: Topology, { target, allows }: ShareView): Topology | null {
  if (target.kind !== 'audit' && target.kind !== 'map') return null
  if (target.kind === 'audit' || allows.findings) return topology
  const unmarked = <T extends Marked>(part: T): T => ({ ...part, findings: [], worst: null })
  const lines = topology.lines.map((line) => ({
    ...unmarked(line),
    doors: line.doors.map((door) => ({ ...door, findings: [] })),
  }))
  return { ...topology, cards: topology.cards.map(unmarked), lines }
}

/** The inventory of two reports as one. */
export const joinedInventory = (one: Report, other: Report): Report['inventory'] =>
  mapCollections((collection) => [...one.inventory[collection], ...other.inventory[collection]])

/** A comparison without the places in files, where lines are not shared. */
export function reducedComparison(comparison: Comparison, { allows, level }: ShareView): Comparison {
  const side = ({ asOf, files }: Comparison['before']) => ({
    asOf,
    files: allows.evidence && level === 'full' ? files : numbered(files, allows.evidence === true),
  })
  const objects = comparison.objects.map((object) => ({
    ...object,
    place: allows.evidence ? object.place : null,
    properties: object.properties.map((p) => (allows.evidence ? p : { ...p, before: null, after: null })),
  }))
  return { ...comparison, before: side(comparison.before), after: side(comparison.after), objects }
}

const numbered = (files: Comparison['before']['files'], isShown: boolean): Comparison['before']['files'] =>
  Object.fromEntries(isShown ? Object.keys(files).map((id, index) => [id, `file-${index + 1}`]) : [])
