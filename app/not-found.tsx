import { getTranslations } from 'next-intl/server'
import { ButtonLink, PageHeader } from '@/components/ui'
import { Shell } from './shell'

export default async function NotFound() {
  const t = await getTranslations('shell.notFound')
  return (
    <Shell>
      <div className="mx-auto max-w-reading">
        <PageHeader title={t('title')} />
        <p className="mb-4">{t('text')}</p>
        <ButtonLink href="/" kind="primary">
          {t('home')}
        </ButtonLink>
      </div>
    </Shell>
  )
}
