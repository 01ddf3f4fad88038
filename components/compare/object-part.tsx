import { useTranslations } from 'next-intl'
import { ButtonLink, Section } from '@/components/ui'
import { Link } from '@/components/ui/link'
import { type ComparedObjects, comparedObjects, groupBy } from '@/lib/core'
import { ObjectDiff } from './object-diff'
import { compareSearch } from './query'
import type { ViewProps } from './types'

/** Few objects are open at once; of many the names alone give an overview. */
const openAtOnce = 12

/** Which objects came, went and changed, by kind; a page at a time. */
export function ObjectPart({ comparison, bases, path, query }: ViewProps) {
  const t = useTranslations('compare')
  const words = useTranslations('words')
  const view = comparedObjects(comparison, query.noise, query.page)
  return (
    <Section title={t('configuration')} id="configuration" description={t('who')}>
      <p>
        {query.q === ''
          ? t('objectCount', { count: view.total, same: comparison.sameObjects })
          : t('filter.objects', { count: view.total, q: query.q })}{' '}
        <NoiseLink view={view} path={path} query={query} />
      </p>
      {[...groupBy(view.objects, (o) => o.collection)].map(([collection, objects]) => (
        <Section
          key={collection}
          level={3}
          title={words(`collection.${objects[0]?.collection ?? 'servers'}`)}
          className="mt-5"
        >
          <ul className="space-y-2">
            {objects.map((object) => (
              <li key={`${object.side} ${object.id} ${object.change}`}>
                <ObjectDiff
                  object={object}
                  files={{ before: comparison.before.files, after: comparison.after.files }}
                  bases={bases}
                  isOpen={view.total <= openAtOnce}
                />
              </li>
            ))}
          </ul>
        </Section>
      ))}
      <Pages view={view} path={path} query={query} />
    </Section>
  )
}

type PartProps = Pick<ViewProps, 'path' | 'query'> & { view: ComparedObjects }

function NoiseLink({ view, path, query }: PartProps) {
  const t = useTranslations('compare')
  const href = `${path}${compareSearch({ ...query, noise: !query.noise, page: 1 })}#configuration`
  return (
    <span className="print:hidden">
      {!query.noise && view.onlyNoise > 0 && `${t('onlyNoise', { count: view.onlyNoise })} `}
      <Link href={href} className="link inline-block min-h-6" scroll={false}>
        {t(query.noise ? 'hideNoise' : 'showNoise')}
      </Link>
    </span>
  )
}

function Pages({ view, path, query }: PartProps) {
  const t = useTranslations('compare')
  if (view.pages < 2) return null
  const href = (page: number) => `${path}${compareSearch({ ...query, page })}#configuration`
  return (
    <nav aria-label={t('pages')} className="mt-4 flex flex-wrap items-center gap-3 print:hidden">
      {view.page > 1 && <ButtonLink href={href(view.page - 1)}>{t('previous')}</ButtonLink>}
      <span>{t('page', { page: view.page, pages: view.pages })}</span>
      {view.page < view.pages && <ButtonLink href={href(view.page + 1)}>{t('next')}</ButtonLink>}
    </nav>
  )
}
