import { type Severity, severities } from '../rules/define-rule'
import type { FindingsQuery, KnownValues, SortColumn } from './findings-query'
import { groupBy } from './group-by'
import { byExposure, byProof, bySeverity, isAccepted, isLead, serversOf, sortedUnique, worstFirst } from './order'
import type { RuleCatalogue } from './rule-info'
import type { Finding, Language, Report } from './schema'

export const findingsPageSize = 100

export type FindingRow = { readonly finding: Finding; readonly absorbed: readonly Finding[] }

export type FindingGroup = {
  /** Rule id, server, object id, question number, or '' for the ungrouped list and for what has no such thing. */
  readonly key: string
  readonly worst: Severity
  /** Findings of the whole group, also where this page shows only a part of it. */
  readonly findings: number
  readonly objects: number
  readonly rows: readonly FindingRow[]
  /** The group began on an earlier page. */
  readonly continued: boolean
}

export type FindingsView = {
  readonly groups: readonly FindingGroup[]
  /** Findings that match, each counted once. */
  readonly matched: number
  /** All of the status that is shown. */
  readonly total: number
  /** Accepted findings that match otherwise, where the list shows the open ones only. */
  readonly accepted: number
  readonly groupCount: number
  /** Rows over all pages: more than `matched` where a finding stands under several servers or objects. */
  readonly places: number
  readonly page: number
  readonly pages: number
  /** Findings that match but are part of another one that does not. They count nowhere. */
  readonly absorbedOnly: readonly Finding[]
}

/** Every value that a filter may name in this audit. */
export function knownValues(report: Report, catalogue: RuleCatalogue): KnownValues {
  const inventory = Object.values(report.inventory).flat()
  const objects = report.findings.flatMap((f) => f.objects)
  const servers = [...inventory, ...objects].flatMap((o) => (o.server === null ? [] : [o.server]))
  return {
    rules: new Set([...catalogue.keys(), ...report.outcomes.map((o) => o.rule)]),
    servers: new Set(servers),
    objects: new Set([...inventory, ...objects].map((o) => o.id)),
  }
}

const includesOrAll = <T>(wanted: readonly T[], value: T): boolean => wanted.length === 0 || wanted.includes(value)

const overlapsOrAll = (wanted: readonly string[], values: readonly string[]): boolean =>
  wanted.length === 0 || values.some((v) => wanted.includes(v))

function searchText(f: Finding, lang: Language): string {
  return [f.rule, f.title[lang], f.message[lang], ...f.objects.map((o) => o.id)].join('\n').toLowerCase()
}

function matcher(query: FindingsQuery, lang: Language): (f: Finding) => boolean {
  const words = query.q.toLowerCase().split(/\s+/).filter(Boolean)
  return (f) =>
    includesOrAll(query.sev, f.severity) &&
    includesOrAll<number>(query.topic, f.question) &&
    includesOrAll(query.rule, f.rule) &&
    includesOrAll(query.exp, f.exposure) &&
    includesOrAll(query.proof, f.proof) &&
    includesOrAll(query.conf, f.confidence) &&
    overlapsOrAll(query.srv, serversOf(f)) &&
    overlapsOrAll(
      query.obj,
      f.objects.map((o) => o.id),
    ) &&
    (words.length === 0 || words.every((w) => searchText(f, lang).includes(w)))
}

const firstObject = (f: Finding): string => f.objects[0]?.id ?? ''

function comparer(column: SortColumn, lang: Language): (a: Finding, b: Finding) => number {
  const text = (pick: (f: Finding) => string) => (a: Finding, b: Finding) =>
    pick(a) < pick(b) ? -1 : pick(a) > pick(b) ? 1 : 0
  switch (column) {
    case 'severity':
      return bySeverity
    case 'finding':
      return text((f) => f.title[lang])
    case 'object':
      return text(firstObject)
    case 'exposure':
      return byExposure
    case 'proof':
      return byProof
  }
}

function keysOf(f: Finding, group: FindingsQuery['group']): readonly string[] {
  switch (group) {
    case 'rule':
      return [f.rule]
    case 'server': {
      const servers = serversOf(f)
      return servers.length === 0 ? [''] : servers
    }
    case 'object':
      return sortedUnique(f.objects.map((o) => o.id))
    case 'question':
      return [String(f.question)]
    case 'none':
      return ['']
  }
}

