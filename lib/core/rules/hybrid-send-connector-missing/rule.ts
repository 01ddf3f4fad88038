import { initialDomain, routingDomain } from '../../mailflow/exchange-online-names'
import { allOf, anyOf, type Fact, fact } from '../../mailflow/fact'
import {
  hybridEvidenceMissing,
  hybridEvidenceReads,
  hybridRecv,
  strongHybridEvidence,
  weakHybridEvidence,
} from '../../mailflow/hybrid'
import {
  isHybridPair,
  relaySend,
  routesToTenant,
  sendConnectorsOf,
  servesRoutingDomain,
} from '../../mailflow/hybrid-connectors'
import { enabledAnd, hybridSendReads, toldBy } from '../../mailflow/hybrid-send'
import { isListedWhole } from '../../mailflow/listing'
import { exportOf } from '../../mailflow/missing'
import { refOf } from '../../mailflow/object-ref'
import { pairToName, publicCertificateReads } from '../../mailflow/public-certificate'
import { evidenceOf, nonEmpty } from '../../mailflow/receive-evidence'
import { type Config, isTrue, known, knownPart, type SendConnector } from '../../model'
import {
  ask,
  bool,
  command,
  comment,
  fixOf,
  fixSendConnectors,
  list,
  run,
  serviceNameOfDomain,
  str,
  wizardSendRemark,
} from '../../remediation'
import { defineRule, type Fail, type ObjectRef, type RuleContext, type Verdict } from '../define-rule'

export const rule = defineRule({
  id: 'hybrid-send-connector-missing',
  family: 'hybrid-send',
  question: 4,
  severities: ['high', 'info'],
  needs: ['sendConnectors'],
  optional: [
    'hybridConfigurations',
    'acceptedDomains',
    'inboundConnectors',
    'receiveConnectors',
    'outboundConnectors',
    'certificates',
  ],
  reads: {
    ...hybridEvidenceReads,
    sendConnectors: hybridSendReads,
    hybridConfigurations: [
      ...hybridEvidenceReads.hybridConfigurations,
      'SendingTransportServers',
      'EdgeTransportServers',
      'OnPremisesSmartHost',
      'TlsCertificateName',
    ],
    acceptedDomains: ['DomainName'],
    certificates: publicCertificateReads,
  },
  references: [
    'https://learn.microsoft.com/exchange/transport-routing',
    'https://learn.microsoft.com/exchange/hybrid-deployment/hybrid-configuration-wizard',
  ],
  frameworks: {},
  absorbs: [
    { rule: 'hybrid-initial-domain-not-routed', same: 'organisation' },
    { rule: 'hybrid-send-source-servers-drift', same: 'organisation' },
  ],
  check,
  fix,
})

/** Everything by Exchange Online, with the headers: a way of its own to the tenant is not needed then. */
const relaysWithHeaders = (s: SendConnector): Fact =>
  allOf([relaySend(s), fact(isTrue(s.cloudServicesMailEnabled), s.cloudServicesMailEnabled)])

function* check({ config }: RuleContext): Iterable<Verdict> {
  const strong = strongHybridEvidence(config)
  const weak = weakHybridEvidence(config)
  if (strong.value === 'no' && weak.value !== 'yes') return
  const hybrid = anyOf([strong, weak])
  if (hybrid.value !== 'yes') {
    yield { state: 'not-assessed', missing: hybridEvidenceMissing(config) }
    return
  }
  const served = anyOf(
    sendConnectorsOf(config).map((s) => enabledAnd(s, (c) => anyOf([servesRoutingDomain(c), relaysWithHeaders(c)]))),
  )
  if (served.value === 'yes') yield { state: 'pass' }
  else if (served.value === 'unknown' || isListedWhole(config, 'sendConnectors') !== 'yes')
    yield { state: 'not-assessed', missing: [exportOf('sendConnectors')] }
  else yield failure(config, strong, weak)
}

/** Connectors for the tenant that are switched off. */
const twinsOf = (config: Config): readonly SendConnector[] =>
  sendConnectorsOf(config).filter((s) => isTrue(s.enabled) === 'no' && routesToTenant(s).value === 'yes')

/** What shows that there is a tenant: it stands for the connector that is not there. */
const signsOf = (config: Config): readonly ObjectRef[] => [
  ...config.hybridConfigurations.map(refOf),
  ...[...config.inboundConnectors, ...config.outboundConnectors]
    .filter((c) => isHybridPair(c).value === 'yes')
    .map(refOf),
  ...config.receiveConnectors.filter((c) => hybridRecv(c).value === 'yes').map(refOf),
  ...config.acceptedDomains.filter((d) => routingDomain(known(d.domainName) ?? '')).map(refOf),
]

