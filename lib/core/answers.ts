import { formatIds, parseIp, parseIpRange } from './model'
import { encodings } from './reading'
import type { Answers } from './rules/define-rule'

type Shape = {
  readonly subject: null | 'domain' | 'address' | 'range' | 'server' | 'file'
  readonly optional?: true
  readonly values: readonly string[] | 'address' | 'connector' | 'server'
}

const routes = ['exchange-online', 'on-premises', 'gateway'] as const
/** What a person may tell that exports cannot: the key, what follows its colon, and the values it takes. */
const shapes: Readonly<Record<string, Shape>> = {
  mx: { subject: 'domain', optional: true, values: routes },
  'gateway-next-hop': { subject: null, values: ['exchange-online', 'on-premises'] },
  'inbound-filter': { subject: null, values: ['yes', 'no'] },
  firewall: { subject: null, values: ['restricted', 'open'] },
  closed: { subject: 'domain', values: 'connector' },
  partner: { subject: 'domain', values: ['yes'] },
  confirmed: { subject: 'address', values: ['yes'] },
  'server-network': { subject: 'range', values: ['yes'] },
  'local-address': { subject: 'server', values: 'address' },
  resolvable: { subject: null, values: ['all'] },
  tag: { subject: 'address', values: ['load-balancer', 'gateway', 'exchange', 'application'] },
  'date-order': { subject: 'file', optional: true, values: ['day-first', 'month-first'] },
  server: { subject: 'file', values: 'server' },
  encoding: { subject: 'file', values: encodings },
  format: { subject: 'file', values: [...formatIds, 'ignore'] },
  mojibake: { subject: 'file', values: ['repair', 'keep'] },
}

/** What a person may be asked: the keys of `Answers`. */
export const answerKeys: readonly string[] = Object.keys(shapes)

const isDomain = (text: string): boolean => /^(?:\*\.)?[\p{L}\p{N}_-]+(?:\.[\p{L}\p{N}_-]+)*$/u.test(text)

function subjectProblem(kind: NonNullable<Shape['subject']>, subject: string): string | null {
  if (kind === 'domain' && !isDomain(subject)) return `${subject} is not a domain`
  if (kind === 'address' && !parseIp(subject)) return `${subject} is not an IP address`
  if (kind === 'range' && !parseIpRange(subject)) return `${subject} is not an address range`
  return subject === '' ? `the name of a ${kind} is missing` : null
}

function valueProblem(values: Shape['values'], value: string): string | null {
  if (values === 'connector') return value === '' ? 'the name of a connector, or any, is missing' : null
  if (values === 'server')
    return /^[\p{L}\p{N}_.-]{1,255}$/u.test(value) ? null : `${value} is not the name of a server`
  if (values === 'address') return parseIp(value) ? null : `${value} is not an IP address`
  return values.includes(value) ? null : `takes ${values.join(', ')}`
}

const isAboutFile = (text: string): boolean => {
  const key = /^\s*([a-z-]+):/i.exec(text)?.[1]?.toLowerCase() ?? ''
  return Object.hasOwn(shapes, key) && shapes[key]?.subject === 'file'
}

/** Reads `KEY=VALUE`. A key outside the list, or a value that its key does not take, is an error in one sentence. */
export function parseAnswer(
  text: string,
): { readonly key: string; readonly value: string } | { readonly error: string } {
  // The name of a file may hold an equals sign, what is said about it does not.
  const equals = isAboutFile(text) ? text.lastIndexOf('=') : text.indexOf('=')
  if (equals < 1) return { error: `“${text}” is not KEY=VALUE` }
  const full = text.slice(0, equals).trim()
  const value = text.slice(equals + 1).trim()
  const colon = full.indexOf(':')
  const name = (colon < 0 ? full : full.slice(0, colon)).toLowerCase()
  const subject = colon < 0 ? null : full.slice(colon + 1)
  const shape = Object.hasOwn(shapes, name) ? shapes[name] : undefined
  if (!shape) return { error: `${name} is not one of ${answerKeys.join(', ')}` }
  if (subject === null && shape.subject !== null && !shape.optional)
    return { error: `${name} needs ${name}:${shape.subject.toUpperCase()}` }
  if (subject !== null && shape.subject === null) return { error: `${name} takes nothing after a colon` }
  const problem =
    (subject !== null && shape.subject !== null && subjectProblem(shape.subject, subject)) ||
    valueProblem(shape.values, value)
  if (problem) return { error: `${full}: ${problem}` }
  const normal = subject === null ? name : `${name}:${shape.subject === 'domain' ? subject.toLowerCase() : subject}`
  return { key: normal, value }
}

/** Several answers; the last one of a key holds. */
export function parseAnswers(texts: readonly string[]): { readonly answers: Answers } | { readonly error: string } {
  const answers: Record<string, string> = {}
  for (const text of texts) {
    const one = parseAnswer(text)
    if ('error' in one) return one
    answers[one.key] = one.value
  }
  return { answers }
}
