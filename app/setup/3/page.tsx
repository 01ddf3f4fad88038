import type { Metadata } from 'next'
import { headers } from 'next/headers'
import { getTranslations } from 'next-intl/server'
import { Checks } from '@/components/checks/checks'
import { ButtonLink } from '@/components/ui'
import { systemChecks } from '@/lib/server/checks'
import { enter } from '@/lib/server/gate'
import { publicAddress } from '@/lib/server/own-origin'
import { StepFrame, stepTitle } from '../frame'

export async function generateMetadata(): Promise<Metadata> {
  await enter('manage')
  return { title: await stepTitle(3) }
}

/** Whether everything is there that an audit needs. Nothing here keeps anybody from going on. */
export default async function CheckPage() {
  await enter('manage')
  const t = await getTranslations('setup')
  return (
    <StepFrame step={3}>
      <p className="mb-2 max-w-[72ch] text-ink-2">{t('checkText')}</p>
      <Checks checks={await systemChecks()} address={publicAddress(await headers())} withAddress={false} isStarted />
      <p className="mt-6 flex flex-wrap gap-3">
        <ButtonLink href="/setup/4" prefetch={false} kind="primary">
          {t('next')}
        </ButtonLink>
        <ButtonLink href="/setup/2" prefetch={false}>
          {t('back')}
        </ButtonLink>
      </p>
    </StepFrame>
  )
}
