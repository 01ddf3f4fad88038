import { getTranslations } from 'next-intl/server'
import { analyseAgain } from '@/app/new/actions'
import { Button, Notice } from '@/components/ui'
import { ProgressLog } from '@/components/upload/progress-log'
import type { AuditRow } from '@/lib/server/audits'

/** While the analysis runs. Without scripts the page asks again by itself. */
export async function Analysing({ audit }: { audit: AuditRow }) {
  const t = await getTranslations('upload')
  return (
    <>
      <noscript>
        <meta httpEquiv="refresh" content="2" />
      </noscript>
      <ProgressLog audit={audit.id} initial={audit.progress} />
      <p className="mt-6 text-table text-ink-2">{t('analysingText')}</p>
    </>
  )
}

const reasons = ['out-of-memory', 'timed-out', 'crashed'] as const
const reasonOf = (audit: AuditRow) => reasons.find((r) => r === audit.error) ?? 'crashed'

/** An analysis that did not finish: nothing is lost, and it can be started again. */
export async function Failed({ audit }: { audit: AuditRow }) {
  const t = await getTranslations('upload')
  return (
    <Notice level="error" title={t('failedTitle')}>
      <p>{t(`failure.${reasonOf(audit)}`)}</p>
      <p>{t('failedText')}</p>
      <form action={analyseAgain} className="mt-3">
        <Button type="submit" kind="primary" name="audit" value={audit.id}>
          {t('again')}
        </Button>
      </form>
    </Notice>
  )
}
