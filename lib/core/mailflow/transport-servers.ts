import { type Config, knownPart } from '../model'
import { knownServers } from './known-servers'
import { serverKey } from './server-names'

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
  for (const c of config.sendConnectors) for (const s of knownPart(c.sourceTransportServers) ?? []) add(s, false)
  for (const e of config.edgeSubscriptions) add(e.name, true)
  const found = { all: [...all.values()], edges: [...edges.values()] }
  names.set(config, found)
  return found
}

/** Every server that the exports name, Edges among them, in the spelling that was seen first. */
export const serverNames = (config: Config): readonly string[] => collect(config).all

/** The Edges among them. */
export const edgeNames = (config: Config): readonly string[] => collect(config).edges
