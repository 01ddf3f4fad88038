import { saysWord, sendConnectorsOf } from '../../mailflow/hybrid-connectors'
import { exportOfObject } from '../../mailflow/missing'
import { textOf } from '../../mailflow/property-of'
import { evidenceOf } from '../../mailflow/receive-evidence'
import { isAddressLiteral } from '../../mailflow/send-hosts'
import { failOn, verdictOn } from '../../mailflow/verdict-on'
import { and, isTrue, known, type SendConnector } from '../../model'
import { askSmartHosts, bool, comment, objectsOf, setProperties, str } from '../../remediation'
import { defineRule, evidence, type Fail, type RuleContext, type Verdict } from '../define-rule'

export const rule = defineRule({
  id: 'smart-host-basic-auth-cleartext',
  family: 'send-tls',
  question: 2,
  severities: ['high', 'medium'],
  needs: ['sendConnectors'],
  optional: [],
  reads: { sendConnectors: ['Enabled', 'SmartHostAuthMechanism', 'RequireTLS', 'SmartHosts'] },
  references: [
    'https://learn.microsoft.com/powershell/module/exchange/set-sendconnector#-smarthostauthmechanism',
    'https://learn.microsoft.com/exchange/mail-flow/connectors/send-connectors',
  ],
  frameworks: {},
  absorbs: [{ rule: 'log-auth-without-tls', same: 'connector' }],
  check,
  fix,
})

const mechanism = (s: SendConnector) => textOf(s, 'SmartHostAuthMechanism')

function* check({ config }: RuleContext): Iterable<Verdict> {
  for (const s of sendConnectorsOf(config)) {
    const enabled = isTrue(s.enabled)
    if (enabled === 'no') continue
    yield verdictOn(s, and(enabled, saysWord(mechanism(s), 'BasicAuth').value), () => failure(s))
  }
}

function failure(s: SendConnector): Fail {
  const required = isTrue(s.requireTLS)
  const proof = evidence(mechanism(s))
  const [tls] = evidenceOf(s.requireTLS)
  return failOn(s, {
    severity: required === 'no' ? 'high' : 'medium',
    exposure: 'internet',
    params: { connector: s.name, required, hosts: known(s.smartHosts)?.join(', ') || '?' },
    evidence: [proof, ...evidenceOf(s.requireTLS, s.smartHosts)],
    conditions: [
      { key: 'basic', value: 'yes', evidence: proof },
      {
        key: 'tls-not-required',
        value: required === 'yes' ? 'no' : required === 'no' ? 'yes' : 'unknown',
        ...(tls ? { evidence: tls } : {}),
      },
    ],
    ...(required === 'unknown' ? { couldRaise: [exportOfObject(s)] } : {}),
  })
}

function fix(members: readonly [Fail, ...Fail[]], { config }: RuleContext) {
  return setProperties(objectsOf(config.sendConnectors, 'sendConnector', members), {
    set: (s) => ({
      SmartHostAuthMechanism: str('BasicAuthRequireTLS'),
      RequireTLS: bool(true),
      // The certificate is compared with the host, and bears no address.
      ...((known(s.smartHosts) ?? []).some(isAddressLiteral) ? { SmartHosts: askSmartHosts } : {}),
    }),
    alsoShow: ['SmartHosts', 'AuthenticationCredential'],
    before: [
      comment(
        'The certificate of the smart host must bear the name under which it is entered. If the cmdlet asks for the log-on, add -AuthenticationCredential (Get-Credential).',
      ),
    ],
    after: [comment('Watch the queue: mail waits if the smart host offers no TLS.')],
    effect: 'reconnect',
    minutes: 15,
  })
}
