import { connectorsOf } from '../../mailflow/connectors-of'
import { isListedWhole } from '../../mailflow/listing'
import { bindingsOf, selectionIndex } from '../../mailflow/selection-index'
import type { UnknownReason } from '../../mailflow/selection-sweep'
import { contains, formatIp, isTrue, knownPart, type ReceiveConnector, sizeOf } from '../../model'
import type { Stage } from '../session'
import { because, step } from '../step'
import type { Address, NotChosen, Packet, TraceStep } from '../types'

const cmdletOfReason: Readonly<Record<UnknownReason, string>> = {
  'ranges-not-whole': 'Get-ReceiveConnector',
  'bindings-not-whole': 'Get-ReceiveConnector',
  'enabled-unknown': 'Get-ReceiveConnector',
  'listing-not-whole': 'Get-ReceiveConnector',
  'too-many-ranges': 'Get-ReceiveConnector',
}

const show = (a: Address): string => formatIp(a.family, a.value)

/** The first condition that keeps a connector from answering: what `not chosen` shows. */
function reasonAgainst(
  c: ReceiveConnector,
  packet: Packet,
  address: Address,
  winner: ReceiveConnector | null,
): NotChosen {
  const [on] = because(c.enabled)
  if (isTrue(c.enabled) === 'no') return { id: c.id, reason: 'disabled', ...(on ? { because: on } : {}) }
  const bound = bindingsOf(c, packet.port, address.family, packet.localAddress)
  const [binding] = because(c.bindings)
  if (bound === 'no') return { id: c.id, reason: 'other-binding', ...(binding ? { because: binding } : {}) }
  const [ranges] = because(c.remoteIPRanges)
  const proof = ranges ? { because: ranges } : {}
  const inside = contains(
    c.remoteIPRanges,
    (r) => r.family === address.family && r.lo <= address.value && address.value <= r.hi,
  )
  if (inside === 'no') return { id: c.id, reason: 'address-outside-ranges', ...proof }
  if (inside === 'unknown') return { id: c.id, reason: 'ranges-not-known', ...proof }
  return { id: c.id, reason: winner === null ? 'no-tie-break' : 'less-specific', ...proof }
}

const rangeAround = (c: ReceiveConnector, address: Address): string =>
  (knownPart(c.remoteIPRanges) ?? [])
    .filter((r) => r.family === address.family && r.lo <= address.value && address.value <= r.hi)
    .sort((a, b) => (sizeOf(a) < sizeOf(b) ? -1 : 1))[0]?.text ?? ''

/**
 * Which receive connector answers: enabled, bound to the address and port, the most specific range around the client's address.
 * Source: Receive connectors, “Receive connector remote addresses” (learn.microsoft.com).
 */
export const connectorSelection: Stage = ({ packet }, { config }) => {
  const { node, client, port, localAddress } = packet
  const address = client.address
  const side = node.kind === 'edge' ? 'edge' : 'on-premises'
  const missing = [{ cmdlet: 'Get-ReceiveConnector', side, servers: [node.id] } as const]
  const all = connectorsOf(config, node.id)
  if (address === null)
    return {
      steps: [step('connector-selection', 'address-not-known', { confidence: 'unknown' })],
      end: { disposition: 'insufficient-info' },
    }
  if (all.length === 0)
    return {
      steps: [step('connector-selection', 'connectors-not-exported', { missing })],
      end: { disposition: 'insufficient-info' },
    }
  const params = { address: show(address), port, server: node.id }
  const selection = selectionIndex(config, node.id, port, address.family, localAddress).at(address.value)
  const others = (winner: ReceiveConnector | null, except: readonly ReceiveConnector[]): NotChosen[] =>
    all.filter((c) => !except.includes(c)).map((c) => reasonAgainst(c, packet, address, winner))
  const selected = (c: ReceiveConnector, confidence: TraceStep['confidence']): TraceStep =>
    step('connector-selection', 'selected', {
      chosen: c.id,
      params: { ...params, connector: c.name, range: rangeAround(c, address) },
      because: because(c.remoteIPRanges, c.bindings),
      notChosen: others(c, [c]),
      confidence,
    })
  switch (selection.state) {
    case 'winner':
      // That the more specific of two bindings takes the connection is how sockets work, not a documented rule of Exchange.
      return {
        steps: [selected(selection.connector, selection.byBinding ? 'likely' : 'certain')],
        set: { connector: selection.connector },
      }
    case 'none':
      return {
        steps: [step('connector-selection', 'none', { params, notChosen: others(null, []), confidence: 'likely' })],
        end: { disposition: 'rejected', reply: { code: '421 4.3.2', text: 'Service not available' } },
      }
    case 'ambiguous':
      return {
        steps: [
          step('connector-selection', selection.reason, {
            params: { ...params, count: selection.candidates.length },
            because: selection.candidates.flatMap((c) => because(c.remoteIPRanges)),
            notChosen: others(null, selection.candidates),
            confidence: 'unknown',
          }),
        ],
        fork: selection.candidates.map((c) => ({
          reason: 'connector-answers',
          params: { connector: c.id },
          set: { connector: c },
          steps: [selected(c, 'likely')],
        })),
      }
    case 'unknown': {
      const [only] = selection.candidates
      const cmdlets = new Set(selection.reasons.map((r) => cmdletOfReason[r]))
      const open = step('connector-selection', 'not-certain', {
        params: { ...params, count: selection.candidates.length },
        because: selection.candidates.flatMap((c) => because(c.remoteIPRanges)),
        notChosen: others(null, selection.candidates),
        missing: [...cmdlets].map((cmdlet) => ({ cmdlet, side, servers: [node.id] })),
      })
      if (only === undefined || isListedWhole(config, 'receiveConnectors', node.id) !== 'yes')
        return { steps: [open], end: { disposition: 'insufficient-info' } }
      return {
        steps: [open],
        fork: selection.candidates.map((c) => ({
          reason: 'connector-answers',
          params: { connector: c.id },
          set: { connector: c },
          steps: [selected(c, 'unknown')],
        })),
      }
    }
  }
}
