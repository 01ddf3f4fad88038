import { hybridRecv } from '../../mailflow/hybrid'
import { hybridSend, saysWord, sendConnectorsOf, takesEverything } from '../../mailflow/hybrid-connectors'
import { exportOfObject } from '../../mailflow/missing'
import { refOf } from '../../mailflow/object-ref'
import { anonRelayTri, externallySecured } from '../../mailflow/permissions'
import { textOf } from '../../mailflow/property-of'
import { accessListFor, nonEmpty } from '../../mailflow/receive-evidence'
import { and, type Config, isTrue, or, type ReceiveConnector, type SendConnector, type Tri } from '../../model'
import { objectsOf, setProperties, str } from '../../remediation'
import { defineRule, evidence, type Fail, type Missing, type RuleContext, type Verdict } from '../define-rule'

export const rule = defineRule({
  id: 'protocol-logging-off',
  family: 'protocol-log',
  question: 6,
  severities: ['low', 'info'],
  needs: [],
  optional: ['receiveConnectors', 'sendConnectors', 'adPermissions'],
  eitherOf: ['receiveConnectors', 'sendConnectors'],
  reads: {
    receiveConnectors: [
      'Enabled',
      'ProtocolLoggingLevel',
      'AuthMechanism',
      'PermissionGroups',
      'TlsDomainCapabilities',
    ],
    sendConnectors: ['Enabled', 'ProtocolLoggingLevel', 'AddressSpaces', 'SmartHosts', 'CloudServicesMailEnabled'],
    adPermissions: ['ExtendedRights', 'User', 'Deny', 'IsInherited', 'AccessRights'],
  },
  references: [
    'https://learn.microsoft.com/exchange/mail-flow/connectors/protocol-logging',
    'https://learn.microsoft.com/exchange/mail-flow/connectors/configure-protocol-logging',
  ],
  frameworks: { BSI: ['APP.5.2.A9'], CIS: ['4.1'] },
  absorbs: [],
  check,
  fix,
})

type Connector = ReceiveConnector | SendConnector
type Judged = {
  readonly c: Connector
  readonly why: 'relay' | 'hybrid' | 'internet' | null
  readonly missing: readonly Missing[]
}

const isOff = (c: Connector): Tri => and(isTrue(c.enabled), saysWord(textOf(c, 'ProtocolLoggingLevel'), 'None').value)

function judgeReceive(config: Config, c: ReceiveConnector): Judged {
  const off = isOff(c)
  const list = anonRelayTri(config, c)
  const secured = externallySecured(c)
  const relay = or(list, secured)
  const hybrid = hybridRecv(c).value
  if (off === 'yes' && relay === 'yes') return { c, why: 'relay', missing: [] }
  const missing = [
    ...(and(off, or(secured, hybrid)) === 'unknown' || off === 'unknown' ? [exportOfObject(c)] : []),
    ...(and(off, list) === 'unknown' && off !== 'unknown' ? [accessListFor(c)] : []),
  ]
  if (off === 'yes' && hybrid === 'yes') return { c, why: 'hybrid', missing }
  return { c, why: null, missing: and(off, or(relay, hybrid)) === 'no' ? [] : missing }
}

function judgeSend(s: SendConnector): Judged {
  const off = isOff(s)
  const hybrid = hybridSend(s).value
  const internet = takesEverything(s).value
  if (off === 'yes' && hybrid === 'yes') return { c: s, why: 'hybrid', missing: [] }
  if (off === 'yes' && internet === 'yes') return { c: s, why: 'internet', missing: [] }
  return { c: s, why: null, missing: and(off, or(hybrid, internet)) === 'no' ? [] : [exportOfObject(s)] }
}

function* check({ config }: RuleContext): Iterable<Verdict> {
  const judged = [
    ...config.receiveConnectors.map((c) => judgeReceive(config, c)),
    ...sendConnectorsOf(config).map(judgeSend),
  ]
  for (const { c, why, missing } of judged) {
    if (why) yield failure(c, why)
    const [first, ...rest] = missing
    if (first) yield { state: 'not-assessed', object: refOf(c), missing: [first, ...rest] }
    else if (!why) yield { state: 'pass', object: refOf(c) }
  }
}

function failure(c: Connector, why: 'relay' | 'hybrid' | 'internet'): Fail {
  const level = evidence(textOf(c, 'ProtocolLoggingLevel'))
  return {
    state: 'fail',
    key: '',
    side: 'on-premises',
    severity: why === 'relay' ? 'low' : 'info',
    confidence: 'proven',
    proof: 'configuration',
    exposure: 'none',
    objects: [refOf(c)],
    params: { connector: c.id, why, kind: c.collection === 'sendConnectors' ? 'send' : 'receive' },
    evidence: nonEmpty([level]),
    conditions: [
      { key: 'enabled', value: 'yes', evidence: evidence(c.enabled) },
      { key: 'off', value: 'yes', evidence: level },
    ],
  }
}

function fix(members: readonly [Fail, ...Fail[]], { config }: RuleContext) {
  const receive = objectsOf(config.receiveConnectors, 'receiveConnector', members)
  const send = objectsOf(sendConnectorsOf(config), 'sendConnector', members)
  return setProperties([...receive, ...send], {
    set: () => ({ ProtocolLoggingLevel: str('Verbose') }),
    effect: 'none',
    minutes: 5,
  })
}
