import { type DomainSide, ownershipOf } from '../../mailflow/accepted-domains'
import type { Fact } from '../../mailflow/fact'
import { fact } from '../../mailflow/fact'
import { hybridEvidenceMissing, hybridEvidenceReads, routingDomain, strongHybridEvidence } from '../../mailflow/hybrid'
import { exportOf } from '../../mailflow/missing'
import { nonEmpty } from '../../mailflow/receive-evidence'
import { areTenantsShown, routingDomains } from '../../mailflow/tenant-domains'
import { type Config, domainKey, known, knownPart, or, type Tri } from '../../model'
import { command, comment, fixOf, list, run, str } from '../../remediation'
import { defineRule, type Fail, type Missing, type ObjectRef, type RuleContext, type Verdict } from '../define-rule'

export const rule = defineRule({
  id: 'accepted-domain-missing-counterpart',
  family: 'domains',
  question: 5,
  severities: ['high', 'medium'],
  needs: ['acceptedDomains'],
  optional: ['hybridConfigurations', 'sendConnectors', 'receiveConnectors', 'inboundConnectors', 'outboundConnectors'],
  reads: {
    ...hybridEvidenceReads,
    acceptedDomains: ['DomainName', 'MatchSubDomains'],
    hybridConfigurations: ['Features', 'Domains'],
  },
  references: [
    'https://learn.microsoft.com/exchange/hybrid-deployment-prerequisites',
    'https://learn.microsoft.com/exchange/mail-flow/accepted-domains/accepted-domains',
    'https://learn.microsoft.com/exchange/mail-flow-best-practices/manage-accepted-domains/manage-accepted-domains',
  ],
  frameworks: {},
  absorbs: [],
  check,
  fix,
})

type Named = { readonly domain: string; readonly because: Fact; readonly routing: boolean }

/** What both sides must accept: the domains of the hybrid configuration, and the routing domains of the tenants. */
function sharedDomains(config: Config): readonly Named[] {
  const found = new Map<string, Named>()
  for (const { domain, because } of routingDomains(config)) found.set(domain, { domain, because, routing: true })
  for (const h of config.hybridConfigurations)
    for (const name of knownPart(h.domains) ?? []) {
      const domain = domainKey(name)
      const routing = routingDomain(domain)
      if (!found.has(domain)) found.set(domain, { domain, because: fact('yes', h.domains), routing })
    }
  return [...found.values()]
}

/** Does that side not accept it? Open without a whole list. */
function isAbsent(config: Config, side: DomainSide, domain: string): Tri {
  const owner = ownershipOf(config, side, domain)
  if (owner.state === 'own') return 'no'
  return owner.state === 'foreign' && owner.whole === 'yes' ? 'yes' : 'unknown'
}

const listOf = (side: DomainSide): Missing => exportOf('acceptedDomains', side)

function* check({ config }: RuleContext): Iterable<Verdict> {
  const hybrid = strongHybridEvidence(config)
  const configured = config.hybridConfigurations.length > 0
  if (!configured && hybrid.value === 'no') return
  if (!configured && hybrid.value === 'unknown') {
    yield { state: 'not-assessed', missing: hybridEvidenceMissing(config) }
    return
  }
  for (const shared of sharedDomains(config)) yield judge(config, shared)
  const whole = config.hybridConfigurations.every((h) => known(h.domains) !== undefined || h.domains.state === 'null')
  if (!configured || !whole) yield { state: 'not-assessed', missing: [exportOf('hybridConfigurations')] }
  if (!areTenantsShown(config)) yield { state: 'not-assessed', missing: [exportOf('sendConnectors')] }
}

function judge(config: Config, shared: Named): Verdict {
  const { domain } = shared
  const here = isAbsent(config, 'on-premises', domain)
  const there = isAbsent(config, 'exchange-online', domain)
  const object: ObjectRef = { kind: 'domain', id: domain, server: null }
  const value = or(here, there)
  if (value === 'yes') return failure(shared, here, there, object)
  if (value === 'no') return { state: 'pass', object }
  const missing = [
    ...(here === 'unknown' ? [listOf('on-premises')] : []),
    ...(there === 'unknown' ? [listOf('exchange-online')] : []),
  ]
  return { state: 'not-assessed', object, missing: nonEmpty(missing) }
}

function failure({ domain, because, routing }: Named, here: Tri, there: Tri, object: ObjectRef): Fail {
  const proofs = nonEmpty(because.evidence)
  return {
    state: 'fail',
    key: domain,
    side: here === 'yes' ? 'on-premises' : 'exchange-online',
    severity: routing && here === 'yes' ? 'high' : 'medium',
    confidence: 'proven',
    proof: 'configuration',
    exposure: 'none',
    objects: [object],
    params: { domain, here, there, routing: routing ? 'yes' : 'no' },
    evidence: proofs,
    conditions: [
      { key: 'shared', value: 'yes', evidence: proofs[0] },
      { key: 'not-here', value: here },
      { key: 'not-there', value: there },
    ],
    ...(routing && here === 'unknown' ? { couldRaise: [listOf('on-premises')] } : {}),
  }
}

/** What the servers lack can be added; the cloud takes a domain only after it was verified. */
function fix(members: readonly [Fail, ...Fail[]]) {
  const names = members.filter((m) => m.params.here === 'yes').map((m) => m.objects[0].id)
  if (names.length === 0) return null
  const all = command('Get-AcceptedDomain')
  return fixOf({
    backup: [run(all, command('Export-Clixml', { Path: str('.\\postern-backup_accepted-domains.xml') }))],
    change: [
      comment(
        'Authoritative: all recipients of the domain have an object here, those in the cloud as remote mailboxes.',
      ),
      ...names.map((name) =>
        run(
          command('New-AcceptedDomain', {
            Name: str(name),
            DomainName: str(name),
            DomainType: str('Authoritative'),
          }),
        ),
      ),
    ],
    check: [run(all, command('Format-Table', { Property: list(['Name', 'DomainName', 'DomainType']) }))],
    rollback: names.map((name) => run(command('Remove-AcceptedDomain', { Identity: str(name) }))),
    effect: 'none',
    minutes: 10,
    runsOn: 'exchange-management-shell',
  })
}
