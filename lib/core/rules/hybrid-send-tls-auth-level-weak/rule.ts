import { hybridEvidenceReads } from '../../mailflow/hybrid'
import { saysWord } from '../../mailflow/hybrid-connectors'
import { failOfSend, hybridSendReads, onHybridSend, toldBy } from '../../mailflow/hybrid-send'
import { evidenceOf } from '../../mailflow/receive-evidence'
import { and, isTrue, isUnset, known, or } from '../../model'
import { fixSendConnectors, serviceNameFor, str } from '../../remediation'
import { defineRule, type Fail, type RuleContext, type Verdict } from '../define-rule'

export const rule = defineRule({
  id: 'hybrid-send-tls-auth-level-weak',
  family: 'hybrid-send',
  question: 4,
  severities: ['medium'],
  needs: ['sendConnectors'],
  optional: ['hybridConfigurations', 'receiveConnectors', 'inboundConnectors', 'outboundConnectors'],
  reads: { ...hybridEvidenceReads, sendConnectors: [...hybridSendReads, 'RequireTLS', 'TlsAuthLevel'] },
  references: [
    'https://learn.microsoft.com/powershell/module/exchange/set-sendconnector',
    'https://learn.microsoft.com/exchange/transport-routing',
  ],
  frameworks: { BSI: ['APP.5.2.A11'], STIG: ['V-228409', 'V-259708'] },
  absorbs: [{ rule: 'send-tls-settings-contradict', same: 'connector' }],
  check,
  fix,
})

function* check({ config }: RuleContext): Iterable<Verdict> {
  yield* onHybridSend(config, (s, applies) => {
    const level = s.tlsAuthLevel
    const required = isTrue(s.requireTLS)
    const weak = or(isUnset(level), saysWord(level, 'EncryptionOnly').value)
    return {
      bad: and(required, weak),
      fail: () =>
        failOfSend(s, applies, {
          severity: 'medium',
          params: { level: known(level) || 'none' },
          evidence: evidenceOf(level, s.requireTLS),
          conditions: [
            { key: 'required', ...toldBy(required, s.requireTLS) },
            { key: 'not-verified', ...toldBy(weak, level) },
          ],
        }),
    }
  })
}

function fix(members: readonly [Fail, ...Fail[]], { config }: RuleContext) {
  return fixSendConnectors(config, members, (s) => ({
    TlsAuthLevel: str('DomainValidation'),
    TlsDomain: str(serviceNameFor(s)),
  }))
}
