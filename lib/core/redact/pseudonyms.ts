import { sidOf } from '../build/accounts'
import { covers, type IpRange } from '../model'
import type { Report } from '../report/schema'
import { partsIn } from './address-parts'
import { addressMap } from './addresses'
import { namesOf, textsIn } from './collect'
import { domainsOf } from './domains'
import { keyedBy } from './keyed'
import { namer } from './namer'
import { addressesIn, domainReaders, hexOf, patternReaders } from './patterns'
import { type Phrases, phrases } from './phrases'
import { valuesIn } from './prose'
import { registry, takenIn } from './registry'
import { findingId, sourceNames } from './source-names'
import type { Pseudonyms } from './types'
import { isCommonAccount, isCommonAuthority, isStandardName } from './well-known'
import { furthest, insideWords, namesThere, rewritten, strictTypeNames, typeNames, unknownWords } from './words'

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
  const found = texts.flatMap(addressesIn)
  const isKnown = (net: IpRange): boolean => found.some((r) => covers(net, r))
  const addresses = addressMap(keyed, [...found, ...texts.flatMap((t) => partsIn(t, isKnown))])
  const domains = domainsOf({ registry: book, serverOf: (label) => serverNamed(known, label) })
  const name = (text: string): string => nameOf(text)
  const context = { keyed, registry: book, addresses, isKnown, domains, versions: versionsOf(report), name }
  const patterns = patternReaders(context)
  const after = [...patterns, namesThere(known, book, false), insideWords(known, book)]
  const many = furthest(namesThere(known, book, true), domainReaders(context))
  const text = once((t) => rewritten(t, [many, typeNames(known), ...after]))
  const value = once((t) => rewritten(t, [many, strictTypeNames(known, book), ...after, unknownWords(book)]))
  const said = (t: string, message: readonly (readonly string[])[]): string => {
    // Only where a name is one of the product's own words it matters which of them it is.
    if (!known.hasOwnWords()) return value(t)
    const plain = t.normalize('NFC')
    const values = valuesIn(plain, message)
    const names = namesThere(known, book, false, (at) => values.has(at))
    return rewritten(plain, [
      many,
      strictTypeNames(known, book),
      ...patterns,
      names,
      insideWords(known, book),
      unknownWords(book),
    ])
  }
  const whole = (t: string): string | undefined => {
    const phrase = known.whole(t)
    return phrase && book.note(phrase.kind, phrase.original, phrase.pseudonym)
  }
  const nameOf = (t: string): string => whole(t) ?? setupName(t, whole) ?? value(t)
  namer({ keyed, registry: book, known, domains })(namesOf(report), texts, also)
  const account = (t: string): string => accountOf(t, nameOf)
  return {
    text,
    value,
    said,
    name,
    account,
    given: (t) => {
      const made = idOf(t, nameOf, account)
      return made === t && isUnknownName(t) ? book.number('name', t, 'name-') : made
    },
    id: (t) => idOf(t, nameOf, account),
    source: sourceNames(nameOf, book),
    finding: (t) => book.note('finding', t, findingId(t, keyed.bytes('finding', t), value)),
    hex: (t) => hexOf(context, t),
    free: (t) => (t.trim() === '' ? t : book.number('text', t, 'Text ')),
    table: () => book.entries(),
  }
}

const SETUP_NAME = /^((?:default|client)(?: frontend| proxy)? |outbound proxy frontend )(\S+)$/i

/** `Default Frontend EX01`: a name that setup gives, also where its server is called by a word of the product. */
function setupName(text: string, whole: (text: string) => string | undefined): string | undefined {
  const [, words = '', server = ''] = SETUP_NAME.exec(text) ?? []
  const made = whole(server)
  return made && words + made
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
