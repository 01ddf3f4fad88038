import { connectorsOf } from '../../mailflow/connectors-of'
import { isListedWhole } from '../../mailflow/listing'
import { hasGroup, hasMechanism } from '../../mailflow/permissions'
import { transportRole } from '../../mailflow/transport-role'
import { and, contains, isTrue, or, type ReceiveConnector } from '../../model'
import { nothing, type Stage } from '../session'
import { because, step } from '../step'

/** Ports of the transport service behind the front end: users' sessions go to the client proxy. */
const portOf = (principal: string): number => (principal === 'user' ? 465 : 2525)

const takesProxied = (c: ReceiveConnector) =>
  and(isTrue(c.enabled), hasMechanism(c, 'ExchangeServer'), hasGroup(c, 'ExchangeServers'))

/**
 * The front end keeps nothing: it hands the session to the transport service, which must take it as that of an Exchange server.
 * Source: Mail flow and the transport pipeline (learn.microsoft.com); that the leg fails without these settings is observed.
 */
export const proxy: Stage = (s, { config }) => {
  const { connector: c, packet } = s
  if (c === null || packet.node.kind === 'edge' || transportRole(config, c) !== 'front-end') return nothing
  const port = portOf(s.principal)
  const back = connectorsOf(config, packet.node.id).filter(
    (x) => transportRole(config, x) === 'hub' && contains(x.bindings, (b) => b.port === port) === 'yes',
  )
  const params = { port, server: packet.node.id }
  const missing = [{ cmdlet: 'Get-ReceiveConnector', side: 'on-premises' as const, servers: [packet.node.id] }]
  const value = or(...back.map(takesProxied))
  if (value === 'yes') {
    const [taker] = back.filter((x) => takesProxied(x) === 'yes')
    const chosen = taker === undefined ? {} : { chosen: taker.id }
    const why = taker === undefined ? [] : because(taker.authMechanism, taker.permissionGroups)
    return { steps: [step('proxy', 'handed-on', { ...chosen, params, because: why, confidence: 'likely' })] }
  }
  const whole = isListedWhole(config, 'receiveConnectors', packet.node.id) === 'yes'
  if (value === 'unknown' || !whole)
    return { steps: [step('proxy', 'not-known', { params, missing, confidence: 'likely' })] }
  return {
    steps: [
      step('proxy', back.length === 0 ? 'no-back-end' : 'refused-by-back-end', {
        params,
        because: back.flatMap((x) => because(x.enabled, x.authMechanism, x.permissionGroups)),
        confidence: 'likely',
      }),
    ],
    end: {
      disposition: 'rejected',
      reply: { code: '451 4.7.0', text: 'Temporary server error. Please try again later' },
    },
  }
}
