import 'server-only'
import { acceptedLocale, isLocale, type Locale } from '../i18n/locales'

/** Language of an answer of the API: `?lang=`, else the cookie, else what the caller accepts. */
export function languageOf(request: Request): Locale {
  const asked = new URL(request.url).searchParams.get('lang')
  if (isLocale(asked)) return asked
  const cookie = /(?:^|;\s*)locale=(\w+)/.exec(request.headers.get('cookie') ?? '')?.[1]
  return isLocale(cookie) ? cookie : acceptedLocale(request.headers.get('accept-language'))
}
