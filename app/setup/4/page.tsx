import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { startSample } from '@/app/actions'
import { Ways } from '@/components/home/start'
import { listAudits } from '@/lib/server/audits'
import { enter } from '@/lib/server/gate'
import { StepFrame, stepTitle } from '../frame'

export async function generateMetadata(): Promise<Metadata> {
  await enter('manage')
  return { title: await stepTitle(4) }
}

/** The end of the set-up, and the two ways on. */
export default async function DonePage() {
  const actor = await enter('manage')
  const t = await getTranslations('setup')
  const sample = (await listAudits(actor)).find((audit) => audit.isSample)
  return (
    <StepFrame step={4}>
      <p className="mb-6 text-lead text-ink-2">{t('doneText')}</p>
      <Ways
        startSample={startSample}
        sample={sample && (sample.status === 'done' ? `/a/${sample.id}` : `/new/${sample.id}`)}
      />
    </StepFrame>
  )
}
