import { useLocale, useTranslations } from 'next-intl'
import { Section, SeverityLabel } from '@/components/ui'
import { Link } from '@/components/ui/link'
import type { ApartFinding, ComparedFinding, Comparison, MovedFinding } from '@/lib/core'
import { formatList } from '@/lib/i18n/format'
import { type Bucket, buckets } from './buckets'
import type { Bases } from './types'

type Entry = ComparedFinding &
  Partial<Pick<MovedFinding, 'before' | 'added' | 'removed'>> &
  Partial<Pick<ApartFinding, 'reason'>>

/** More than this of one kind stand in the lists of the audits themselves. */
const longest = 100

/** What is found in the older audit only is shown there. */
const isOld = (bucket: Bucket): boolean => bucket === 'fixed' || bucket === 'noLongerAssessed'

/** The findings by what became of them, the worst first. */
export function FindingLists({ findings, bases, q }: { findings: Comparison['findings']; bases: Bases; q: string }) {
  const t = useTranslations('compare')
  const filled = buckets.filter((bucket) => findings[bucket].length > 0)
  return (
    <Section title={t('findings')} id="findings">
      {filled.length === 0 && <p>{q === '' ? t('noFindings') : t('filter.noFindings', { q })}</p>}
      {filled.map((bucket) => (
        <BucketList
          key={bucket}
          bucket={bucket}
          entries={findings[bucket]}
          base={isOld(bucket) ? bases.before : bases.after}
        />
      ))}
    </Section>
  )
}

function BucketList({ bucket, entries, base }: { bucket: Bucket; entries: readonly Entry[]; base: string }) {
  const t = useTranslations('compare')
  return (
    <Section
      level={3}
      id={bucket}
      title={t('bucketHead', { bucket: t(`bucket.${bucket}`), count: entries.length })}
      description={t(`bucketText.${bucket}`)}
      className="mt-5"
    >
      <ul className="divide-y divide-line rounded-card border border-line">
        {entries.slice(0, longest).map((entry) => (
          <li key={entry.id} className="keep px-3 py-2">
            <FindingLine entry={entry} base={base} />
          </li>
        ))}
      </ul>
      {entries.length > longest && (
        <p className="mt-2 text-ink-2">
          {t('more', { shown: longest, count: entries.length })}{' '}
          <Link href={`${base}/findings`} className="link" orElse="nothing">
            {t('allFindings')}
          </Link>
        </p>
      )}
    </Section>
  )
}

function FindingLine({ entry, base }: { entry: Entry; base: string }) {
  const locale = useLocale()
  return (
    <>
      <span className="flex flex-wrap items-baseline gap-x-3">
        <SeverityLabel severity={entry.severity} />
        <Link
          href={`${base}/findings/${encodeURIComponent(entry.id)}`}
          className="link min-w-0 [overflow-wrap:anywhere]"
        >
          {entry.title[locale]}
        </Link>
      </span>
      <Objects ids={entry.objects.map((o) => o.id)} />
      <Notes entry={entry} />
    </>
  )
}

const namesShown = 3

function Objects({ ids }: { ids: readonly string[] }) {
  const t = useTranslations('compare')
  if (ids.length === 0) return null
  const rest = ids.length - namesShown
  return (
    <span className="block text-table text-ink-2 [overflow-wrap:anywhere]">
      <span lang="en">{ids.slice(0, namesShown).join(', ')}</span>
      {rest > 0 && ` ${t('moreObjects', { count: rest })}`}
    </span>
  )
}

/** What is different about a finding of both audits, or why one of them could not have it. */
function Notes({ entry }: { entry: Entry }) {
  const t = useTranslations('compare')
  const common = useTranslations('common')
  const locale = useLocale()
  const names = (ids: readonly string[]) => formatList(ids.slice(0, 10), locale)
  const { before, added = [], removed = [], reason } = entry
  const notes = [
    ...(reason ? [t(`reason.${reason}`)] : []),
    ...(before && before !== entry.severity ? [t('level', { before: common(`severity.${before}`) })] : []),
    ...(added.length > 0 ? [t('objectsAdded', { count: added.length, names: names(added) })] : []),
    ...(removed.length > 0 ? [t('objectsRemoved', { count: removed.length, names: names(removed) })] : []),
  ]
  return notes.map((note) => (
    <span key={note} className="block text-table [overflow-wrap:anywhere]">
      {note}
    </span>
  ))
}
