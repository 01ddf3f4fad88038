import { exchangeOnlineCidrs } from '../defaults/exchange-online-ranges'
import { formatIp, type IpRange, parseIp, parseIpRange } from '../model'
import { type FormField, formFields } from './form-fields'
import { type AskedTrace, parseQuestion, type QuestionProblem } from './question'
import type { TraceQuestion } from './types'

export { type FormField, formFields } from './form-fields'

/**
 * What the page asks. `from`: an address or a range. `start`: `on-premises` or `exchange-online` where the message begins in a
 * mailbox. `cert`: `exchange-online`, `other-tenant` or a name. `sender` and `rcpt` are domains, never addresses of people; `<>` is
 * the null sender. `local`: the address of the server that is reached, where connectors are bound to one. `size` in megabytes. `to`: a
 * server, `exchange-online`, or empty for any.
 */
export type SimForm = Readonly<Record<FormField, string>>

export const emptyForm: SimForm = {
  ...{ auth: '', cert: '', from: '', local: '', port: '', rcpt: '' },
  ...{ sender: '', size: '', start: '', tls: '', to: '' },
}

const usual: Partial<Record<FormField, string>> = { port: '25', auth: 'none', tls: 'starttls', cert: 'none' }
const longest = 255

type Params = Readonly<Record<string, string | readonly string[] | undefined>>

/** Reads an address. Local parts are dropped: no address of the product names a mailbox. */
export function parseForm(params: Params): SimForm {
  const one = (key: string): string => {
    const value = params[key]
    const text = (typeof value === 'string' ? value : (value?.[0] ?? '')).trim()
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
    return text.replace(/[\u0000-\u001f\u007f]/g, '').slice(0, longest)
  }
  const fieldOf = (key: FormField): string => {
    const value = one(key)
    if (value === usual[key]) return ''
    if (key === 'cert' && value === 'name') return one('name')
    if ((key === 'sender' || key === 'rcpt') && value.includes('@')) return value.slice(value.lastIndexOf('@') + 1)
    return value
  }
  return Object.fromEntries(formFields.map((key) => [key, fieldOf(key)])) as SimForm
}

/** The question as part of an address: sorted, without what is usual. */
export const formSearch = (form: Partial<SimForm>): string =>
  formFields
    .flatMap((key) => {
      const value = form[key] ?? ''
      return value === '' || value === usual[key] ? [] : [`${key}=${encodeURIComponent(value)}`]
    })
    .join('&')

export const isEmptyForm = (form: SimForm): boolean =>
  form.from === '' && form.start === '' && form.cert === '' && form.rcpt === '' && form.to === ''

/** What is wrong with a field: a key for the texts of the page. */
export type FormProblem = { readonly field: FormField; readonly problem: string }

export type AskedForm =
  | { readonly question: TraceQuestion; readonly span: IpRange | null }
  | { readonly problems: readonly FormProblem[] }

const fieldsOf: Partial<Record<QuestionProblem['field'], FormField>> = {
  ...{ from: 'from', localIp: 'local', origin: 'start', to: 'to', port: 'port' },
  ...{ peerCert: 'cert', auth: 'auth', tls: 'tls' },
  ...{ mailFrom: 'sender', rcptTo: 'rcpt', size: 'size' },
}

const DOMAIN = /^[\p{L}\p{N}_-]+(?:\.[\p{L}\p{N}_-]+)*$/u
/** Stands for any mailbox of a domain. */
const anyone = (domain: string): string => `someone@${domain}`
const serviceCertificate = 'mail.protection.outlook.com'
/** An address that is in no organisation (RFC 5737). */
const stranger = '203.0.113.7'
/** A tenant that nobody audits. */
const foreignTenant = 'example.onmicrosoft.com'

const first = exchangeOnlineCidrs[0]
/** An address from which Exchange Online delivers. */
const cloudAddress = first === undefined ? '' : formatIp(first.family, first.lo + 1n)

function sessionParts(form: SimForm, ownTenant: string | null): AskedTrace {
  const isCloud = form.cert === 'exchange-online' || form.cert === 'other-tenant'
  const from = form.from === '' && isCloud && form.start === '' ? cloudAddress : form.from
  const originator = form.cert === 'other-tenant' ? foreignTenant : ownTenant
  const cert = isCloud ? serviceCertificate : form.cert
  return {
    ...(from === '' ? {} : { from }),
    ...(form.start === '' ? (isCloud ? { origin: form.cert } : {}) : { origin: form.start }),
    ...(cert === '' ? {} : { peerCert: cert }),
    ...(isCloud && originator !== null ? { originator } : {}),
  }
}

function sizeOf(text: string): string | null {
  const megabytes = /^\d{1,6}(?:[.,]\d{1,3})?$/.test(text) ? Number(text.replace(',', '.')) : Number.NaN
  return Number.isNaN(megabytes) ? null : String(Math.round(megabytes * 1024 * 1024))
}

/** The question behind a form, or everything that is wrong with it. A range is asked by its first address. */
export function askedForm(form: SimForm, ownTenant: string | null): AskedForm {
  const problems: FormProblem[] = []
  const wrong = (field: FormField, problem: string) => problems.push({ field, problem })
  const range = form.from === '' || parseIp(form.from) ? undefined : parseIpRange(form.from)
  if (form.start !== '' && form.from !== '') wrong('from', 'not-with-start')
  for (const field of ['sender', 'rcpt'] as const)
    if (form[field] !== '' && form[field] !== '<>' && !DOMAIN.test(form[field])) wrong(field, 'domain')
  if (form.rcpt === '<>') wrong('rcpt', 'domain')
  const size = form.size === '' ? '' : sizeOf(form.size)
  if (size === null) wrong('size', 'size')
  const parsed = parseQuestion({
    ...sessionParts(range ? { ...form, from: formatIp(range.family, range.lo) } : form, ownTenant),
    ...{ to: form.to, localIp: form.local, port: form.port, tls: form.tls, auth: form.auth },
    ...(form.sender === '' ? {} : { mailFrom: form.sender === '<>' ? '<>' : anyone(form.sender) }),
    ...(form.rcpt === '' ? {} : { rcptTo: anyone(form.rcpt) }),
    ...(size === '' || size === null ? {} : { size }),
  })
  if ('problems' in parsed)
    for (const { field, problem } of parsed.problems) {
      const mine = fieldsOf[field] ?? 'from'
      if (!problems.some((p) => p.field === mine)) wrong(mine, problem)
    }
  if (problems.length > 0 || !('question' in parsed)) return { problems }
  return { question: parsed.question, span: range && range.lo !== range.hi ? range : null }
}

/** The other way round: what was received is sent, and the domains change places. */
export function swapForm(form: SimForm): SimForm {
  const { to, sender, rcpt, size } = form
  const swapped = { ...emptyForm, size, sender: rcpt, rcpt: sender === '<>' ? '' : sender }
  const isCloud = to === 'exchange-online'
  if (form.start === 'exchange-online') return { ...swapped, from: stranger, to: 'exchange-online' }
  if (form.start !== '') return { ...swapped, from: stranger, to }
  return isCloud ? { ...swapped, start: 'exchange-online' } : { ...swapped, start: 'on-premises', to }
}