function groupsOf(sorted: readonly Finding[], query: FindingsQuery): [string, Finding[]][] {
  const placed = sorted.flatMap((finding) => keysOf(finding, query.group).map((key) => ({ key, finding })))
  const groups = groupBy(placed, (p) => p.key)
  const entries = [...groups].map(([key, members]): [string, Finding[]] => [key, members.map((m) => m.finding)])
  // A map keeps the order of first members, which is the sort order. The questions have an order of their own.
  return query.group === 'question' && query.sort === 'severity'
    ? entries.sort(([a], [b]) => (a < b ? -1 : 1))
    : entries
}

function pageOf(
  groups: readonly [string, Finding[]][],
  absorbed: ReadonlyMap<string, readonly Finding[]>,
  start: number,
): FindingGroup[] {
  const end = start + findingsPageSize
  const shown: FindingGroup[] = []
  let offset = 0
  for (const [key, members] of groups) {
    const rows = members.slice(Math.max(0, start - offset), Math.max(0, end - offset))
    if (rows.length > 0)
      shown.push({
        key,
        worst: severities.find((s) => members.some((f) => f.severity === s)) ?? 'info',
        findings: members.length,
        objects: new Set(members.flatMap((f) => f.objects.map((o) => o.id))).size,
        rows: rows.map((finding) => ({ finding, absorbed: absorbed.get(finding.id) ?? [] })),
        continued: start > offset,
      })
    offset += members.length
  }
  return shown
}

const statusShown =
  ({ st }: FindingsQuery) =>
  (f: Finding): boolean =>
    isAccepted(f) ? st.includes('accepted') : st.length === 0 || st.includes('open')

function matchedFindings(report: Report, query: FindingsQuery, lang: Language): Finding[] {
  const compare = comparer(query.sort, lang)
  const sign = query.descending ? -1 : 1
  return report.findings
    .filter(isLead)
    .filter(statusShown(query))
    .filter(matcher(query, lang))
    .sort((a, b) => sign * compare(a, b) || worstFirst(a, b))
}

const absorbedByLead = (findings: readonly Finding[]): Map<string, Finding[]> =>
  groupBy(
    findings.filter((f) => f.absorbedBy !== null),
    (f) => f.absorbedBy ?? '',
  )

/** The list as the page draws it: filtered, grouped, sorted, and cut into pages of 100 with exact totals. */
export function findingsView(report: Report, query: FindingsQuery, lang: Language): FindingsView {
  const matched = matchedFindings(report, query, lang)
  const groups = groupsOf(matched, query)
  const places = groups.reduce((sum, [, members]) => sum + members.length, 0)
  const pages = Math.max(1, Math.ceil(places / findingsPageSize))
  const page = Math.min(query.page, pages)
  const ids = new Set(matched.map((f) => f.id))
  const matches = matcher(query, lang)
  const ofStatus = report.findings.filter((f) => isLead(f) && statusShown(query)(f))
  const leads = new Set(ofStatus.map((f) => f.id))
  const isAlone = (lead: string | null) => lead !== null && leads.has(lead) && !ids.has(lead)
  return {
    groups: pageOf(groups, absorbedByLead(report.findings), (page - 1) * findingsPageSize),
    matched: matched.length,
    total: ofStatus.length,
    accepted: query.st.length > 0 ? 0 : report.findings.filter((f) => isAccepted(f) && matches(f)).length,
    groupCount: groups.length,
    places,
    page,
    pages,
    absorbedOnly: report.findings.filter((f) => isAlone(f.absorbedBy) && matches(f)),
  }
}

export type Neighbours = {
  /** 1-based; 0 where the finding is not in the list. */
  readonly position: number
  readonly count: number
  readonly previous: Finding | null
  readonly next: Finding | null
}

/** Where a finding stands in the list it was opened from, in the order in which that list shows it. */
export function neighbours(report: Report, query: FindingsQuery, lang: Language, id: string): Neighbours {
  const grouped = groupsOf(matchedFindings(report, query, lang), query).flatMap(([, members]) => members)
  const list = [...new Map(grouped.map((f) => [f.id, f])).values()]
  const at = list.findIndex((f) => f.id === id)
  return {
    position: at + 1,
    count: list.length,
    previous: at > 0 ? (list[at - 1] ?? null) : null,
    next: at >= 0 ? (list[at + 1] ?? null) : null,
  }
}
