import { cookies, headers } from 'next/headers'
import { getRequestConfig } from 'next-intl/server'
import { instance } from '@/lib/server/instance'
import { acceptedLocale, isLocale, type Locale } from './locales'
import { messages } from './messages'

/** Set by the proxy from `?lang=`, which overrides the language of one page without being stored. */
const override = 'x-postern-lang'

/** What the instance is set to; a database that does not answer must not keep the page from saying so. */
const usualLocale = (): Promise<Locale> =>
  instance().then(
    ({ general }) => general.defaultLocale,
    () => 'en',
  )

/**
 * No language in the address: `?lang=` once, else the cookie, else what the browser asks for, else that of the instance. A text that is to be in one
 * language whatever the page's is asks for it (`getTranslations({ locale })`).
 */
export default getRequestConfig(async ({ locale: asked }) => {
  if (isLocale(asked)) return { locale: asked, timeZone: 'UTC', messages: messages[asked] }
  const requested = await headers()
  const once = requested.get(override)
  const stored = (await cookies()).get('locale')?.value
  const accepted = acceptedLocale(requested.get('accept-language'), await usualLocale())
  const locale = isLocale(once) ? once : isLocale(stored) ? stored : accepted
  return { locale, timeZone: 'UTC', messages: messages[locale] }
})
