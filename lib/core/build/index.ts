import {
  type CollectionName,
  type Config,
  type ConfigObject,
  type ExportedBlock,
  type MessageHeaders,
  type ObjectOf,
  type Property,
  parseIpRange,
} from '../model'
import { nothingSaid, type Reading } from '../reading'
import { type BlockInfo, clip, type Draft, draftBlocks, type ParsedSource, type Report } from './draft'
import { makers } from './entities'
import type { Shared } from './entities/make'
import { connectorId, foldName, identify, keyOf, mendNames, tellForestsApart } from './identity'
import { mergeDrafts } from './merge'
import { settleParts } from './parts'
import { serverNames, settleBlockServers, settleServers } from './servers'
import { edgeServers, settleEdges, settleSides } from './sides'
import { parseBinding, parseCapability, remembering } from './transport-values'
import { type Reader, reader } from './typed'

export type { BlockInfo, ParsedSource } from './draft'

/** What a build gives: the model, and per source the blocks with what was found out about them. */
export type Built = { readonly config: Config; readonly blocks: ReadonlyMap<string, readonly BlockInfo[]> }

/** Takes sources one after the other, so that what a format read of one can be let go before the next is read. */
export type Builder = { readonly add: (source: ParsedSource) => void; readonly build: () => Built }

/** RawObjects of all sources to one Config: read values, find out whose they are, merge what is the same, type it. */
export function configBuilder(report: Report, reading: Reading = nothingSaid): Builder {
  const bySource = new Map<string, BlockInfo[]>()
  const messages: MessageHeaders[] = []
  return {
    add: (source) => {
      bySource.set(source.id, draftBlocks(source, report, reading))
      messages.push(...messagesOf(source))
    },
    build: () => ({ config: configOf([...bySource.values()], messages, report), blocks: bySource }),
  }
}

export function buildConfig(sources: readonly ParsedSource[], report: Report, reading: Reading = nothingSaid): Built {
  const builder = configBuilder(report, reading)
  for (const s of sources) builder.add(s)
  return builder.build()
}

function configOf(bySource: readonly BlockInfo[][], messages: readonly MessageHeaders[], report: Report): Config {
  settleSides(bySource)
  const blocks = bySource.flat()
  settleParts(blocks)
  const drafts = blocks.flatMap((b) => (b.raw.intended ? [] : b.drafts))
  const intended = blocks.flatMap((b) => (b.raw.intended ? b.drafts : []))
  for (const d of drafts) identify(d)
  for (const d of intended) identify(d)
  const names = serverNames(drafts)
  settleServers(blocks, names, report)
  settleEdges(blocks, edgeServers(drafts))
  settleBlockServers(blocks, names)
  mendNames(drafts)
  tellForestsApart(drafts)
  reportNameless(drafts, report)
  const objects = mergeAll(
    drafts.filter((d) => d.name !== ''),
    report,
  )
  return {
    ...typeAll(objects, report),
    exports: exportsOf(blocks.filter((b) => !b.raw.intended)),
    intended: intended.map((d) => ({ ...commonOf(d), command: d.block.raw.command ?? '' })),
    messages,
  }
}

/** What has no name is nobody's: it cannot be told from others, so no check reads it. That must not pass in silence. */
function reportNameless(drafts: readonly Draft[], report: Report): void {
  const groups = new Map<string, [Draft, ...Draft[]]>()
  for (const d of drafts) {
    if (d.name !== '') continue
    d.block.hasGaps = true
    const key = `${d.block.source} ${d.collection}`
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [d])
    else group.push(d)
  }
  for (const [first, ...others] of groups.values()) {
    const params = { count: others.length + 1 }
    report(first.block.source, { code: 'name-missing', level: 'warning', line: first.place.lines[0], params })
  }
}

/** Headers of messages, as they were found. */
function messagesOf({ id, blocks }: ParsedSource): MessageHeaders[] {
  return blocks
    .filter((b) => b.format === 'headers')
    .flatMap((b) =>
      b.objects.map((o) => ({
        place: { source: id, lines: o.lines },
        headers: o.properties.map((p) => ({
          name: p.name,
          text: p.text ?? '',
          place: { source: id, lines: p.lines },
        })),
      })),
    )
}

function mergeAll(drafts: readonly Draft[], report: Report): Draft[] {
  const groups = new Map<string, [Draft, ...Draft[]]>()
  const hasCloud = drafts.some((d) => d.side === 'exchange-online')
  for (const d of withoutCutTwins(withoutBareRows(drafts))) {
    d.key = keyOf(d, hasCloud)
    const group = groups.get(d.key)
    if (group === undefined) groups.set(d.key, [d])
    else group.push(d)
  }
  return [...groups.values()].map((g) => mergeDrafts(g, report))
}

/**
 * A row whose name was cut is never merged. Where one object alone can be meant, and another export shows it whole, the row would be
 * a second one of it: it is left out.
 */
