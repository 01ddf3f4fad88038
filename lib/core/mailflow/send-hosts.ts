import { type Config, contains, known, parseIp, type SendConnector, type Tri, tri } from '../model'
import { normHost } from './exchange-online-names'
import { allOf, type Fact, fact } from './fact'
import { once } from './once'
import { publicParts } from './ranges'

/** Is the smart host an address instead of a name? Exchange prints it in brackets: `[192.0.2.25]`. */
export const isAddressLiteral = (host: string): boolean => parseIp(host) !== undefined

/** Names that only a private DNS answers (RFC 6762, RFC 8375, ICANN's reserved .internal, and what is common inside companies). */
const privateSuffixes = ['local', 'internal', 'lan', 'corp', 'intern', 'home.arpa', 'localdomain']

/**
 * Does the smart host stand outside the own network? An address tells by its range. A name does not where it is a bare one, ends in
 * a suffix that no public DNS has, or lies in the domain of the own servers.
 */
export function isPublicHost(config: Config, host: string): boolean {
  const address = parseIp(host)
  if (address !== undefined)
    return publicParts([{ family: address.family, lo: address.value, hi: address.value, text: host }]).length > 0
  const name = normHost(host)
  if (!name.includes('.')) return false // also `--`, the Mailbox servers of an Edge subscription
  return !insideSuffixes(config).some((suffix) => name.endsWith(`.${suffix}`))
}

/** The private ones, and the domains of the own servers. */
const insideSuffixes = once((config): readonly string[] => {
  const own = config.servers.flatMap((s) => {
    const fqdn = normHost(known(s.fqdn) ?? '')
    return fqdn.includes('.') ? [fqdn.slice(fqdn.indexOf('.') + 1)] : []
  })
  return [...new Set([...privateSuffixes, ...own])]
})

/** Does the connector hand over to a smart host outside the own network? */
export const hasPublicSmartHost = (config: Config, s: SendConnector): Fact =>
  fact(
    contains(s.smartHosts, (h) => isPublicHost(config, h)),
    s.smartHosts,
  )

/** Is one of its smart hosts an address? */
export const hasLiteralSmartHost = (s: SendConnector): Fact =>
  fact(contains(s.smartHosts, isAddressLiteral), s.smartHosts)

/** Does it have smart hosts? Those of an Edge subscription, `--`, count. */
export const hasSmartHosts = (s: SendConnector): Fact =>
  fact(
    contains(s.smartHosts, () => true),
    s.smartHosts,
  )

/** Does it send to exactly one domain, which no wildcard widens, by MX? */
export const isForOneDomain = (s: SendConnector): Fact => {
  const spaces = known(s.addressSpaces)
  const [space, ...more] = spaces ?? []
  const one: Tri =
    spaces === undefined
      ? 'unknown'
      : tri(space?.type === 'SMTP' && more.length === 0 && !space.includeSubDomains && space.domain !== '--')
  const dns: Tri = s.dnsRoutingEnabled.state === 'ok' ? tri(s.dnsRoutingEnabled.value) : 'unknown'
  return allOf([fact(one, s.addressSpaces), fact(dns, s.dnsRoutingEnabled)])
}

/** The name of its smart host, where it has just one and that is no address. */
export function onlyHostName(s: SendConnector): string | undefined {
  const [host, ...more] = known(s.smartHosts) ?? []
  return host !== undefined && more.length === 0 && host.includes('.') && !isAddressLiteral(host)
    ? normHost(host)
    : undefined
}
