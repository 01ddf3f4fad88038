import type { Ending, Packet } from './types'

/** The answer to the recipient stands, whatever the further way. Without one the question began here. */
export const taken = (packet: Packet, own: boolean): Ending =>
  packet.taken ?? { disposition: own ? 'accepted' : 'relayed' }

/** What stays open after the recipient was taken does not take the answer back. */
export const openEnd = (packet: Packet): Ending => packet.taken ?? { disposition: 'insufficient-info' }

/** A message on its way out: is its domain an own one, and what is the answer where it leaves for what nobody sees? */
export type Leaving = { readonly own: boolean; readonly end: Ending }

/**
 * `type`: of the accepted domain, null for a foreign one. An internal relay domain that leaves by a connector for everything may
 * well come back; with a connector of its own, and as an external relay domain, it is meant to leave.
 */
export function leaving(packet: Packet, type: string | null, isSpecific: boolean): Leaving {
  if (type === null) return { own: false, end: taken(packet, false) }
  const isMeant = isSpecific || type === 'ExternalRelay'
  return {
    own: true,
    end: packet.taken ?? (isMeant ? { disposition: 'accepted', confidence: 'likely' } : openEnd(packet)),
  }
}
