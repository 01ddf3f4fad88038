import { ownershipOf } from '../../mailflow/accepted-domains'
import { firstOf } from '../../mailflow/certificate-usage'
import { fact } from '../../mailflow/fact'
import { cmtOn, hybridEvidenceReads } from '../../mailflow/hybrid'
import { isHybridPair } from '../../mailflow/hybrid-connectors'
import {
  coversDomain,
  hybridMailMeant,
  hybridPairReads,
  isHybridMailRuledOut,
  isInTestMode,
  sharedDomains,
} from '../../mailflow/hybrid-outbound'
import { areOutboundListed, isListedWhole } from '../../mailflow/listing'
import { exportOf, exportOfObject } from '../../mailflow/missing'
import { refOf } from '../../mailflow/object-ref'
import { evidenceOf } from '../../mailflow/receive-evidence'
import { and, type Config, domainKey, known, knownPart, not, type OutboundConnector, or, type Tri } from '../../model'
import { ask, comment, list, setProperties } from '../../remediation'
import {
  defineRule,
  evidence,
  type Fail,
  type Missing,
  type ObjectRef,
  type RuleContext,
  type Verdict,
} from '../define-rule'

export const rule = defineRule({
  id: 'exo-outbound-recipient-domain-gap',
  family: 'exo-outbound',
  question: 5,
  severities: ['high', 'low'],
  needs: ['outboundConnectors', 'hybridConfigurations', 'acceptedDomains'],
  optional: ['inboundConnectors', 'sendConnectors', 'receiveConnectors'],
  reads: {
    ...hybridEvidenceReads,
    outboundConnectors: [
      ...hybridPairReads,
      'RecipientDomains',
      'AllAcceptedDomains',
      'TestMode',
      'IsTransportRuleScoped',
      'RouteAllMessagesViaOnPremises',
    ],
    hybridConfigurations: ['Domains', 'Features'],
    acceptedDomains: ['DomainName', 'MatchSubDomains'],
  },
  references: [
    'https://learn.microsoft.com/powershell/module/exchange/set-outboundconnector#-recipientdomains',
    'https://learn.microsoft.com/exchange/transport-routing',
  ],
  frameworks: {},
  absorbs: [],
  check,
  fix,
})

const domainRef = (domain: string): ObjectRef => ({ kind: 'domain', id: domain, server: null })
const acceptedDomains = exportOf('acceptedDomains', 'exchange-online')
const outbound = exportOf('outboundConnectors')

/** Connectors for hybrid mail; those in test mode take none. */
const leading = (c: OutboundConnector): Tri => and(isHybridPair(c).value, not(isInTestMode(c).value))

/** The ways to the servers, worked out once for all domains. */
type Ways = {
  /** Is mail between the two sides meant to flow at all? */
  readonly meant: Tri
  readonly central: Tri
  readonly pairs: readonly { readonly c: OutboundConnector; readonly leads: Tri }[]
}

function waysOf(config: Config): Ways {
  const pairs = config.outboundConnectors.map((c) => ({ c, leads: leading(c) })).filter((p) => p.leads !== 'no')
  const isUsed = or(hybridMailMeant(config).value, ...pairs.map((p) => p.leads))
  const meant = isUsed === 'yes' ? 'yes' : isHybridMailRuledOut(config) ? 'no' : 'unknown'
  return { meant, central: cmtOn(config).value, pairs }
}

/** Is the domain one of Exchange Online? */
const isAccepted = (config: Config, domain: string): Tri => {
  const owner = ownershipOf(config, 'exchange-online', domain)
  return owner.state === 'own' ? 'yes' : owner.state === 'foreign' && owner.whole === 'yes' ? 'no' : 'unknown'
}

function* check({ config }: RuleContext): Iterable<Verdict> {
  const ways = waysOf(config)
  if (ways.meant === 'no') return
  for (const { domain, from } of sharedDomains(config)) {
    const accepted = isAccepted(config, domain)
    if (accepted === 'no') continue // a domain that one side does not know is another rule's matter
    const gap = gapOf(config, ways, domain)
    const value = and(ways.meant, accepted, gap)
    const object = domainRef(domain)
    if (value === 'yes') yield missingDomain(config, ways, domain, fact('yes', from).evidence)
    else if (value === 'no') yield { state: 'pass', object }
    else if (ways.meant === 'unknown')
      yield open(
        object,
        exportOf(isListedWhole(config, 'inboundConnectors') === 'yes' ? 'hybridConfigurations' : 'inboundConnectors'),
      )
    else yield open(object, accepted === 'unknown' ? acceptedDomains : outbound)
  }
  if (config.hybridConfigurations.some((h) => known(h.domains) === undefined && h.domains.state !== 'null'))
    yield { state: 'not-assessed', missing: [exportOf('hybridConfigurations')] }
  for (const { c, leads } of ways.pairs) if (leads === 'yes') yield* foreignEntries(config, c)
}

const open = (object: ObjectRef, missing: Missing): Verdict => ({ state: 'not-assessed', object, missing: [missing] })

