import { exposureOf } from '../exposure/exposure'
import type { ListenerExposure } from '../exposure/types'
import { publicParts } from '../mailflow/ranges'
import { edgeNames } from '../mailflow/transport-servers'
import { type Config, formatIp, type IpRange, knownPart, sizeOf } from '../model'
import { domainsOf } from './choices'
import type { SimForm } from './form'

export const exampleKinds = [
  'stranger-relay',
  'stranger-as-us',
  'device',
  'cloud',
  'other-tenant',
  'outbound',
  'cloud-outbound',
] as const
export type ExampleKind = (typeof exampleKinds)[number]

/** A prepared question about the audit's own objects. */
export type Example = { readonly kind: ExampleKind; readonly form: Partial<SimForm> }

/** An address and a domain that are in no organisation (RFC 5737, RFC 2606). */
const stranger = '203.0.113.7'
const foreign = 'example.net'
const most = 6

/** Who has a way in: a class whose connector is known, the most addresses first. */
const taking = (l: ListenerExposure, wanted: (ranges: readonly IpRange[]) => boolean) =>
  l.classes.filter((c) => c.connector !== null && wanted(c.ranges))

const isInside = (ranges: readonly IpRange[]): boolean => publicParts(ranges).length === 0

/** The connector of devices that may relay, or the narrowest class of inside addresses. */
function deviceOf(listeners: readonly ListenerExposure[]): { from: string; to: string; port: string } | null {
  const classes = listeners
    .flatMap((l) => taking(l, isInside).map((c) => ({ l, c })))
    .sort(
      (a, b) => Number(b.c.relay === 'yes') - Number(a.c.relay === 'yes') || (a.c.addresses < b.c.addresses ? -1 : 1),
    )
  const found = classes[0]
  const range = found?.c.ranges[0]
  if (found === undefined || range === undefined) return null
  const address = sizeOf(range) > 2n ? range.lo + 1n : range.lo
  return { from: formatIp(range.family, address), to: found.l.server, port: String(found.l.port) }
}

/** A server that takes mail of strangers: an Edge before a Mailbox server. */
function frontOf(config: Config, listeners: readonly ListenerExposure[]): string | null {
  const edges = new Set(edgeNames(config))
  const open = listeners.filter(
    (l) => l.port === 25 && taking(l, (ranges) => publicParts(ranges).length > 0).some((c) => c.submit === 'yes'),
  )
  return (open.find((l) => edges.has(l.server)) ?? open[0] ?? listeners.find((l) => l.port === 25))?.server ?? null
}

/** The server that the hybrid connectors name for mail from Exchange Online. */
function hybridOf(config: Config): string | null {
  for (const h of config.hybridConfigurations) {
    const named = [...(knownPart(h.edgeTransportServers) ?? []), ...(knownPart(h.receivingTransportServers) ?? [])]
    const [server] = named
    if (server !== undefined) return server.split('/').at(-1)?.split('.')[0] ?? null
  }
  return null
}

/** At most six questions, made from what is there: none about objects that the audit does not have. */
export function examplesOf(config: Config): readonly Example[] {
  const listeners = exposureOf(config).listeners
  const { own, foreign: spaces } = domainsOf(config)
  const domain = own.find((d) => !d.endsWith('.onmicrosoft.com')) ?? own[0]
  const front = frontOf(config, listeners)
  const device = deviceOf(listeners)
  const hybrid = hybridOf(config) ?? front
  const isHybrid =
    config.inboundConnectors.length + config.outboundConnectors.length + config.hybridConfigurations.length > 0
  const out: Example[] = []
  if (front !== null) out.push({ kind: 'stranger-relay', form: { from: stranger, to: front, rcpt: foreign } })
  if (front !== null && domain !== undefined)
    out.push({ kind: 'stranger-as-us', form: { from: stranger, to: front, sender: domain, rcpt: domain } })
  if (device !== null)
    out.push({
      kind: 'device',
      form: { ...device, ...(domain === undefined ? {} : { sender: domain }), rcpt: foreign },
    })
  if (hybrid !== null && isHybrid) {
    out.push({ kind: 'cloud', form: { cert: 'exchange-online', to: hybrid, rcpt: domain ?? foreign } })
    out.push({ kind: 'other-tenant', form: { cert: 'other-tenant', to: hybrid, rcpt: domain ?? foreign } })
  }
  const target = spaces.find((d) => !d.endsWith('.onmicrosoft.com')) ?? foreign
  const sender = domain === undefined ? {} : { sender: domain }
  if (config.sendConnectors.length > 0)
    out.push({ kind: 'outbound', form: { start: 'on-premises', ...sender, rcpt: target } })
  if (config.outboundConnectors.length > 0)
    out.push({ kind: 'cloud-outbound', form: { start: 'exchange-online', ...sender, rcpt: foreign } })
  return out.slice(0, most)
}
