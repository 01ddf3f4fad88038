import type { Config, ReceiveConnector } from '../model'
import type { Fail } from '../rules/define-rule'
import { serverKey } from './server-names'

const indexes = new WeakMap<Config, ReadonlyMap<string, readonly ReceiveConnector[]>>()

/** The receive connectors of one server. Those whose server is not known stand under ''. */
export function connectorsOf(config: Config, server: string | null): readonly ReceiveConnector[] {
  let index = indexes.get(config)
  if (!index) {
    const grouped = new Map<string, ReceiveConnector[]>()
    for (const c of config.receiveConnectors) {
      const key = c.server === null ? '' : serverKey(c.server)
      const group = grouped.get(key)
      if (group) group.push(c)
      else grouped.set(key, [c])
    }
    index = grouped
    indexes.set(config, index)
  }
  return index.get(server === null ? '' : serverKey(server)) ?? []
}

const byId = new WeakMap<Config, ReadonlyMap<string, ReceiveConnector>>()

/** The receive connectors that failures speak of first, each once. */
export function connectorsOfMembers(config: Config, members: readonly Fail[]): readonly ReceiveConnector[] {
  const index = byId.get(config) ?? new Map(config.receiveConnectors.map((c) => [c.id, c]))
  byId.set(config, index)
  return [...new Set(members.map((m) => m.objects[0].id))].flatMap((id) => index.get(id) ?? [])
}
