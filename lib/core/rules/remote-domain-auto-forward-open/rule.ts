import type { DomainSide } from '../../mailflow/accepted-domains'
import { hybridEvidenceReads } from '../../mailflow/hybrid'
import { saysWord } from '../../mailflow/hybrid-connectors'
import { isListedWhole } from '../../mailflow/listing'
import { exportOf } from '../../mailflow/missing'
import { flagOf, textOf } from '../../mailflow/property-of'
import { evidenceOf } from '../../mailflow/receive-evidence'
import { hasTenant, remoteDomainsOf, remoteNameOf } from '../../mailflow/remote-domains'
import { failOn, verdictOn } from '../../mailflow/verdict-on'
import { and, type Config, type ConfigObject, isTrue, or, type Tri, tri } from '../../model'
import { bool, comment, objectsOf, setProperties } from '../../remediation'
import { defineRule, evidence, type Fail, type RuleContext, type Severity, type Verdict } from '../define-rule'

export const rule = defineRule({
  id: 'remote-domain-auto-forward-open',
  family: 'domains',
  question: 6,
  severities: ['medium', 'low', 'info'],
  needs: ['remoteDomains'],
  optional: [
    'outboundSpamPolicies',
    'acceptedDomains',
    'sendConnectors',
    'receiveConnectors',
    'hybridConfigurations',
    'inboundConnectors',
    'outboundConnectors',
  ],
  reads: {
    ...hybridEvidenceReads,
    remoteDomains: ['DomainName', 'AutoForwardEnabled'],
    outboundSpamPolicies: ['AutoForwardingMode'],
    acceptedDomains: ['DomainName'],
  },
  references: [
    'https://learn.microsoft.com/defender-office-365/outbound-spam-policies-external-email-forwarding',
    'https://learn.microsoft.com/powershell/module/exchange/set-remotedomain#-autoforwardenabled',
  ],
  frameworks: {
    CIS: ['2.3.4'],
    STIG: ['V-259651'],
    SCuBA: ['MS.EXO.1.1v2'],
    'MITRE ATT&CK': ['T1048', 'T1567', 'T1566'],
  },
  absorbs: [],
  check,
  fix,
})

const forwards = (d: ConfigObject) => flagOf(d, 'AutoForwardEnabled')

function* check({ config }: RuleContext): Iterable<Verdict> {
  yield* onSide(config, 'on-premises')
  if (hasTenant(config)) yield* onSide(config, 'exchange-online')
}

function* onSide(config: Config, side: DomainSide): Iterable<Verdict> {
  const defaults = remoteDomainsOf(config, side).filter((d) => remoteNameOf(d) === '*')
  for (const d of defaults) yield side === 'on-premises' ? onServers(d) : inCloud(config, d)
  if (defaults.length === 0) yield { state: 'not-assessed', missing: [exportOf('remoteDomains', side)] }
}

const onServers = (d: ConfigObject): Verdict =>
  verdictOn(d, isTrue(forwards(d)), () => failure(d, 'low', 'here', { value: 'unknown', policies: [] }))

type Policy = { readonly value: Tri; readonly policies: readonly ConfigObject[] }

/** Does an outbound spam policy allow forwarding by itself? no only where all of them are listed and forbid it: On is the only mode that allows it. */
function allows(config: Config): Policy {
  const modes = config.outboundSpamPolicies.map((p) => ({
    p,
    on: saysWord(textOf(p, 'AutoForwardingMode'), 'On').value,
  }))
  const whole = isListedWhole(config, 'outboundSpamPolicies') === 'yes' && modes.length > 0
  const value = or(...modes.map((m) => m.on))
  const policies = modes.filter((m) => m.on === 'yes').map((m) => m.p)
  return { value: value === 'no' && !whole ? 'unknown' : value, policies }
}

function inCloud(config: Config, d: ConfigObject): Verdict {
  const policy = allows(config)
  const value = and(isTrue(forwards(d)), tri(policy.value !== 'no'))
  return verdictOn(d, value, () => failure(d, policy.value === 'yes' ? 'medium' : 'info', 'cloud', policy))
}

function failure(d: ConfigObject, severity: Severity, side: 'here' | 'cloud', policy: Policy): Fail {
  const modes = policy.policies.flatMap((p) => evidenceOf(textOf(p, 'AutoForwardingMode')))
  const line = evidence(forwards(d))
  return failOn(d, {
    key: '*',
    severity,
    exposure: 'internal',
    params: { side, policy: policy.value, policies: policy.policies.map((p) => p.name).join(', ') },
    evidence: [line, ...modes.slice(0, 5)],
    conditions: [
      { key: 'forwards', value: 'yes', evidence: line },
      ...(side === 'cloud'
        ? [{ key: 'policy', value: policy.value, ...(modes[0] ? { evidence: modes[0] } : {}) }]
        : []),
    ],
    ...(side === 'cloud' && policy.value === 'unknown' ? { couldRaise: [exportOf('outboundSpamPolicies')] } : {}),
  })
}

function fix(members: readonly [Fail, ...Fail[]], { config }: RuleContext) {
  const side: DomainSide = members[0].params.side === 'cloud' ? 'exchange-online' : 'on-premises'
  return setProperties(objectsOf(remoteDomainsOf(config, side), 'remoteDomain', members), {
    set: () => ({ AutoForwardEnabled: bool(false) }),
    alsoShow: ['DomainName'],
    before: [
      comment(
        'Forwarding by rules of mailboxes stops without a notice to those who set it up. Ask before who needs it.',
      ),
      comment('Domains to which forwarding is to go on need a remote domain of their own with AutoForwardEnabled.'),
    ],
    effect: 'none',
    minutes: 15,
  })
}
