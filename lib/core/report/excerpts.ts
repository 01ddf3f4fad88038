import { groupBy } from './group-by'
import type { Finding, Report, ReportSource } from './schema'

/** Lines shown around what proves a finding. */
const contextLines = 3
/** An excerpt longer than this is cut; the file itself is one click away. */
const maxExcerptLines = 60
/** Lines of a raw view. A page of this many keeps a browser quick, whatever the size of the file. */
export const rawPageLines = 1_000

export type Excerpt = {
  readonly source: string
  readonly name: string
  /** First and last line to show, context included. */
  readonly from: number
  readonly to: number
  /** Lines that prove it, each with the evidence items that name it (indexes into the finding's evidence). */
  readonly marks: readonly { readonly lines: readonly [number, number]; readonly items: readonly number[] }[]
  readonly properties: readonly string[]
}

type Item = { readonly index: number; readonly from: number; readonly to: number; readonly property: string }

function startExcerpt(source: string, name: string, item: Item): Excerpt {
  return {
    source,
    name,
    from: Math.max(1, item.from - contextLines),
    to: Math.min(item.to, item.from + maxExcerptLines) + contextLines,
    marks: [{ lines: [item.from, item.to], items: [item.index] }],
    properties: [item.property],
  }
}

function addMark(excerpt: Excerpt, item: Item): Excerpt['marks'] {
  const same = excerpt.marks.find((m) => m.lines[0] === item.from && m.lines[1] === item.to)
  if (!same) return [...excerpt.marks, { lines: [item.from, item.to], items: [item.index] }]
  return excerpt.marks.map((m) => (m === same ? { ...m, items: [...m.items, item.index] } : m))
}

function join(excerpt: Excerpt, item: Item): Excerpt {
  return {
    ...excerpt,
    to: Math.max(excerpt.to, Math.min(item.to, item.from + maxExcerptLines) + contextLines),
    marks: addMark(excerpt, item),
    properties: excerpt.properties.includes(item.property)
      ? excerpt.properties
      : [...excerpt.properties, item.property],
  }
}

function excerptsOfSource(source: string, name: string, items: readonly Item[]): Excerpt[] {
  const excerpts: Excerpt[] = []
  for (const item of [...items].sort((a, b) => a.from - b.from || a.to - b.to)) {
    const last = excerpts.at(-1)
    const near = last && item.from - contextLines <= last.to + 1 && item.to - last.from < maxExcerptLines
    if (last && near) excerpts[excerpts.length - 1] = join(last, item)
    else excerpts.push(startExcerpt(source, name, item))
  }
  return excerpts
}

/** The places that prove a finding, near ones joined, in the order in which the evidence first names their files. */
export function excerptsOf(report: Report, finding: Finding): Excerpt[] {
  const items = finding.evidence.map((e, index) => ({
    source: e.source,
    item: { index, from: e.lines[0], to: e.lines[1], property: e.property },
  }))
  return [...groupBy(items, (i) => i.source)].flatMap(([source, list]) => {
    const name = report.sources.find((s) => s.id === source)?.name ?? source
    return excerptsOfSource(
      source,
      name,
      list.map((i) => i.item),
    )
  })
}

export type LineMark = {
  readonly lines: readonly [number, number]
  readonly finding: Finding
  readonly property: string
}

/** What findings say about the lines of one source, in the order of the lines. */
export function marksOfSource(report: Report, source: string): LineMark[] {
  return report.findings
    .flatMap((finding) =>
      finding.evidence
        .filter((e) => e.source === source)
        .map((e) => ({ lines: e.lines, finding, property: e.property })),
    )
    .sort((a, b) => a.lines[0] - b.lines[0] || a.lines[1] - b.lines[1] || (a.finding.id < b.finding.id ? -1 : 1))
}

/** The first line of the page of a raw view that shows a line. */
export const rawPageStart = (line: number): number =>
  Math.floor((Math.max(1, line) - 1) / rawPageLines) * rawPageLines + 1

/** Path below the audit of a place in an uploaded file. */
export function placePath(source: string, lines?: readonly [number, number]): string {
  const path = `files/${encodeURIComponent(source)}`
  if (!lines) return path
  const start = rawPageStart(lines[0])
  const anchor = lines[0] === lines[1] ? `#L${lines[0]}` : `#L${lines[0]}-L${lines[1]}`
  return `${path}${start === 1 ? '' : `?from=${start}`}${anchor}`
}

const isMember = (source: ReportSource): boolean => source.name.includes('!/')

/** Sources as a list in which the members of an archive stand under it. */
export type FileRow = { readonly source: ReportSource; readonly members: readonly ReportSource[] }

/** Uploads with their members; a member whose archive is not in the report stands for itself. */
export function fileRows(report: Report): FileRow[] {
  const archiveOf = (s: ReportSource) => report.sources.find((a) => s.name.startsWith(`${a.name}!/`))
  const tops = report.sources.filter((s) => !isMember(s) || archiveOf(s) === undefined)
  return tops.map((source) => ({
    source,
    members: report.sources.filter((s) => s !== source && s.name.startsWith(`${source.name}!/`)),
  }))
}
