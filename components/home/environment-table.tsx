import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { DataTable, RowTh, SeverityLabel, StateMark, Th } from '@/components/ui'
import type { AuditRow } from '@/lib/server/audits'
import { Count } from './audit-table'
import { Collected } from './collected'

/** An environment with its audits; `latest` is the newest one that was analysed. */
export type EnvironmentLine = { id: string; name: string; audits: number; latest: AuditRow | null }

/** The environments of a list of audits, worst first, then the one whose audit is oldest. */
export function environmentLines(audits: readonly AuditRow[]): EnvironmentLine[] {
  const lines = new Map<string, EnvironmentLine>()
  for (const audit of audits) {
    const line = lines.get(audit.environmentId)
    const latest = audit.status === 'done' ? audit : null
    // The list is newest first, so the first analysed audit of an environment is its latest.
    lines.set(audit.environmentId, {
      id: audit.environmentId,
      name: audit.environmentName,
      audits: (line?.audits ?? 0) + 1,
      latest: line?.latest ?? latest,
    })
  }
  return [...lines.values()].sort(worstFirst)
}

function worstFirst(a: EnvironmentLine, b: EnvironmentLine): number {
  for (const severity of ['critical', 'high'] as const) {
    const difference = (b.latest?.counts?.[severity] ?? -1) - (a.latest?.counts?.[severity] ?? -1)
    if (difference !== 0) return difference
  }
  return (a.latest?.createdAt.getTime() ?? 0) - (b.latest?.createdAt.getTime() ?? 0)
}

/** A table and not cards: thirty customers fit one screen. */
export function EnvironmentTable({ lines }: { lines: readonly EnvironmentLine[] }) {
  const t = useTranslations('home')
  return (
    <DataTable caption={t('environmentsCaption')} hideCaption>
      <thead>
        <tr>
          <Th>{t('environment')}</Th>
          <Th>{t('latest')}</Th>
          <Th>{t('collected')}</Th>
          <Th className="num">
            <SeverityLabel severity="critical" />
          </Th>
          <Th className="num">
            <SeverityLabel severity="high" />
          </Th>
          <Th className="num">
            <StateMark state="unknown" />
          </Th>
          <Th className="num">{t('count')}</Th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <tr key={line.id}>
            <RowTh>
              <Link href={`/e/${line.id}`} className="link font-semibold">
                {line.name}
              </Link>
            </RowTh>
            <LatestCells latest={line.latest} />
            <td className="num">
              <Count value={line.audits} href={`/e/${line.id}`} />
            </td>
          </tr>
        ))}
      </tbody>
    </DataTable>
  )
}

function LatestCells({ latest }: { latest: AuditRow | null }) {
  if (!latest) return <td colSpan={5} />
  return (
    <>
      <td>
        <Link href={`/a/${latest.id}`} className="link">
          {latest.name}
        </Link>
      </td>
      <td className="whitespace-nowrap">
        <Collected audit={latest} />
      </td>
      <td className="num">
        <Count value={latest.counts?.critical} href={`/a/${latest.id}/findings?sev=critical`} />
      </td>
      <td className="num">
        <Count value={latest.counts?.high} href={`/a/${latest.id}/findings?sev=high`} />
      </td>
      <td className="num">
        <Count value={latest.notAssessed} href={`/a/${latest.id}/coverage`} />
      </td>
    </>
  )
}
