import { initialDomain } from '../../mailflow/exchange-online-names'
import { anyOf, type Fact } from '../../mailflow/fact'
import { hybridEvidenceReads } from '../../mailflow/hybrid'
import {
  hasSpace,
  sendConnectorsOf,
  sendsToEop,
  servesRoutingDomain,
  takesEverything,
} from '../../mailflow/hybrid-connectors'
import {
  enabledAnd,
  failOfSend,
  hybridSendReads,
  onHybridSend,
  sendsFrom2010,
  toldBy,
} from '../../mailflow/hybrid-send'
import { isListedWhole } from '../../mailflow/listing'
import { evidenceOf } from '../../mailflow/receive-evidence'
import { and, type Config, isTrue, not, or, type SendConnector, type Tri } from '../../model'
import { bool, fixSendConnectors } from '../../remediation'
import { defineRule, type Fail, type RuleContext, type Verdict } from '../define-rule'

export const rule = defineRule({
  id: 'hybrid-send-cloud-services-mail-disabled',
  family: 'hybrid-send',
  question: 4,
  severities: ['high', 'medium'],
  needs: ['sendConnectors'],
  optional: ['hybridConfigurations', 'receiveConnectors', 'inboundConnectors', 'outboundConnectors', 'servers'],
  reads: {
    ...hybridEvidenceReads,
    sendConnectors: [...hybridSendReads, 'SourceTransportServers'],
    servers: ['AdminDisplayVersion'],
  },
  references: [
    'https://learn.microsoft.com/powershell/module/exchange/set-sendconnector',
    'https://learn.microsoft.com/exchange/transport-routing',
  ],
  frameworks: {},
  absorbs: [],
  check,
  fix,
})

/** By a space or a host: a connector that only the headers make hybrid has them. */
const toExchangeOnline = (s: SendConnector): Fact => anyOf([servesRoutingDomain(s), sendsToEop(s)])

/** Does another enabled connector take the mail for the tenant? no only with a whole listing. */
function isServedByAnother(config: Config, s: SendConnector): Tri {
  const others = sendConnectorsOf(config).filter((o) => o !== s)
  const found = or(...others.map((o) => enabledAnd(o, servesRoutingDomain).value))
  return found === 'no' && isListedWhole(config, 'sendConnectors') !== 'yes' ? 'unknown' : found
}

function* check({ config }: RuleContext): Iterable<Verdict> {
  yield* onHybridSend(
    config,
    (s, applies) => {
      const stripped = not(isTrue(s.cloudServicesMailEnabled))
      if (stripped !== 'no' && sendsFrom2010(config, s)) return null
      // Mail to the tenant itself loses its headers here. What is only relayed to the Internet needs none, nor does a partner's tenant.
      const toTenant = or(servesRoutingDomain(s).value, hasSpace(s, initialDomain).value)
      const another = isServedByAnother(config, s)
      return {
        bad: and(stripped, or(toTenant, and(takesEverything(s).value, not(another)))),
        fail: () =>
          failOfSend(s, applies, {
            severity: servesRoutingDomain(s).value === 'yes' ? 'high' : 'medium',
            params: { kind: servesRoutingDomain(s).value === 'yes' ? 'routing' : 'other' },
            evidence: evidenceOf(s.cloudServicesMailEnabled),
            conditions: [{ key: 'stripped', ...toldBy(stripped, s.cloudServicesMailEnabled) }],
          }),
      }
    },
    toExchangeOnline,
  )
}

function fix(members: readonly [Fail, ...Fail[]], { config }: RuleContext) {
  return fixSendConnectors(config, members, () => ({ CloudServicesMailEnabled: bool(true) }))
}
