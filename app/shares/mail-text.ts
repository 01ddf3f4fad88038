import 'server-only'
import { getTranslations } from 'next-intl/server'
import { formatDateLong } from '@/lib/i18n/format'
import type { Locale } from '@/lib/i18n/locales'
import type { ShareKind, ShareLevel } from '@/lib/server/shares'

type Made = { kind: ShareKind; level: ShareLevel; hasPassword: boolean; endsAt: Date; url: string }

/** What to write to the guest. It never holds the password, and no name: mail is read on its way. */
export async function mailText({ kind, level, hasPassword, endsAt, url }: Made, locale: Locale): Promise<string> {
  const t = await getTranslations({ locale, namespace: 'sharing' })
  const facts = [
    t('mail.until', { date: formatDateLong(endsAt, locale) }),
    t(`mail.names.${level}`),
    ...(hasPassword ? [t('mail.password')] : []),
  ]
  return [t('mail.hello'), `${t(`mail.what.${kind}`)}\n${url}`, facts.join('\n'), t('mail.end')].join('\n\n')
}
