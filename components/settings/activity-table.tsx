import Link from 'next/link'
import { useLocale, useTranslations } from 'next-intl'
import { DataTable, Th, TimeText } from '@/components/ui'
import { type ActivityEntry, activityTexts, actorKinds, canonicalJson, isActivityAction } from '@/lib/core'

type Props = {
  entries: readonly ActivityEntry[]
  environments: ReadonlyMap<string, string>
}

/** Entries of the log, as they were written. */
export function ActivityTable({ entries, environments }: Props) {
  const t = useTranslations('activity')
  return (
    <DataTable caption={t('caption')} hideCaption>
      <thead>
        <tr>
          <Th>{t('time')}</Th>
          <Th>{t('what')}</Th>
          <Th>{t('who')}</Th>
          <Th>{t('about')}</Th>
          <Th>{t('address')}</Th>
          <Th className="num">{t('number')}</Th>
        </tr>
      </thead>
      <tbody>
        {entries.map((entry) => (
          <Line key={entry.seq} entry={entry} environments={environments} />
        ))}
      </tbody>
    </DataTable>
  )
}

function Line({ entry, environments }: { entry: ActivityEntry; environments: Props['environments'] }) {
  const locale = useLocale()
  const what = isActivityAction(entry.action) ? activityTexts[entry.action][locale] : entry.action
  return (
    <tr>
      <td className="sm:whitespace-nowrap">
        <TimeText value={entry.at} />
      </td>
      <td className="min-w-36">{what}</td>
      <td className="min-w-32">
        <Actor entry={entry} />
      </td>
      <td className="min-w-48">
        <About entry={entry} environments={environments} />
      </td>
      <td className="whitespace-nowrap">{entry.address}</td>
      <td className="num">{entry.seq}</td>
    </tr>
  )
}

function Actor({ entry }: { entry: ActivityEntry }) {
  const t = useTranslations('activity')
  const kind = actorKinds.find((known) => known === entry.actorKind) ?? 'nobody'
  return (
    <>
      <span className="[overflow-wrap:anywhere]">{entry.actorName}</span>
      {kind !== 'user' && <span className="block text-ink-2">{t(`kind.${kind}`)}</span>}
    </>
  )
}

/** Of a person, a token or an environment: what it was called then. */
const nameIn = (details: unknown): string | null =>
  typeof details === 'object' && details !== null && 'name' in details && typeof details.name === 'string'
    ? details.name
    : null

function About({ entry, environments }: { entry: ActivityEntry; environments: Props['environments'] }) {
  const t = useTranslations('activity')
  const { environmentId, auditId, object } = entry
  const details = canonicalJson(entry.details)
  const name = nameIn(entry.details)
  return (
    <>
      {name !== null && <span className="block [overflow-wrap:anywhere]">{name}</span>}
      {environmentId && (
        <span className="block [overflow-wrap:anywhere]">
          {environments.get(environmentId) ?? t('deletedEnvironment')}
        </span>
      )}
      {auditId && (
        <Link href={`/a/${encodeURIComponent(auditId)}`} prefetch={false} className="link block min-h-6">
          {t('audit', { id: auditId })}
        </Link>
      )}
      {(object || details !== '{}') && (
        <details>
          <summary className="tap min-h-6 w-fit text-ink-2">{t('details')}</summary>
          {object && <code className="block break-all">{object}</code>}
          {details !== '{}' && <code className="block break-all">{details}</code>}
        </details>
      )}
    </>
  )
}
