import Link from 'next/link'
import { useLocale, useTranslations } from 'next-intl'
import { SourceLines } from '@/components/evidence'
import { Mark, SeverityLabel } from '@/components/ui'
import { type Finding, type LineMark, placePath, type ReportNotice, type ReportSource, worstFirst } from '@/lib/core'
import { NoticeText } from './source-facts'

type Props = {
  base: string
  source: ReportSource
  lines: readonly string[]
  from: number
  marks: readonly LineMark[]
  wrap: boolean
}

/** The text of a file with what was found in it: marked lines, findings in the gutter, notices where they belong. */
export function RawLines({ base, source, lines, from, marks, wrap }: Props) {
  const t = useTranslations('files')
  const to = from + lines.length - 1
  const here = marks.filter((m) => m.lines[0] <= to && m.lines[1] >= from)
  const anchors = ranges([...here.map((m) => m.lines), ...source.blocks.map((b) => b.lines)])
  const marked = new Set(here.flatMap((m) => numbers(Math.max(from, m.lines[0]), Math.min(to, m.lines[1]))))
  return (
    <SourceLines
      label={t('text')}
      lines={lines}
      from={from}
      wrap={wrap}
      isMarked={(line) => marked.has(line)}
      cutLabel={(count) => t('lineCut', { count })}
      anchors={{ rangesAt: (line) => anchors.filter((r) => r[0] === line).map((r) => `L${r[0]}-L${r[1]}`) }}
      noteOf={(line) => {
        const findings = [...new Set(here.filter((m) => m.lines[0] === line).map((m) => m.finding))]
        const notices = source.notices.filter((n) => n.line === line)
        if (findings.length + notices.length === 0) return null
        return <Gutter base={base} source={source} findings={findings} notices={notices} />
      }}
    />
  )
}

type Range = readonly [number, number]

/** Ranges of several lines, each once: links to them must work without scripts too. */
const ranges = (all: readonly Range[]): Range[] => [
  ...new Map(all.filter((r) => r[1] > r[0]).map((r) => [r.join(), r])).values(),
]

const numbers = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, i) => from + i)

type GutterProps = Pick<Props, 'base' | 'source'> & {
  findings: readonly Finding[]
  notices: readonly ReportNotice[]
}

function Gutter({ base, source, findings, notices }: GutterProps) {
  const locale = useLocale()
  return (
    <div className="col-span-2 space-y-2 bg-canvas px-3 py-1 font-sans text-meta md:col-span-1">
      {findings.map((f) => (
        <Link key={f.id} href={`${base}/findings/${encodeURIComponent(f.id)}`} className="flex gap-1.5 text-accent">
          <Mark mark={f.severity} className="mt-px size-3.5" />
          <span className="link min-w-0 break-words">{f.title[locale]}</span>
        </Link>
      ))}
      {notices.map((n, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a stored list, never reordered
        <NoticeText key={i} base={base} source={source} notice={n} />
      ))}
    </div>
  )
}

/** The findings of the part of the file that is shown, above it: a file of thousands of lines hides its marks. */
export function MarksList({ base, source, marks }: { base: string; source: string; marks: readonly LineMark[] }) {
  const t = useTranslations('files')
  const words = useTranslations('words')
  const locale = useLocale()
  const byFinding = new Map<Finding, LineMark[]>()
  for (const mark of marks) byFinding.set(mark.finding, [...(byFinding.get(mark.finding) ?? []), mark])
  if (byFinding.size === 0) return null
  return (
    <details className="mb-3 rounded-card border border-line p-3" open={byFinding.size <= 5}>
      <summary className="tap font-semibold">{t('marksTitle')}</summary>
      <ul className="mt-2 space-y-2">
        {[...byFinding]
          .sort(([a], [b]) => worstFirst(a, b))
          .map(([finding, places]) => (
            <li key={finding.id} className="flex flex-wrap gap-x-3 gap-y-2 text-table">
              <SeverityLabel severity={finding.severity} />
              <Link href={`${base}/findings/${encodeURIComponent(finding.id)}`} className="link">
                {finding.title[locale]}
              </Link>
              {places.slice(0, 4).map(({ lines: [from, to] }) => (
                <Link
                  key={`${from} ${to}`}
                  href={`${base}/${placePath(source, [from, to])}`}
                  className="link text-ink-2"
                >
                  {from === to ? words('line', { from }) : words('lines', { from, to })}
                </Link>
              ))}
            </li>
          ))}
      </ul>
    </details>
  )
}
