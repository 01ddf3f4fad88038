import {
  type AdPermission,
  type Config,
  type IpRange,
  known,
  type Property,
  type ReceiveConnector,
  type Tri,
} from '../model'
import { type EvidenceRef, type Exposure, evidence, type Missing } from '../rules/define-rule'
import { isListedWhole } from './listing'
import { once } from './once'
import { hasMechanism, relayRows } from './permissions'
import { countAddresses, knownRanges, publicParts, takesAny } from './ranges'

const at = (cmdlet: string, c: ReceiveConnector): Missing => ({
  cmdlet,
  side: c.side,
  servers: c.server === null ? [] : [c.server],
})

/** The connector's own properties were not printed, or not in full. */
export const connectorOf = (c: ReceiveConnector): Missing => at('Get-ReceiveConnector', c)
/** Its access list was not supplied. */
export const accessListFor = (c: ReceiveConnector): Missing => at('Get-ADPermission', c)

/** Listings of the servers of which only some connectors were exported; undefined where all are whole. */
export const unlisted = once((config: Config): Missing | undefined => {
  const servers = new Set(config.receiveConnectors.flatMap((c) => c.server ?? []))
  const partly = [...servers].filter((s) => isListedWhole(config, 'receiveConnectors', s) !== 'yes').sort()
  const side = config.receiveConnectors.every((c) => c.side === 'edge') ? 'edge' : 'on-premises'
  return partly.length === 0 ? undefined : { cmdlet: 'Get-ReceiveConnector', side, servers: partly }
})

/** What to ask for, by what is open: the connector itself, its access list. */
export function missingFor(
  c: ReceiveConnector,
  connector: readonly Tri[],
  accessList: Tri,
): readonly [Missing, ...Missing[]] {
  const ofConnector = connector.includes('unknown') ? [connectorOf(c)] : []
  if (accessList === 'unknown') return [accessListFor(c), ...ofConnector]
  return [connectorOf(c)]
}

/** Evidence of properties, those that were not exported left out. */
export const evidenceOf = (...properties: readonly (Property<unknown> | undefined)[]): readonly EvidenceRef[] =>
  properties.flatMap((p) => (p && p.state !== 'missing' ? [evidence(p)] : []))

/** The lines of an access-list row: who, and what. */
export const rowEvidence = (row: AdPermission): readonly EvidenceRef[] =>
  evidenceOf(row.extendedRights, row.properties.User, row.deny)

/** What proves that the connector relays without a log-on, in the order in which a reader asks. */
export function relayEvidence(config: Config, c: ReceiveConnector): readonly EvidenceRef[] {
  const rows = relayRows(config, c).flatMap(rowEvidence)
  return hasMechanism(c, 'ExternalAuthoritative') === 'yes' ? [evidence(c.authMechanism), ...rows] : rows
}

/** Narrows a list that cannot be empty here. Throws for an empty one: a finding without evidence must not exist. */
export function nonEmpty<T>(items: readonly T[]): readonly [T, ...T[]] {
  const [first, ...rest] = items
  if (first === undefined) throw new Error('Evidence is empty')
  return [first, ...rest]
}

/** The accounts that hold the relay right. */
export const relaySids = (config: Config, c: ReceiveConnector): readonly string[] => [
  ...new Set(relayRows(config, c).flatMap((row) => row.sid ?? [])),
]

/** From where the connector can be reached, as far as its ranges tell; a firewall is not visible. */
export const exposureOf = (c: ReceiveConnector): Exposure =>
  takesAny(c) === 'yes' || publicParts(knownRanges(c.remoteIPRanges).ranges).length > 0 ? 'internet' : 'internal'

const RANGES_NAMED = 3

/**
 * The ranges in a sentence: the first few, how many more, whether the list was cut, and how many addresses there are. `test` picks
 * those that the sentence is about.
 */
export function rangeParams(c: ReceiveConnector, test: (r: IpRange) => boolean = () => true) {
  const { ranges: all, whole } = knownRanges(c.remoteIPRanges)
  const ranges = all.filter(test)
  const addresses = countAddresses(ranges)
  return {
    ranges: ranges
      .slice(0, RANGES_NAMED)
      .map((r) => r.text)
      .join(', '),
    moreRanges: Math.max(0, ranges.length - RANGES_NAMED),
    cut: whole ? 'no' : 'yes',
    addresses: Number(addresses),
    // Beyond a number that means something: whole networks of IPv6.
    scope: addresses === 0n ? 'unknown' : !whole ? 'cut' : addresses <= 1n << 32n ? 'counted' : 'huge',
  } as const
}

export const flags = (p: Property<readonly string[]>): string => known(p)?.join(', ') ?? '?'
