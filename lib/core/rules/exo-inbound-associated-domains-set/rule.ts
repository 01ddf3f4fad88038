import { failOfInbound, hybridInboundReads, onInbound } from '../../mailflow/cloud-inbound'
import { isHybridPair } from '../../mailflow/hybrid-connectors'
import { exportOf, exportOfObject } from '../../mailflow/missing'
import { listOf } from '../../mailflow/property-of'
import { evidenceOf } from '../../mailflow/receive-evidence'
import {
  type AcceptedDomain,
  type Config,
  contains,
  domainKey,
  type InboundConnector,
  known,
  knownPart,
} from '../../model'
import { comment, fixInbound, nothing, objectsOf } from '../../remediation'
import { defineRule, evidence, type Fail, type Missing, type RuleContext, type Verdict } from '../define-rule'

export const rule = defineRule({
  id: 'exo-inbound-associated-domains-set',
  family: 'exo-inbound',
  question: 4,
  severities: ['medium', 'low'],
  needs: ['inboundConnectors'],
  optional: ['hybridConfigurations', 'acceptedDomains'],
  reads: {
    inboundConnectors: [...hybridInboundReads, 'AssociatedAcceptedDomains'],
    hybridConfigurations: ['Domains'],
    acceptedDomains: ['DomainName'],
  },
  references: [
    'https://learn.microsoft.com/powershell/module/exchange/set-inboundconnector#-associatedaccepteddomains',
  ],
  frameworks: {},
  absorbs: [],
  check,
  fix,
})

function* check({ config }: RuleContext): Iterable<Verdict> {
  yield* onInbound(config, isHybridPair, (c, applies) => {
    const list = listOf(c, 'AssociatedAcceptedDomains')
    return {
      bad: contains(list, () => true),
      fail: () => {
        const { names, missing } = leftOut(config, c)
        return failOfInbound(c, applies, {
          severity: names.length > 0 ? 'medium' : 'low',
          exposure: 'none',
          params: { domain: names[0] ?? '', leftOut: names.length },
          evidence: evidenceOf(list),
          conditions: [
            { key: 'limited', value: 'yes', evidence: evidence(list) },
            { key: 'left-out', value: names.length > 0 ? 'yes' : missing.length > 0 ? 'unknown' : 'no' },
          ],
          couldRaise: names.length > 0 ? [] : missing,
        })
      },
    }
  })
}

/** The connector lists accepted domains by the domain or by the name of the object. */
const isListed = (list: readonly string[], domain: string, accepted: AcceptedDomain): boolean =>
  list.some((text) => [domain, domainKey(accepted.name)].includes(domainKey(text)))

/** Domains that the hybrid configuration shares with the tenant and the connector does not list. */
function leftOut(config: Config, c: InboundConnector): { names: readonly string[]; missing: readonly Missing[] } {
  const p = listOf(c, 'AssociatedAcceptedDomains')
  const list = knownPart(p) ?? []
  const shared = new Set(config.hybridConfigurations.flatMap((h) => knownPart(h.domains) ?? []))
  const cloud = config.acceptedDomains.filter((d) => d.side === 'exchange-online')
  const missing = [
    ...(p.state === 'truncated' ? [exportOfObject(c)] : []),
    ...(config.hybridConfigurations.some((h) => h.domains.state === 'ok') ? [] : [exportOf('hybridConfigurations')]),
    ...(cloud.length > 0 ? [] : [exportOf('acceptedDomains', 'exchange-online')]),
  ]
  const names = cloud.flatMap((d) => {
    const domain = known(d.domainName)
    return domain === undefined || !shared.has(domain) || isListed(list, domain, d) ? [] : [domain]
  })
  // Of a cut list, what is left out cannot be told.
  return { names: p.state === 'truncated' ? [] : names.sort(), missing }
}

function fix(members: readonly [Fail, ...Fail[]], { config }: RuleContext) {
  return fixInbound(
    objectsOf(config.inboundConnectors, 'inboundConnector', members),
    () => ({ AssociatedAcceptedDomains: nothing }),
    { before: [comment('Without a list the connector is for all accepted domains, also for those that come later.')] },
  )
}