function withoutCutTwins(drafts: readonly Draft[]): readonly Draft[] {
  const cut = drafts.filter((d) => d.isCut === true)
  if (cut.length === 0) return drafts
  const whole = new Map<string, Set<string>>()
  for (const d of drafts) {
    if (d.isCut === true) continue
    const ids = whole.get(d.collection) ?? new Set<string>()
    whole.set(d.collection, ids.add(foldName(d.id)))
  }
  const twins = new Set<Draft>()
  for (const d of cut) {
    const beginning = foldName(d.id).replace(/(?:\.{3}|\u2026)$/, '')
    const found = beginning === '' ? [] : [...(whole.get(d.collection) ?? [])].filter((id) => id.startsWith(beginning))
    if (found.length === 1) twins.add(d)
  }
  return drafts.filter((d) => !twins.has(d))
}

/** The default table of Get-ADPermission has no rights: where another export shows the account's rows, its rows say nothing more. */
function withoutBareRows(drafts: readonly Draft[]): readonly Draft[] {
  const isBare = (d: Draft): boolean =>
    d.collection === 'adPermissions' && !d.properties.has('extendedrights') && !d.properties.has('accessrights')
  if (!drafts.some(isBare)) return drafts
  const shown = new Set(drafts.filter((d) => d.collection === 'adPermissions' && !isBare(d)).map((d) => foldName(d.id)))
  return drafts.filter((d) => !isBare(d) || !shown.has(foldName(d.id)))
}

function typeAll(objects: readonly Draft[], report: Report): Omit<Config, 'exports' | 'intended' | 'messages'> {
  const shared: Shared = {
    range: remembering(parseIpRange),
    binding: remembering(parseBinding),
    capability: remembering(parseCapability),
  }
  const typed = <K extends CollectionName>(collection: K): ObjectOf[K][] =>
    objects
      .filter((d) => d.collection === collection)
      .map((d) => {
        const common = commonOf(d)
        const made = makers[collection](common, readerOf(d, common.properties, report), shared)
        d.properties.clear() // the object has them now; a large upload cannot have both for all objects
        return made
      })
  return {
    receiveConnectors: typed('receiveConnectors'),
    sendConnectors: typed('sendConnectors'),
    certificates: typed('certificates'),
    inboundConnectors: typed('inboundConnectors'),
    outboundConnectors: typed('outboundConnectors'),
    acceptedDomains: typed('acceptedDomains'),
    remoteDomains: typed('remoteDomains'),
    servers: typed('servers'),
    hybridConfigurations: typed('hybridConfigurations'),
    adPermissions: typed('adPermissions'),
    transportConfigs: typed('transportConfigs'),
    transportServices: typed('transportServices'),
    transportRules: typed('transportRules'),
    edgeSubscriptions: typed('edgeSubscriptions'),
    organizationConfigs: typed('organizationConfigs'),
    blockedConnectors: typed('blockedConnectors'),
    outboundSpamPolicies: typed('outboundSpamPolicies'),
    onPremisesOrganizations: typed('onPremisesOrganizations'),
    authConfigs: typed('authConfigs'),
  }
}

/** What is no value of its type is none in the inventory either: nobody takes the text for one that was read. */
function readerOf(d: Draft, properties: Record<string, Property>, report: Report): Reader {
  return reader(d, (property, line, raw) => {
    const found = properties[property]
    if (found !== undefined && 'place' in found)
      properties[property] = { state: 'unusable', name: property, raw, place: found.place }
    d.block.hasGaps = true
    report(d.block.source, {
      code: 'value-unusable',
      level: 'warning',
      line,
      property,
      object: d.id,
      params: { value: clip(raw) },
    })
  })
}

function commonOf(d: Draft): ConfigObject & { readonly properties: Record<string, Property> } {
  const { collection, id, name, server, side, place } = d
  const properties: Record<string, Property> = {}
  for (const p of d.properties.values()) properties[p.name] = p
  return { collection, id, name, server, side, properties, place }
}

function exportsOf(blocks: readonly BlockInfo[]): ExportedBlock[] {
  const out: ExportedBlock[] = []
  for (const b of blocks) {
    // Objects without names are not in the model: their file must not pass for a listing without objects.
    if (b.collection === null || (b.drafts.length > 0 && b.drafts.every((d) => d.name === ''))) continue
    const place = { source: b.source, lines: b.raw.lines }
    const { collection, side, server, completeness } = b
    const connectors = collection === 'adPermissions' ? connectorsOf(b) : undefined
    out.push({
      collection,
      side,
      server,
      // One that lost its name may be the one that matters.
      listing: b.drafts.some((d) => d.name === '') ? 'named' : (b.raw.listing ?? 'unknown'),
      completeness,
      ...(b.raw.isPartial ? { isPartial: true as const } : {}),
      objects: b.drafts.length,
      ...(connectors ? { connectors } : {}),
      ...(b.part ? { part: b.part } : {}),
      place,
    })
  }
  return out
}

/** Connectors whose whole access list was asked for: those the command names, else those that rows are there for. */
function connectorsOf(b: BlockInfo): string[] | undefined {
  if (b.raw.filtered === true || b.raw.isPartial === true) return undefined
  const named = (b.raw.named ?? []).filter((n) => connectorId(n) !== undefined)
  const ids = new Set([...named, ...b.drafts.map((d) => d.name).filter((n) => !n.startsWith('?'))])
  return ids.size > 0 ? [...ids] : undefined
}
