import { refOf } from '../../mailflow/object-ref'
import { evidenceOf } from '../../mailflow/receive-evidence'
import { type AcceptedDomain, type Config, known } from '../../model'
import { command, comment, fixOf, forEachObject, list, run, str } from '../../remediation'
import { defineRule, evidence, type Fail, type Missing, type RuleContext, type Verdict } from '../define-rule'

const onPremises: Missing = { cmdlet: 'Get-AcceptedDomain', side: 'on-premises', servers: [] }

export const rule = defineRule({
  id: 'accepted-domain-wildcard',
  family: 'domains',
  question: 1,
  severities: ['critical'],
  needs: ['acceptedDomains'],
  optional: [],
  reads: { acceptedDomains: ['DomainName', 'DomainType'] },
  references: [
    'https://microsoft.github.io/CSS-Exchange/Diagnostics/HealthChecker/OpenRelayDomain/',
    'https://learn.microsoft.com/exchange/mail-flow/accepted-domains/accepted-domains',
  ],
  frameworks: { BSI: ['APP.5.2.A9', 'APP.5.3.A2'], STIG: ['V-259579'], 'MITRE ATT&CK': ['T1672'] },
  absorbs: [
    { rule: 'internal-relay-without-send-connector', same: 'domain' },
    { rule: 'log-anonymous-relay-observed', same: 'organisation' },
  ],
  check,
  fix,
})

/** The cloud keeps a list of its own, which cannot hold `*`. */
const isOnPremises = (o: { side: AcceptedDomain['side'] }) => o.side !== 'exchange-online'

function* check({ config }: RuleContext): Iterable<Verdict> {
  const domains = config.acceptedDomains.filter(isOnPremises)
  for (const d of domains) {
    const name = known(d.domainName)
    if (name === '*') yield failure(d)
    else if (name === undefined) yield { state: 'not-assessed', object: refOf(d), missing: [onPremises] }
  }
  if (domains.length > 0 && isListing(config)) yield { state: 'pass' }
  else yield { state: 'not-assessed', missing: [onPremises] }
}

/** Some domains, picked by name or filter, can show the fault but not that there is none. */
const isListing = (config: Config): boolean =>
  config.exports.some((b) => b.collection === 'acceptedDomains' && isOnPremises(b) && b.listing !== 'named')

function failure(d: AcceptedDomain): Fail {
  const type = known(d.domainType) ?? 'unknown'
  return {
    state: 'fail',
    key: '*',
    side: 'on-premises',
    severity: 'critical',
    confidence: 'proven',
    proof: 'configuration',
    exposure: 'internet',
    objects: [refOf(d)],
    params: { name: d.name, type },
    evidence: [evidence(d.domainName), ...evidenceOf(d.domainType)],
    conditions: [
      { key: 'wildcard', value: 'yes', evidence: evidence(d.domainName) },
      { key: 'reachable', value: 'unknown' },
    ],
  }
}

function fix(members: readonly [Fail, ...Fail[]], { config }: RuleContext) {
  const ids = new Set(members.map((m) => m.objects[0].id))
  const domains = config.acceptedDomains.filter((d) => ids.has(d.id) && isOnPremises(d))
  const all = command('Get-AcceptedDomain')
  return fixOf({
    backup: [run(all, command('Export-Clixml', { Path: str('.\\postern-backup_accepted-domains.xml') }))],
    change: [
      comment('Domains that relied on this entry have to be accepted domains of their own first (New-AcceptedDomain).'),
      ...forEachObject(domains, (d) => [run(command('Remove-AcceptedDomain', { Identity: str(d.name) }))]),
    ],
    check: [
      run(all, command('Format-Table', { Property: list(['Name', 'DomainName', 'DomainType']), AutoSize: true })),
    ],
    rollback: forEachObject(domains, (d) => [
      run(
        command('New-AcceptedDomain', {
          Name: str(d.name),
          DomainName: str('*'),
          DomainType: str(known(d.domainType) ?? 'InternalRelay'),
        }),
      ),
    ]),
    effect: 'none',
    minutes: 30,
    runsOn: 'exchange-management-shell',
  })
}
