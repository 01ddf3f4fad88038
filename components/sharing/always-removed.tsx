import { useTranslations } from 'next-intl'

const items = ['people', 'uploads', 'others', 'decisions'] as const

/** What no link shows, whatever is chosen. */
export function AlwaysRemoved() {
  const t = useTranslations('sharing')
  return (
    <div className="mt-5 text-table text-ink-2">
      <p className="font-semibold">{t('removed')}</p>
      <ul className="list-disc ps-5">
        {items.map((item) => (
          <li key={item}>{t(`removedItem.${item}`)}</li>
        ))}
      </ul>
    </div>
  )
}
