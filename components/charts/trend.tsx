import Link from 'next/link'
import { useLocale, useTranslations } from 'next-intl'
import { DataTable, Mark, type MarkName, RowTh, Th, VisuallyHidden } from '@/components/ui'
import { formatDate, formatNumber } from '@/lib/i18n/format'

export type TrendPoint = {
  id: string
  name: string
  date: Date | string
  values: Readonly<Record<MarkName, number>>
  /** Less was assessed than in the audit before. */
  less: boolean
}

const rows = ['critical', 'high', 'medium', 'low', 'info', 'unknown'] as const satisfies readonly MarkName[]
const fills: Record<(typeof rows)[number], string> = {
  critical: 'fill-critical',
  high: 'fill-high',
  medium: 'fill-medium',
  low: 'fill-low',
  info: 'fill-info',
  unknown: 'fill-unknown',
}
const height = 40

/** Small multiples, one row per severity and one bar per audit. It is a table with bars in it: the numbers are its text. */
export function Trend({ points }: { points: readonly TrendPoint[] }) {
  const t = useTranslations('home')
  const locale = useLocale()
  const common = useTranslations('common')
  return (
    <DataTable caption={t('trendCaption')} hideCaption>
      <thead>
        <tr>
          <Th>
            <VisuallyHidden>{common('severityHead')}</VisuallyHidden>
          </Th>
          {points.map((point) => (
            <Th key={point.id} className="num">
              <Link href={`/a/${point.id}`} className="link" title={point.name}>
                {formatDate(point.date, locale)}
              </Link>
            </Th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <TrendRow key={row} row={row} points={points} />
        ))}
      </tbody>
    </DataTable>
  )
}

function TrendRow({ row, points }: { row: (typeof rows)[number]; points: readonly TrendPoint[] }) {
  const t = useTranslations('home')
  const common = useTranslations('common')
  const locale = useLocale()
  const top = Math.max(1, ...points.map((p) => p.values[row]))
  const href = (id: string) => (row === 'unknown' ? `/a/${id}/coverage` : `/a/${id}/findings?sev=${row}`)
  return (
    <tr>
      <RowTh className="align-bottom!">
        <span className="inline-flex items-center gap-1.5 font-semibold whitespace-nowrap">
          <Mark mark={row} />
          {row === 'unknown' ? common('state.unknown') : common(`severity.${row}`)}
        </span>
      </RowTh>
      {points.map((point) => (
        <td key={point.id} className="num">
          <span className="inline-flex items-end justify-end gap-2">
            <Bar value={point.values[row]} top={top} fill={fills[row]} hatched={point.less && row !== 'unknown'} />
            <Link href={href(point.id)} className="link min-w-6">
              {formatNumber(point.values[row], locale)}
            </Link>
          </span>
          {point.less && row !== 'unknown' && <VisuallyHidden> ({t('trendLower')})</VisuallyHidden>}
        </td>
      ))}
    </tr>
  )
}

type BarProps = { value: number; top: number; fill: string; hatched: boolean }

function Bar({ value, top, fill, hatched }: BarProps) {
  const size = value === 0 ? 1 : Math.max(2, Math.round((value / top) * height))
  return (
    <svg width="20" height={height} viewBox={`0 0 20 ${height}`} aria-hidden="true" className="bar">
      <rect x="0" y={height - size} width="20" height={size} className={fill} />
      {hatched && (
        // Lines in the colour of the page: they show on every fill, and on paper.
        <path d={hatch(size)} className="stroke-canvas" strokeWidth="2" fill="none" />
      )}
    </svg>
  )
}

function hatch(size: number): string {
  let path = ''
  for (let y = height + 20; y > height - size; y -= 6) path += `M0 ${y}L20 ${y - 20}`
  return path
}
