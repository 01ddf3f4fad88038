import { hybridEvidenceReads } from '../../mailflow/hybrid'
import { servesRoutingDomain } from '../../mailflow/hybrid-connectors'
import { failOfSend, hybridSendReads, onHybridSend, toldBy } from '../../mailflow/hybrid-send'
import { pairToName, publicCertificateReads } from '../../mailflow/public-certificate'
import { evidenceOf } from '../../mailflow/receive-evidence'
import { ownerOfHost } from '../../mailflow/smart-hosts'
import { and, contains, isUnset, known, knownPart, not, type SendConnector } from '../../model'
import { bool, comment, fixSendConnectors, nothing, serviceNameFor, str } from '../../remediation'
import { defineRule, type Fail, type RuleContext, type Verdict } from '../define-rule'

export const rule = defineRule({
  id: 'hybrid-send-through-intermediary',
  family: 'hybrid-send',
  question: 4,
  severities: ['high'],
  needs: ['sendConnectors'],
  optional: [
    'servers',
    'certificates',
    'hybridConfigurations',
    'receiveConnectors',
    'inboundConnectors',
    'outboundConnectors',
  ],
  reads: {
    ...hybridEvidenceReads,
    sendConnectors: [...hybridSendReads, 'TlsCertificateName', 'Fqdn', 'SourceTransportServers'],
    hybridConfigurations: [...hybridEvidenceReads.hybridConfigurations, 'OnPremisesSmartHost'],
    receiveConnectors: [...hybridEvidenceReads.receiveConnectors, 'Fqdn', 'Bindings'],
    certificates: publicCertificateReads,
    servers: ['Fqdn', 'ServerRole'],
  },
  references: [
    'https://learn.microsoft.com/exchange/transport-routing',
    'https://learn.microsoft.com/exchange/hybrid-deployment-prerequisites',
  ],
  frameworks: {},
  absorbs: [
    { rule: 'hybrid-send-smart-host-pinned', same: 'connector' },
    { rule: 'hybrid-send-tls-domain-wrong', same: 'connector' },
    { rule: 'hybrid-send-tls-auth-level-weak', same: 'connector' },
    { rule: 'hybrid-send-certificate-name-unset', same: 'connector' },
    { rule: 'exo-inbound-certificate-name-mismatch', same: 'connector' },
  ],
  check,
  fix,
})

function* check({ config, answers }: RuleContext): Iterable<Verdict> {
  yield* onHybridSend(
    config,
    (s, applies) => {
      const ends = contains(s.smartHosts, (h) => ownerOfHost(config, h, answers).kind !== 'other')
      const between = and(
        contains(s.smartHosts, () => true),
        not(ends),
      )
      return {
        bad: between,
        fail: () => {
          const hosts = knownPart(s.smartHosts) ?? []
          return failOfSend(s, applies, {
            severity: 'high',
            confidence: hosts.every((h) => ownerOfHost(config, h, answers).sure) ? 'proven' : 'likely',
            params: { hosts: hosts.slice(0, 3).join(', '), hostCount: hosts.length },
            evidence: evidenceOf(s.smartHosts),
            conditions: [{ key: 'between', ...toldBy(between, s.smartHosts) }],
          })
        },
      }
    },
    servesRoutingDomain,
  )
}

function fix(members: readonly [Fail, ...Fail[]], { config, asOf }: RuleContext) {
  const certificate = (s: SendConnector) =>
    isUnset(s.tlsCertificateName) === 'yes'
      ? pairToName(config, knownPart(s.sourceTransportServers) ?? [], known(s.fqdn), asOf)
      : undefined
  return fixSendConnectors(
    config,
    members,
    (s) => {
      const pair = certificate(s)
      return {
        DNSRoutingEnabled: bool(true),
        SmartHosts: nothing,
        IgnoreSTARTTLS: bool(false),
        RequireTLS: bool(true),
        TlsAuthLevel: str('DomainValidation'),
        TlsDomain: str(serviceNameFor(s)),
        ...(pair === undefined ? {} : { TlsCertificateName: str(pair) }),
      }
    },
    {
      minutes: 30,
      before: [
        comment(
          'First let the source servers reach Exchange Online on port 25 and resolve its MX. SmartHosts is cleared as a whole.',
        ),
      ],
    },
  )
}
