import { isPartnerType, saysWord } from '../../mailflow/hybrid-connectors'
import { textOf } from '../../mailflow/property-of'
import { failOn, verdictOn } from '../../mailflow/verdict-on'
import { and, contains, isTrue, isUnset, known, knownPart, not, or } from '../../model'
import { objectsOf, setProperties, str } from '../../remediation'
import { defineRule, evidence, type Fail, type RuleContext, type Verdict } from '../define-rule'

export const rule = defineRule({
  id: 'partner-outbound-tls-weak',
  family: 'closed-mail',
  question: 4,
  severities: ['medium'],
  needs: ['outboundConnectors'],
  optional: [],
  reads: { outboundConnectors: ['Enabled', 'ConnectorType', 'RecipientDomains', 'TlsSettings'] },
  references: [
    'https://learn.microsoft.com/exchange/mail-flow-best-practices/use-connectors-to-configure-mail-flow/set-up-connectors-for-secure-mail-flow-with-a-partner',
    'https://learn.microsoft.com/powershell/module/exchange/set-outboundconnector#-tlssettings',
  ],
  frameworks: {},
  absorbs: [],
  check,
  fix,
})

function* check({ config }: RuleContext): Iterable<Verdict> {
  for (const c of config.outboundConnectors) {
    const tls = textOf(c, 'TlsSettings')
    const isWeak = or(isUnset(tls), saysWord(tls, 'EncryptionOnly').value)
    const isSpecific = and(
      contains(c.recipientDomains, () => true),
      not(contains(c.recipientDomains, (d) => d.trim() === '*')),
    )
    const value = and(isTrue(c.enabled), isPartnerType(c).value, isSpecific, isWeak)
    yield verdictOn(c, value, () => {
      const domains = knownPart(c.recipientDomains) ?? []
      return failOn(c, {
        severity: 'medium',
        exposure: 'partner',
        params: {
          connector: c.id,
          settings: known(tls) ?? '',
          domain: domains[0] ?? '',
          domains: domains.length,
        },
        evidence: [evidence(tls), evidence(c.recipientDomains)],
        conditions: [
          { key: 'partner', value: 'yes', evidence: evidence(c.connectorType) },
          { key: 'specific', value: 'yes', evidence: evidence(c.recipientDomains) },
          { key: 'weak', value: 'yes', evidence: evidence(tls) },
        ],
      })
    })
  }
}

function fix(members: readonly [Fail, ...Fail[]], { config }: RuleContext) {
  return setProperties(objectsOf(config.outboundConnectors, 'outboundConnector', members), {
    set: () => ({ TlsSettings: str('CertificateValidation') }),
    alsoShow: ['TlsDomain', 'SmartHosts', 'RecipientDomains'],
    effect: 'reconnect',
    minutes: 15,
  })
}
