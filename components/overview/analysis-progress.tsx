import { useLocale, useTranslations } from 'next-intl'
import { Button, Notice, PageHeader } from '@/components/ui'
import { formatDate, formatNumber } from '@/lib/i18n/format'
import { Poller } from './poller'

const phases = ['reading', 'building', 'checking', 'drawing'] as const

type Progress = {
  readonly phase: (typeof phases)[number]
  readonly done: number
  readonly total: number
  readonly detail?: string
}

type Props = { auditId: string; name: string; isQueued: boolean; progress: Progress | null }

/** How far the analysis is, by real counts. The page asks for news by itself, with and without scripts. */
export function AnalysisProgress({ auditId, name, isQueued, progress }: Props) {
  const t = useTranslations('overview')
  return (
    <div className="mx-auto max-w-reading">
      <noscript>
        <meta httpEquiv="refresh" content="3" />
      </noscript>
      <Poller auditId={auditId} />
      <PageHeader title={t('progress.title', { name })} />
      <p role="status">{t(isQueued ? 'progress.queued' : 'progress.running')}</p>
      <ol className="mt-4 divide-y divide-line border-y border-line">
        {phases.map((phase) => (
          <Phase key={phase} phase={phase} progress={isQueued ? null : progress} />
        ))}
      </ol>
    </div>
  )
}

function Phase({ phase, progress }: { phase: Progress['phase']; progress: Progress | null }) {
  const t = useTranslations('overview')
  const locale = useLocale()
  const at = progress ? phases.indexOf(progress.phase) : -1
  const mine = phases.indexOf(phase)
  const isCurrent = mine === at && progress !== null
  return (
    <li className="py-3" aria-current={isCurrent ? 'step' : undefined}>
      <div className="flex flex-wrap justify-between gap-x-4">
        <span className={isCurrent ? 'font-semibold' : ''}>{t(`progress.phase.${phase}`)}</span>
        <span className="text-ink-2 tabular-nums">
          {isCurrent
            ? t('progress.done', {
                done: formatNumber(progress.done, locale),
                total: formatNumber(progress.total, locale),
              })
            : t(mine < at ? 'progress.finished' : 'progress.waiting')}
        </span>
      </div>
      {isCurrent && progress.total > 0 && (
        <progress
          className="mt-2 h-2 w-full accent-accent"
          value={progress.done}
          max={progress.total}
          aria-label={t(`progress.phase.${phase}`)}
        />
      )}
      {isCurrent && progress.detail && (
        <p lang="en" className="mt-1 text-table break-all text-ink-2">
          {progress.detail}
        </p>
      )}
    </li>
  )
}

type FailedProps = {
  audit: string
  name: string
  error: string | null
  retry: ((form: FormData) => Promise<void>) | null
}

/** The analysis ended with an error of ours: what is safe, the id for the log, and another try. */
export function AnalysisFailed({ audit, name, error, retry }: FailedProps) {
  const t = useTranslations('overview')
  return (
    <div className="mx-auto max-w-reading">
      <PageHeader title={t('failed.title', { name })} />
      <Notice level="error">
        <p>{t('failed.text')}</p>
        {error && (
          <p className="mt-1">
            <code>{t('failed.id', { id: error })}</code>
          </p>
        )}
      </Notice>
      {retry && (
        <form action={retry} className="mt-4">
          <Button type="submit" kind="primary" name="audit" value={audit}>
            {t('failed.retry')}
          </Button>
        </form>
      )}
    </div>
  )
}

/** Files that retention has deleted cannot be analysed again, and what was stored does not fit this version. */
export function ReportGone({ name, deletedAt }: { name: string; deletedAt: Date }) {
  const t = useTranslations('overview')
  const date = formatDate(deletedAt, useLocale())
  return (
    <div className="mx-auto max-w-reading">
      <PageHeader title={name} />
      <Notice title={t('reportGone.title')}>{t('reportGone.text', { date })}</Notice>
    </div>
  )
}
