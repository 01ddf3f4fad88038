import { anyOf, type Fact } from '../../mailflow/fact'
import { cmtOn, hybridEvidenceReads, hybridRecv, strongHybridEvidence } from '../../mailflow/hybrid'
import { isListedWhole } from '../../mailflow/listing'
import { exportOf } from '../../mailflow/missing'
import { refOf } from '../../mailflow/object-ref'
import { trustsOriginator } from '../../mailflow/originator'
import { flagOf } from '../../mailflow/property-of'
import { evidenceOf, nonEmpty } from '../../mailflow/receive-evidence'
import { remoteDomainsOf, remoteNameOf } from '../../mailflow/remote-domains'
import { areTenantsShown, initialDomains, type TenantDomain } from '../../mailflow/tenant-domains'
import { and, type Config, type ConfigObject, isTrue } from '../../model'
import { bool, command, comment, fixOf, run, setProperties, str } from '../../remediation'
import { defineRule, type Fail, type Missing, type ObjectRef, type RuleContext, type Verdict } from '../define-rule'

export const rule = defineRule({
  id: 'remote-domain-originator-trust-missing',
  family: 'domains',
  question: 4,
  severities: ['critical', 'high'],
  needs: ['remoteDomains', 'acceptedDomains'],
  optional: ['receiveConnectors', 'outboundConnectors', 'inboundConnectors', 'sendConnectors', 'hybridConfigurations'],
  reads: {
    ...hybridEvidenceReads,
    remoteDomains: ['DomainName', 'TrustedMailInboundEnabled'],
    acceptedDomains: ['DomainName', 'InitialDomain', 'MatchSubDomains'],
    outboundConnectors: [
      'Enabled',
      'ConnectorType',
      'ConnectorSource',
      'CloudServicesMailEnabled',
      'RouteAllMessagesViaOnPremises',
    ],
    hybridConfigurations: ['Features', 'Domains'],
  },
  references: [
    'https://support.microsoft.com/help/3079142',
    'https://learn.microsoft.com/powershell/module/exchange/set-remotedomain#-trustedmailinboundenabled',
    'https://learn.microsoft.com/exchange/transport-options',
  ],
  frameworks: {},
  absorbs: [{ rule: 'log-cmt-relay-refused', same: 'organisation' }],
  check,
  fix,
})

/** An enabled connector of the servers that recognises Exchange Online. */
const recognises = (config: Config): Fact =>
  anyOf(
    config.receiveConnectors.map((c) => {
      const entry = hybridRecv(c)
      return { value: and(entry.value, isTrue(c.enabled)), evidence: entry.evidence }
    }),
  )

function* check({ config }: RuleContext): Iterable<Verdict> {
  const cmt = cmtOn(config)
  const entry = recognises(config)
  const receives = anyOf([entry, cmt])
  if (receives.value !== 'yes') {
    const whole = isListedWhole(config, 'receiveConnectors') === 'yes'
    if (strongHybridEvidence(config).value === 'no') return
    if (entry.value === 'no' && whole && cmt.value === 'no') return
    const missing: readonly Missing[] = [
      ...(entry.value === 'no' && whole ? [] : [exportOf('receiveConnectors')]),
      ...(cmt.value === 'no' ? [] : [exportOf('outboundConnectors')]),
    ]
    yield { state: 'not-assessed', missing: nonEmpty(missing) }
    return
  }
  const tenants = initialDomains(config)
  for (const tenant of tenants) yield judge(config, tenant, receives, cmt)
  if (!areTenantsShown(config)) yield { state: 'not-assessed', missing: [exportOf('sendConnectors')] }
  if (tenants.length === 0) yield { state: 'not-assessed', missing: [exportOf('acceptedDomains', 'exchange-online')] }
}

function judge(config: Config, tenant: TenantDomain, receives: Fact, cmt: Fact): Verdict {
  const object: ObjectRef = { kind: 'domain', id: tenant.domain, server: null }
  const trust = trustsOriginator(config, tenant.domain)
  if (trust.value === 'yes') return { state: 'pass', object }
  if (trust.value === 'no') return failure(config, tenant, receives, cmt, object)
  return {
    state: 'not-assessed',
    object,
    missing: nonEmpty(trust.lacks.map((cmdlet): Missing => ({ cmdlet, side: 'on-premises', servers: [] }))),
  }
}

const named = (config: Config, domain: string): readonly ConfigObject[] =>
  remoteDomainsOf(config, 'on-premises').filter((d) => remoteNameOf(d) === domain)

function failure(config: Config, tenant: TenantDomain, receives: Fact, cmt: Fact, object: ObjectRef): Fail {
  const remote = named(config, tenant.domain)
  const flags = remote.flatMap((d) => evidenceOf(flagOf(d, 'TrustedMailInboundEnabled')))
  const [path] = nonEmpty(receives.evidence)
  const [line] = flags
  return {
    state: 'fail',
    key: '',
    side: 'on-premises',
    severity: cmt.value === 'yes' ? 'critical' : 'high',
    confidence: 'likely',
    proof: 'configuration',
    exposure: 'cloud',
    objects: [object, ...remote.map(refOf)],
    params: { domain: tenant.domain, cmt: cmt.value, remote: remote.length > 0 ? 'yes' : 'no' },
    evidence: nonEmpty([...flags, ...tenant.because.evidence, ...receives.evidence.slice(0, 5)]),
    conditions: [
      { key: 'receives', value: 'yes', evidence: path },
      {
        key: 'not-accepted',
        value: 'yes',
        ...(tenant.because.evidence[0] ? { evidence: tenant.because.evidence[0] } : {}),
      },
      { key: 'not-trusted', value: 'yes', ...(line ? { evidence: line } : {}) },
      { key: 'centralized', value: cmt.value, ...(cmt.evidence[0] ? { evidence: cmt.evidence[0] } : {}) },
    ],
    ...(cmt.value === 'unknown' ? { couldRaise: [exportOf('outboundConnectors')] } : {}),
  }
}

const mark = comment(
  'This lets the servers believe Exchange Online who the sender is. A right to relay on a receive connector is not needed for it; where one was granted for this, take it away again.',
)

function fix(members: readonly [Fail, ...Fail[]], { config }: RuleContext) {
  const domains = members.map((m) => m.objects[0].id)
  const missing = domains.filter((d) => named(config, d).length === 0)
  if (missing.length === 0)
    return setProperties(
      domains.flatMap((d) => named(config, d)),
      {
        set: () => ({ TrustedMailInboundEnabled: bool(true) }),
        alsoShow: ['DomainName'],
        before: [mark],
        effect: 'none',
        minutes: 10,
      },
    )
  const nameOf = (domain: string) => named(config, domain)[0]?.id ?? `Hybrid Domain - ${domain}`
  const all = command('Get-RemoteDomain')
  return fixOf({
    backup: [run(all, command('Export-Clixml', { Path: str('.\\postern-backup_remote-domains.xml') }))],
    change: [
      mark,
      ...missing.map((d) => run(command('New-RemoteDomain', { Name: str(nameOf(d)), DomainName: str(d) }))),
      ...domains.map((d) =>
        run(command('Set-RemoteDomain', { Identity: str(nameOf(d)), TrustedMailInboundEnabled: bool(true) })),
      ),
    ],
    check: domains.map((d) => run(command('Get-RemoteDomain', { Identity: str(nameOf(d)) }))),
    rollback: missing.map((d) => run(command('Remove-RemoteDomain', { Identity: str(nameOf(d)) }))),
    effect: 'none',
    minutes: 10,
    runsOn: 'exchange-management-shell',
  })
}
