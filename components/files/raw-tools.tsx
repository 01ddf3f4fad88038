import Link from 'next/link'
import { useLocale, useTranslations } from 'next-intl'
import { raw } from '@/components/evidence'
import { Button, ButtonLink, cx, StatusRegion } from '@/components/ui'
import { placePath, rawPageLines, rawPageStart } from '@/lib/core'
import { formatNumber } from '@/lib/i18n/format'

type FindProps = { path: string; q: string }

/** Finding in the file, and going to a line: both are forms that GET, so both can be linked. */
export function FindForm({ path, q }: FindProps) {
  const t = useTranslations('files')
  return (
    <div className="mb-3 flex flex-wrap items-end gap-x-6 gap-y-2 print:hidden">
      <form action={path} className="flex flex-wrap items-end gap-2">
        <label>
          <span className="mb-1 block text-table font-semibold text-ink-2">{t('find')}</span>
          <input type="search" name="q" defaultValue={q} maxLength={200} className="field w-56 max-w-full" />
        </label>
        <Button type="submit">{t('findGo')}</Button>
      </form>
      <form action={path} className="flex flex-wrap items-end gap-2">
        <label>
          <span className="mb-1 block text-table font-semibold text-ink-2">{t('goto')}</span>
          <input type="text" inputMode="numeric" pattern="[0-9]*" name="line" className="field w-28" />
        </label>
        <Button type="submit">{t('go')}</Button>
      </form>
    </div>
  )
}

/** The address of a part of a file; what is the default is not in it. */
export function rawHref(path: string, from: number, wrap: boolean): string {
  const query = [...(from === 1 ? [] : [`from=${from}`]), ...(wrap ? [] : ['wrap=no'])]
  return query.length === 0 ? path : `${path}?${query.join('&')}`
}

/** Whether long lines are broken: a link, so that it is in the address and works without scripts. */
export function WrapToggle({ path, from, wrap }: { path: string; from: number; wrap: boolean }) {
  const t = useTranslations('files')
  return (
    <p className="mb-3 print:hidden">
      <ButtonLink size="small" href={rawHref(path, from, !wrap)} scroll={false}>
        {t(wrap ? 'noWrap' : 'wrap')}
      </ButtonLink>
    </p>
  )
}

type PagerProps = {
  path: string
  from: number
  total: number
  wrap: boolean
  /** The second one of the page, below the text: two landmarks need two names. */
  atEnd?: boolean
}

/** Parts of a long file, each with an address of its own. */
export function RawPager({ path, from, total, wrap, atEnd = false }: PagerProps) {
  const t = useTranslations('files')
  if (total <= rawPageLines) return null
  const last = rawPageStart(total)
  const href = (start: number) => rawHref(path, start, wrap)
  return (
    <nav aria-label={t(atEnd ? 'pagesBelow' : 'pages')} className="my-3 flex flex-wrap items-center gap-2 print:hidden">
      {from > 1 && (
        <>
          <ButtonLink size="small" href={href(1)}>
            {t('first')}
          </ButtonLink>
          <ButtonLink size="small" href={href(Math.max(1, from - rawPageLines))}>
            {t('previous')}
          </ButtonLink>
        </>
      )}
      <span className="text-table text-ink-2">
        {t('windowLabel', { from, to: Math.min(total, from + rawPageLines - 1), total })}
      </span>
      {from < last && (
        <>
          <ButtonLink size="small" href={href(from + rawPageLines)}>
            {t('next')}
          </ButtonLink>
          <ButtonLink size="small" href={href(last)}>
            {t('last')}
          </ButtonLink>
        </>
      )}
    </nav>
  )
}

export type Hit = { line: number; text: string }

type ResultsProps = {
  base: string
  source: string
  q: string
  hits: readonly Hit[]
  /** All lines that contain the text; the list may show fewer. */
  count: number
  /** Lines that were searched, where that was not all of them. */
  searched: number | null
}

/** Lines that contain a text, each a link to its place. */
export function FindResults({ base, source, q, hits, count, searched }: ResultsProps) {
  const t = useTranslations('files')
  const locale = useLocale()
  return (
    <section className="mb-4">
      <StatusRegion className="mb-2">
        {t('found', { count, q })}. {count > hits.length && t('foundCut', { shown: hits.length })}{' '}
        {searched !== null && t('searchCut', { lines: searched })}{' '}
        <Link href={`${base}/${placePath(source)}`} className="link">
          {t('clear')}
        </Link>
      </StatusRegion>
      <ol className={cx(raw, 'divide-y divide-line border-y border-line text-table')}>
        {hits.map((hit) => (
          <li key={hit.line} className="flex gap-3 py-1">
            <Link href={`${base}/${placePath(source, [hit.line, hit.line])}`} className="link shrink-0">
              {formatNumber(hit.line, locale)}
            </Link>
            <span lang="en" dir="ltr" className="min-w-0 [overflow-wrap:anywhere]">
              {hit.text}
            </span>
          </li>
        ))}
      </ol>
    </section>
  )
}
