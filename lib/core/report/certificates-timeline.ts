import { groupBy } from './group-by'
import { isCounted, sortedUnique } from './order'
import type { InventoryObject, Report } from './schema'

/** The axis reaches 13 months, so that a certificate renewed yearly shows its whole next life. */
const timelineMonths = 13

export type CertificateRow = {
  readonly thumbprint: string
  /** First common name of the subject, else the subject, else the thumbprint. */
  readonly name: string
  readonly servers: readonly string[]
  readonly ids: readonly string[]
  /** Connectors and hybrid configurations that name it. */
  readonly usedBy: readonly {
    readonly collection: 'receiveConnectors' | 'sendConnectors' | 'hybridConfigurations'
    readonly id: string
  }[]
  /** ISO 8601, or null where the exports do not tell. */
  readonly notAfter: string | null
  readonly state: 'expired' | 'ends' | 'later' | 'unknown'
  /** Length of the bar on the axis, 0…1; null where the date is unknown. */
  readonly share: number | null
  readonly days: number | null
  /** Self-signed and named by no connector: Exchange's own, for traffic between servers. */
  readonly internalOnly: boolean
  readonly findings: number
  readonly place: { readonly source: string; readonly lines: readonly [number, number] } | null
}

export type CertificatesTimeline = {
  readonly from: string
  readonly to: string
  /** First days of the months on the axis with their position, 0…1. */
  readonly months: readonly { readonly date: string; readonly at: number }[]
  readonly inUse: readonly CertificateRow[]
  readonly internal: readonly CertificateRow[]
}

const dayMs = 86_400_000

const text = (o: InventoryObject, name: string): string | undefined => {
  const value = o.properties[name]?.value
  return typeof value === 'string' ? value : undefined
}

/** Names are compared without regard to case and to blanks around separators, which exports print differently. */
const normal = (dn: string): string =>
  dn
    .toLowerCase()
    .replace(/\s*([,=])\s*/g, '$1')
    .trim()

const certificateKey = (issuer: string, subject: string): string => `<i>${normal(issuer)}<s>${normal(subject)}`

function namedKey(o: InventoryObject): string | undefined {
  const name = text(o, 'TlsCertificateName')
  const parts = name === undefined ? null : /^\s*<I>(.*?)<S>(.*)$/is.exec(name)
  return parts ? certificateKey(parts[1] ?? '', parts[2] ?? '') : undefined
}

const namers = ['receiveConnectors', 'sendConnectors', 'hybridConfigurations'] as const

function usesByKey(report: Report): Map<string, CertificateRow['usedBy'][number][]> {
  const uses = new Map<string, CertificateRow['usedBy'][number][]>()
  for (const collection of namers) {
    for (const o of report.inventory[collection]) {
      const key = namedKey(o)
      if (key === undefined) continue
      uses.set(key, [...(uses.get(key) ?? []), { collection, id: o.id }])
    }
  }
  return uses
}

const thumbprintOf = (o: InventoryObject): string => o.id.split('\\').at(-1) ?? o.id

const commonName = (subject: string): string => /(?:^|,)\s*CN=([^,]+)/i.exec(subject)?.[1]?.trim() ?? subject

function isSmtp(o: InventoryObject): boolean {
  const services = o.properties.Services?.value
  return Array.isArray(services) && services.some((s) => s.toUpperCase() === 'SMTP')
}

function addMonths(date: Date, months: number): Date {
  return new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, date.getUTCDate()))
}

type Axis = { readonly from: number; readonly to: number }

function timeOf(
  notAfter: string | undefined,
  axis: Axis,
): Pick<CertificateRow, 'notAfter' | 'state' | 'share' | 'days'> {
  // Without an offset the date is read as UTC: half a day decides nothing on an axis of months.
  const end =
    notAfter === undefined ? Number.NaN : Date.parse(/[Zz]|[+-]\d\d:?\d\d$/.test(notAfter) ? notAfter : `${notAfter}Z`)
  if (notAfter === undefined || Number.isNaN(end)) return { notAfter: null, state: 'unknown', share: null, days: null }
  const share = Math.min(1, Math.max(0, (end - axis.from) / (axis.to - axis.from)))
  const state = end < axis.from ? 'expired' : end <= axis.to ? 'ends' : 'later'
  return { notAfter, state, share, days: Math.floor((end - axis.from) / dayMs) }
}

function placeOf(o: InventoryObject): CertificateRow['place'] {
  const property = o.properties.NotAfter ?? Object.values(o.properties)[0]
  return property ? { source: property.source, lines: property.lines } : null
}

function rowOf(
  report: Report,
  copies: readonly [InventoryObject, ...InventoryObject[]],
  uses: ReadonlyMap<string, CertificateRow['usedBy'][number][]>,
  axis: Axis,
): CertificateRow {
  const [first] = copies
  const subject = copies.map((c) => text(c, 'Subject')).find((s) => s !== undefined)
  const issuer = copies.map((c) => text(c, 'Issuer')).find((s) => s !== undefined)
  const usedBy = subject !== undefined && issuer !== undefined ? (uses.get(certificateKey(issuer, subject)) ?? []) : []
  const ids = copies.map((c) => c.id)
  const selfSigned = copies.some((c) => c.properties.IsSelfSigned?.value === true)
  return {
    thumbprint: thumbprintOf(first),
    name: subject ? commonName(subject) : thumbprintOf(first),
    servers: sortedUnique(copies.flatMap((c) => (c.server === null ? [] : [c.server]))),
    ids,
    usedBy,
    ...timeOf(
      copies.map((c) => text(c, 'NotAfter')).find((d) => d !== undefined),
      axis,
    ),
    internalOnly: selfSigned && usedBy.length === 0,
    findings: report.findings.filter((f) => isCounted(f) && f.objects.some((o) => ids.includes(o.id))).length,
    place: placeOf(first),
  }
}

function monthsOf(axis: Axis): CertificatesTimeline['months'] {
  const start = new Date(axis.from)
  return Array.from({ length: timelineMonths }, (_, i) =>
    Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + i + 1, 1),
  )
    .filter((t) => t < axis.to)
    .map((t) => ({ date: new Date(t).toISOString(), at: (t - axis.from) / (axis.to - axis.from) }))
}

const soonestFirst = (a: CertificateRow, b: CertificateRow): number =>
  (a.days ?? Number.POSITIVE_INFINITY) === (b.days ?? Number.POSITIVE_INFINITY)
    ? a.name < b.name
      ? -1
      : 1
    : (a.days ?? Number.POSITIVE_INFINITY) - (b.days ?? Number.POSITIVE_INFINITY)

/** Certificates in SMTP use on a time axis from the audit's date, the soonest end first. */
export function certificatesTimeline(report: Report): CertificatesTimeline {
  const from = new Date(report.asOf)
  const axis = { from: from.getTime(), to: addMonths(from, timelineMonths).getTime() }
  const uses = usesByKey(report)
  const byThumbprint = groupBy(report.inventory.certificates, thumbprintOf)
  const rows = [...byThumbprint.values()].flatMap(([first, ...others]) => {
    if (!first) return []
    const row = rowOf(report, [first, ...others], uses, axis)
    return row.usedBy.length > 0 || [first, ...others].some(isSmtp) ? [row] : []
  })
  return {
    from: report.asOf,
    to: new Date(axis.to).toISOString(),
    months: monthsOf(axis),
    inUse: rows.filter((r) => !r.internalOnly).sort(soonestFirst),
    internal: rows.filter((r) => r.internalOnly).sort(soonestFirst),
  }
}
