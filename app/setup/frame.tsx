import { getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { Shell } from '@/app/shell'
import { type SetupStep, Steps } from '@/components/setup/steps'
import { PageHeader } from '@/components/ui'

/** The title of a step's page. */
export async function stepTitle(step: SetupStep): Promise<string> {
  const t = await getTranslations('setup')
  return `${t(`step.${step}`)} · ${t('position', { step })}`
}

/** The frame of the steps that follow the first account. */
export async function StepFrame({ step, children }: { step: SetupStep; children: ReactNode }) {
  const t = await getTranslations('setup')
  return (
    <Shell>
      <div className="mx-auto max-w-reading">
        <Steps current={step} />
        <PageHeader title={t(`step.${step}`)} />
        {children}
      </div>
    </Shell>
  )
}
