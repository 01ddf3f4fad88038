import { ownershipOf } from '../../mailflow/accepted-domains'
import { fact } from '../../mailflow/fact'
import { hybridEvidenceReads, initialDomain, routingDomain } from '../../mailflow/hybrid'
import { exportOf } from '../../mailflow/missing'
import { refOf } from '../../mailflow/object-ref'
import { flagOf } from '../../mailflow/property-of'
import { evidenceOf, nonEmpty } from '../../mailflow/receive-evidence'
import { areRemoteDomainsListed, hasTenant, remoteDomainsOf, remoteNameOf } from '../../mailflow/remote-domains'
import { failOn, openOn } from '../../mailflow/verdict-on'
import { and, type Config, type ConfigObject, contains, domainKey, isTrue, or, type Tri } from '../../model'
import { bool, comment, objectsOf, setProperties } from '../../remediation'
import {
  type Answers,
  defineRule,
  type Fail,
  type Missing,
  type RuleContext,
  type Severity,
  type Verdict,
} from '../define-rule'

const flags = ['TrustedMailInboundEnabled', 'TrustedMailOutboundEnabled', 'IsInternal'] as const

export const rule = defineRule({
  id: 'remote-domain-trust-too-broad',
  family: 'domains',
  question: 3,
  severities: ['critical', 'high', 'medium'],
  needs: ['remoteDomains'],
  optional: [
    'acceptedDomains',
    'hybridConfigurations',
    'sendConnectors',
    'receiveConnectors',
    'inboundConnectors',
    'outboundConnectors',
  ],
  reads: {
    ...hybridEvidenceReads,
    remoteDomains: ['DomainName', ...flags],
    acceptedDomains: ['DomainName', 'MatchSubDomains'],
    hybridConfigurations: ['Features', 'Domains'],
  },
  references: [
    'https://learn.microsoft.com/powershell/module/exchange/set-remotedomain#-trustedmailinboundenabled',
    'https://learn.microsoft.com/exchange/mail-flow-best-practices/remote-domains/remote-domains',
  ],
  frameworks: {},
  absorbs: [
    {
      rule: 'hybrid-backdoor-foreign-tenants',
      same: 'organisation',
      when: (lead) => lead.severity === 'critical',
    },
  ],
  check,
  fix,
})

function* check({ config, answers }: RuleContext): Iterable<Verdict> {
  for (const d of config.remoteDomains) yield judge(config, answers, d)
  for (const side of ['on-premises', 'exchange-online'] as const)
    if (areRemoteDomainsListed(config, side) !== 'yes' && (side === 'on-premises' || hasTenant(config)))
      yield { state: 'not-assessed', missing: [exportOf('remoteDomains', side)] }
}

const isListed = (config: Config, name: string): Tri =>
  or(...config.hybridConfigurations.map((h) => contains(h.domains, (text) => domainKey(text) === name)))

type Standing = { readonly foreign: Tri; readonly missing: readonly Missing[] }

/** Is it nobody's of the organisation: accepted on neither side, and no domain of the tenant or of the hybrid? */
function standingOf(config: Config, pattern: string): Standing {
  if (pattern === '*') return { foreign: 'yes', missing: [] }
  const name = pattern.replace(/^\*\./, '')
  if (routingDomain(name) || initialDomain(name)) return { foreign: 'no', missing: [] }
  const here = ownershipOf(config, 'on-premises', name)
  const there = ownershipOf(config, 'exchange-online', name)
  const hybrid = isListed(config, name)
  if (here.state === 'own' || there.state === 'own' || hybrid === 'yes') return { foreign: 'no', missing: [] }
  const isWhole = (o: typeof here) => o.state === 'foreign' && o.whole === 'yes'
  const missing = [
    ...(isWhole(here) ? [] : [exportOf('acceptedDomains', 'on-premises')]),
    ...(isWhole(there) || !hasTenant(config) ? [] : [exportOf('acceptedDomains', 'exchange-online')]),
    ...(hybrid === 'unknown' ? [exportOf('hybridConfigurations')] : []),
  ]
  return { foreign: missing.length === 0 ? 'yes' : 'unknown', missing }
}

function judge(config: Config, answers: Answers, d: ConfigObject): Verdict {
  const name = remoteNameOf(d)
  const trusts = or(...flags.map((f) => isTrue(flagOf(d, f))))
  if (trusts === 'no') return { state: 'pass', object: refOf(d) }
  if (name === undefined) return openOn(d)
  const { foreign, missing } = standingOf(config, name)
  const value = and(trusts, foreign)
  if (value === 'yes') return failure(d, name, answers[`partner:${name}`] === 'yes')
  return value === 'no' ? { state: 'pass', object: refOf(d) } : openOn(d, trusts === 'unknown' ? [] : missing)
}

function levelOf(d: ConfigObject, name: string, partner: boolean): Severity {
  if (name === '*' && isTrue(flagOf(d, 'TrustedMailInboundEnabled')) === 'yes') return 'critical'
  return partner && name !== '*' ? 'medium' : 'high'
}

function failure(d: ConfigObject, name: string, partner: boolean): Fail {
  const set = flags.map((f) => flagOf(d, f)).filter((p) => isTrue(p) === 'yes')
  const proofs = nonEmpty(set.flatMap((p) => evidenceOf(p)))
  const inbound = flagOf(d, 'TrustedMailInboundEnabled')
  const star = fact('yes', ...(d.properties.DomainName ? [d.properties.DomainName] : []))
  const severity = levelOf(d, name, partner)
  return failOn(d, {
    key: name,
    severity,
    confidence: 'likely',
    exposure: name === '*' ? 'internet' : 'partner',
    params: {
      name: d.name,
      domain: name,
      flags: set.map((p) => p.name).join(', '),
      inbound: isTrue(inbound),
      every: name === '*' ? 'yes' : 'no',
      partner: partner ? 'yes' : 'no',
    },
    evidence: nonEmpty([...proofs, ...star.evidence]),
    conditions: [
      { key: 'trusted', value: 'yes', evidence: proofs[0] },
      { key: 'foreign', value: 'yes', ...(star.evidence[0] ? { evidence: star.evidence[0] } : {}) },
      {
        key: 'inbound',
        value: isTrue(inbound),
        ...(evidenceOf(inbound)[0] ? { evidence: evidenceOf(inbound)[0] } : {}),
      },
    ],
    ...(name === '*' && isTrue(inbound) === 'unknown' ? { couldRaise: [exportOf('remoteDomains', d.side)] } : {}),
  })
}

function fix(members: readonly [Fail, ...Fail[]], { config }: RuleContext) {
  const side = members[0].side === 'exchange-online' ? 'exchange-online' : 'on-premises'
  return setProperties(objectsOf(remoteDomainsOf(config, side), 'remoteDomain', members), {
    set: (d) => Object.fromEntries(flags.filter((f) => isTrue(flagOf(d, f)) === 'yes').map((f) => [f, bool(false)])),
    alsoShow: ['DomainName', 'AllowedOOFType'],
    before: [
      comment('A domain of the hybrid that relied on this needs a remote domain of its own: create it first.'),
      comment(
        'With IsInternal off, AllowedOOFType becomes ExternalLegacy: set it to External where internal replies had been wanted.',
      ),
    ],
    effect: 'none',
    minutes: 15,
  })
}
