import type { Metadata } from 'next'
import Link from 'next/link'
import { getTranslations } from 'next-intl/server'
import { DeleteEnvironment } from '@/components/settings/delete-environment'
import { EnvironmentForm, MembersForm } from '@/components/settings/environment-forms'
import { ClientMessages } from '@/components/shell'
import { ButtonLink, PageHeader, Section } from '@/components/ui'
import { getAdminEnvironment, listMembers } from '@/lib/server/environment-admin'
import { contentOf } from '@/lib/server/environment-deletion'
import { enterEnvironment } from '@/lib/server/gate'
import { instance } from '@/lib/server/instance'
import { changeEnvironmentAction, deleteEnvironmentAction, setMembersAction } from '../actions'

type Props = { params: Promise<{ env: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { env } = await params
  await enterEnvironment(env, 'manage')
  return { title: (await getAdminEnvironment(env)).name }
}

export default async function EnvironmentPage({ params }: Props) {
  const { env } = await params
  await enterEnvironment(env, 'manage')
  const t = await getTranslations('settings.environments')
  const { id, name, keepOriginalsDays } = await getAdminEnvironment(env)
  const usual = (await instance()).retention.keepOriginalsDays
  const people = await listMembers(id)
  const some = people.filter((person) => !person.seesAll)
  return (
    <>
      <PageHeader
        eyebrow={
          <Link href="/settings/environments" className="link">
            {t('back')}
          </Link>
        }
        title={name}
        actions={<ButtonLink href={`/e/${id}`}>{t('open')}</ButtonLink>}
      />
      <ClientMessages use={['settings']}>
        <Section title={t('facts')} flush>
          <EnvironmentForm
            action={changeEnvironmentAction}
            id={id}
            name={name}
            days={keepOriginalsDays}
            usual={usual}
          />
        </Section>
        <Section title={t('who')} description={t('whoText', { count: people.length - some.length })}>
          {some.length === 0 ? <p>{t('whoNone')}</p> : <MembersForm action={setMembersAction} id={id} people={some} />}
        </Section>
        <Section title={t('deleteTitle')}>
          <DeleteEnvironment id={id} name={name} content={await contentOf(id)} action={deleteEnvironmentAction} />
        </Section>
      </ClientMessages>
    </>
  )
}
