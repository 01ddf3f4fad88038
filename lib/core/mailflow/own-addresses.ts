import { type Config, type IpFamily, type IpRange, knownPart, parseIp, type ReceiveConnector } from '../model'
import { type Answers, type EvidenceRef, evidence, type Missing } from '../rules/define-rule'
import { isListedWhole } from './listing'
import { exportOf } from './missing'
import { knownRanges } from './ranges'
import { serverKey } from './server-names'
import { serverNames } from './transport-servers'

export type AddressRole = 'exchange' | 'load-balancer' | 'gateway'

/** An address that is known to belong to the mail system, and how: a binding of a connector, or what a person told. */
export type OwnAddress = {
  readonly family: IpFamily
  readonly value: bigint
  readonly text: string
  readonly role: AddressRole
  readonly server: string | null
  /** None where a person told it. */
  readonly evidence: readonly EvidenceRef[]
}

export const isLoopback = (a: { readonly family: IpFamily; readonly value: bigint }): boolean =>
  a.family === 4 ? a.value >> 24n === 127n : a.value === 1n

const roles: Readonly<Record<string, AddressRole>> = {
  exchange: 'exchange',
  'load-balancer': 'load-balancer',
  gateway: 'gateway',
}

const toldBefore = new WeakMap<Answers, readonly OwnAddress[]>()

function told(answers: Answers): readonly OwnAddress[] {
  const found = toldBefore.get(answers) ?? readTold(answers)
  toldBefore.set(answers, found)
  return found
}

function readTold(answers: Answers): readonly OwnAddress[] {
  return Object.entries(answers).flatMap(([key, value]): OwnAddress[] => {
    const [name, subject] = [key.slice(0, key.indexOf(':')), key.slice(key.indexOf(':') + 1)]
    const text = name === 'local-address' ? value : name === 'tag' ? subject : ''
    const address = parseIp(text)
    const role = name === 'local-address' ? 'exchange' : roles[value]
    if (!address || !role || (name !== 'local-address' && name !== 'tag')) return []
    return [{ ...address, text, role, server: name === 'local-address' ? subject : null, evidence: [] }]
  })
}

const collected = new WeakMap<Config, WeakMap<Answers, readonly OwnAddress[]>>()

/**
 * Addresses of the own Exchange and Edge servers, load balancers and gateways, as far as they are known: bindings to one address are
 * addresses of that server; the rest a person tells (`local-address:SERVER`, `tag:ADDRESS`). Loopback is left out. Never complete.
 */
export function ownAddresses(config: Config, answers: Answers): readonly OwnAddress[] {
  const byAnswers = collected.get(config) ?? new WeakMap<Answers, readonly OwnAddress[]>()
  collected.set(config, byAnswers)
  const found = byAnswers.get(answers) ?? collect(config, answers)
  byAnswers.set(answers, found)
  return found
}

function collect(config: Config, answers: Answers): readonly OwnAddress[] {
  const found = new Map<string, OwnAddress>()
  const add = (a: OwnAddress) => {
    const key = `${a.family} ${a.value}`
    if (!isLoopback(a) && !found.has(key)) found.set(key, a)
  }
  for (const a of told(answers)) add(a)
  for (const c of config.receiveConnectors)
    for (const b of knownPart(c.bindings) ?? []) {
      if (b.address === null) continue
      const text = b.text.slice(0, b.text.lastIndexOf(':'))
      add({
        ...{ family: b.family, value: b.address, text, role: 'exchange', server: c.server },
        evidence: [evidence(c.bindings)],
      })
    }
  return [...found.values()]
}

/** The addresses that a server is known to have, by what a person told. Its bindings are claims, not addresses. */
export const toldAddressesOf = (answers: Answers, server: string): readonly OwnAddress[] =>
  told(answers).filter((a) => a.server !== null && serverKey(a.server) === serverKey(server))

export const isWithin = (a: { readonly family: IpFamily; readonly value: bigint }, range: IpRange): boolean =>
  a.family === range.family && range.lo <= a.value && a.value <= range.hi

/** One address as a range. */
export const asRange = ({ family, value, text }: OwnAddress): IpRange => ({ family, lo: value, hi: value, text })

/** Those of the addresses that the connector takes, as far as its ranges were printed. */
export const takenBy = (c: ReceiveConnector, addresses: readonly OwnAddress[]): readonly OwnAddress[] => {
  const { ranges } = knownRanges(c.remoteIPRanges)
  return addresses.filter((a) => ranges.some((r) => isWithin(a, r)))
}

const lacking = new WeakMap<Config, WeakMap<Answers, readonly Missing[]>>()

/**
 * What is missing to know the addresses of all Exchange and Edge servers: the list of the servers, or what lists the addresses of one
 * (a person tells these with `local-address:SERVER`; no file is read for it). Nothing: all are known.
 */
export function addressesMissing(config: Config, answers: Answers): readonly Missing[] {
  const byAnswers = lacking.get(config) ?? new WeakMap<Answers, readonly Missing[]>()
  lacking.set(config, byAnswers)
  const found = byAnswers.get(answers) ?? findMissing(config, answers)
  byAnswers.set(answers, found)
  return found
}

function findMissing(config: Config, answers: Answers): readonly Missing[] {
  const untold = serverNames(config).filter((s) => toldAddressesOf(answers, s).length === 0)
  return [
    ...(untold.length > 0 ? [addressesOf(untold)] : []),
    ...(isListedWhole(config, 'servers') === 'yes' ? [] : [exportOf('servers')]),
  ]
}

/** What lists the addresses of servers. */
export const addressesOf = (servers: readonly string[], side: Missing['side'] = 'on-premises'): Missing => ({
  cmdlet: 'Get-NetworkConnectionInfo',
  side,
  servers,
})
