import { useLocale, useTranslations } from 'next-intl'
import { VisuallyHidden } from '@/components/ui'
import { formatNumber } from '@/lib/i18n/format'

type Props = { value: number | null | undefined; before: number | null | undefined }

/** By how much a number differs from that of the audit before; nothing where it does not, or there was none. */
export function Delta({ value, before }: Props) {
  const t = useTranslations('home')
  const locale = useLocale()
  if (value == null || before == null || value === before) return null
  const by = formatNumber(Math.abs(value - before), locale)
  return (
    <span className="ms-1.5 text-meta text-ink-2">
      <span aria-hidden>
        {value > before ? '+' : '−'}
        {by}
      </span>
      <VisuallyHidden>{t(value > before ? 'more' : 'fewer', { by })}</VisuallyHidden>
    </span>
  )
}
