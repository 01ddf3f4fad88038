import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { DataTable, RowTh, SeverityLabel, StateMark, Th } from '@/components/ui'
import { Count } from './audit-table'
import { CertificateEnd } from './certificate-end'
import { Collected } from './collected'
import { Delta } from './delta'
import type { EnvironmentLine } from './environment-lines'

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
          <Th>{t('certificateEnd')}</Th>
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
            <LatestCells {...line} />
            <td className="num">
              <Count value={line.audits} href={`/e/${line.id}`} />
            </td>
          </tr>
        ))}
      </tbody>
    </DataTable>
  )
}

function LatestCells({ latest, before }: Pick<EnvironmentLine, 'latest' | 'before'>) {
  if (!latest) return <td colSpan={6} />
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
      <td className="num whitespace-nowrap">
        <Count value={latest.counts?.critical} href={`/a/${latest.id}/findings?sev=critical`} />
        <Delta value={latest.counts?.critical} before={before?.counts?.critical} />
      </td>
      <td className="num whitespace-nowrap">
        <Count value={latest.counts?.high} href={`/a/${latest.id}/findings?sev=high`} />
        <Delta value={latest.counts?.high} before={before?.counts?.high} />
      </td>
      <td className="num">
        <Count value={latest.notAssessed} href={`/a/${latest.id}/coverage`} />
      </td>
      <td>
        <CertificateEnd audit={latest} />
      </td>
    </>
  )
}
