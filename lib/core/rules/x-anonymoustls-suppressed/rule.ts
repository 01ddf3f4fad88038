import { isBuiltIn } from '../../mailflow/connector-kind'
import { connectorsOfMembers } from '../../mailflow/connectors-of'
import { exportOf } from '../../mailflow/missing'
import { flagOf } from '../../mailflow/property-of'
import { takesAny } from '../../mailflow/ranges'
import { connectorOf, evidenceOf } from '../../mailflow/receive-evidence'
import { sameServer } from '../../mailflow/server-names'
import { failOn, verdictOn } from '../../mailflow/verdict-on'
import { and, type Config, isTrue, missing, not, type Property, type ReceiveConnector } from '../../model'
import { bool, setProperties } from '../../remediation'
import { defineRule, evidence, type Fail, type Missing, type RuleContext, type Verdict } from '../define-rule'

export const rule = defineRule({
  id: 'x-anonymoustls-suppressed',
  family: 'receive-tls',
  question: 5,
  severities: ['high', 'info'],
  needs: ['receiveConnectors'],
  optional: ['transportServices'],
  reads: {
    receiveConnectors: ['Enabled', 'SuppressXAnonymousTls', 'RemoteIPRanges'],
    transportServices: ['UseDowngradedExchangeServerAuth'],
  },
  references: [
    'https://learn.microsoft.com/powershell/module/exchange/set-receiveconnector#-suppressxanonymoustls',
    'https://learn.microsoft.com/powershell/module/exchange/set-transportservice#-usedowngradedexchangeserverauth',
    'https://learn.microsoft.com/previous-versions/exchange-server/exchange-150/jj945026(v=exchg.150)',
  ],
  frameworks: { BSI: ['APP.5.2.A11'] },
  absorbs: [],
  check,
  fix,
})

const suppressed = (c: ReceiveConnector): Property<boolean> => flagOf(c, 'SuppressXAnonymousTls')

function* check({ config }: RuleContext): Iterable<Verdict> {
  for (const c of config.receiveConnectors) {
    const enabled = isTrue(c.enabled)
    if (enabled === 'no') continue
    yield verdictOn(c, and(enabled, isTrue(suppressed(c))), () => failure(config, c))
  }
}

function downgradedAuth(config: Config, c: ReceiveConnector): Property<boolean> {
  const service = config.transportServices.find((s) => sameServer(s.server ?? s.name, c.server))
  return service ? flagOf(service, 'UseDowngradedExchangeServerAuth') : missing('UseDowngradedExchangeServerAuth')
}

/** Behind a WAN optimiser a connector of its own for the addresses of the other site may suppress it, where the servers log on otherwise. */
function failure(config: Config, c: ReceiveConnector): Fail {
  const own = not(isBuiltIn(config, c))
  const scoped = not(takesAny(c))
  const property = downgradedAuth(config, c)
  const downgraded = isTrue(property)
  const documented = and(own, scoped, downgraded)
  const flag = evidence(suppressed(c))
  const [ranges] = evidenceOf(c.remoteIPRanges)
  const [auth] = evidenceOf(property)
  const lacking: readonly Missing[] = [
    ...(downgraded === 'unknown' ? [exportOf('transportServices', c.side, c.server === null ? [] : [c.server])] : []),
    ...(and(own, scoped) === 'unknown' ? [connectorOf(c)] : []),
  ]
  return failOn(c, {
    severity: documented === 'no' ? 'high' : 'info',
    exposure: 'internal',
    params: { connector: c.id, case: documented },
    evidence: [flag, ...evidenceOf(c.remoteIPRanges, property)],
    conditions: [
      { key: 'suppressed', value: 'yes', evidence: flag },
      { key: 'own-connector', value: own },
      { key: 'scoped', value: scoped, ...(ranges ? { evidence: ranges } : {}) },
      { key: 'downgraded', value: downgraded, ...(auth ? { evidence: auth } : {}) },
    ],
    ...(documented === 'unknown' ? { couldRaise: lacking } : {}),
  })
}

function fix(members: readonly [Fail, ...Fail[]], { config }: RuleContext) {
  // The documented case is a note, and nothing is to be changed about it.
  if (members.every((m) => m.severity === 'info')) return null
  return setProperties(connectorsOfMembers(config, members), {
    set: () => ({ SuppressXAnonymousTls: bool(false) }),
    alsoShow: ['AuthMechanism', 'RemoteIPRanges'],
    effect: 'reconnect',
    minutes: 5,
  })
}
