import { hybridEvidenceReads } from '../../mailflow/hybrid'
import { failOfSend, hybridSendReads, onHybridSend, toldBy } from '../../mailflow/hybrid-send'
import { evidenceOf } from '../../mailflow/receive-evidence'
import { isTrue, known, not, or, type SendConnector } from '../../model'
import { bool, fixSendConnectors, serviceNameFor, str } from '../../remediation'
import { defineRule, type Fail, type RuleContext, type Verdict } from '../define-rule'

export const rule = defineRule({
  id: 'hybrid-send-tls-not-required',
  family: 'hybrid-send',
  question: 4,
  severities: ['high'],
  needs: ['sendConnectors'],
  optional: ['hybridConfigurations', 'receiveConnectors', 'inboundConnectors', 'outboundConnectors'],
  reads: { ...hybridEvidenceReads, sendConnectors: [...hybridSendReads, 'RequireTLS', 'IgnoreSTARTTLS'] },
  references: [
    'https://learn.microsoft.com/powershell/module/exchange/set-sendconnector',
    'https://learn.microsoft.com/exchange/transport-routing',
  ],
  frameworks: { BSI: ['APP.5.2.A11'], CIS: ['2.2.9'], STIG: ['V-259642'] },
  absorbs: [
    { rule: 'hybrid-send-tls-auth-level-weak', same: 'connector' },
    { rule: 'hybrid-send-tls-domain-wrong', same: 'connector' },
    { rule: 'send-tls-settings-contradict', same: 'connector' },
    { rule: 'log-exo-session-plaintext', same: 'connector' },
  ],
  check,
  fix,
})

function* check({ config }: RuleContext): Iterable<Verdict> {
  yield* onHybridSend(config, (s, applies) => {
    const optional = not(isTrue(s.requireTLS))
    const ignored = isTrue(s.ignoreSTARTTLS)
    return {
      bad: or(optional, ignored),
      fail: () =>
        failOfSend(s, applies, {
          severity: 'high',
          params: { how: ignored === 'yes' ? 'off' : 'optional' },
          evidence: evidenceOf(
            optional === 'yes' ? s.requireTLS : undefined,
            ignored === 'yes' ? s.ignoreSTARTTLS : undefined,
          ),
          conditions: [
            { key: 'not-required', ...toldBy(optional, s.requireTLS) },
            { key: 'starttls-ignored', ...toldBy(ignored, s.ignoreSTARTTLS) },
          ],
        }),
    }
  })
}

/** The cmdlet refuses a level of authentication while TLS is optional, so all is set at once. A demand for any valid certificate stays. */
const wanted = (s: SendConnector) => ({
  IgnoreSTARTTLS: bool(false),
  RequireTLS: bool(true),
  ...(known(s.tlsAuthLevel)?.toLowerCase() === 'certificatevalidation'
    ? {}
    : { TlsAuthLevel: str('DomainValidation'), TlsDomain: str(serviceNameFor(s)) }),
})

function fix(members: readonly [Fail, ...Fail[]], { config }: RuleContext) {
  return fixSendConnectors(config, members, wanted)
}
