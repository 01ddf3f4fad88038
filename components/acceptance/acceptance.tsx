import { useLocale, useTranslations } from 'next-intl'
import { Button, cx, Notice } from '@/components/ui'
import type { Finding, Reopening } from '@/lib/core'
import { formatDate } from '@/lib/i18n/format'
import type { RiskRow } from '@/lib/server/accepted'
import { AcceptForm, type Range, type Refused } from './accept-form'
import { FocusWhenChanged } from './focus-when-changed'
import { Reason, useReopening } from './words'

type End = (form: FormData) => Promise<void>
type Decide = {
  readonly accept: (refused: Refused, form: FormData) => Promise<Refused>
  readonly end: End
}

type Props = {
  finding: Finding
  /** What was accepted last, unless that was ended by hand, and why it holds no longer. */
  last: { readonly risk: RiskRow; readonly reopening: Reopening } | null
  range: Range
  /** The page to come back to. */
  hidden: Readonly<Record<string, string>>
  /** Null where the reader may not decide. */
  decide: Decide | null
}

/** Whether the finding is accepted, open again or open, and the form that changes it. */
export function Acceptance({ finding, last, range, hidden, decide }: Props) {
  const t = useTranslations('risks')
  const common = useTranslations('common')
  const isAccepted = finding.accepted !== undefined && last !== null
  if (!decide && !last) return null
  const state = `${isAccepted ? 'accepted' : 'open'} ${last?.risk.id ?? ''}`
  return (
    <FocusWhenChanged id="acceptance" label={t('status')} state={state}>
      {isAccepted && <Holds risk={last.risk} hidden={hidden} end={decide?.end} />}
      {!isAccepted && last && <OpenAgain finding={finding} {...last} />}
      {!isAccepted && decide && (
        <AcceptForm
          key={state}
          accept={decide.accept}
          hidden={hidden}
          range={range}
          objects={finding.objects.length}
          level={common(`severity.${finding.severity}`)}
          again={last !== null}
        />
      )}
    </FocusWhenChanged>
  )
}

type HoldsProps = { risk: RiskRow; hidden: Props['hidden']; end: End | undefined }

function Holds({ risk, hidden, end }: HoldsProps) {
  const t = useTranslations('risks')
  const common = useTranslations('common')
  const locale = useLocale()
  const { until } = risk
  const facts = {
    count: risk.objects.length,
    date: formatDate(risk.createdAt, locale),
    level: common(`severity.${risk.level}`),
  }
  return (
    <Notice title={until === null ? t('forever') : t('until', { date: formatDate(until, locale) })}>
      <Reason>{risk.reason}</Reason>
      <p className="mt-1 text-table text-ink-2">
        {t('covers', facts)} {risk.byName && t('by', { name: risk.byName })}{' '}
        {t(until === null ? 'noEnd' : 'afterwards')}
      </p>
      {end && <EndForm risk={risk.id} hidden={hidden} end={end} />}
    </Notice>
  )
}

/** One button; the page to come back to travels with it. */
export function EndForm({
  risk,
  hidden,
  end,
  label,
}: {
  risk: string
  hidden: Props['hidden']
  end: End
  label?: string
}) {
  const t = useTranslations('risks')
  return (
    <form action={end} className={cx(!label && 'mt-2', 'print:hidden')}>
      {Object.entries(hidden).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <Button type="submit" name="risk" value={risk} size="small" aria-label={label && `${t('end')}: ${label}`}>
        {t('end')}
      </Button>
    </form>
  )
}

function OpenAgain({ finding, risk, reopening }: { finding: Finding; risk: RiskRow; reopening: Reopening }) {
  const t = useTranslations('risks')
  const why = useReopening()
  return (
    <Notice level="warning" title={t('openAgain')} className="mb-3">
      {why(risk, finding.severity, reopening).map((sentence) => (
        <p key={sentence} className="[overflow-wrap:anywhere]">
          {sentence}
        </p>
      ))}
      <p className="mt-1 text-table text-ink-2">{t('reasonThen')}</p>
      <Reason>{risk.reason}</Reason>
    </Notice>
  )
}

/** Acceptances of a finding that hold no longer, folded. */
export function PastAcceptances({ risks }: { risks: readonly RiskRow[] }) {
  const t = useTranslations('risks')
  const locale = useLocale()
  if (risks.length === 0) return null
  const span = (risk: RiskRow) => {
    const from = formatDate(risk.createdAt, locale)
    if (risk.revokedAt) return t('pastRevoked', { from, to: formatDate(risk.revokedAt, locale) })
    return t('pastEnded', { from, to: formatDate(risk.until ?? risk.createdAt, locale) })
  }
  return (
    <details className="mt-3">
      <summary className="tap py-1 text-ink-2">{t('past', { count: risks.length })}</summary>
      <ul className="mt-2 space-y-2">
        {risks.map((risk) => (
          <li key={risk.id}>
            <span className="text-table text-ink-2">{span(risk)}</span>
            <Reason>{risk.reason}</Reason>
          </li>
        ))}
      </ul>
    </details>
  )
}
