import 'server-only'
import { isLocale, type Locale } from '@/lib/i18n/locales'
import { record } from '../activity'
import { addressOf } from '../address'
import { db } from '../db'
import { settings } from '../env'
import { networkOf, throttle } from '../throttle'
import { needLocal } from './local'
import { canSendMail, sendMail } from './mail'
import { makeLink } from './one-time-links'
import { stranger } from './who'

/** Not awaited: how long it takes would tell who has an account. */
async function send(account: string, locale: Locale, requested: Headers): Promise<void> {
  const user = await (await db()).user.findUnique({ where: { email: account } })
  if (!user?.isActive) return
  const { token } = await makeLink('reset', user.id)
  await record(stranger(requested), 'reset-asked', { object: user.email })
  const language = isLocale(user.locale) ? user.locale : locale
  await sendMail('reset', user, `${settings().publicUrl}/link/${token}`, language)
}

/** Sends a link to set a password, if there is such an account. Throws AppError('too-many'), 'local-off'. */
export async function askForReset(email: string, locale: Locale, requested: Headers): Promise<void> {
  await needLocal()
  const account = email.trim().toLowerCase().slice(0, 254)
  await throttle('reset by address', networkOf(addressOf(requested)))
  await throttle('reset by account', account)
  if (!canSendMail()) return
  send(account, locale, requested).catch((error: unknown) => console.error('[sign-in] a mail was not sent', error))
}
