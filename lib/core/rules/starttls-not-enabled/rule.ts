import { exchangeOnlineCidrs, exchangeOnlineRanges } from '../../defaults/exchange-online-ranges'
import { winsWithin } from '../../mailflow/connector-selection'
import { connectorsOfMembers } from '../../mailflow/connectors-of'
import type { Fact } from '../../mailflow/fact'
import { strongHybridEvidence } from '../../mailflow/hybrid'
import { exportOf } from '../../mailflow/missing'
import { accessListSupplied, anonSubmit, hasCustomPermissions, hasMechanism } from '../../mailflow/permissions'
import { takesPublic } from '../../mailflow/ranges'
import { accessListFor, connectorOf, evidenceOf, exposureOf, flags } from '../../mailflow/receive-evidence'
import { listensBeside } from '../../mailflow/receive-ports'
import { failOn, openOn, verdictOn } from '../../mailflow/verdict-on'
import { and, type Config, isTrue, not, type ReceiveConnector, type Tri } from '../../model'
import { comment, fixMechanisms, mechanismsWith, wizardRemark } from '../../remediation'
import {
  defineRule,
  evidence,
  type Fail,
  type Missing,
  type RuleContext,
  type Severity,
  type Verdict,
} from '../define-rule'

export const rule = defineRule({
  id: 'starttls-not-enabled',
  family: 'receive-tls',
  question: 4,
  severities: ['critical', 'high', 'low'],
  needs: ['receiveConnectors'],
  optional: ['adPermissions', 'hybridConfigurations', 'inboundConnectors', 'outboundConnectors', 'sendConnectors'],
  reads: {
    receiveConnectors: [
      'Enabled',
      'AuthMechanism',
      'Bindings',
      'RemoteIPRanges',
      'PermissionGroups',
      'TlsDomainCapabilities',
    ],
    hybridConfigurations: ['Features'],
    inboundConnectors: ['Enabled', 'ConnectorType', 'ConnectorSource', 'CloudServicesMailEnabled'],
    outboundConnectors: ['Enabled', 'ConnectorType', 'ConnectorSource', 'CloudServicesMailEnabled'],
    sendConnectors: ['AddressSpaces'],
  },
  references: [
    'https://learn.microsoft.com/exchange/mail-flow/mail-routing/inbound-starttls-certificates-selection',
    'https://learn.microsoft.com/powershell/module/exchange/set-receiveconnector#-authmechanism',
    'https://learn.microsoft.com/exchange/transport-options',
  ],
  frameworks: { BSI: ['APP.5.2.A11', 'APP.5.3.A2'], CIS: ['1.12'], STIG: ['V-259641'] },
  absorbs: [
    { rule: 'invalid-auth-combination', same: 'connector' },
    { rule: 'hybrid-receive-certificate-name-unset', same: 'connector' },
    { rule: 'exo-outbound-tls-domain-mismatch', same: 'connector' },
    { rule: 'log-hybrid-capability-not-recognised', same: 'connector' },
    { rule: 'log-exo-session-plaintext', same: 'connector' },
  ],
  check,
  fix,
})

/** A connector for submission alone, port 587, has a rule of its own. */
function* check({ config }: RuleContext): Iterable<Verdict> {
  const hybrid = strongHybridEvidence(config)
  for (const c of config.receiveConnectors) {
    const enabled = isTrue(c.enabled)
    const beside = listensBeside(c, 587)
    if (enabled === 'no' || beside.value === 'no') continue
    const value = and(enabled, not(hasMechanism(c, 'Tls')))
    yield beside.value === 'yes' ? verdictOn(c, value, () => failure(config, c, hybrid)) : openOn(c)
  }
}

type Reach = {
  readonly hybrid: Fact
  /** Sessions of Exchange Online, in a hybrid organisation. */
  readonly cloud: Tri
  /** Strangers who need no log-on. */
  readonly strangers: Tri
  readonly lacking: readonly Missing[]
}

function reachOf(config: Config, c: ReceiveConnector, hybrid: Fact): Reach {
  const wins = winsWithin(config, c, 25, exchangeOnlineCidrs)
  const cloud = and(hybrid.value, wins)
  const outside = takesPublic(c)
  const anonymous = anonSubmit(config, c)
  const strangers = and(outside, anonymous)
  const open = cloud === 'unknown' || (cloud === 'no' && strangers === 'unknown')
  const byList = anonymous === 'unknown' && hasCustomPermissions(c) === 'yes' && !accessListSupplied(config, c)
  const lacking = [
    ...(cloud === 'unknown' && hybrid.value === 'unknown' ? [exportOf('hybridConfigurations')] : []),
    ...(wins === 'unknown' || outside === 'unknown' || (anonymous === 'unknown' && !byList) ? [connectorOf(c)] : []),
    ...(byList ? [accessListFor(c)] : []),
  ]
  return { hybrid, cloud, strangers, lacking: open ? lacking : [] }
}

function severityOf({ cloud, strangers }: Reach): Severity {
  if (cloud === 'yes') return 'critical'
  return strangers === 'yes' ? 'high' : 'low'
}

function failure(config: Config, c: ReceiveConnector, hybrid: Fact): Fail {
  const reach = reachOf(config, c, hybrid)
  const mechanisms = evidence(c.authMechanism)
  const [ranges] = evidenceOf(c.remoteIPRanges)
  const [sign] = reach.hybrid.evidence
  const severity = severityOf(reach)
  return failOn(c, {
    severity,
    exposure: severity === 'critical' ? 'cloud' : exposureOf(c),
    params: {
      connector: c.id,
      reach: severity,
      mechanisms: flags(c.authMechanism) || 'None',
      recordedOn: Date.parse(exchangeOnlineRanges.recordedOn),
    },
    evidence: [
      mechanisms,
      ...evidenceOf(c.bindings, c.remoteIPRanges, c.permissionGroups),
      ...reach.hybrid.evidence.slice(0, 3),
    ],
    conditions: [
      { key: 'no-tls', value: 'yes', evidence: mechanisms },
      { key: 'other-port', value: 'yes', evidence: evidence(c.bindings) },
      { key: 'cloud', value: reach.cloud, ...(sign ? { evidence: sign } : {}) },
      { key: 'strangers', value: reach.strangers, ...(ranges ? { evidence: ranges } : {}) },
    ],
    ...(reach.lacking.length > 0 ? { couldRaise: reach.lacking } : {}),
  })
}

function fix(members: readonly [Fail, ...Fail[]], { config }: RuleContext) {
  return fixMechanisms(connectorsOfMembers(config, members), (c) => mechanismsWith(c, 'Tls'), {
    before: [
      comment(
        'STARTTLS is offered only if a certificate fits: the one in TlsCertificateName, else one that bears Fqdn.',
      ),
    ],
    after: [wizardRemark],
  })
}
