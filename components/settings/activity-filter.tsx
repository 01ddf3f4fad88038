import Link from 'next/link'
import { useLocale, useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { Button } from '@/components/ui'
import { type ActivityAction, activityTexts } from '@/lib/core'

export type ActivitySearch = Readonly<Record<'who' | 'action' | 'env' | 'from' | 'to', string>>

type Props = {
  search: ActivitySearch
  people: readonly { readonly id: string; readonly name: string }[]
  environments: ReadonlyMap<string, string>
}

const actions = Object.keys(activityTexts) as readonly ActivityAction[]

/** A form whose fields stand in the address, so that a view can be sent on. */
export function ActivityFilter({ search, people, environments }: Props) {
  const t = useTranslations('activity')
  const locale = useLocale()
  const isFiltered = Object.values(search).some(Boolean)
  const byText = actions
    .map((action) => [action, activityTexts[action][locale]] as const)
    .sort(([, a], [, b]) => a.localeCompare(b, locale))
  return (
    <form
      method="get"
      aria-label={t('filter')}
      className="mb-4 rounded-card border border-line bg-subtle p-3 print:hidden"
    >
      <div className="grid gap-3 sm:grid-cols-2 xl:grid-cols-5">
        <Select name="who" label={t('who')} value={search.who} none={t('anybody')}>
          {people.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Select>
        <Select name="action" label={t('what')} value={search.action} none={t('anything')}>
          {byText.map(([action, text]) => (
            <option key={action} value={action}>
              {text}
            </option>
          ))}
        </Select>
        <Select name="env" label={t('where')} value={search.env} none={t('anywhere')}>
          {[...environments].map(([id, name]) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Select>
        <Day name="from" label={t('from')} value={search.from} />
        <Day name="to" label={t('to')} value={search.to} />
      </div>
      <div className="mt-3 flex flex-wrap items-center gap-4">
        <Button type="submit" kind="primary">
          {t('apply')}
        </Button>
        {isFiltered && (
          <Link href="/settings/activity" className="link">
            {t('reset')}
          </Link>
        )}
      </div>
    </form>
  )
}

type SelectProps = { name: string; label: string; value: string; none: string; children: ReactNode }

function Select({ name, label, value, none, children }: SelectProps) {
  return (
    <div className="min-w-0">
      <label htmlFor={`filter-${name}`} className="mb-1 block text-table font-semibold">
        {label}
      </label>
      <select key={value} id={`filter-${name}`} name={name} defaultValue={value} className="field">
        <option value="">{none}</option>
        {children}
      </select>
    </div>
  )
}

function Day({ name, label, value }: { name: string; label: string; value: string }) {
  return (
    <div className="min-w-0">
      <label htmlFor={`filter-${name}`} className="mb-1 block text-table font-semibold">
        {label}
      </label>
      <input key={value} id={`filter-${name}`} type="date" name={name} defaultValue={value} className="field" />
    </div>
  )
}
