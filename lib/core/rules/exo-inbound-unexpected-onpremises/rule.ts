import { inventoryOf } from '../../mailflow/certificate-uses'
import {
  failOfInbound,
  isNameOfServers,
  isOnPremisesInbound,
  onInbound,
  onPremisesInboundReads,
} from '../../mailflow/cloud-inbound'
import { saysWord } from '../../mailflow/hybrid-connectors'
import { exportOf } from '../../mailflow/missing'
import { ownAddresses } from '../../mailflow/own-addresses'
import { listOf, textOf } from '../../mailflow/property-of'
import { evidenceOf } from '../../mailflow/receive-evidence'
import { serverNames } from '../../mailflow/transport-servers'
import {
  and,
  type Config,
  type InboundConnector,
  type IpRange,
  intersects,
  isUnset,
  known,
  knownPart,
  not,
  or,
  parseIpRange,
  type Tri,
  tri,
} from '../../model'
import { bool, comment, fixInbound, objectsOf } from '../../remediation'
import {
  type Answers,
  defineRule,
  evidence,
  type Fail,
  type Missing,
  type RuleContext,
  type Verdict,
} from '../define-rule'

export const rule = defineRule({
  id: 'exo-inbound-unexpected-onpremises',
  family: 'exo-inbound',
  question: 1,
  severities: ['high'],
  needs: ['inboundConnectors'],
  optional: [
    'onPremisesOrganizations',
    'certificates',
    'sendConnectors',
    'receiveConnectors',
    'servers',
    'hybridConfigurations',
  ],
  reads: {
    inboundConnectors: [...onPremisesInboundReads, 'ConnectorSource', 'TlsSenderCertificateName', 'SenderIPAddresses'],
    onPremisesOrganizations: ['InboundConnector'],
    certificates: ['Subject', 'CertificateDomains'],
    sendConnectors: ['SourceTransportServers', 'SourceIPAddress'],
    receiveConnectors: ['Bindings'],
    hybridConfigurations: ['ExternalIPAddresses'],
  },
  references: [
    'https://learn.microsoft.com/defender-office-365/connectors-detect-respond-to-compromise',
    'https://learn.microsoft.com/powershell/module/exchange/get-onpremisesorganization',
  ],
  frameworks: {},
  absorbs: [],
  check,
  fix,
})

function* check({ config, answers }: RuleContext): Iterable<Verdict> {
  const addresses = ownRanges(config, answers)
  const servers = serverNames(config).filter((s) => inventoryOf(config, s).whole !== 'yes')
  const unseen: readonly Missing[] =
    config.certificates.length === 0 || servers.length > 0 ? [exportOf('certificates', 'on-premises', servers)] : []
  yield* onInbound(config, isOnPremisesInbound, (c, applies) => {
    const byWizard = saysWord(c.connectorSource, 'HybridWizard').value
    const referenced = isReferenced(config, c)
    const byName = fitsCertificate(config, c, unseen.length > 0)
    const byAddress = fitsAddress(c, addresses)
    const isKnown = or(byWizard, referenced, byName, byAddress)
    const created = c.properties.WhenCreated ?? c.properties.WhenCreatedUTC
    return {
      bad: not(isKnown),
      missing:
        byWizard === 'no' && byAddress !== 'unknown'
          ? [
              ...(referenced === 'unknown' ? [exportOf('onPremisesOrganizations')] : []),
              ...(byName === 'unknown' ? unseen : []),
            ]
          : [],
      fail: () =>
        failOfInbound(c, applies, {
          severity: 'high',
          confidence: 'likely',
          exposure: 'internet',
          params: {
            name: known(c.tlsSenderCertificateName) ?? '',
            address: knownPart(listOf(c, 'SenderIPAddresses'))?.[0] ?? '',
            by: isUnset(c.tlsSenderCertificateName) === 'no' ? 'certificate' : 'address',
          },
          evidence: evidenceOf(c.connectorSource, c.tlsSenderCertificateName, listOf(c, 'SenderIPAddresses'), created),
          conditions: [
            { key: 'not-wizard', value: 'yes', evidence: evidence(c.connectorSource) },
            { key: 'not-referenced', value: config.onPremisesOrganizations.length > 0 ? 'yes' : 'unknown' },
            { key: 'unrelated', value: and(not(byName), not(byAddress)) },
          ],
        }),
    }
  })
}

/** Does an organisation on-premises that the tenant knows name the connector? Without such objects none does. */
function isReferenced(config: Config, c: InboundConnector): Tri {
  const own = [c.name, c.id, known(textOf(c, 'Guid')), known(textOf(c, 'ExchangeObjectId'))].map((t) =>
    t?.toLowerCase(),
  )
  return or(
    ...config.onPremisesOrganizations.map((o): Tri => {
      const named = textOf(o, 'InboundConnector')
      const text = known(named)?.trim().toLowerCase()
      return text === undefined ? (isUnset(named) === 'yes' ? 'no' : 'unknown') : tri(own.includes(text))
    }),
  )
}

/** Does a certificate of a server hold the name? It may be that of a server whose certificates were not exported. */
function fitsCertificate(config: Config, c: InboundConnector, unseen: boolean): Tri {
  if (isUnset(c.tlsSenderCertificateName) === 'yes') return config.certificates.length === 0 ? 'unknown' : 'no'
  const found = isNameOfServers(config, c)
  return found === 'no' && unseen ? 'unknown' : found
}

/** Addresses of the servers, as far as they are known: bindings, what was told, what connectors and the wizard were given. */
const ownRanges = (config: Config, answers: Answers): readonly IpRange[] => [
  ...ownAddresses(config, answers).map(({ family, value, text }) => ({ family, lo: value, hi: value, text })),
  ...[
    ...config.hybridConfigurations.flatMap((h) => knownPart(listOf(h, 'ExternalIPAddresses')) ?? []),
    ...config.sendConnectors.flatMap((s) => known(textOf(s, 'SourceIPAddress')) ?? []),
  ].flatMap((text) => (/^0\.0\.0\.0$/.test(text) ? [] : (parseIpRange(text) ?? []))),
]

function fitsAddress(c: InboundConnector, own: readonly IpRange[]): Tri {
  const list = listOf(c, 'SenderIPAddresses')
  const ranges = (knownPart(list) ?? []).flatMap((text) => parseIpRange(text) ?? [])
  if (ranges.some((r) => own.some((o) => intersects(o, r)))) return 'yes'
  return ['ok', 'empty', 'null'].includes(list.state) ? 'no' : 'unknown'
}

function fix(members: readonly [Fail, ...Fail[]], { config }: RuleContext) {
  return fixInbound(
    objectsOf(config.inboundConnectors, 'inboundConnector', members),
    () => ({ Enabled: bool(false) }),
    {
      before: [
        comment(
          'First find out who made it: Search-UnifiedAuditLog -Operations New-InboundConnector,Set-InboundConnector.',
        ),
        comment('If nobody knows it, treat the account that made it as taken over.'),
      ],
      alsoShow: ['ConnectorSource', 'TlsSenderCertificateName', 'SenderIPAddresses', 'WhenCreated'],
    },
  )
}
