import 'server-only'
import type { Locale } from '@/lib/i18n/locales'
import { settings } from './env'
import type { NewLink } from './people'
import { canSendMail, type Recipient, sendMail } from './sign-in/mail'

/** A link as it is shown, once, to who made it. */
export type HandedOver = {
  readonly name: string
  readonly email: string
  readonly address: string
  readonly until: string
  /** Whether it went by mail too; `off` where no mail server is configured. */
  readonly mail: 'sent' | 'failed' | 'off'
}

/** The address of a link. Where no public address is set, that of this server as it was asked for, which the proxy has checked. */
const addressOf = (token: string, host: string): string =>
  `${settings().publicUrl ?? `http://${host}`}/link/${encodeURIComponent(token)}`

async function mailed(link: NewLink, to: Recipient, address: string, locale: Locale): Promise<HandedOver['mail']> {
  if (!canSendMail()) return 'off'
  try {
    await sendMail(link.purpose, to, address, locale)
    return 'sent'
  } catch (error) {
    console.error('[mail] a link could not be sent', error)
    return 'failed'
  }
}

/** Mails a link where that is possible, and says how it reads. The link works in either case. */
export async function handOver(link: NewLink, to: Recipient, host: string, locale: Locale): Promise<HandedOver> {
  const address = addressOf(link.token, host)
  const mail = await mailed(link, to, address, locale)
  return { name: to.name, email: to.email, address, until: link.expiresAt.toISOString(), mail }
}
