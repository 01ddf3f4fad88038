import type { Config } from '../model'

export const cloudNode = { kind: 'exchange-online' as const, id: 'Exchange Online' }

export const missingFromCloud = (cmdlet: string) => ({ cmdlet, side: 'exchange-online' as const, servers: [] })

export const isExported = (config: Config, collection: 'inboundConnectors' | 'outboundConnectors'): boolean =>
  config.exports.some((b) => b.collection === collection)
