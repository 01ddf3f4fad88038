import { sidOf } from '../build/accounts'
import type { Report } from '../report/schema'
import { addressMap } from './addresses'
import { namesOf, textsIn } from './collect'
import { domainsOf } from './domains'
import { keyedBy } from './keyed'
import { namer } from './namer'
import { addressesIn, hexOf, patternReaders } from './patterns'
import { type Phrases, phrases } from './phrases'
import { registry, takenIn } from './registry'
import { findingId, sourceNames } from './source-names'
import type { Pseudonyms } from './types'
import { isCommonAccount, isCommonAuthority, isStandardName } from './well-known'
import { insideWords, namesThere, rewritten, typeNames, unknownWords } from './words'

export type PseudonymOptions = {
  /** Whoever knows it can work out which pseudonym stands for what. */
  readonly seed: string
  /** More originals: the names of the environment, the audit, of people. */
  readonly also?: readonly string[]
  /** Texts besides the report that are to be replaced: what is in them keeps apart, too. */
  readonly texts?: readonly string[]
}

/** Pseudonyms for everything in a report that tells whose it is. The same report and seed give the same ones. */
export function pseudonymsFor(report: Report, { seed, also = [], texts: others = [] }: PseudonymOptions): Pseudonyms {
  const keyed = keyedBy(seed)
  const texts = [...new Set([...textsIn(report), ...others])]
  const book = registry(takenIn(texts))
  const known = phrases()
  const addresses = addressMap(keyed, texts.flatMap(addressesIn))
  const domains = domainsOf({ registry: book, serverOf: (label) => serverNamed(known, label) })
  const name = (text: string): string => nameOf(text)
  const context = { keyed, registry: book, addresses, domains, versions: versionsOf(report), name }
  const patterns = [typeNames(known), ...patternReaders(context)]
  const named = [namesThere(known, book, true), ...patterns, namesThere(known, book, false), insideWords(known, book)]
  const text = once((t) => rewritten(t, named))
  const value = once((t) => rewritten(t, [...named, unknownWords(book)]))
  const nameOf = (t: string): string => {
    const phrase = known.whole(t)
    return phrase === undefined ? value(t) : book.note(phrase.kind, phrase.original, phrase.pseudonym)
  }
  namer({ keyed, registry: book, known, domains })(namesOf(report), texts, also)
  const account = (t: string): string => accountOf(t, nameOf)
  return {
    text,
    value,
    name,
    account,
    given: (t) => {
      const made = idOf(t, nameOf, account)
      return made === t && isUnknownName(t) ? book.number('name', t, 'name-') : made
    },
    id: (t) => idOf(t, nameOf, account),
    source: sourceNames(value, book),
    finding: (t) => book.note('finding', t, findingId(t, keyed.bytes('finding', t), value)),
    hex: (t) => hexOf(context, t),
    free: (t) => (t.trim() === '' ? t : book.number('text', t, 'Text ')),
    table: () => book.entries(),
  }
}

/** Words alone, and none of the names that setup gives. */
const isUnknownName = (text: string): boolean =>
  /^[\p{L}][\p{L}\p{N} &'_-]*$/u.test(text.trim()) && !isStandardName(text)

const serverNamed = (known: Phrases, label: string): string | undefined => {
  const phrase = known.whole(label)
  return phrase?.kind === 'server' ? phrase.pseudonym : undefined
}
const VERSIONS = ['AdminDisplayVersion', 'ExchangeVersion', 'RuleVersion']
function versionsOf(report: Report): Set<string> {
  const found = new Set<string>()
  for (const o of Object.values(report.inventory).flat())
    for (const p of VERSIONS)
      for (const [version] of String(o.properties[p]?.value ?? '').matchAll(/\d+(?:\.\d+)+/g)) found.add(version)
  return found
}

function once(run: (text: string) => string): (text: string) => string {
  const done = new Map<string, string>()
  return (text) => {
    let made = done.get(text)
    if (made === undefined) {
      made = run(text)
      done.set(text, made)
    }
    return made
  }
}

function accountOf(text: string, nameOf: (text: string) => string): string {
  const slash = text.indexOf('\\')
  const [domain, user] = [text.slice(0, Math.max(slash, 0)), text.slice(slash + 1)]
  if (sidOf(text) !== null && !/^S-1-/i.test(text)) return text
  if (slash > 0 && isCommonAuthority(domain)) return text
  const made = isCommonAccount(user) ? user : nameOf(user)
  return slash > 0 ? `${nameOf(domain)}\\${made}` : made
}

function idOf(text: string, nameOf: (text: string) => string, account: (text: string) => string): string {
  const bar = text.lastIndexOf('|')
  if (bar >= 0) return `${idOf(text.slice(0, bar), nameOf, account)}|${account(text.slice(bar + 1))}`
  const slash = text.indexOf('\\')
  // A backslash before a dot is a pattern's.
  return slash < 0 || text.charAt(slash + 1) === '.'
    ? nameOf(text)
    : `${nameOf(text.slice(0, slash))}\\${nameOf(text.slice(slash + 1))}`
}
