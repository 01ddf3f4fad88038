import { exchangeOnlineCidrs } from '../defaults/exchange-online-ranges'
import { publicParts } from '../mailflow/ranges'
import { formatIp, type IpFamily, parseIp } from '../model'
import { isCloudName } from './cloud'
import { type AuthKind, authKinds, type Origin, origins, type TraceQuestion } from './types'

/** The parts of a question as a person writes them: options of the command line, fields of a form, members of a request. */
export type AskedTrace = Readonly<
  Partial<
    Record<
      | 'from'
      | 'origin'
      | 'to'
      | 'port'
      | 'localIp'
      | 'tls'
      | 'peerCert'
      | 'originator'
      | 'auth'
      | 'mailFrom'
      | 'rcptTo'
      | 'size',
      string | number
    >
  >
>

/** What is wrong with one part: a key for the texts of the pages, and one English sentence. */
export type QuestionProblem = { readonly field: keyof AskedTrace; readonly problem: string; readonly message: string }

const problem = (field: keyof AskedTrace, key: string, message: string): QuestionProblem => ({
  field,
  problem: key,
  message,
})

const isPrivate = (family: IpFamily, value: bigint): boolean =>
  publicParts([{ family, lo: value, hi: value, text: '' }]).length === 0

const MAPPED = 0xffffn

/** `::ffff:10.0.0.7` stands for a node with IPv4 only, whose sessions are those of 10.0.0.7 (RFC 4291, 2.5.5.2). */
function unmapped(text: string): string {
  const address = parseIp(text)
  if (address?.family !== 6 || address.value >> 32n !== MAPPED) return text
  return formatIp(4, address.value & 0xffffffffn)
}

/** Who an address stands for, where nothing else is said: Exchange Online by its published ranges, devices inside, the Internet. */
export function originOf(from: string | null): Origin {
  const address = from === null ? undefined : parseIp(from)
  if (address === undefined) return 'internet'
  const { family, value } = address
  if (exchangeOnlineCidrs.some((r) => r.family === family && r.lo <= value && value <= r.hi)) return 'exchange-online'
  return isPrivate(family, value) ? 'on-premises' : 'internet'
}

/** No session comes first: the message lies at a mailbox, and looks for its way by the recipient alone. */
const beginsInMailbox = (q: Pick<TraceQuestion, 'from' | 'origin' | 'to'>): boolean =>
  q.from === null &&
  (q.origin === 'on-premises' || (q.origin === 'exchange-online' && (q.to === null || isCloudName(q.to))))

const ADDRESS = /^[^\s@<>]{1,256}@[^\s@<>]{1,255}$/
const DOMAIN = /^[\p{L}\p{N}_-]+(?:\.[\p{L}\p{N}_-]+)*$/u

/** Reads a question; everything that is wrong with it is told at once. Either `from` or `origin` says where the way begins. */
export function parseQuestion(
  asked: AskedTrace,
): { readonly question: TraceQuestion } | { readonly problems: readonly QuestionProblem[] } {
  const problems: QuestionProblem[] = []
  const text = (field: keyof AskedTrace): string | null => {
    const value = asked[field]
    const trimmed = value === undefined ? '' : String(value).trim()
    return trimmed === '' ? null : trimmed
  }
  const oneOf = <T extends string>(field: keyof AskedTrace, allowed: readonly T[]): T | null => {
    const value = text(field)
    if (value === null) return null
    const found = allowed.find((a) => a === value.toLowerCase())
    if (found === undefined) problems.push(problem(field, 'choice', `takes ${allowed.join(', ')}, not “${value}”`))
    return found ?? null
  }
  const address = (field: 'from' | 'localIp'): string | null => {
    const value = text(field)
    if (value !== null && parseIp(value) === undefined)
      problems.push(problem(field, 'address', `“${value}” is not an IP address`))
    return value === null ? null : unmapped(value)
  }
  const whole = (field: 'port' | 'size', most: number): number | null => {
    const value = text(field)
    if (value === null) return null
    const number = /^\d{1,15}$/.test(value) ? Number(value) : Number.NaN
    if (Number.isNaN(number) || number > most || (field === 'port' && number === 0)) {
      problems.push(problem(field, 'number', `takes a number up to ${most}, not “${value}”`))
      return null
    }
    return number
  }
  const mail = (field: 'mailFrom' | 'rcptTo'): string | null => {
    const value = asked[field]
    if (value === undefined) return null
    const bare = String(value)
      .trim()
      .replace(/^<(.*)>$/, '$1')
      .toLowerCase()
    // An empty sender is the null sender of reports; a recipient is never empty.
    if (bare === '' && String(value).trim() === '') return null
    if (bare === '' && field === 'mailFrom') return ''
    if (!ADDRESS.test(bare))
      problems.push(problem(field, 'mail-address', `“${bare || value}” is not an e-mail address`))
    return bare
  }
  const from = address('from')
  const origin = oneOf('origin', origins)
  if (from === null && origin === null) problems.push(problem('from', 'missing', 'an address or an origin is missing'))
  const originator = text('originator')?.toLowerCase() ?? null
  if (originator !== null && !DOMAIN.test(originator))
    problems.push(problem('originator', 'domain', `“${originator}” is not a domain`))
  // No spread comes first: V8 would give each question a layout of its own, and a trace reads them all the time.
  const question: TraceQuestion = {
    from,
    origin: origin ?? originOf(from),
    ...(origin === null ? { isOriginAssumed: true as const } : {}),
    to: text('to'),
    port: whole('port', 65_535) ?? 25,
    localIp: address('localIp'),
    tls: oneOf('tls', ['none', 'starttls'] as const) ?? 'starttls',
    peerCert: text('peerCert'),
    originator,
    auth: oneOf<AuthKind>('auth', authKinds) ?? 'none',
    mailFrom: mail('mailFrom'),
    rcptTo: mail('rcptTo'),
    size: whole('size', Number.MAX_SAFE_INTEGER),
  }
  if (beginsInMailbox(question) && question.rcptTo === null && problems.length === 0)
    problems.push(
      problem(
        'rcptTo',
        'recipient-missing',
        'is missing; a message that begins in a mailbox goes where its recipient is',
      ),
    )
  return problems.length > 0 ? { problems } : { question }
}
