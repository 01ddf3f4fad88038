import { type DomainSide, ownershipOf } from '../../mailflow/accepted-domains'
import { hybridEvidenceReads, routingDomain } from '../../mailflow/hybrid'
import { exportOf } from '../../mailflow/missing'
import { refOf } from '../../mailflow/object-ref'
import { evidenceOf, nonEmpty } from '../../mailflow/receive-evidence'
import { areRemoteDomainsListed, hasTenant, remoteDomainsOf, remoteNameOf } from '../../mailflow/remote-domains'
import { failOn } from '../../mailflow/verdict-on'
import {
  type Config,
  type ConfigObject,
  contains,
  domainKey,
  missing as notPrinted,
  type Property,
  type ReportValue,
  type Tri,
} from '../../model'
import { bool, comment, objectsOf, setProperties, str } from '../../remediation'
import { defineRule, type Fail, type Missing, type RuleContext, type Verdict } from '../define-rule'

const compared = ['AllowedOOFType', 'IsInternal', 'TNEFEnabled'] as const
type Compared = (typeof compared)[number]

export const rule = defineRule({
  id: 'remote-domain-hybrid-format-inconsistent',
  family: 'domains',
  question: 6,
  severities: ['low'],
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
    remoteDomains: ['DomainName', ...compared],
    acceptedDomains: ['DomainName', 'MatchSubDomains'],
    hybridConfigurations: ['Features', 'Domains'],
  },
  references: [
    'https://learn.microsoft.com/powershell/module/exchange/set-remotedomain#-allowedooftype',
    'https://learn.microsoft.com/exchange/mail-flow-best-practices/remote-domains/remote-domains',
  ],
  frameworks: {},
  absorbs: [],
  check,
  fix,
})

/** Is the remote domain one of the hybrid: in the cloud for a domain that both share, on the servers for a routing domain? */
function isOfHybrid(config: Config, side: DomainSide, d: ConfigObject): Tri {
  const name = remoteNameOf(d)
  if (name === undefined) return 'unknown'
  if (name === '*') return 'no'
  if (side === 'on-premises') return routingDomain(name) ? 'yes' : 'no'
  if (config.hybridConfigurations.some((h) => contains(h.domains, (text) => domainKey(text) === name) === 'yes'))
    return 'yes'
  const owner = ownershipOf(config, 'on-premises', name)
  if (owner.state === 'own') return routingDomain(name) ? 'no' : 'yes'
  return owner.state === 'foreign' && owner.whole === 'yes' ? 'no' : 'unknown'
}

const propertyOf = (d: ConfigObject, name: Compared): Property<ReportValue> =>
  (Object.hasOwn(d.properties, name) ? d.properties[name] : undefined) ?? notPrinted(name)

/** The value as it is compared; not set is a value of its own. undefined where it is not known. */
function comparedValue(d: ConfigObject, name: Compared): string | undefined {
  const p = propertyOf(d, name)
  if (p.state === 'null' || p.state === 'empty') return ''
  return p.state === 'ok' ? String(p.value).toLowerCase() : undefined
}

type Difference = { readonly name: Compared; readonly value: Tri }

function differencesOf(domains: readonly ConfigObject[]): readonly Difference[] {
  return compared.map((name) => {
    const values = domains.map((d) => comparedValue(d, name))
    const known = new Set(values.filter((v) => v !== undefined))
    return { name, value: known.size > 1 ? 'yes' : values.includes(undefined) ? 'unknown' : 'no' }
  })
}

function* check({ config }: RuleContext): Iterable<Verdict> {
  if (!hasTenant(config)) return
  for (const side of ['on-premises', 'exchange-online'] as const) yield* onSide(config, side)
}

function* onSide(config: Config, side: DomainSide): Iterable<Verdict> {
  const judged = remoteDomainsOf(config, side).map((d) => ({ d, is: isOfHybrid(config, side, d) }))
  const domains = judged.filter((j) => j.is === 'yes').map((j) => j.d)
  const differences = differencesOf(domains)
  if (differences.some((d) => d.value === 'yes')) {
    yield failure(domains, differences)
    return
  }
  const open: readonly Missing[] = [
    ...(areRemoteDomainsListed(config, side) === 'yes' ? [] : [exportOf('remoteDomains', side)]),
    ...(domains.length > 1 && differences.some((d) => d.value === 'unknown') ? [exportOf('remoteDomains', side)] : []),
    ...(judged.some((j) => j.is === 'unknown' && remoteNameOf(j.d) !== undefined)
      ? [exportOf('acceptedDomains', 'on-premises')]
      : []),
  ]
  const [first, ...more] = open
  if (first) yield { state: 'not-assessed', missing: [first, ...more] }
  else if (domains.length > 1) yield { state: 'pass' }
}

const shown = (d: ConfigObject, name: Compared): string => comparedValue(d, name) || '–'

function failure(domains: readonly ConfigObject[], differences: readonly Difference[]): Fail {
  const different = differences.filter((d) => d.value === 'yes').map((d) => d.name)
  const [head, ...rest] = domains
  if (head === undefined) throw new Error('no domains')
  const proofs = nonEmpty(different.flatMap((name) => domains.flatMap((d) => evidenceOf(propertyOf(d, name)))))
  const [first] = different
  return failOn(head, {
    key: '',
    severity: 'low',
    exposure: 'none',
    objects: [refOf(head), ...rest.map(refOf)],
    params: {
      properties: different.join(', '),
      side: head.side === 'exchange-online' ? 'cloud' : 'here',
      values: first
        ? domains
            .slice(0, 5)
            .map((d) => `${remoteNameOf(d)}: ${shown(d, first)}`)
            .join('; ')
        : '',
    },
    evidence: [proofs[0], ...proofs.slice(1, 12)],
    conditions: differences.map((d) => {
      const [line] = domains.flatMap((o) => evidenceOf(propertyOf(o, d.name)))
      return { key: d.name.toLowerCase(), value: d.value, ...(line ? { evidence: line } : {}) }
    }),
  })
}

function fix(members: readonly [Fail, ...Fail[]], { config }: RuleContext) {
  const side: DomainSide = members[0].side === 'exchange-online' ? 'exchange-online' : 'on-premises'
  return setProperties(objectsOf(remoteDomainsOf(config, side), 'remoteDomain', members), {
    set: () => ({ AllowedOOFType: str('InternalLegacy'), IsInternal: bool(true), TNEFEnabled: bool(true) }),
    alsoShow: ['DomainName'],
    before: [
      comment(
        'What a hybrid expects of domains that belong to the same organisation: internal replies, and messages as they were written.',
      ),
    ],
    effect: 'none',
    minutes: 10,
  })
}