function failure(config: Config, strong: Fact, weak: Fact): Fail {
  const twins = twinsOf(config)
  const isStrong = strong.value === 'yes'
  const sign = (isStrong ? strong : weak).evidence
  const [domain] = routingDomainsOf(config)
  return {
    state: 'fail',
    key: '',
    side: 'on-premises',
    severity: isStrong ? 'high' : 'info',
    confidence: 'proven',
    proof: 'configuration',
    exposure: 'none',
    objects: nonEmpty([...twins.map(refOf), ...(twins.length > 0 ? [] : signsOf(config).slice(0, 1))]),
    params: {
      evidence: isStrong ? 'strong' : 'weak',
      twin: twins[0]?.name ?? '',
      twins: twins.length,
      domain: domain ?? '',
    },
    evidence: nonEmpty([
      ...sign.slice(0, 10),
      ...twins.flatMap((s) => evidenceOf(s.enabled, s.addressSpaces)),
      ...sendConnectorsOf(config)
        .slice(0, 5)
        .flatMap((s) => evidenceOf(s.addressSpaces)),
    ]),
    conditions: [
      { key: 'hybrid', value: 'yes', ...(sign[0] ? { evidence: sign[0] } : {}) },
      { key: 'no-connector', value: 'yes' },
      twins[0] ? { key: 'disabled-twin', ...toldBy('yes', twins[0].enabled) } : { key: 'disabled-twin', value: 'no' },
    ],
    ...(strong.value === 'unknown' ? { couldRaise: hybridEvidenceMissing(config) } : {}),
  }
}

/** Routing domains of the tenant that the audit names; from its initial domain where that alone is there. */
function routingDomainsOf(config: Config): readonly string[] {
  const names = config.acceptedDomains.flatMap((d) => known(d.domainName) ?? [])
  const derived = names.filter(initialDomain).map((n) => n.replace('.', '.mail.'))
  return [...names, ...derived].filter(routingDomain)
}

function fix(members: readonly [Fail, ...Fail[]], context: RuleContext) {
  const { config } = context
  return twinsOf(config).length > 0
    ? fixSendConnectors(config, members, () => ({ Enabled: bool(true) }))
    : create(context)
}

const NAME = 'Outbound to Office 365'

/** The connector as the wizard would make it. */
function create({ config, asOf }: RuleContext) {
  const [domain] = routingDomainsOf(config)
  const servers = config.hybridConfigurations.flatMap((h) => {
    const sending = knownPart(h.sendingTransportServers) ?? []
    return sending.length > 0 ? sending : (knownPart(h.edgeTransportServers) ?? [])
  })
  const host = config.hybridConfigurations.flatMap((h) => known(h.onPremisesSmartHost) || [])[0]
  const pair = pairToName(config, servers, host, asOf)
  return fixOf({
    backup: [
      run(
        command('Get-SendConnector'),
        command('Export-Clixml', { Path: str('.\\postern-backup_send-connectors.xml') }),
      ),
    ],
    change: [
      comment('The Hybrid Configuration Wizard is the better way. This makes the connector as the wizard would.'),
      run(
        command('New-SendConnector', {
          Name: str(NAME),
          AddressSpaces:
            domain === undefined
              ? ask('routing-domain', {
                  en: 'The routing domain of your tenant, in quotes, for example "contoso.mail.onmicrosoft.com"',
                  de: 'Die Routingdomäne Ihres Mandanten, in Anführungszeichen, zum Beispiel "contoso.mail.onmicrosoft.com"',
                })
              : str(`smtp:${domain};1`),
          DNSRoutingEnabled: bool(true),
          SourceTransportServers:
            servers.length > 0
              ? list(servers)
              : ask('source-servers', {
                  en: 'The servers that send hybrid mail, each in quotes, with commas between them',
                  de: 'Die Server, die Hybridnachrichten senden, je in Anführungszeichen und durch Kommas getrennt',
                }),
          RequireTLS: bool(true),
          TlsAuthLevel: str('DomainValidation'),
          TlsDomain: str(serviceNameOfDomain(domain)),
          CloudServicesMailEnabled: bool(true),
          ...(host === undefined ? {} : { Fqdn: str(host) }),
          TlsCertificateName:
            pair === undefined
              ? ask('certificate-name', {
                  en: 'Issuer and subject of the public certificate in the form <I>issuer<S>subject, in quotes',
                  de: 'Aussteller und Antragsteller des öffentlichen Zertifikats in der Form <I>Aussteller<S>Antragsteller, in Anführungszeichen',
                })
              : str(pair),
        }),
      ),
    ],
    check: [run(command('Get-SendConnector', { Identity: str(NAME) }), command('Format-List')), wizardSendRemark],
    rollback: [run(command('Remove-SendConnector', { Identity: str(NAME) }))],
    effect: 'reconnect',
    minutes: 30,
    runsOn: 'exchange-management-shell',
  })
}
