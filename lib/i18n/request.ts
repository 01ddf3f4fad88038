import { cookies, headers } from 'next/headers'
import { getRequestConfig } from 'next-intl/server'
import { acceptedLocale, isLocale } from './locales'
import { messages } from './messages'

/** Set by the proxy from `?lang=`, which overrides the language of one page without being stored. */
const override = 'x-postern-lang'

/**
 * No language in the address: `?lang=` once, else the cookie, else what the browser asks for, else English. A text that is to be in one
 * language whatever the page's is asks for it (`getTranslations({ locale })`).
 */
export default getRequestConfig(async ({ locale: asked }) => {
  if (isLocale(asked)) return { locale: asked, timeZone: 'UTC', messages: messages[asked] }
  const requested = await headers()
  const once = requested.get(override)
  const stored = (await cookies()).get('locale')?.value
  const locale = isLocale(once) ? once : isLocale(stored) ? stored : acceptedLocale(requested.get('accept-language'))
  return { locale, timeZone: 'UTC', messages: messages[locale] }
})
