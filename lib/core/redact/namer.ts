import { sidOf } from '../build/accounts'
import { ruleTexts } from '../rules/texts.generated'
import type { Named, NamedKind } from './collect'
import type { Domains } from './domains'
import type { Keyed } from './keyed'
import { type Phrases, wordsOf } from './phrases'
import type { Registry } from './registry'
import type { PseudonymKind } from './types'
import { vocabulary } from './vocabulary'
import {
  baseLength,
  isCommonAccount,
  isCommonAuthority,
  isKeptLabel,
  isNoDomain,
  isStandardName,
  serviceName,
} from './well-known'

type NamerContext = {
  readonly keyed: Keyed
  readonly registry: Registry
  readonly known: Phrases
  readonly domains: Domains
}

const prefixes: Readonly<Record<NamedKind, readonly [PseudonymKind, string]>> = {
  server: ['server', 'EX-'],
  edge: ['server', 'EDGE-'],
  receive: ['connector', 'Receive connector '],
  send: ['connector', 'Send connector '],
  inbound: ['connector', 'Inbound connector '],
  outbound: ['connector', 'Outbound connector '],
  rule: ['rule', 'Rule '],
  site: ['name', 'Site-'],
  organisation: ['name', 'org-'],
  authority: ['name', 'org-'],
  place: ['name', 'Place-'],
  account: ['account', 'account-'],
  object: ['name', 'Object '],
}

const HOSTS =
  /(?<![\p{L}\p{N}_-]|\$|[\p{L}\p{N})\]]\.)[\p{L}\p{N}_](?:[\p{L}\p{N}_-]*[\p{L}\p{N}_])?(?:\.[\p{L}\p{N}_](?:[\p{L}\p{N}_-]*[\p{L}\p{N}_])?)+/gu
const GUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi
const EDGESYNC = /^EdgeSync - (?:Inbound to )?(.+?)(?: to Internet)?$/i

/** Gives every name of a report its pseudonym. Numbers follow no order that would tell the name. */
export function namer({ keyed, registry, known, domains }: NamerContext) {
  const shuffled = (texts: Iterable<string>): string[] =>
    [...new Map([...texts].map((t) => [t.trim().toLowerCase(), t.trim()] as const)).values()]
      .filter((t) => t !== '' && t !== '?')
      .map((t) => [keyed.hex('order', t.toLowerCase(), 16), t] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([, t]) => t)
  const give = (of: NamedKind, names: Iterable<string>) => {
    const [kind, prefix] = prefixes[of]
    for (const name of shuffled(names))
      if (known.whole(name) === undefined) known.add(name, registry.number(kind, name, prefix, false), kind)
  }
  const isServer = (word: string) => known.whole(word)?.kind === 'server'

  /** The name with what it shares with others left out: `Relay EX01` and `Relay EX02` are one connector on two servers. */
  const giveObject = (of: NamedKind, name: string) => {
    const [kind, prefix] = prefixes[of]
    if (known.whole(name) !== undefined) return
    const server = wordsOf(name).find(isServer)
    const rest = server === undefined ? name : name.replace(server, '').replace(/\s+/g, ' ').trim()
    const shape = shapeOf(name, isServer, known)
    if (isStandardName(shape)) return
    const number = registry.number(kind, rest, prefix, false)
    // The map shows the name without the server.
    if (server !== undefined && known.whole(rest) === undefined) known.add(rest, number, kind)
    known.add(name, server === undefined ? number : `${number} ${known.whole(server)?.pseudonym}`, kind)
  }

  const giveDomains = (texts: readonly string[]) => {
    const hosts = shuffled(texts.flatMap((t) => [...t.matchAll(HOSTS)].map(([host]) => host)).filter(isHost))
    const words: string[] = []
    // Domains before names of tenants, which may stand for one of them.
    for (const isService of [false, true])
      for (const host of hosts) {
        const service = serviceName(host.toLowerCase())
        if ((service !== undefined) !== isService || service?.kind === 'public') continue
        domains.domain(host)
        const labels = host.toLowerCase().split('.')
        const own =
          service === undefined ? labels.at(-baseLength(labels)) : service.kind === 'tenant' ? service.labels[0] : ''
        if (own && isTelling(own)) words.push(own)
      }
    give('organisation', words)
  }

  return (names: readonly Named[], texts: readonly string[], also: readonly string[]): void => {
    const all = (of: NamedKind, wanted: (name: string) => boolean = () => true) =>
      names.filter((n) => n.of === of && wanted(n.name)).map((n) => n.name)
    const isName = (name: string) => !/^[\d.:[\]]+$/.test(name)
    give('edge', all('edge', isName))
    give('server', all('server', isName))
    giveDomains(texts)
    give(
      'organisation',
      all('organisation', (n) => isTelling(n)),
    )
    give(
      'authority',
      all('authority', (n) => !isCommonAuthority(n) && isTelling(n)),
    )
    give('place', all('place'))
    const sites = names.flatMap((n) => EDGESYNC.exec(n.name)?.[1] ?? [])
    give(
      'site',
      [...all('site'), ...sites].filter((n) => !/^Default-First-Site/i.test(n)),
    )
    give(
      'account',
      all('account', (n) => sidOf(n) === null && !isCommonAccount(n) && !isServer(n.replace(/\$$/, ''))),
    )
    for (const group of ['receive', 'send', 'inbound', 'outbound', 'rule', 'object'] as const)
      for (const name of shuffled(all(group))) giveObject(group, name)
    for (const name of shuffled(also))
      if (known.whole(name) === undefined) known.add(name, registry.number('person', name, 'Name ', false), 'person')
  }
}

const TOP = /\.(?:xn--[a-z0-9-]+|\p{L}{2,})$/iu
/** Ids of findings look like hosts. */
const isHost = (host: string): boolean => {
  const labels = host.toLowerCase().split('.')
  return TOP.test(host) && !isNoDomain(host.split('.')) && !Object.hasOwn(ruleTexts, labels[0] ?? '')
}
const isTelling = (label: string): boolean =>
  label.length > 2 &&
  !isKeptLabel(label.toLowerCase()) &&
  !vocabulary().lower.has(label.toLowerCase()) &&
  !/^[\d-]+$/.test(label)

/** What is left of a name when servers, sites, ids and domains in it are told as such. */
function shapeOf(name: string, isServer: (word: string) => boolean, known: Phrases): string {
  const edgesync = EDGESYNC.exec(name)
  if (edgesync) return 'Default'
  const shape = name
    .replace(GUID, '<id>')
    .replace(/\b[0-9A-F]{40}\b/gi, '<thumbprint>')
    .replace(HOSTS, (host) => (isHost(host) ? '<domain>' : host))
    .replace(/[\p{L}\p{N}_-]+/gu, (word) => (isServer(word) ? '<server>' : word))
  return known.whole(name)?.kind === 'server' ? '<server>' : shape
}
