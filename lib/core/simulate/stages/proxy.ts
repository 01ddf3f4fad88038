import { connectorsOf } from '../../mailflow/connectors-of'
import { isListedWhole } from '../../mailflow/listing'
import { hasGroup, hasMechanism } from '../../mailflow/permissions'
import { takesAny } from '../../mailflow/ranges'
import { sameServer } from '../../mailflow/server-names'
import { transportRole } from '../../mailflow/transport-role'
import { and, type Config, contains, isTrue, or, type ReceiveConnector, type Tri, tri } from '../../model'
import { nothing, type Stage, type StageResult } from '../session'
import { because, step } from '../step'
import type { Ending } from '../types'
import { connectors } from './lacking'

/** Ports of the transport service behind the front end: users' sessions go to the client proxy. */
const portOf = (principal: string): number => (principal === 'user' ? 465 : 2525)

/** Does it take what front ends hand on? They come from the servers' own addresses, which no export names. */
const takesProxied = (c: ReceiveConnector): Tri =>
  and(
    isTrue(c.enabled),
    hasMechanism(c, 'ExchangeServer'),
    hasGroup(c, 'ExchangeServers'),
    takesAny(c) === 'yes' ? 'yes' : 'unknown',
  )

type Leg = { readonly value: Tri; readonly behind: readonly ReceiveConnector[] }

function legOf(config: Config, of: readonly ReceiveConnector[], port: number): Leg {
  const bound = (c: ReceiveConnector): Tri => contains(c.bindings, (b) => b.port === port)
  const isHub = (c: ReceiveConnector): Tri => {
    const role = transportRole(config, c)
    return role === 'unknown' ? 'unknown' : tri(role === 'hub')
  }
  const behind = of.filter((c) => and(isHub(c), bound(c)) !== 'no').sort((a, b) => (a.id < b.id ? -1 : 1))
  return { value: or(...behind.map((c) => and(isHub(c), bound(c), takesProxied(c)))), behind }
}

const deferred: Ending = {
  disposition: 'rejected',
  reply: { code: '451 4.7.0', text: 'Temporary server error. Please try again later' },
}

/**
 * The front end keeps nothing: it hands the session to the transport service, its own or that of a server nearer to the mailbox,
 * which must take it as that of an Exchange server. Source: Mail flow and the transport pipeline (learn.microsoft.com); that the leg
 * fails without these settings is observed.
 */
export const proxy: Stage = (s, { config }): StageResult => {
  const { connector: c, packet } = s
  if (c === null || packet.node.kind === 'edge' || transportRole(config, c) !== 'front-end') return nothing
  const port = portOf(s.principal)
  const { value, behind } = legOf(config, connectorsOf(config, packet.node.id), port)
  const params = { port, server: packet.node.id }
  if (value === 'yes') {
    const [taker] = behind.filter((x) => takesProxied(x) === 'yes')
    const chosen = taker === undefined ? {} : { chosen: taker.id }
    const why = taker === undefined ? [] : because(taker.authMechanism, taker.permissionGroups)
    return { steps: [step('proxy', 'handed-on', { ...chosen, params, because: why })] }
  }
  if (value === 'unknown' || isListedWhole(config, 'receiveConnectors', packet.node.id) !== 'yes')
    return {
      steps: [step('proxy', 'not-known', { params, missing: connectors(s), confidence: 'likely' })],
      rests: 'likely',
    }
  const why = behind.flatMap((x) => because(x.enabled, x.authMechanism, x.permissionGroups))
  const decision = behind.length === 0 ? 'no-back-end' : 'refused-by-back-end'
  const refused = step('proxy', decision, { params, because: why, confidence: 'likely' })
  const others = config.receiveConnectors.filter((x) => x.server !== null && !sameServer(x.server, packet.node.id))
  const { value: elsewhere, behind: there } = legOf(config, others, port)
  if (elsewhere !== 'yes') return { steps: [refused], end: deferred, rests: 'likely' }
  const other = there.find((x) => takesProxied(x) === 'yes')
  return {
    steps: [refused],
    fork: [
      { reason: 'back-end-here', params: { server: packet.node.id }, set: {}, end: deferred, rests: 'likely' },
      { reason: 'back-end-elsewhere', params: { server: other?.server ?? '' }, set: {}, rests: 'likely' },
    ],
  }
}
