// Writes the receive connectors of a large organisation as Format-List text, the way Get-ReceiveConnector | fl prints them:
// node bench/make-connectors.mjs [how many] [file]. Five built-in connectors and fifteen others a server; the same count gives the same file.
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { formatList } from '../samples/lib/format-list.mjs'
import { receiveConnector } from '../samples/lib/objects.mjs'

const everywhere = ['::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff', '0.0.0.0-255.255.255.255']
const all = 'Tls, Integrated, BasicAuth, BasicAuthRequireTLS, ExchangeServer'
const client = { perSource: '20', percentage: 2, recipients: 200, size: 'Enabled' }
const perServer = 20

function connector(n) {
  const server = `EX${String(Math.floor(n / perServer) + 1).padStart(3, '0')}`
  const common = { ...client, server, ranges: everywhere, auth: all }
  switch (n % perServer) {
    case 0:
      return {
        ...common,
        name: `Default ${server}`,
        role: 'HubTransport',
        bindings: ['0.0.0.0:2525', '[::]:2525'],
        groups: 'ExchangeUsers, ExchangeServers, ExchangeLegacyServers',
      }
    case 1:
      return {
        ...common,
        name: `Client Proxy ${server}`,
        role: 'HubTransport',
        bindings: ['[::]:465', '0.0.0.0:465'],
        groups: 'ExchangeUsers, ExchangeServers',
      }
    case 2:
      return {
        ...common,
        name: `Default Frontend ${server}`,
        role: 'FrontendTransport',
        bindings: ['[::]:25', '0.0.0.0:25'],
        groups: 'AnonymousUsers, ExchangeServers, ExchangeLegacyServers',
      }
    case 3:
      return {
        ...common,
        name: `Outbound Proxy Frontend ${server}`,
        role: 'FrontendTransport',
        bindings: ['[::]:717', '0.0.0.0:717'],
        groups: 'ExchangeServers',
      }
    case 4:
      return {
        ...common,
        name: `Client Frontend ${server}`,
        role: 'FrontendTransport',
        bindings: ['[::]:587', '0.0.0.0:587'],
        groups: 'ExchangeUsers',
      }
    default: {
      const hosts = Array.from({ length: 12 }, (_, i) => `10.${n % 200}.${Math.floor(n / 200)}.${i + 1}`)
      return {
        ...common,
        name: `Relay ${n % perServer}`,
        role: 'FrontendTransport',
        bindings: ['0.0.0.0:25'],
        ranges: hosts,
        auth: 'Tls',
        groups: n % 3 === 0 ? 'AnonymousUsers, Custom' : 'AnonymousUsers',
      }
    }
  }
}

export const makeConnectors = (count) =>
  formatList(Array.from({ length: count }, (_, n) => receiveConnector(connector(n), 'en')))

if (process.argv[1] === import.meta.filename) {
  const count = Number(process.argv[2] ?? 4000)
  const file = process.argv[3] ?? path.join(import.meta.dirname, '../dist/bench/connectors.txt')
  mkdirSync(path.dirname(file), { recursive: true })
  writeFileSync(file, makeConnectors(count).replaceAll('\n', '\r\n'))
  process.stdout.write(`${count} connectors: ${file}\n`)
}
