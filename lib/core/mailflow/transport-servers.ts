import { type Config, type IpFamily, known, knownPart, missing, parseIp } from '../model'
import type { Answers } from '../rules/define-rule'
import { normHost } from './exchange-online-names'
import { knownServers } from './known-servers'
import { once } from './once'
import { isRemoved } from './send-candidates'
import { sameServer, serverKey } from './server-names'

const names = new WeakMap<Config, { readonly all: readonly string[]; readonly edges: readonly string[] }>()

function collect(config: Config) {
  const known = names.get(config)
  if (known) return known
  const all = new Map<string, string>()
  const edges = new Map<string, string>()
  const add = (name: string | null, edge: boolean): void => {
    if (name === null || serverKey(name) === '') return
    if (!all.has(serverKey(name))) all.set(serverKey(name), name)
    if (edge) edges.set(serverKey(name), name)
  }
  for (const s of knownServers(config)) add(s.name, s.side === 'edge')
  for (const c of config.receiveConnectors) add(c.server, c.side === 'edge')
  for (const c of config.sendConnectors)
    for (const s of knownPart(c.sourceTransportServers) ?? []) if (!isRemoved(s)) add(s, false)
  for (const e of config.edgeSubscriptions) add(e.name, true)
  const sorted = (map: ReadonlyMap<string, string>) =>
    [...map].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, name]) => name)
  const found = { all: sorted(all), edges: sorted(edges) }
  names.set(config, found)
  return found
}

/** Every server that the exports name, Edges among them, by their names. */
export const serverNames = (config: Config): readonly string[] => collect(config).all

/** The Edges among them. */
export const edgeNames = (config: Config): readonly string[] => collect(config).edges

/** Those that are no Edges. */
export const mailboxServers = once((config: Config): readonly string[] =>
  serverNames(config).filter((n) => !edgeNames(config).some((e) => sameServer(e, n))),
)

/**
 * The own servers that a host name or an address stands for. Bare names and full ones as exported; the first label alone only where
 * no full name is known. Addresses: those a person told (`local-address:SERVER`).
 */
export function serversBehind(config: Config, host: string, answers: Answers): readonly string[] {
  const wanted = normHost(host)
  const address = parseIp(wanted)
  if (address !== undefined)
    return serverNames(config).filter((n) => {
      const told = localAddressOf(answers, n)
      return told !== null && told.family === address.family && told.value === address.value
    })
  return serverNames(config).filter((n) => {
    const full = known(config.servers.find((s) => sameServer(s.name, n))?.fqdn ?? missing('Fqdn'))
    const names = [n, ...(full === undefined ? [] : [full])].map(normHost)
    return names.includes(wanted) || (full === undefined && !n.includes('.') && sameServer(n, wanted))
  })
}

/** The address by which a server is known to others, where a person told it. */
export function localAddressOf(answers: Answers, server: string): { family: IpFamily; value: bigint } | null {
  const key = Object.keys(answers).find((k) => k.startsWith('local-address:') && sameServer(k.slice(14), server))
  return (key === undefined ? undefined : parseIp(answers[key] ?? '')) ?? null
}
