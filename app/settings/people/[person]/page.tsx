import type { Metadata } from 'next'
import Link from 'next/link'
import { notFound } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { AccessForm, ButtonForm, LinkForm } from '@/components/settings/person-forms'
import { ShutForm } from '@/components/settings/shut-form'
import { ClientMessages } from '@/components/shell'
import { PageHeader, Section } from '@/components/ui'
import { listAdminEnvironments } from '@/lib/server/environment-admin'
import { AppError } from '@/lib/server/errors'
import { enter } from '@/lib/server/gate'
import { uuid } from '@/lib/server/ids'
import { getPerson, type Person } from '@/lib/server/people'
import { openSharesOf } from '@/lib/server/shares-of-people'
import { changeAccessAction, deactivateAction, reactivateAction, renewLinkAction } from '../actions'

type Props = { params: Promise<{ person: string }> }

async function personOf({ params }: Props): Promise<Person> {
  const { person } = await params
  if (!uuid.safeParse(person).success) notFound()
  return getPerson(person).catch((error: unknown) => {
    if (error instanceof AppError && error.code === 'not-found') notFound()
    throw error
  })
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  await enter('manage')
  return { title: (await personOf(props)).name }
}

export default async function PersonPage(props: Props) {
  const actor = await enter('manage')
  const person = await personOf(props)
  const t = await getTranslations('people')
  const isOwn = person.id === actor.id
  return (
    <>
      <PageHeader
        eyebrow={
          <Link href="/settings/people" className="link">
            {t('back')}
          </Link>
        }
        title={person.name}
        meta={person.email}
      />
      <ClientMessages use={['people', 'settings', 'common']}>
        <Section title={t('access')} description={t(isOwn ? 'accessOwn' : 'accessText')} flush>
          {!isOwn && <Access person={person} />}
        </Section>
        {!isOwn && person.isActive && <NewLink person={person} />}
        {!isOwn && <Closing person={person} />}
      </ClientMessages>
    </>
  )
}

async function Access({ person }: { person: Person }) {
  const environments = (await listAdminEnvironments()).map(({ id, name }) => ({ id, name }))
  const { id, role, name } = person
  return (
    <AccessForm
      action={changeAccessAction}
      id={id}
      role={role}
      places={person.environments}
      environments={environments}
      name={name}
      shares={await openSharesOf(id)}
    />
  )
}

async function NewLink({ person: { id, name, isInvited } }: { person: Person }) {
  const t = await getTranslations('people')
  return (
    <Section title={t('link')} description={isInvited ? t('linkInvite') : t('linkReset', { name })}>
      <LinkForm action={renewLinkAction} id={id} label={t(isInvited ? 'linkInviteSubmit' : 'linkResetSubmit')} />
    </Section>
  )
}

/** Deactivating, or the way back. */
async function Closing({ person: { id, name, isActive } }: { person: Person }) {
  const t = await getTranslations('people')
  return isActive ? (
    <Section title={t('shut')} description={t('shutText', { name })}>
      <ShutForm
        action={deactivateAction}
        id={id}
        name={name}
        label={t('shutSubmit', { name })}
        shares={await openSharesOf(id)}
      />
    </Section>
  ) : (
    <Section title={t('open')} description={t('openText', { name })}>
      <ButtonForm key="open" action={reactivateAction} id={id} label={t('openSubmit', { name })} />
    </Section>
  )
}
