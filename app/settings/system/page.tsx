import type { Metadata } from 'next'
import { headers } from 'next/headers'
import { getLocale, getTranslations } from 'next-intl/server'
import { Checks } from '@/components/checks/checks'
import { FactList, PageHeader, Section } from '@/components/ui'
import { formatBytes } from '@/lib/i18n/format'
import { systemChecks } from '@/lib/server/checks'
import { enter } from '@/lib/server/gate'
import { publicAddress } from '@/lib/server/own-origin'
import { dataFolder, type SystemFacts, systemFacts } from '@/lib/server/system'

export async function generateMetadata(): Promise<Metadata> {
  await enter('manage')
  return { title: (await getTranslations('settings.system'))('title') }
}

export default async function SystemPage() {
  await enter('manage')
  const t = await getTranslations('settings.system')
  const facts = await systemFacts()
  return (
    <>
      <PageHeader title={t('title')} />
      <Facts facts={facts} />
      <Section title={t('checks')}>
        <Checks checks={await systemChecks()} address={publicAddress(await headers())} withAddress isStarted={false} />
      </Section>
      <Section title={t('health')}>
        <p className="max-w-[72ch]">{t.rich('healthText', { code: (parts) => <code lang="en">{parts}</code> })}</p>
      </Section>
      <Section title={t('backup')}>
        <p className="max-w-[72ch]">
          {t('backupText')} {facts.database === 'postgresql' && t('backupPostgres')}
        </p>
      </Section>
    </>
  )
}

const databaseNames = { sqlite: 'SQLite', postgresql: 'PostgreSQL' } as const

async function Facts({ facts }: { facts: SystemFacts }) {
  const t = await getTranslations('settings.system')
  const locale = await getLocale()
  const size = (bytes: number) => formatBytes(bytes, locale)
  return (
    <FactList
      facts={[
        [t('version'), `Postern ${facts.version}, Node.js ${facts.node.replace(/^v/, '')}`],
        [t('jobs'), t('jobCounts', facts.jobs)],
        [t('database'), databaseNames[facts.database]],
        [t('databaseSize'), size(facts.databaseBytes)],
        [t('folder'), <code key="folder">{dataFolder()}</code>],
        [t('dataSize'), size(facts.dataBytes)],
        [t('encryption'), t(facts.isEncrypted ? 'encrypted' : 'plain')],
        [t('mail'), t(facts.sendsMail ? 'mailOn' : 'mailOff')],
      ]}
    />
  )
}
