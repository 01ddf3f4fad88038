import { getTranslations } from 'next-intl/server'
import { AuditTable } from '@/components/home/audit-table'
import { EnvironmentTable, environmentLines } from '@/components/home/environment-table'
import { LocalNotice, Start } from '@/components/home/start'
import { Button, ButtonLink, PageHeader, Section } from '@/components/ui'
import { listAudits } from '@/lib/server/audits'
import { enter } from '@/lib/server/gate'
import { startSample } from './actions'
import { Shell } from './shell'

export default async function HomePage() {
  const t = await getTranslations('home')
  const shell = await getTranslations('shell')
  const actor = await enter('self')
  const audits = (await listAudits(actor)).filter((audit) => audit.status !== 'draft' || audit.sources > 0)
  if (audits.length === 0) {
    return (
      <Shell>
        <div className="mx-auto max-w-app">
          <PageHeader title={shell('tagline')} />
          <p className="mb-8 max-w-[72ch] text-lead text-ink-2">{t('lead')}</p>
          <Start startSample={startSample} />
        </div>
      </Shell>
    )
  }
  const environments = environmentLines(audits)
  return (
    <Shell>
      <div className="mx-auto max-w-app">
        <PageHeader
          title={t('title')}
          actions={
            <>
              {!audits.some((audit) => audit.isSample) && (
                <form action={startSample}>
                  <Button type="submit">{t('sample')}</Button>
                </form>
              )}
              <ButtonLink href="/new" prefetch={false} kind="primary">
                {t('newAudit')}
              </ButtonLink>
            </>
          }
        />
        {environments.length > 1 && (
          <Section title={t('environments')}>
            <EnvironmentTable lines={environments} />
          </Section>
        )}
        {environments.length > 1 ? (
          <Section title={t('audits')}>
            <AuditTable audits={audits} withEnvironment />
          </Section>
        ) : (
          <AuditTable audits={audits} /> // the page's title says what it is
        )}
        <LocalNotice />
      </div>
    </Shell>
  )
}
