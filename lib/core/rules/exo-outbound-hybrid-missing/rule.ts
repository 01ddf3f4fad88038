import { ownershipOf } from '../../mailflow/accepted-domains'
import { firstOf } from '../../mailflow/certificate-usage'
import { allOf, type Fact } from '../../mailflow/fact'
import { hybridEvidenceReads } from '../../mailflow/hybrid'
import { isOnPremisesType } from '../../mailflow/hybrid-connectors'
import {
  certificateNameOfServers,
  coversDomain,
  hybridMailMeant,
  isEnabledToServers,
  isForRules,
  isHybridMailRuledOut,
  isInTestMode,
  sharedDomains,
  smartHostOfServers,
} from '../../mailflow/hybrid-outbound'
import { areOutboundListed } from '../../mailflow/listing'
import { exportOf } from '../../mailflow/missing'
import { refOf } from '../../mailflow/object-ref'
import { flagOf } from '../../mailflow/property-of'
import { evidenceOf, nonEmpty } from '../../mailflow/receive-evidence'
import { and, type Config, contains, isTrue, not, type OutboundConnector, or, type Tri } from '../../model'
import { ask, bool, command, comment, fixOf, list, run, setProperties, str } from '../../remediation'
import { defineRule, type Fail, type RuleContext, type Verdict } from '../define-rule'

export const rule = defineRule({
  id: 'exo-outbound-hybrid-missing',
  family: 'exo-outbound',
  question: 5,
  severities: ['high'],
  needs: ['outboundConnectors'],
  optional: ['hybridConfigurations', 'inboundConnectors', 'acceptedDomains', 'sendConnectors', 'receiveConnectors'],
  reads: {
    ...hybridEvidenceReads,
    outboundConnectors: [
      ...hybridEvidenceReads.outboundConnectors,
      'RecipientDomains',
      'AllAcceptedDomains',
      'TestMode',
      'IsTransportRuleScoped',
    ],
    hybridConfigurations: ['Features', 'Domains'],
    acceptedDomains: ['DomainName'],
  },
  references: [
    'https://learn.microsoft.com/exchange/transport-routing',
    'https://learn.microsoft.com/powershell/module/exchange/new-outboundconnector',
  ],
  frameworks: {},
  absorbs: [
    { rule: 'exo-outbound-recipient-domain-gap', same: 'organisation', when: (_, gap) => gap.severity === 'high' },
    { rule: 'internal-relay-without-outbound-connector', same: 'organisation' },
  ],
  check,
  fix,
})

/** The shared domains that Exchange Online knows, or may know. */
const domainsOf = (config: Config): readonly string[] =>
  sharedDomains(config)
    .map((d) => d.domain)
    .filter((d) => ownershipOf(config, 'exchange-online', d).state !== 'foreign')

/** Is the connector for a shared domain, or is its mail led there by rules? Where nobody says what is shared, for any domain. */
function covers(config: Config, c: OutboundConnector, shared: readonly string[]): Tri {
  const any = or(
    contains(c.recipientDomains, () => true),
    isTrue(flagOf(c, 'AllAcceptedDomains')),
  )
  return or(isForRules(c).value, ...(shared.length > 0 ? shared.map((d) => coversDomain(config, c, d)) : [any]))
}

/** Does mail for a shared domain take the connector? */
function leadsBack(config: Config, c: OutboundConnector, shared: readonly string[]): Tri {
  const ready = and(isEnabledToServers(c).value, not(isInTestMode(c).value))
  return ready === 'no' ? 'no' : and(ready, covers(config, c, shared))
}

function* check({ config }: RuleContext): Iterable<Verdict> {
  const meant = hybridMailMeant(config)
  if (meant.value !== 'yes') {
    if (isHybridMailRuledOut(config)) return
    yield { state: 'not-assessed', missing: [exportOf('hybridConfigurations'), exportOf('inboundConnectors')] }
    return
  }
  const shared = domainsOf(config)
  const back = or(...config.outboundConnectors.map((c) => leadsBack(config, c, shared)))
  const listed = areOutboundListed(config, ['plain', 'rule-scoped']) === 'yes'
  if (back === 'yes') yield { state: 'pass' }
  else if (back === 'unknown' || !listed) yield { state: 'not-assessed', missing: [exportOf('outboundConnectors')] }
  else yield failure(config, meant)
}

/** Connectors to the servers that would do if they were not in test mode, or not disabled. */
function almost(config: Config) {
  const shared = domainsOf(config)
  const toServers = config.outboundConnectors.filter(
    (c) => isOnPremisesType(c).value === 'yes' && covers(config, c, shared) === 'yes',
  )
  const inTest = toServers.filter((c) => allOf([isEnabledToServers(c), isInTestMode(c)]).value === 'yes')
  const disabled = toServers.filter((c) => isTrue(c.enabled) === 'no')
  return { inTest, disabled }
}

