import {
  failOfInbound,
  hybridInboundReads,
  isOnPremisesInbound,
  matchesOwnServers,
  onInbound,
  shownToExchangeOnline,
} from '../../mailflow/cloud-inbound'
import { saysWord } from '../../mailflow/hybrid-connectors'
import { hybridSendReads } from '../../mailflow/hybrid-send'
import { exportOfObject } from '../../mailflow/missing'
import { flagOf } from '../../mailflow/property-of'
import { evidenceOf } from '../../mailflow/receive-evidence'
import { and, isTrue, not, or } from '../../model'
import { bool, fixInbound, objectsOf } from '../../remediation'
import { defineRule, evidence, type Fail, type RuleContext, type Verdict } from '../define-rule'

export const rule = defineRule({
  id: 'exo-inbound-cloud-services-mail-disabled',
  family: 'exo-inbound',
  question: 4,
  severities: ['high'],
  needs: ['inboundConnectors'],
  optional: ['sendConnectors', 'certificates'],
  reads: {
    inboundConnectors: [...hybridInboundReads, 'TreatMessagesAsInternal', 'TlsSenderCertificateName'],
    sendConnectors: [...hybridSendReads, 'TlsCertificateName', 'SourceTransportServers'],
    certificates: ['Issuer', 'Subject', 'CertificateDomains', 'HasPrivateKey', 'Status', 'NotBefore', 'NotAfter'],
  },
  references: [
    'https://learn.microsoft.com/powershell/module/exchange/set-inboundconnector#-cloudservicesmailenabled',
    'https://learn.microsoft.com/exchange/transport-routing',
  ],
  frameworks: {},
  absorbs: [],
  check,
  fix,
})

function* check({ config, asOf }: RuleContext): Iterable<Verdict> {
  yield* onInbound(config, isOnPremisesInbound, (c, applies) => {
    const internal = flagOf(c, 'TreatMessagesAsInternal')
    const stripped = and(not(isTrue(c.cloudServicesMailEnabled)), not(isTrue(internal)))
    const bySource = saysWord(c.connectorSource, 'HybridWizard').value
    const byCertificate = matchesOwnServers(config, asOf, c)
    const isHybrid = or(bySource, byCertificate)
    // A connector for printers or programs needs no trust in headers.
    if (isHybrid === 'no' && applies.value === 'yes') return null
    const certain = stripped === 'yes' && bySource === 'no' ? shownToExchangeOnline(config, asOf).missing : []
    return {
      bad: and(isHybrid, stripped),
      missing: certain.length > 0 ? certain : [exportOfObject(c)],
      fail: () =>
        failOfInbound(c, applies, {
          severity: 'high',
          exposure: 'none',
          params: { by: bySource === 'yes' ? 'wizard' : 'certificate' },
          evidence: evidenceOf(
            c.cloudServicesMailEnabled,
            bySource === 'yes' ? c.connectorSource : c.tlsSenderCertificateName,
          ),
          conditions: [
            { key: 'stripped', value: 'yes', evidence: evidence(c.cloudServicesMailEnabled) },
            { key: 'not-internal', value: 'yes', evidence: evidence(internal) },
          ],
        }),
    }
  })
}

function fix(members: readonly [Fail, ...Fail[]], { config }: RuleContext) {
  return fixInbound(objectsOf(config.inboundConnectors, 'inboundConnector', members), () => ({
    CloudServicesMailEnabled: bool(true),
  }))
}
