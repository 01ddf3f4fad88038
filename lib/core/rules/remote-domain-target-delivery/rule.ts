import { ownershipOf } from '../../mailflow/accepted-domains'
import type { Fact } from '../../mailflow/fact'
import { hybridEvidenceMissing, hybridEvidenceReads, routingDomain, strongHybridEvidence } from '../../mailflow/hybrid'
import { exportOf } from '../../mailflow/missing'
import { refOf } from '../../mailflow/object-ref'
import { flagOf } from '../../mailflow/property-of'
import { evidenceOf, nonEmpty } from '../../mailflow/receive-evidence'
import { areRemoteDomainsListed, remoteDomainsOf, remoteNameOf } from '../../mailflow/remote-domains'
import { areTenantsShown, routingDomains } from '../../mailflow/tenant-domains'
import { and, type Config, type ConfigObject, isTrue, not, or, type Tri } from '../../model'
import { bool, command, comment, fixOf, list, run, setObject, str } from '../../remediation'
import { defineRule, type Fail, type ObjectRef, type RuleContext, type Verdict } from '../define-rule'

export const rule = defineRule({
  id: 'remote-domain-target-delivery',
  family: 'domains',
  question: 5,
  severities: ['medium'],
  needs: ['remoteDomains'],
  optional: [
    'acceptedDomains',
    'sendConnectors',
    'receiveConnectors',
    'hybridConfigurations',
    'inboundConnectors',
    'outboundConnectors',
  ],
  reads: {
    ...hybridEvidenceReads,
    remoteDomains: ['DomainName', 'TargetDeliveryDomain'],
    acceptedDomains: ['DomainName'],
    hybridConfigurations: ['Features', 'Domains'],
  },
  references: [
    'https://learn.microsoft.com/powershell/module/exchange/set-remotedomain#-targetdeliverydomain',
    'https://learn.microsoft.com/exchange/exchange-hybrid',
  ],
  frameworks: {},
  absorbs: [],
  check,
  fix,
})

type Remote = { readonly d: ConfigObject; readonly domain: string; readonly target: Tri }

/** Remote domains of the servers for routing domains, and whether mail of moved mailboxes is addressed to them. */
const remotesOf = (config: Config): readonly Remote[] =>
  remoteDomainsOf(config, 'on-premises').flatMap((d) => {
    const domain = remoteNameOf(d)
    return domain !== undefined && routingDomain(domain)
      ? [{ d, domain, target: isTrue(flagOf(d, 'TargetDeliveryDomain')) }]
      : []
  })

const tenantsOf = (config: Config): readonly string[] => routingDomains(config).map((t) => t.domain)

/** Does the routing domain belong to a tenant that the organisation has nothing else to do with? Open while accepted domains are missing. */
function isStranger(config: Config, domain: string): Tri {
  if (tenantsOf(config).includes(domain)) return 'no'
  const owner = ownershipOf(config, 'on-premises', domain)
  return tenantsOf(config).length > 0 && owner.state === 'foreign' && owner.whole === 'yes' ? 'yes' : 'unknown'
}

type Count = { readonly value: Tri; readonly without: readonly string[]; readonly strangers: readonly Remote[] }

/** Is it not exactly one for each tenant? */
function count(config: Config): Count {
  const remotes = remotesOf(config)
  const listed = areRemoteDomainsListed(config, 'on-premises')
  const tenants = tenantsOf(config)
  const lacks = tenants.map((tenant): Tri => {
    const set = or(...remotes.filter((r) => r.domain === tenant).map((r) => r.target))
    return set === 'no' && listed !== 'yes' ? 'unknown' : not(set)
  })
  const none: Tri = tenants.length > 0 ? 'no' : and(listed, not(or(...remotes.map((r) => r.target))))
  const extra = remotes.map((r) => and(r.target, isStranger(config, r.domain)))
  const whole: Tri = listed === 'yes' && areTenantsShown(config) ? 'no' : 'unknown'
  return {
    value: or(...lacks, none, ...extra, whole),
    without: tenants.filter((_, i) => lacks[i] === 'yes'),
    strangers: remotes.filter((_, i) => extra[i] === 'yes'),
  }
}

