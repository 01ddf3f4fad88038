import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { Chip, DataTable, RowTh, Th, TimeText } from '@/components/ui'
import type { Person } from '@/lib/server/people'

/** Everybody with an account; each name leads to what can be changed. */
export function PeopleTable({ people, ownId }: { people: readonly Person[]; ownId: string }) {
  const t = useTranslations('people')
  return (
    <DataTable caption={t('caption')} hideCaption>
      <thead>
        <tr>
          <Th>{t('name')}</Th>
          <Th>{t('role')}</Th>
          <Th>{t('sees')}</Th>
          <Th>{t('state')}</Th>
          <Th>{t('lastSeen')}</Th>
        </tr>
      </thead>
      <tbody>
        {people.map((person) => (
          <PersonLine key={person.id} person={person} isOwn={person.id === ownId} />
        ))}
      </tbody>
    </DataTable>
  )
}

function PersonLine({ person, isOwn }: { person: Person; isOwn: boolean }) {
  const t = useTranslations('people')
  const role = useTranslations('account.role')
  const { environments } = person
  const state = !person.isActive ? 'inactive' : person.isInvited ? 'invited' : 'active'
  return (
    <tr>
      <RowTh className="min-w-44">
        <Link href={`/settings/people/${person.id}`} className="link font-semibold">
          {person.name}
        </Link>
        {isOwn && <span className="text-ink-2"> ({t('you')})</span>}
        <span className="block text-ink-2 [overflow-wrap:anywhere]">{person.email}</span>
      </RowTh>
      <td>{role(person.role)}</td>
      <td>{environments === 'all' ? t('seesAll') : environments.map((e) => e.name).join(', ')}</td>
      <td>{state === 'active' ? t('active') : <Chip>{t(state)}</Chip>}</td>
      <td className="whitespace-nowrap">
        {person.lastSeenAt ? <TimeText value={person.lastSeenAt} /> : <span className="text-ink-2">{t('never')}</span>}
      </td>
    </tr>
  )
}
