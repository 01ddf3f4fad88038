import { getTranslations } from 'next-intl/server'
import { ButtonLink, PageHeader } from '@/components/ui'
import { currentActor } from '@/lib/server/gate'
import { Shell } from './shell'

/** What a role does not include: calm, and who can change it. */
export default async function Forbidden() {
  const t = await getTranslations('account')
  const shell = await getTranslations('shell.notFound')
  const actor = await currentActor()
  return (
    <Shell>
      <div className="mx-auto max-w-reading">
        <PageHeader title={t('forbiddenTitle')} />
        <p className="mb-4">{t('forbiddenText')}</p>
        {actor && <p className="mb-4">{t('forbiddenRole', { name: actor.name, role: t(`role.${actor.role}`) })}</p>}
        <ButtonLink href="/" kind="primary">
          {shell('home')}
        </ButtonLink>
      </div>
    </Shell>
  )
}
