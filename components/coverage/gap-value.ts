import type { useTranslations } from 'next-intl'
import type { Gap } from '@/lib/core'

/** What a gap is worth, in one sentence: the most that it would bring. */
export function gapValue(gap: Gap, t: ReturnType<typeof useTranslations<'coverage'>>): string {
  if (gap.unlocks.length > 0) return t('unlocks', { count: gap.unlocks.length })
  if (gap.helps.length > 0) return t('helps', { count: gap.helps.length })
  if (gap.completes.length > 0) return t('completes', { count: gap.completes.length })
  return t('raises', { count: gap.couldRaise.length })
}
