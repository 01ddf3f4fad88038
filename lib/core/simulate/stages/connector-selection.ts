import { connectorsOf } from '../../mailflow/connectors-of'
import { isListedWhole } from '../../mailflow/listing'
import { selectionIndex } from '../../mailflow/selection-index'
import { type IpRange, isTrue, known, type ReceiveConnector, sizeOf } from '../../model'
import { takerOfAny } from '../own-server'
import type { Session, Stage, StageResult } from '../session'
import { because, step } from '../step'
import type { Address, Ending, Packet, TraceConfidence, TraceStep, World } from '../types'
import { listensAt, type Place, ranges, reasonAgainst, show } from './candidates'

const closed: Ending = { disposition: 'rejected', reply: { code: '421 4.3.2', text: 'Service not available' } }
const unanswered: Ending = { disposition: 'insufficient-info', authAs: 'unknown' }

/**
 * Which receive connector answers: enabled, bound to the address and port, the most specific range around the client's address.
 * Source: Receive connectors, “Receive connector remote addresses” (learn.microsoft.com).
 */
export const connectorSelection: Stage = (session, world) => {
  const { packet } = session
  const address = packet.client.address
  const side = packet.node.kind === 'edge' ? 'edge' : 'on-premises'
  const servers = packet.node.id === '' ? [] : [packet.node.id]
  const missing = [{ cmdlet: 'Get-ReceiveConnector', side, servers } as const]
  if (connectorsOf(world.config, packet.node.id).length === 0)
    return { steps: [step('connector-selection', 'connectors-not-exported', { missing })], end: unanswered }
  if (address === null) return withoutAddress(packet, world)
  const result = select(session, world, address, missing)
  if (!packet.client.assumed || packet.client.kind !== 'internet') return result
  const assumed = step('connector-selection', 'any-internet-address', { params: { address: show(address) } })
  return { ...result, steps: [assumed, ...result.steps] }
}

/** An own server or a gateway whose address nobody told. */
function withoutAddress(packet: Packet, world: World): StageResult {
  const taker = takerOfAny(packet, world)
  if (taker === null)
    return {
      steps: [step('connector-selection', 'address-not-known', { confidence: 'unknown' })],
      end: unanswered,
    }
  const { connector } = taker
  const rests = taker.by === 'only' ? 'certain' : 'likely'
  const taken = step('connector-selection', taker.by === 'only' ? 'any-address' : 'own-server', {
    chosen: connector.id,
    params: { client: packet.client.name ?? '', connector: connector.name, server: packet.node.id },
    because: because(connector.remoteIPRanges, connector.bindings),
    confidence: rests,
  })
  return { steps: [taken], set: { connector }, rests }
}

