import { useTranslations } from 'next-intl'
import { FilterChip } from '@/components/ui'
import { Link } from '@/components/ui/link'
import { chips, type FindingsQuery, findingsSearch, withoutFilters } from '@/lib/core'
import { useValueLabel } from './labels'

/** Every active filter as a chip that removes it. */
export function FilterChips({ base, query }: { base: string; query: FindingsQuery }) {
  const t = useTranslations('findings')
  const label = useValueLabel()
  const active = chips(query)
  if (active.length === 0) return null
  return (
    <>
      <ul aria-label={t('active')} className="mb-3 flex flex-wrap items-center gap-2 print:hidden">
        {active.map((chip) => {
          const name = `${t(`filter.${chip.key}`)}: ${label(chip.key, chip.value)}`
          return (
            <li key={`${chip.key} ${chip.value}`}>
              <FilterChip
                href={`${base}/findings${findingsSearch(chip.without)}`}
                removes
                active
                label={t('remove', { name })}
              >
                {name}
              </FilterChip>
            </li>
          )
        })}
        <li>
          <Link href={`${base}/findings${findingsSearch(withoutFilters(query))}`} className="link text-table">
            {t('removeAll')}
          </Link>
        </li>
      </ul>
      <p className="hidden print:block">
        {t('printFilter', {
          filters: active.map((c) => `${t(`filter.${c.key}`)}: ${label(c.key, c.value)}`).join('; '),
        })}
      </p>
    </>
  )
}
