import 'server-only'
import { isIP } from 'node:net'
import { createTransport } from 'nodemailer'
import type { Locale } from '@/lib/i18n/locales'
import { settings } from '../env'
import { type MailKind, mailText } from './mail-texts'

/** Whether this server can send mail. */
export const canSendMail = (): boolean => settings().smtpUrl !== null

const isLocal = (host: string): boolean =>
  host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'))

const seconds = (n: number) => n * 1000

/** A password never crosses the network in clear: with one, TLS is a must. */
function transport(smtpUrl: string) {
  const url = new URL(smtpUrl)
  const mustEncrypt = url.username !== '' && !isLocal(url.hostname.replace(/^\[|\]$/g, ''))
  const limits = { connectionTimeout: seconds(10), greetingTimeout: seconds(10), socketTimeout: seconds(20) }
  return createTransport({
    ...{ url: smtpUrl, requireTLS: mustEncrypt, disableFileAccess: true, disableUrlAccess: true },
    ...limits,
  })
}

export type Recipient = { readonly name: string; readonly email: string }

/**
 * Sends one mail. Names become encoded display names, so nothing in them can begin a header or name another recipient. Throws where the
 * mail server does not take it, or none is configured.
 */
export async function sendMail(kind: MailKind, to: Recipient, link: string, locale: Locale): Promise<void> {
  const { smtpUrl, mailFrom } = settings()
  if (!smtpUrl || !mailFrom) throw new Error('No mail server is configured.')
  const name = to.name.replace(/\p{C}/gu, ' ')
  await transport(smtpUrl).sendMail({
    from: { name: 'Postern', address: mailFrom },
    to: { name, address: to.email },
    headers: { 'Auto-Submitted': 'auto-generated' },
    ...mailText(kind, { name, link }, locale),
  })
}
