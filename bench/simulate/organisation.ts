import type { Config, ReceiveConnector } from '../../lib/core/model'
import { acceptedDomain, accessRow, block, configOf, receiveConnector } from '../../lib/core/testing/objects'

const perConnector = 20
const everywhere = ['0.0.0.0-255.255.255.255', '::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff']
const dotted = (n: number): string => [24, 16, 8, 0].map((s) => (n >>> s) & 255).join('.')

/** Twenty ranges of a connector: hosts, and networks around the hosts of others. No two are equal or cross. */
function ranges(n: number): string[] {
  const base = 0x0a000000 + n * 1024
  return Array.from({ length: perConnector }, (_, i) => {
    const at = base + i * 32
    return i === 0
      ? `${dotted(base + 768)}-${dotted(base + 1023)}`
      : i % 3 === 0
        ? `${dotted(at)}-${dotted(at + 15)}`
        : dotted(at)
  })
}

/** As setup makes them on the first place of each server, then connectors for hosts and networks. */
function connector(n: number, perServer: number): ReceiveConnector {
  const at = n % perServer
  const server = `EX${String(Math.floor(n / perServer) + 1).padStart(3, '0')}`
  if (at === 0)
    return receiveConnector({
      name: `Default Frontend ${server}`,
      server,
      bindings: ['0.0.0.0:25', '[::]:25'],
      ranges: everywhere,
      auth: ['Tls', 'ExchangeServer'],
      groups: ['AnonymousUsers', 'ExchangeServers'],
    })
  if (at === 1)
    return receiveConnector({
      name: `Default ${server}`,
      server,
      ...{ bindings: ['0.0.0.0:2525', '[::]:2525'], ranges: everywhere, role: 'HubTransport' },
      ...{ auth: ['Tls', 'ExchangeServer'], groups: ['ExchangeUsers', 'ExchangeServers'] },
    })
  return receiveConnector({
    name: `Relay ${at}`,
    server,
    ranges: ranges(n),
    auth: n % 7 === 0 ? ['Tls', 'ExternalAuthoritative'] : ['Tls'],
    groups: n % 7 === 0 ? ['ExchangeServers'] : ['AnonymousUsers'],
  })
}

/** `count` receive connectors on servers of `perServer` each; every third has a row that lets anonymous senders relay. */
export function organisation(count: number, perServer: number): Config {
  const receiveConnectors = Array.from({ length: count }, (_, n) => connector(n, perServer))
  const relaying = receiveConnectors.filter((_, n) => n % 3 === 2)
  return configOf({
    receiveConnectors,
    adPermissions: relaying.map((c) => accessRow(c)),
    acceptedDomains: [acceptedDomain('contoso.com')],
    exports: [
      block('receiveConnectors'),
      block('acceptedDomains'),
      block('adPermissions', { connectors: receiveConnectors.map((c) => c.id), listing: 'named' }),
    ],
  })
}
