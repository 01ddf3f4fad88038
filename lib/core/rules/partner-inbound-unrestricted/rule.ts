import { senderPattern } from '../../mailflow/cloud-partner'
import { isPartnerType } from '../../mailflow/hybrid-connectors'
import { isForAllSenders, restrictsSenders } from '../../mailflow/lock-down'
import { flagOf, listOf } from '../../mailflow/property-of'
import { evidenceOf, nonEmpty } from '../../mailflow/receive-evidence'
import { failOn, verdictOn } from '../../mailflow/verdict-on'
import { and, contains, type InboundConnector, isTrue, knownPart, not, or } from '../../model'
import { ask, bool, objectsOf, setProperties, str } from '../../remediation'
import { defineRule, evidence, type Fail, type RuleContext, type Verdict } from '../define-rule'

export const rule = defineRule({
  id: 'partner-inbound-unrestricted',
  family: 'closed-mail',
  question: 2,
  severities: ['medium'],
  needs: ['inboundConnectors'],
  optional: [],
  reads: {
    inboundConnectors: [
      'Enabled',
      'ConnectorType',
      'SenderDomains',
      'RequireTls',
      'RestrictDomainsToCertificate',
      'RestrictDomainsToIPAddresses',
    ],
  },
  references: [
    'https://learn.microsoft.com/exchange/mail-flow-best-practices/use-connectors-to-configure-mail-flow/set-up-connectors-for-secure-mail-flow-with-a-partner',
    'https://learn.microsoft.com/powershell/module/exchange/set-inboundconnector',
  ],
  frameworks: {},
  absorbs: [],
  check,
  fix,
})

const requireTls = (c: InboundConnector) => flagOf(c, 'RequireTls')
const restrictions = (c: InboundConnector) => [
  flagOf(c, 'RestrictDomainsToCertificate'),
  flagOf(c, 'RestrictDomainsToIPAddresses'),
]

function* check({ config }: RuleContext): Iterable<Verdict> {
  for (const c of config.inboundConnectors) {
    const senders = listOf(c, 'SenderDomains')
    const isSpecific = and(
      contains(senders, () => true),
      not(isForAllSenders(c).value),
    )
    const isOpen = not(restrictsSenders(c).value)
    const isPlain = not(isTrue(requireTls(c)))
    const value = and(isTrue(c.enabled), isPartnerType(c).value, isSpecific, or(isOpen, isPlain))
    yield verdictOn(c, value, () => {
      const domains = (knownPart(senders) ?? []).map(senderPattern)
      const proof = [
        ...(isPlain === 'yes' ? evidenceOf(requireTls(c)) : []),
        ...(isOpen === 'yes' ? evidenceOf(...restrictions(c)) : []),
      ]
      return failOn(c, {
        severity: 'medium',
        exposure: 'internet',
        params: {
          connector: c.id,
          domain: domains[0] ?? '',
          domains: domains.length,
          lacks: isOpen !== 'yes' ? 'tls' : isPlain === 'yes' ? 'both' : 'proof',
        },
        evidence: nonEmpty([...proof, evidence(senders)]),
        conditions: [
          { key: 'partner', value: 'yes', evidence: evidence(c.connectorType) },
          { key: 'specific', value: 'yes', evidence: evidence(senders) },
          { key: 'open', value: 'yes', ...(proof[0] ? { evidence: proof[0] } : {}) },
        ],
      })
    })
  }
}

function fix(members: readonly [Fail, ...Fail[]], { config }: RuleContext) {
  const name = ask('certificate-name', {
    en: 'The name in the certificate with which the partner sends, in quotes',
    de: 'Der Name im Zertifikat, mit dem der Partner sendet, in Anführungszeichen',
  })
  return setProperties(objectsOf(config.inboundConnectors, 'inboundConnector', members), {
    set: (c) =>
      restrictsSenders(c).value === 'yes'
        ? { RequireTls: bool(true) } // a second restriction beside the first would be a fault of its own
        : {
            RequireTls: bool(true),
            RestrictDomainsToCertificate: bool(true),
            TlsSenderCertificateName:
              c.tlsSenderCertificateName.state === 'ok' ? str(c.tlsSenderCertificateName.value) : name,
          },
    alsoShow: ['SenderDomains', 'SenderIPAddresses'],
    effect: 'reconnect',
    minutes: 15,
  })
}
