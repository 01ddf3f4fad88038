import { useLocale, useTranslations } from 'next-intl'
import { useId } from 'react'
import { formatList } from '@/lib/i18n/format'

/** Open links of a person, by environment. */
export type OpenLinks = readonly { readonly environment: string; readonly count: number }[]

type Props = {
  /** Those of every environment, or those where the person may share no longer. */
  of: 'all' | 'lost'
  name: string
  shares: OpenLinks
  /** What was typed into a form that was refused. */
  typed: Readonly<Record<string, string>> | undefined
}

/** Whether the links end with the access of whoever made them: ticked, unless somebody unticks it. */
export function EndShares({ of, name, shares, typed }: Props) {
  const t = useTranslations('people')
  const locale = useLocale()
  const id = useId()
  // Nothing to ask; one that is made this very moment ends as well.
  if (shares.length === 0) return <input type="hidden" name="endShares" value="1" />
  const count = shares.reduce((sum, place) => sum + place.count, 0)
  const places = shares.map((place) => t('sharesIn', { ...place }))
  return (
    <div className="mt-4 flex items-start gap-2.5">
      <input
        id={id}
        type="checkbox"
        name="endShares"
        value="1"
        defaultChecked={typed === undefined || typed.endShares === '1'}
        aria-describedby={`${id}-text`}
        className="mt-1 size-4 shrink-0"
      />
      <div className="min-w-0">
        <label htmlFor={id}>{t(of === 'all' ? 'sharesEnd' : 'sharesEndLost', { name, count })}</label>
        <p id={`${id}-text`} className="text-table text-ink-2 [overflow-wrap:anywhere]">
          {t('sharesOpen', { places: formatList(places, locale) })}
        </p>
      </div>
    </div>
  )
}
