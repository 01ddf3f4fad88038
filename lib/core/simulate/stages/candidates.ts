import { bindingsOf } from '../../mailflow/selection-index'
import {
  contains,
  formatIp,
  type IpRange,
  isTrue,
  knownPart,
  type Property,
  type ReceiveConnector,
  sizeOf,
} from '../../model'
import { because } from '../step'
import type { Address, NotChosen, Packet } from '../types'

export const show = (a: Address): string => formatIp(a.family, a.value)
export const around = (address: Address) => (r: IpRange) =>
  r.family === address.family && r.lo <= address.value && address.value <= r.hi

export const ranges = (c: ReceiveConnector, address: Address): readonly IpRange[] =>
  (knownPart(c.remoteIPRanges) ?? []).filter(around(address)).sort((a, b) => (sizeOf(a) < sizeOf(b) ? -1 : 1))

export type Place = { readonly packet: Packet; readonly address: Address; readonly local: bigint | null }

export const listensAt = (c: ReceiveConnector, { packet, address, local }: Place) =>
  contains(c.bindings, (b) => b.port === packet.port && b.family === address.family && b.address === local)

/** The first condition that keeps a connector from answering: what `not chosen` shows. */
export function reasonAgainst(c: ReceiveConnector, at: Place, rivals: readonly ReceiveConnector[]): NotChosen {
  const { packet, address, local } = at
  const lost = (reason: NotChosen['reason'], property: Property<unknown>): NotChosen => {
    const [proof] = because(property)
    return { id: c.id, reason, ...(proof ? { because: proof } : {}) }
  }
  if (isTrue(c.enabled) === 'no') return lost('disabled', c.enabled)
  // A connector for all local addresses is there as well, but the one for this address goes before it.
  const bound = local === null ? listensAt(c, at) : bindingsOf(c, packet.port, address.family, { value: local })
  if (bound === 'no') return lost('other-binding', c.bindings)
  const inside = contains(c.remoteIPRanges, around(address))
  if (inside === 'no') return lost('address-outside-ranges', c.remoteIPRanges)
  if (inside === 'unknown') return lost('ranges-not-known', c.remoteIPRanges)
  return lost(rivals.includes(c) ? 'no-tie-break' : 'less-specific', c.remoteIPRanges)
}