/** Does no connector take the domain? With centralized transport one takes everything. */
function gapOf(config: Config, { central, pairs }: Ways, domain: string): Tri {
  let covered: Tri = 'no'
  for (const { c, leads } of pairs) {
    covered = or(covered, and(leads, coversDomain(config, c, domain)))
    if (covered === 'yes') break
  }
  const absent = covered === 'no' && areOutboundListed(config, ['plain']) !== 'yes' ? 'unknown' : not(covered)
  return and(not(central), absent)
}

function missingDomain(
  config: Config,
  ways: Ways,
  domain: string,
  shared: Fail['evidence'] | readonly Fail['evidence'][0][],
): Fail {
  const pairs = ways.pairs.filter((p) => p.leads === 'yes').map((p) => p.c)
  const inTest = config.outboundConnectors.filter(
    (c) => and(isHybridPair(c).value, isInTestMode(c).value, coversDomain(config, c, domain)) === 'yes',
  )
  const [line, ...more] = [...shared, ...pairs.slice(0, 5).flatMap((c) => evidenceOf(c.recipientDomains))]
  if (line === undefined) throw new Error(`${domain} is shared by nobody`)
  return {
    state: 'fail',
    key: domain,
    side: 'exchange-online',
    severity: 'high',
    confidence: 'proven',
    proof: 'configuration',
    exposure: 'none',
    objects: [domainRef(domain), ...inTest.map(refOf)],
    params: { domain, kind: 'missing', connector: pairs[0]?.id ?? '', connectors: pairs.length },
    evidence: [line, ...more],
    conditions: [
      { key: 'domain', value: 'yes', evidence: line },
      { key: 'fault', value: 'yes', ...firstOf(more) },
    ],
  }
}

/** Entries that stand for no accepted domain. */
function* foreignEntries(config: Config, c: OutboundConnector): Iterable<Verdict> {
  const entries = (knownPart(c.recipientDomains) ?? []).map((d) => domainKey(d.trim()))
  for (const entry of new Set(entries)) {
    if (entry === '*') continue
    const accepted = isEntryAccepted(config, entry)
    const object = domainRef(entry)
    if (accepted === 'unknown') yield open(object, acceptedDomains)
    else if (accepted === 'no') yield foreignEntry(c, entry)
    else yield { state: 'pass', object }
  }
  if (known(c.recipientDomains) === undefined && c.recipientDomains.state !== 'null')
    yield { state: 'not-assessed', object: refOf(c), missing: [exportOfObject(c)] }
}

/** `*.contoso.com` is of use for each accepted domain below. */
function isEntryAccepted(config: Config, entry: string): Tri {
  if (!entry.startsWith('*.')) return isAccepted(config, entry)
  const below = config.acceptedDomains.some(
    (d) => d.side === 'exchange-online' && (known(d.domainName) ?? '').endsWith(entry.slice(1)),
  )
  return below ? 'yes' : isAccepted(config, entry.slice(2))
}

function foreignEntry(c: OutboundConnector, domain: string): Fail {
  const line = evidence(c.recipientDomains)
  return {
    state: 'fail',
    key: domain,
    side: 'exchange-online',
    severity: 'low',
    confidence: 'proven',
    proof: 'configuration',
    exposure: 'none',
    objects: [domainRef(domain), refOf(c)],
    params: { domain, kind: 'foreign', connector: c.id, connectors: 1 },
    evidence: [line],
    conditions: [
      { key: 'domain', value: 'yes', evidence: line },
      { key: 'fault', value: 'yes' },
    ],
  }
}

/** All shared domains without a way: each command sets the whole list, and must not undo what another one added. */
function missingDomains(config: Config): readonly string[] {
  const ways = waysOf(config)
  const isMissing = (domain: string) =>
    and(ways.meant, isAccepted(config, domain), gapOf(config, ways, domain)) === 'yes'
  return sharedDomains(config).flatMap(({ domain }) => (isMissing(domain) ? [domain] : []))
}

function fix([{ params }]: readonly [Fail, ...Fail[]], { config }: RuleContext) {
  const missing = missingDomains(config)
  const connectors = config.outboundConnectors.filter((c) => c.id === params.connector)
  const domain = String(params.domain)
  const asked = ask('recipient-domains', {
    en: 'All recipient domains of the connector, each in quotes, with commas between them',
    de: 'Alle Empfängerdomänen des Connectors, je in Anführungszeichen und durch Kommas getrennt',
  })
  const after = (domains: readonly string[]) => [
    ...domains.filter((d) => params.kind === 'missing' || domainKey(d.trim()) !== domain),
    ...missing,
  ]
  return setProperties(connectors, {
    before: [
      comment('RecipientDomains is replaced as a whole; all shared domains that are missing are added at once.'),
      comment('Where the list was changed since the export, begin with the list as it is now.'),
    ],
    set: (c) => {
      const present = known(c.recipientDomains)
      return { RecipientDomains: present === undefined ? asked : list(after(present)) }
    },
    alsoShow: ['SmartHosts', 'TlsDomain'],
    effect: 'none',
    minutes: 10,
  })
}
