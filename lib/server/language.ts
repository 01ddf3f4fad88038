import 'server-only'
import { acceptedLocale, isLocale, type Locale } from '../i18n/locales'

/** Language of a reader: what `?lang=` of the page says (proxy.ts), else the cookie, else what the browser accepts. */
export function languageIn(headers: Headers): Locale {
  const once = headers.get('x-postern-lang')
  if (isLocale(once)) return once
  const cookie = /(?:^|;\s*)locale=(\w+)/.exec(headers.get('cookie') ?? '')?.[1]
  return isLocale(cookie) ? cookie : acceptedLocale(headers.get('accept-language'))
}

/** Language of an answer of the API: `?lang=`, else the cookie, else what the caller accepts. */
export function languageOf(request: Request): Locale {
  const asked = new URL(request.url).searchParams.get('lang')
  if (isLocale(asked)) return asked
  return languageIn(request.headers)
}