function failure(config: Config, meant: Fact): Fail {
  const { inTest, disabled } = almost(config)
  const [first, ...rest] = [
    ...inTest.map(refOf),
    ...(inTest.length > 0 ? [] : [...config.hybridConfigurations, ...config.inboundConnectors].slice(0, 1).map(refOf)),
  ]
  const lines = [
    ...inTest.flatMap((c) => evidenceOf(flagOf(c, 'TestMode'))),
    ...disabled.flatMap((c) => evidenceOf(c.enabled)),
  ]
  const shared = domainsOf(config)
  return {
    state: 'fail',
    key: '',
    side: 'exchange-online',
    severity: 'high',
    confidence: 'proven',
    proof: 'configuration',
    exposure: 'none',
    objects: [first ?? { kind: 'organisation', id: '', server: null }, ...rest],
    params: {
      kind: inTest.length > 0 ? 'test' : disabled.length > 0 ? 'disabled' : 'none',
      connector: (inTest[0] ?? disabled[0])?.id ?? '',
      domain: shared[0] ?? '',
      domains: shared.length,
    },
    evidence: nonEmpty([...meant.evidence.slice(0, 5), ...lines]),
    conditions: [
      { key: 'hybrid', value: 'yes', ...firstOf(meant.evidence) },
      { key: 'no-way-back', value: 'yes', ...firstOf(lines) },
    ],
  }
}

function fix(_: readonly [Fail, ...Fail[]], { config }: RuleContext) {
  const { inTest, disabled } = almost(config)
  const plan = { effect: 'reconnect', minutes: 20, alsoShow: ['RecipientDomains', 'SmartHosts', 'TlsDomain'] } as const
  if (inTest.length > 0) return setProperties(inTest, { ...plan, set: () => ({ TestMode: bool(false) }) })
  if (disabled.length > 0) return setProperties(disabled, { ...plan, set: () => ({ Enabled: bool(true) }) })
  return newConnector(config)
}

const NAME = 'Outbound to on-premises'

/** What the wizard would make. */
function newConnector(config: Config) {
  const host = smartHostOfServers(config)
  const name = certificateNameOfServers(config)
  const shared = domainsOf(config)
  const domains = ask('shared-domains', {
    en: 'The domains with mailboxes on both sides, each in quotes, with commas between them',
    de: 'Die Domänen mit Postfächern auf beiden Seiten, je in Anführungszeichen und durch Kommas getrennt',
  })
  const hosts = ask('on-premises-smart-host', {
    en: 'The public name of your servers, in quotes, for example "mail.contoso.com"',
    de: 'Der öffentliche Name Ihrer Server, in Anführungszeichen, zum Beispiel "mail.contoso.com"',
  })
  const certificate = ask('tls-domain', {
    en: 'The name in the certificate of your servers, in quotes, for example "mail.contoso.com"',
    de: 'Der Name im Zertifikat Ihrer Server, in Anführungszeichen, zum Beispiel "mail.contoso.com"',
  })
  return fixOf({
    backup: [
      run(
        command('Get-OutboundConnector'),
        command('Export-Clixml', { Path: str('.\\postern-backup_outbound-connectors.xml') }),
      ),
    ],
    change: [
      comment('Better than this: run the Hybrid Configuration Wizard again. It makes the connector with these values.'),
      run(
        command('New-OutboundConnector', {
          Name: str(NAME),
          ConnectorType: str('OnPremises'),
          RecipientDomains: shared.length > 0 ? list(shared) : domains,
          UseMXRecord: bool(false),
          SmartHosts: host === undefined ? hosts : list([host]),
          TlsSettings: str('DomainValidation'),
          TlsDomain: name === undefined ? certificate : str(name),
          CloudServicesMailEnabled: bool(true),
          AllAcceptedDomains: bool(false),
          RouteAllMessagesViaOnPremises: bool(false),
          IsTransportRuleScoped: bool(false),
          TestMode: bool(false),
        }),
      ),
    ],
    check: [
      run(
        command('Get-OutboundConnector', { Identity: str(NAME) }),
        command('Format-List', { Property: list(['Enabled', 'RecipientDomains', 'SmartHosts', 'TlsDomain']) }),
      ),
    ],
    rollback: [run(command('Remove-OutboundConnector', { Identity: str(NAME) }))],
    effect: 'reconnect',
    minutes: 30,
    runsOn: 'exchange-online',
  })
}
