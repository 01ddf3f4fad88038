import type { Ending, Packet } from './types'

/** The answer to the recipient stands, whatever the further way. Without one the question began here. */
export const taken = (packet: Packet, own: boolean): Ending =>
  packet.taken ?? { disposition: own ? 'accepted' : 'relayed' }

/** What stays open after the recipient was taken does not take the answer back. */
export const openEnd = (packet: Packet): Ending => packet.taken ?? { disposition: 'insufficient-info' }
