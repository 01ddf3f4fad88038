import { useLocale, useTranslations } from 'next-intl'
import type { Reopening, Severity } from '@/lib/core'
import { formatDate, formatList } from '@/lib/i18n/format'

/** A reason as it was typed: uploaded and typed text is shown, never obeyed. */
export function Reason({ children }: { children: string }) {
  return (
    <q
      dir="auto"
      className="block max-w-[72ch] whitespace-pre-line [overflow-wrap:anywhere] before:content-none after:content-none"
    >
      {children}
    </q>
  )
}

type Then = { readonly level: Severity; readonly until: string | null }

const namesShown = 5

/** Why an accepted finding is open again, a sentence each. */
export function useReopening(): (then: Then, now: Severity, reopening: Reopening) => string[] {
  const t = useTranslations('risks')
  const common = useTranslations('common')
  const locale = useLocale()
  return (then, now, { hasEnded, hasRisen, added }) => {
    const names = added.length > namesShown ? [...added.slice(0, namesShown), '…'] : added
    return [
      ...(hasEnded && then.until !== null ? [t('why.ended', { date: formatDate(then.until, locale) })] : []),
      ...(hasRisen ? [t('why.risen', { was: common(`severity.${then.level}`), is: common(`severity.${now}`) })] : []),
      ...(added.length > 0 ? [t('why.added', { count: added.length, names: formatList(names, locale) })] : []),
    ]
  }
}
