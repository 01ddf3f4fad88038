import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { Button, buttonClass } from '@/components/ui'
import { questionNumbers, severities } from '@/lib/core'
import type { RulesQuery } from './query'

/** A form that GETs: the address is the filter. */
export function RuleFilters({ query }: { query: RulesQuery }) {
  const t = useTranslations('rules')
  const words = useTranslations('common')
  const filtered = query.q !== '' || query.sev !== null || query.topic !== null
  return (
    <form action="/rules" aria-label={t('filters')} className="mb-4 flex flex-wrap items-end gap-2 print:hidden">
      <label className="w-full sm:w-56">
        <span className="mb-1 block text-table font-semibold text-ink-2">{t('search')}</span>
        <input type="search" name="q" defaultValue={query.q} maxLength={200} className="field" />
      </label>
      <label className="w-full sm:w-72">
        <span className="mb-1 block text-table font-semibold text-ink-2">{t('question')}</span>
        <select name="topic" defaultValue={query.topic ?? ''} className="field">
          <option value="">{t('any')}</option>
          {questionNumbers.map((n) => (
            <option key={n} value={n}>
              {words(`question.${n}`)}
            </option>
          ))}
        </select>
      </label>
      <label className="w-full sm:w-36">
        <span className="mb-1 block text-table font-semibold text-ink-2">{t('severity')}</span>
        <select name="sev" defaultValue={query.sev ?? ''} className="field">
          <option value="">{t('any')}</option>
          {severities.map((level) => (
            <option key={level} value={level}>
              {words(`severity.${level}`)}
            </option>
          ))}
        </select>
      </label>
      <Button type="submit" kind="primary">
        {t('apply')}
      </Button>
      {filtered && (
        <Link href="/rules" className={buttonClass('quiet')}>
          {t('removeAll')}
        </Link>
      )}
    </form>
  )
}
