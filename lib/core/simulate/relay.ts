import { exposureOf } from '../exposure/exposure'
import {
  type Identity,
  type RelayAnswer,
  type RelayCell,
  type RelayMatrix,
  type RelayRow,
  relayMatrix,
} from '../exposure/matrix'
import { type ExposureJson, exposureJson } from '../exposure/schema'
import type { ListenerExposure } from '../exposure/types'
import { sameServer } from '../mailflow/server-names'
import { formatIp } from '../model'
import { siteName } from '../topology/names'
import { tenantDomain } from './choices'
import { askedForm, emptyForm, type SimForm } from './form'
import { traceJson } from './schema'
import { missingOf, united } from './simulate'
import { trace } from './trace'
import type { World } from './types'

/** The page “Who can relay?”: the matrix, and the sentence about public addresses. */
export type Relay = RelayMatrix & {
  readonly theorem: ExposureJson['theorem']
  readonly asksIdentities: boolean
  /** What would tell, for the theorem and for every cell, each export once. */
  readonly missing: ReturnType<typeof united>
}

/** Asking who signs in costs two traces each; with more listeners than these the rows are left out, and the page says so. */
const maxAsked = 1500

/** An address of the class that most senders are in. */
function usualAddress(listener: ListenerExposure): string {
  const classes = listener.classes.filter((c) => c.connector !== null || c.ambiguous.length > 0)
  const largest = classes.reduce<(typeof classes)[number] | undefined>(
    (a, b) => (a && a.addresses >= b.addresses ? a : b),
    undefined,
  )
  const ranges = largest?.ranges ?? []
  const range = ranges.reduce<(typeof ranges)[number] | undefined>(
    (a, b) => (a && a.hi - a.lo >= b.hi - b.lo ? a : b),
    undefined,
  )
  if (range === undefined) return ''
  // Inside networks are where users and servers are; 10.0.0.9 is as good as any of them.
  const inside = 0x0a000009n
  const value =
    range.family === 4 && range.lo <= inside && inside <= range.hi ? inside : range.lo + (range.hi - range.lo) / 2n
  return formatIp(range.family, value)
}

const formOf: Readonly<Record<Identity, (address: string) => Partial<SimForm>>> = {
  'exchange-online': () => ({ cert: 'exchange-online' }),
  'exchange-servers': (from) => ({ auth: 'exchange-server', from }),
  users: (from) => ({ auth: 'user', from }),
}

/**
 * The matrix asks what a sender may do with own and with foreign domains, whichever these are. So it asks a world that has an own
 * domain and knows all of them, or an export without the accepted domains would leave everything open.
 */
function withKnownDomains(world: World): World {
  const { config } = world
  const name = (['DomainName', 'DomainType'] as const).map((key, i) => ({
    ...{ state: 'ok' as const, name: key, value: i === 0 ? ownDomain : 'Authoritative', raw: '', place: nowhere },
  }))
  const [domainName, domainType] = name
  if (domainName === undefined || domainType === undefined) return world
  const object = {
    collection: 'acceptedDomains' as const,
    id: ownDomain,
    name: ownDomain,
    server: null,
    place: nowhere,
  }
  const sides = ['on-premises', 'edge', 'exchange-online'] as const
  const domains = sides.map((side) => ({ ...object, side, properties: {}, domainName, domainType }))
  const blocks = sides.map((side) => ({
    ...{ collection: 'acceptedDomains' as const, side, server: null, place: nowhere },
    ...{ listing: 'all' as const, completeness: 'full' as const, objects: 1 },
  }))
  const exports = [...config.exports.filter((b) => b.collection !== 'acceptedDomains'), ...blocks]
  return { ...world, config: { ...config, acceptedDomains: [...config.acceptedDomains, ...domains], exports } }
}

const nowhere = { source: '', lines: [1, 1] as const }
/** Names that no organisation has (RFC 2606). */
const ownDomain = 'own.invalid'
const foreignDomain = 'foreign.invalid'

type Asked = { readonly listener: ListenerExposure; readonly who: Identity; readonly tenant: string | null }

function identityAnswer(world: World, { listener, who, tenant }: Asked): RelayAnswer & { address: string } {
  const address = usualAddress(listener)
  const nobody = { word: 'no', presumed: false, address } as const
  const unknown = { word: 'unknown', presumed: false, address } as const
  if (address === '') return nobody
  const ask = (rcpt: string) => {
    const form = { ...emptyForm, ...formOf[who](address), to: listener.server, port: String(listener.port), rcpt }
    const asked = askedForm(form, tenant)
    return 'problems' in asked ? null : trace(world, { ...asked.question, localIp: localOf(listener) })
  }
  const foreign = ask(foreignDomain)
  if (foreign === null || foreign.confidence === 'unknown') return unknown
  if (foreign.disposition === 'relayed') return { word: 'any', presumed: false, address }
  if (foreign.disposition !== 'rejected') return unknown
  const own = ask(ownDomain)
  if (own?.disposition === 'accepted') return { word: 'own', presumed: foreign.confidence !== 'certain', address }
  return own?.disposition === 'rejected' && own.confidence !== 'unknown' ? nobody : unknown
}

/** Cells that are not certain, with what would tell; their traces say so. */
function told(world: World, row: RelayRow, tenant: string | null): RelayRow {
  const cells = row.cells.map((cell): RelayCell => {
    if (cell.address === '' || (cell.word !== 'unknown' && !cell.presumed)) return cell
    const who = row.identity === null ? { from: cell.address } : formOf[row.identity](cell.address)
    const target = { to: cell.server, port: String(cell.port), rcpt: foreignDomain }
    const asked = askedForm({ ...emptyForm, ...who, ...target }, tenant)
    const missing = 'problems' in asked ? [] : missingOf(traceJson(trace(world, asked.question)))
    return missing.length === 0 ? cell : { ...cell, missing }
  })
  return { ...row, cells }
}

const localOf = (l: ListenerExposure): string | null =>
  l.localAddress === null ? null : formatIp(l.family, l.localAddress)

const relays = new WeakMap<World, Relay>()

/** Who may relay where, for the whole address space and for those whom an address does not tell. Worked out once for a world. */
export function relayOf(world: World): Relay {
  const found = relays.get(world)
  if (found) return found
  const exposure = exposureOf(world.config)
  const sites = world.config.servers.flatMap((s) =>
    'value' in s.site ? [{ name: s.name, site: siteName(s.site.value) }] : [],
  )
  const [known, tenant] = [withKnownDomains(world), tenantDomain(world.config)]
  const asks = exposure.listeners.length <= maxAsked
  const matrix = relayMatrix(exposure.listeners, {
    siteOf: (server) => sites.find((s) => sameServer(s.name, server))?.site ?? null,
    identity: asks ? (listener, who) => identityAnswer(known, { listener, who, tenant }) : null,
  })
  const { theorem } = exposureJson({ listeners: [], theorem: exposure.theorem })
  const rows = matrix.rows.map((row) => told(known, row, tenant))
  const missing = united([...theorem.missing, ...rows.flatMap((r) => r.cells.flatMap((c) => c.missing ?? []))])
  const made = { ...matrix, rows, theorem, asksIdentities: asks, missing }
  relays.set(world, made)
  return made
}
