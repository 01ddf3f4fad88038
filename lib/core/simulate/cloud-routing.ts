import { domainOf, ownershipOf } from '../mailflow/accepted-domains'
import { selectOutbound } from '../mailflow/cloud-outbound'
import { cmtOn } from '../mailflow/hybrid'
import { isExported, missingFromCloud } from './cloud'
import { byMx, toHosts } from './cloud-next-hop'
import { openEnd } from './ending'
import { because, step } from './step'
import type { Handler } from './types'

/** The way on from Exchange Online: a mailbox, the servers, or the Internet. */
export const cloudRouting: Handler = (packet, world) => {
  const { config } = world
  const domain = domainOf(packet.rcptTo)
  if (domain === undefined) return { steps: [], end: openEnd(packet) }
  const owner = ownershipOf(config, 'exchange-online', domain)
  const params = { domain }
  const central = cmtOn(config)
  const own = owner.state === 'own'
  const internet = packet.direction === 'incoming'
  // Mail that has been on the servers does not go back to them (KB3194415).
  const viaServers = central.value === 'yes' && !packet.wasOnPremises
  if (own && (owner.type ?? 'Authoritative') === 'Authoritative' && !(viaServers && internet))
    return {
      steps: [
        step('routing', 'own-recipient', {
          params,
          because: because(owner.domain.domainName, owner.domain.domainType),
          confidence: 'likely',
        }),
      ],
      end: packet.taken ?? { disposition: 'accepted' },
    }
  if (!isExported(config, 'outboundConnectors'))
    return {
      steps: [step('routing', 'not-certain', { params, missing: [missingFromCloud('Get-OutboundConnector')] })],
      end: openEnd(packet),
    }
  const route = selectOutbound(config, { domain, viaServers })
  const notChosen = route.losers.map((l) => {
    const [proof] = because(l.because)
    return { id: l.connector.id, reason: l.reason, ...(proof ? { because: proof } : {}) }
  })
  if (route.state === 'unknown')
    return {
      steps: [
        step('routing', 'not-certain', { params, notChosen, missing: [missingFromCloud('Get-OutboundConnector')] }),
      ],
      end: openEnd(packet),
    }
  if (route.state === 'none') return byMx(packet, world, domain, own, notChosen)
  const c = route.connector
  const steps = [
    step('routing', route.central ? 'centralized' : 'selected', {
      chosen: c.id,
      params: { ...params, connector: c.name },
      because: because(route.central ? c.routeAllMessagesViaOnPremises : c.recipientDomains),
      notChosen,
      confidence: route.certain ? 'certain' : 'likely',
    }),
  ]
  return toHosts(packet, world, c, own, steps)
}
