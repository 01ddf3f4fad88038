import { selectOutbound } from '../../mailflow/cloud-outbound'
import { saysWord } from '../../mailflow/hybrid-connectors'
import { exportOf } from '../../mailflow/missing'
import { mxRecord, mxTargetOf } from '../../mailflow/mx'
import { refOf } from '../../mailflow/object-ref'
import { failOn, openOn } from '../../mailflow/verdict-on'
import { type AcceptedDomain, and, type Config, known, type Tri, tri } from '../../model'
import { ask, bool, command, comment, fixOf, forEachObject, list, objectsOf, run, str } from '../../remediation'
import { type Answers, defineRule, evidence, type Fail, type RuleContext, type Verdict } from '../define-rule'

export const rule = defineRule({
  id: 'internal-relay-without-outbound-connector',
  family: 'domains',
  question: 5,
  severities: ['high'],
  needs: ['acceptedDomains', 'outboundConnectors'],
  optional: [],
  reads: {
    acceptedDomains: ['DomainName', 'DomainType', 'MatchSubDomains'],
    outboundConnectors: [
      'Enabled',
      'ConnectorType',
      'RecipientDomains',
      'AllAcceptedDomains',
      'RouteAllMessagesViaOnPremises',
      'TestMode',
      'IsTransportRuleScoped',
    ],
  },
  references: [
    'https://learn.microsoft.com/exchange/mail-flow-best-practices/manage-accepted-domains/manage-accepted-domains',
    'https://learn.microsoft.com/powershell/module/exchange/new-outboundconnector',
  ],
  frameworks: {},
  absorbs: [],
  check,
  fix,
})

const cloudDomains = (config: Config): readonly AcceptedDomain[] =>
  config.acceptedDomains.filter((d) => d.side === 'exchange-online')

function* check({ config, answers }: RuleContext): Iterable<Verdict> {
  const domains = cloudDomains(config)
  for (const d of domains) yield judge(config, answers, d)
  const whole = config.exports.some(
    (b) => b.collection === 'acceptedDomains' && b.side === 'exchange-online' && b.listing === 'all',
  )
  if (domains.length === 0 || !whole)
    yield { state: 'not-assessed', missing: [exportOf('acceptedDomains', 'exchange-online')] }
}

/** Does no connector take the domain? Only then Exchange Online follows the MX. */
function isUncovered(config: Config, domain: string): Tri {
  const route = selectOutbound(config, { domain, viaServers: true })
  if (route.state === 'unknown') return 'unknown'
  return tri(route.state === 'none')
}

function judge(config: Config, answers: Answers, d: AcceptedDomain): Verdict {
  const relay = saysWord(d.domainType, 'InternalRelay').value
  const name = known(d.domainName)
  if (relay === 'no') return { state: 'pass', object: refOf(d) }
  if (name === undefined || relay === 'unknown') return openOn(d)
  const uncovered = isUncovered(config, name)
  const target = mxTargetOf(config, answers, name, true)
  const loops: Tri = target === 'unknown' ? 'unknown' : tri(target === 'exchange-online')
  const value = and(uncovered, loops)
  if (value === 'no') return { state: 'pass', object: refOf(d) }
  if (value === 'unknown')
    return openOn(d, [
      ...(uncovered === 'unknown' ? [exportOf('outboundConnectors')] : []),
      ...(loops === 'unknown' ? [mxRecord] : []),
    ])
  return failOn(d, {
    key: name,
    severity: 'high',
    exposure: 'none',
    params: { domain: name },
    evidence: [evidence(d.domainType), evidence(d.domainName)],
    conditions: [
      { key: 'relay', value: 'yes', evidence: evidence(d.domainType) },
      { key: 'uncovered', value: 'yes' },
      { key: 'mx', value: 'yes' },
    ],
  })
}

function fix(members: readonly [Fail, ...Fail[]], { config }: RuleContext) {
  const hosts = ask('smart-hosts', {
    en: 'Public name of the system that holds the other mailboxes of the domain, in quotes',
    de: 'Öffentlicher Name des Systems, auf dem die übrigen Postfächer der Domäne liegen, in Anführungszeichen',
  })
  const domains = objectsOf(cloudDomains(config), 'acceptedDomain', members).map((d) => known(d.domainName) ?? d.id)
  const all = command('Get-OutboundConnector')
  const nameOf = (domain: string) => `Relay ${domain}`
  return fixOf({
    backup: [run(all, command('Export-Clixml', { Path: str('.\\postern-backup_outbound-connectors.xml') }))],
    change: [
      comment(
        'If every recipient of the domain is in Exchange Online, make it authoritative instead: Set-AcceptedDomain with -DomainType Authoritative.',
      ),
      ...forEachObject(domains, (domain) => [
        run(
          command('New-OutboundConnector', {
            Name: str(nameOf(domain)),
            ConnectorType: str('OnPremises'),
            RecipientDomains: list([domain]),
            UseMXRecord: bool(false),
            SmartHosts: hosts,
            TlsSettings: str('CertificateValidation'),
          }),
        ),
      ]),
    ],
    check: [
      run(all, command('Format-Table', { Property: list(['Name', 'RecipientDomains', 'SmartHosts', 'Enabled']) })),
    ],
    rollback: forEachObject(domains, (domain) => [
      run(command('Remove-OutboundConnector', { Identity: str(nameOf(domain)), Confirm: bool(false) })),
    ]),
    effect: 'none',
    minutes: 20,
    runsOn: 'exchange-online',
  })
}
