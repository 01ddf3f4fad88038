import { exchangeOnlineCidrs } from '../defaults/exchange-online-ranges'
import type { Config } from '../model'
import type { Address } from './types'

export const cloudNode = { kind: 'exchange-online' as const, id: 'Exchange Online' }

/** Exchange Online as the place that a question names. */
export const isCloudName = (name: string): boolean => /^exchange[ -]?online$/i.test(name)

/** One of the addresses of Exchange Online, which stands for all of them. */
export const cloudAddress: Address | null =
  exchangeOnlineCidrs.map((r): Address => ({ family: r.family, value: r.lo + 1n })).find((a) => a.family === 4) ?? null

export const missingFromCloud = (cmdlet: string) => ({ cmdlet, side: 'exchange-online' as const, servers: [] })

export const isExported = (config: Config, collection: 'inboundConnectors' | 'outboundConnectors'): boolean =>
  config.exports.some((b) => b.collection === collection)

/** Every command for them named some, or its output was cut. */
export const isPartOnly = (config: Config, collection: 'inboundConnectors'): boolean =>
  config.exports.every((b) => b.collection !== collection || b.listing === 'named')
