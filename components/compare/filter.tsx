import { useTranslations } from 'next-intl'
import { Button, StatusRegion } from '@/components/ui'
import { Link } from '@/components/ui/link'
import { type Comparison, comparedObjects } from '@/lib/core'
import { buckets, countOf } from './buckets'
import { compareSearch } from './query'
import type { ViewProps } from './types'

const findingsOf = ({ findings }: Comparison): number =>
  buckets.reduce((sum, bucket) => sum + countOf(findings, bucket), 0)

type Props = Pick<ViewProps, 'path' | 'query'> & {
  all: Comparison
  /** What holds the words. */
  shown: Comparison
}

/** Words to look for, where anything differs: a form that GETs, so that the address says it and no script is needed. */
export function CompareFilter({ path, query, all, shown }: Props) {
  const t = useTranslations('compare.filter')
  const objectsOf = (comparison: Comparison): number => comparedObjects(comparison, query.noise, 1).total
  if (query.q === '' && findingsOf(all) + objectsOf(all) === 0) return null
  return (
    <div className="mt-6 print:hidden">
      <search>
        <form action={path} className="flex flex-wrap items-end gap-2">
          {query.a !== null && <input type="hidden" name="a" value={query.a} />}
          {query.b !== null && <input type="hidden" name="b" value={query.b} />}
          {query.noise && <input type="hidden" name="noise" value="1" />}
          <label className="min-w-0 grow sm:max-w-80">
            <span className="mb-1 block text-table font-semibold text-ink-2">{t('label')}</span>
            <input key={query.q} type="search" name="q" defaultValue={query.q} maxLength={200} className="field" />
          </label>
          <Button type="submit">{t('apply')}</Button>
        </form>
      </search>
      {query.q !== '' && (
        <StatusRegion className="mt-2 text-ink-2">
          {t('result', {
            q: query.q,
            findings: findingsOf(shown),
            allFindings: findingsOf(all),
            objects: objectsOf(shown),
            allObjects: objectsOf(all),
          })}{' '}
          <Link href={`${path}${compareSearch({ ...query, q: '', page: 1 })}`} className="link" scroll={false}>
            {t('remove')}
          </Link>
        </StatusRegion>
      )}
    </div>
  )
}
