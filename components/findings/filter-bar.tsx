import { ChevronDown } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { Button, cx } from '@/components/ui'
import {
  exposures,
  type FilterKey,
  type FindingsQuery,
  findingStatuses,
  groupings,
  proofs,
  questionNumbers,
  severities,
} from '@/lib/core'
import { useValueLabel } from './labels'

type Props = {
  action: string
  query: FindingsQuery
  /** Values that occur in this audit, for the filters whose values are names. */
  rules: readonly string[]
  servers: readonly string[]
  /** Some findings of this audit are accepted. */
  hasAccepted: boolean
}

type Menu = { key: Exclude<FilterKey, 'q' | 'obj'>; values: readonly string[] }

/** Filters as a form that GETs: the address is the state, and nothing of it needs a script. */
export function FilterBar({ action, query, rules, servers, hasAccepted }: Props) {
  const t = useTranslations('findings')
  const menus: Menu[] = [
    { key: 'sev', values: severities },
    { key: 'topic', values: questionNumbers.map(String) },
    { key: 'rule', values: rules },
    { key: 'srv', values: servers },
    { key: 'exp', values: exposures },
    { key: 'proof', values: proofs },
    { key: 'st', values: hasAccepted || query.st.length > 0 ? findingStatuses : [] },
  ]
  return (
    <form
      action={action}
      aria-label={t('filters')}
      className="mb-3 grid grid-cols-2 items-end gap-2 sm:flex sm:flex-wrap print:hidden"
    >
      <Kept query={query} />
      <label className="max-sm:col-span-2 sm:w-48">
        <span className="mb-1 block text-table font-semibold text-ink-2">{t('search')}</span>
        <input type="search" name="q" defaultValue={query.q} maxLength={200} className="field" />
      </label>
      {menus.map((menu) => (
        <FilterMenu key={menu.key} menu={menu} active={query[menu.key].map(String)} />
      ))}
      <div className="flex flex-wrap items-end gap-2 max-sm:col-span-2">
        <label className="flex items-center gap-2">
          <span className="text-table font-semibold text-ink-2">{t('groupBy')}</span>
          <select name="group" defaultValue={query.group} className="field w-auto">
            {groupings.map((group) => (
              <option key={group} value={group}>
                {t(`group.${group}`)}
              </option>
            ))}
          </select>
        </label>
        <Button type="submit" kind="primary">
          {t('apply')}
        </Button>
      </div>
    </form>
  )
}

/** What the form itself has no field for stays as it is. */
function Kept({ query }: { query: FindingsQuery }) {
  const sort = `${query.descending ? '-' : ''}${query.sort}`
  return (
    <>
      {query.obj.map((value) => (
        <input key={value} type="hidden" name="obj" value={value} />
      ))}
      {query.conf.map((value) => (
        <input key={value} type="hidden" name="conf" value={value} />
      ))}
      {sort !== 'severity' && <input type="hidden" name="sort" value={sort} />}
    </>
  )
}

function FilterMenu({ menu, active }: { menu: Menu; active: readonly string[] }) {
  const t = useTranslations('findings')
  const label = useValueLabel()
  if (menu.values.length === 0) return null
  return (
    <details name="filter" className="relative max-sm:open:col-span-2">
      <summary
        className={cx(
          'tap flex min-h-9 list-none items-center gap-2 rounded-input border px-3 py-1.5 hover:bg-subtle [&::-webkit-details-marker]:hidden',
          active.length > 0 ? 'border-accent bg-raised font-semibold' : 'border-line-strong',
        )}
      >
        {t(`filter.${menu.key}`)}
        <ChevronDown aria-hidden className="size-4 shrink-0" strokeWidth={1.75} />
      </summary>
      <fieldset className="z-20 max-h-80 w-full overflow-y-auto rounded-card border border-line-strong bg-canvas p-2 shadow-float sm:absolute sm:start-0 sm:top-full sm:mt-1 sm:w-80">
        <legend className="sr-only">{t(`filter.${menu.key}`)}</legend>
        {menu.values.map((value) => (
          <label key={value} className="tap flex items-start gap-2 rounded-input px-2 py-1 hover:bg-subtle">
            <input
              type="checkbox"
              name={menu.key}
              value={value}
              defaultChecked={active.includes(value)}
              className="mt-1 size-4 shrink-0 accent-accent"
            />
            <span className="min-w-0 break-words">{label(menu.key, value)}</span>
          </label>
        ))}
      </fieldset>
    </details>
  )
}