function select(session: Session, world: World, address: Address, missing: TraceStep['missing']): StageResult {
  const { packet } = session
  const { node, port, localAddress } = packet
  const { config } = world
  const all = connectorsOf(config, node.id)
  const params = { address: show(address), port, server: node.id }
  const index = selectionIndex(config, node.id, port, address.family, localAddress)
  if (index.locals.length > 0) return byLocalAddress(session, world, address, index.locals, missing)
  const selection = index.at(address.value)
  const at = { packet, address, local: index.listener.localAddress }
  const against =
    (except: readonly ReceiveConnector[], rivals: readonly ReceiveConnector[] = []) =>
    () =>
      all.filter((c) => !except.includes(c)).map((c) => reasonAgainst(c, at, rivals))
  const selected = (
    c: ReceiveConnector,
    confidence: TraceConfidence,
    rivals: readonly ReceiveConnector[] = [],
    range: IpRange | undefined = ranges(c, address)[0],
  ) =>
    step('connector-selection', 'selected', {
      chosen: c.id,
      params: { address: params.address, port, server: node.id, connector: c.name, range: range?.text ?? '' },
      because: because(c.remoteIPRanges, c.bindings),
      notChosen: against([c], rivals),
      confidence,
    })
  const each = (candidates: readonly ReceiveConnector[]): NonNullable<StageResult['fork']> =>
    inOrder(candidates).map((c) => ({
      reason: 'connector-answers',
      params: { connector: c.id },
      set: { connector: c },
      steps: [selected(c, 'likely', candidates)],
      rests: 'likely',
    }))
  switch (selection.state) {
    case 'winner': {
      // That the more specific of two bindings takes the connection is how sockets work, not a documented rule of Exchange.
      const rests = index.byBinding(address.value) ? 'likely' : 'certain'
      const { connector, range } = selection
      return { steps: [selected(connector, rests, [], range)], set: { connector }, rests }
    }
    case 'none': {
      const listens = all.some((c) => isTrue(c.enabled) !== 'no' && listensAt(c, at) !== 'no')
      const decision = listens ? 'none' : 'nobody-listens'
      return {
        steps: [step('connector-selection', decision, { params, notChosen: against([]), confidence: 'likely' })],
        end: listens ? closed : { disposition: 'rejected' },
        rests: 'likely',
      }
    }
    case 'ambiguous': {
      const { candidates, reason } = selection
      const open = step('connector-selection', reason, {
        params: { ...params, count: candidates.length },
        because: inOrder(candidates).flatMap((c) => because(c.remoteIPRanges)),
        notChosen: against(candidates),
        confidence: 'unknown',
      })
      if (reason !== 'transport-role-conflict') return { steps: [open], fork: each(candidates) }
      return { steps: [open], fork: byRole(candidates, at, selected) }
    }
    case 'unknown': {
      const { candidates } = selection
      const open = step('connector-selection', 'not-certain', {
        params: { ...params, count: candidates.length },
        because: inOrder(candidates).flatMap((c) => because(c.remoteIPRanges)),
        notChosen: against(candidates),
        missing,
      })
      const hidden = isListedWhole(config, 'receiveConnectors', node.id) !== 'yes' || candidates.length === 0
      if (hidden) return { steps: [open], end: unanswered }
      const way = { reason: 'nobody-answers', set: {}, end: closed, rests: 'likely' } as const
      const nobody = selection.perhapsNone ? [way] : []
      return { steps: [open], fork: [...each(candidates), ...nobody] }
    }
  }
}

/** The services of both roles want the port; the one that starts first has it, and selects among its own connectors. */
function byRole(
  candidates: readonly ReceiveConnector[],
  { address }: Place,
  selected: (c: ReceiveConnector, confidence: TraceConfidence) => TraceStep,
): NonNullable<StageResult['fork']> {
  const roles = [...new Set(candidates.flatMap((c) => known(c.transportRole) ?? []))].sort()
  return roles.map((role) => {
    const own = inOrder(candidates)
      .filter((c) => known(c.transportRole) === role && ranges(c, address).length > 0)
      .sort((a, b) => compare(ranges(a, address)[0], ranges(b, address)[0]))
    const [first] = own
    const way = { reason: 'service-starts-first' as const, params: { role }, rests: 'likely' as const }
    if (first === undefined) return { ...way, set: {}, end: closed }
    return { ...way, set: { connector: first }, steps: [selected(first, 'likely')] }
  })
}

const inOrder = (all: readonly ReceiveConnector[]) => [...all].sort((a, b) => (a.id < b.id ? -1 : 1))

const compare = (a: IpRange | undefined, b: IpRange | undefined): number =>
  a === undefined || b === undefined ? 0 : sizeOf(a) < sizeOf(b) ? -1 : sizeOf(a) > sizeOf(b) ? 1 : 0

/** Every connector names a local address, and the question names none. */
function byLocalAddress(
  session: Session,
  world: World,
  address: Address,
  locals: readonly bigint[],
  missing: TraceStep['missing'],
): StageResult {
  const params = { port: session.packet.port, server: session.packet.node.id }
  return {
    steps: [step('connector-selection', 'local-address-not-said', { params, confidence: 'unknown' })],
    fork: locals.map((value) => {
      const packet = { ...session.packet, localAddress: { family: address.family, value } }
      const { steps, set = {}, end, fork, rests } = select({ ...session, packet }, world, address, missing)
      const stop = end ?? (fork === undefined ? undefined : unanswered)
      return {
        reason: 'local-address' as const,
        params: { address: show({ family: address.family, value }) },
        set: { ...set, packet },
        steps,
        ...(stop === undefined ? {} : { end: stop }),
        ...(rests === undefined ? {} : { rests }),
      }
    }),
  }
}