function* check({ config }: RuleContext): Iterable<Verdict> {
  const hybrid = strongHybridEvidence(config)
  if (hybrid.value === 'no') return
  if (hybrid.value === 'unknown') {
    yield { state: 'not-assessed', missing: hybridEvidenceMissing(config) }
    return
  }
  const found = count(config)
  if (found.value === 'yes') yield failure(config, found, hybrid)
  else if (found.value === 'no') yield { state: 'pass' }
  else {
    const accepted = remotesOf(config).some((r) => r.target !== 'no' && isStranger(config, r.domain) === 'unknown')
    const remotes = remotesOf(config).some((r) => r.target === 'unknown')
    const missing = [
      ...(remotes || areRemoteDomainsListed(config, 'on-premises') !== 'yes'
        ? [exportOf('remoteDomains', 'on-premises')]
        : []),
      ...(accepted ? [exportOf('acceptedDomains', 'on-premises')] : []),
      ...(areTenantsShown(config) ? [] : [exportOf('sendConnectors')]),
    ]
    yield { state: 'not-assessed', missing: nonEmpty(missing) }
  }
}

function failure(config: Config, found: Count, hybrid: Fact): Fail {
  const remotes = remotesOf(config)
  const lines = remotes.flatMap((r) => evidenceOf(flagOf(r.d, 'TargetDeliveryDomain')))
  const names = routingDomains(config)
    .filter((t) => found.without.includes(t.domain))
    .flatMap((t) => t.because.evidence)
  const domains = found.without.map((id): ObjectRef => ({ kind: 'domain', id, server: null }))
  const proofs = nonEmpty([...lines, ...names, ...hybrid.evidence.slice(0, 3)])
  const [first, ...more] = [...domains, ...remotes.map((r) => refOf(r.d))]
  return {
    state: 'fail',
    key: '',
    side: 'on-premises',
    severity: 'medium',
    confidence: 'proven',
    proof: 'configuration',
    exposure: 'none',
    objects: first ? [first, ...more] : [{ kind: 'organisation', id: '', server: null }],
    params: {
      without: found.without.join(', '),
      strangers: found.strangers.map((r) => r.domain).join(', '),
      named: found.without.length > 0 ? 'yes' : 'no',
      problem: found.strangers.length === 0 ? 'none' : found.without.length > 0 ? 'both' : 'several',
    },
    evidence: proofs,
    conditions: [
      { key: 'hybrid', value: 'yes', ...(hybrid.evidence[0] ? { evidence: hybrid.evidence[0] } : {}) },
      {
        key: 'without',
        value: found.strangers.length === 0 || found.without.length > 0 ? 'yes' : 'no',
        evidence: proofs[0],
      },
      { key: 'stranger', value: found.strangers.length > 0 ? 'yes' : 'no', evidence: proofs[0] },
    ],
  }
}

function fix(_: readonly [Fail, ...Fail[]], { config }: RuleContext) {
  const { without, strangers } = count(config)
  const remotes = remotesOf(config)
  const [there, gone] = [
    remotes.filter((r) => without.includes(r.domain)),
    without.filter((domain) => !remotes.some((r) => r.domain === domain)),
  ]
  if (there.length + gone.length + strangers.length === 0) return null
  const nameOf = (domain: string) => `Hybrid Domain - ${domain}`
  const all = command('Get-RemoteDomain')
  const target = (value: boolean) => ({ TargetDeliveryDomain: bool(value) })
  return fixOf({
    backup: [run(all, command('Export-Clixml', { Path: str('.\\postern-backup_remote-domains.xml') }))],
    change: [
      comment('It decides the address under which newly moved mailboxes are reached; those moved before keep theirs.'),
      ...gone.flatMap((domain) => [
        run(command('New-RemoteDomain', { Name: str(nameOf(domain)), DomainName: str(domain) })),
        run(command('Set-RemoteDomain', { Identity: str(nameOf(domain)), ...target(true) })),
      ]),
      ...there.map((r) => setObject(r.d, target(true))),
      ...strangers.map((r) => setObject(r.d, target(false))),
    ],
    check: [run(all, command('Format-Table', { Property: list(['DomainName', 'TargetDeliveryDomain']) }))],
    rollback: [
      ...gone.map((domain) => run(command('Remove-RemoteDomain', { Identity: str(nameOf(domain)) }))),
      ...there.map((r) => setObject(r.d, target(false))),
      ...strangers.map((r) => setObject(r.d, target(true))),
    ],
    effect: 'none',
    minutes: 10,
    runsOn: 'exchange-management-shell',
  })
}
