import Link from 'next/link'
import { useLocale, useTranslations } from 'next-intl'
import { SeverityLabel } from '@/components/ui'
import { formatDate } from '@/lib/i18n/format'
import type { ListedRisk } from '@/lib/server/accepted'
import { EndForm } from './acceptance'
import { Reason, useReopening } from './words'

type Props = {
  environment: string
  risks: readonly ListedRisk[]
  /** Absent where the reader may not decide. */
  end?: ((form: FormData) => Promise<void>) | undefined
}

/** The accepted risks of an environment: those that hold, then folded those that have ended. */
export function RiskList({ environment, risks, end }: Props) {
  const t = useTranslations('risks')
  const active = risks.filter((r) => r.state === 'active')
  const ended = risks.filter((r) => r.state !== 'active')
  return (
    <>
      {active.length === 0 && <p className="text-ink-2">{t('none')}</p>}
      {active.length > 0 && (
        <>
          <Risks label={t('caption')} risks={active} environment={environment} end={end} />
          <p className="mt-2 text-table text-ink-2 print:hidden">
            <a href={`/e/${environment}/accepted`} className="link" download>
              {t('file')}
            </a>
            {'. '}
            {t.rich('fileText', { code: () => <code lang="en">postern analyse --accept</code> })}
          </p>
        </>
      )}
      {ended.length > 0 && (
        <details className="mt-3">
          <summary className="tap py-1 text-ink-2">{t('endedCount', { count: ended.length })}</summary>
          <div className="mt-2">
            <Risks label={t('endedCaption')} risks={ended} environment={environment} />
          </div>
        </details>
      )}
    </>
  )
}

type ListProps = Pick<Props, 'risks' | 'environment'> & { label: string; end?: Props['end'] }

/** No table: on a phone the button would be out of sight. */
function Risks({ label, risks, environment, end }: ListProps) {
  const locale = useLocale()
  return (
    <ul aria-label={label} className="divide-y divide-line rounded-card border border-line">
      {risks.map((risk) => (
        <li key={risk.id} className="keep grid gap-x-4 gap-y-1 p-3 lg:grid-cols-[2fr_2fr_9rem_11rem]">
          <div className="min-w-0">
            <Subject risk={risk} />
          </div>
          <Reason>{risk.reason}</Reason>
          <p>
            <Until risk={risk} />
          </p>
          {end && <EndForm risk={risk.id} hidden={{ env: environment }} end={end} label={risk.title[locale]} />}
        </li>
      ))}
    </ul>
  )
}

function Subject({ risk }: { risk: ListedRisk }) {
  const t = useTranslations('risks')
  const locale = useLocale()
  const why = useReopening()
  const { found } = risk
  const title = <span className="[overflow-wrap:anywhere]">{risk.title[locale]}</span>
  const reasons = found && risk.state === 'active' ? why(risk, found.level, found.reopening) : []
  return (
    <>
      <SeverityLabel severity={risk.level} className="text-table" />
      <span className="block">
        {found ? (
          <Link href={`/a/${found.auditId}/findings/${encodeURIComponent(risk.finding)}`} className="link">
            {title}
          </Link>
        ) : (
          title
        )}
      </span>
      {!found && <span className="block text-table font-normal text-ink-2">{t('gone')}</span>}
      {reasons.length > 0 && (
        <span className="block text-table font-normal [overflow-wrap:anywhere]">
          <strong className="font-semibold">{t('openAgain')}:</strong> {reasons.join(' ')}
        </span>
      )}
    </>
  )
}

const soonDays = 14

function Until({ risk }: { risk: ListedRisk }) {
  const t = useTranslations('risks')
  const locale = useLocale()
  const { until, daysLeft, state, revokedAt } = risk
  if (state === 'revoked') return t('revokedOn', { date: formatDate(revokedAt ?? risk.createdAt, locale) })
  if (until === null) return t('noEndShort')
  const date = formatDate(until, locale)
  if (state === 'ended') return t('endedOn', { date })
  return (
    <>
      <span className="whitespace-nowrap">{date}</span>
      {daysLeft !== null && daysLeft <= soonDays && (
        <strong className="block font-semibold">{t('soon', { days: daysLeft })}</strong>
      )}
    </>
  )
}
