import { isHybridPair, saysWord } from '../../mailflow/hybrid-connectors'
import { hybridPairReads, isForRules, isInTestMode } from '../../mailflow/hybrid-outbound'
import { areOutboundListed } from '../../mailflow/listing'
import { exportOf } from '../../mailflow/missing'
import { cloneKey, refOf } from '../../mailflow/object-ref'
import { textOf } from '../../mailflow/property-of'
import { failOn, openOn } from '../../mailflow/verdict-on'
import { and, contains, domainKey, isTrue, known, knownPart, not, type OutboundConnector, type Tri } from '../../model'
import { ask, bool, comment, list, objectsOf, setProperties } from '../../remediation'
import { defineRule, evidence, type Fail, type RuleContext, type Verdict } from '../define-rule'

export const rule = defineRule({
  id: 'exo-outbound-overlap',
  family: 'exo-outbound',
  question: 6,
  severities: ['medium'],
  needs: ['outboundConnectors'],
  optional: [],
  reads: {
    outboundConnectors: [
      ...hybridPairReads,
      'TlsSettings',
      'TestMode',
      'IsTransportRuleScoped',
      'RecipientDomains',
      'RouteAllMessagesViaOnPremises',
    ],
  },
  references: [
    'https://learn.microsoft.com/exchange/mail-flow-best-practices/use-connectors-to-configure-mail-flow/use-connectors-to-configure-mail-flow',
    'https://learn.microsoft.com/powershell/module/exchange/set-outboundconnector#-recipientdomains',
  ],
  frameworks: {},
  absorbs: [],
  check,
  fix,
})

/** Does ordinary mail use the connector? */
const routes = (c: OutboundConnector): Tri =>
  and(isTrue(c.enabled), not(isInTestMode(c).value), not(isForRules(c).value))

/** Is it known whether and when the connector takes mail? */
const isClear = (c: OutboundConnector): boolean =>
  routes(c) === 'yes' && isTrue(c.routeAllMessagesViaOnPremises) !== 'unknown'

/** And for which domains? */
const isWhole = (c: OutboundConnector): boolean => isClear(c) && contains(c.recipientDomains, () => false) === 'no'

const byName = (a: OutboundConnector, b: OutboundConnector): number =>
  a.name.toLowerCase() < b.name.toLowerCase() ? -1 : 1

type Pair = { readonly first: OutboundConnector; readonly second: OutboundConnector; readonly entries: string[] }

/**
 * Of several with the same entry each is set against the first by name: the number of findings stays that of the connectors. The one of
 * centralized transport takes a message before the servers have seen it, another one for the same domains takes it afterwards: two of
 * which only one is for centralized transport do not compete (KB3194415).
 */
function pairsOf(connectors: readonly OutboundConnector[]): readonly Pair[] {
  const takers = new Map<string, OutboundConnector>()
  const pairs = new Map<string, Pair>()
  for (const second of [...connectors].sort(byName))
    for (const entry of new Set((knownPart(second.recipientDomains) ?? []).map((d) => domainKey(d.trim())))) {
      const taker = `${isTrue(second.routeAllMessagesViaOnPremises)} ${entry}`
      const first = takers.get(taker)
      if (first === undefined) {
        takers.set(taker, second)
        continue
      }
      const key = `${first.id}\n${second.id}`
      const pair = pairs.get(key) ?? { first, second, entries: [] }
      pairs.set(key, pair)
      pair.entries.push(entry)
    }
  return [...pairs.values()]
}

function* check({ config }: RuleContext): Iterable<Verdict> {
  const taking = config.outboundConnectors.filter((c) => routes(c) !== 'no')
  yield* pairsOf(taking.filter(isClear)).map(failure)
  if (taking.length > 1) yield* taking.filter((c) => !isWhole(c)).map((c) => openOn(c))
  // Those in test mode or for rules take no part; the plain listing shows all others.
  if (areOutboundListed(config, ['plain']) !== 'yes')
    yield { state: 'not-assessed', missing: [exportOf('outboundConnectors')] }
  else if (taking.length > 0) yield { state: 'pass' }
}

function failure({ first, second, entries }: Pair): Fail {
  const [a, b] = [evidence(first.recipientDomains), evidence(second.recipientDomains)]
  return failOn(second, {
    key: [cloneKey(first), cloneKey(second)].join(' & '),
    objects: [refOf(first), refOf(second)],
    severity: 'medium',
    confidence: 'likely',
    exposure: 'none',
    params: {
      first: first.id,
      second: second.id,
      domain: entries[0] ?? '',
      domains: entries.length,
      all: entries.includes('*') ? 'yes' : 'no',
    },
    evidence: [a, b],
    conditions: [
      { key: 'route', value: 'yes', evidence: evidence(second.enabled) },
      { key: 'same-domain', value: 'yes', evidence: b },
    ],
  })
}

/** How sure a connector is of the host that it hands mail to. */
const strictness = ['EncryptionOnly', 'CertificateValidation', 'DomainValidation']

/** Which of two is worth keeping: the one for hybrid mail, which no other can stand in for, then the one that checks more. */
function worth(c: OutboundConnector): number {
  const checks = strictness.findIndex((word) => saysWord(textOf(c, 'TlsSettings'), word).value === 'yes')
  return (isHybridPair(c).value === 'yes' ? strictness.length + 1 : 0) + checks
}

const loserOf = ({ first, second }: Pair): OutboundConnector => (worth(second) > worth(first) ? first : second)

function fix(members: readonly [Fail, ...Fail[]], { config }: RuleContext) {
  const pairs = pairsOf(objectsOf(config.outboundConnectors, 'outboundConnector', members))
  const asked = ask('recipient-domains', {
    en: 'The recipient domains that stay on this connector, each in quotes, with commas between them',
    de: 'Die Empfängerdomänen, die an diesem Connector bleiben, je in Anführungszeichen und durch Kommas getrennt',
  })
  const shared = (c: OutboundConnector) => pairs.flatMap((p) => (loserOf(p) === c ? p.entries : []))
  const left = (c: OutboundConnector): readonly string[] | undefined =>
    known(c.recipientDomains)?.filter((d) => !shared(c).includes(domainKey(d.trim())))
  return setProperties(
    config.outboundConnectors.filter((c) => shared(c).length > 0),
    {
      before: [
        comment(
          'The connector for hybrid mail keeps the domains, else the one that checks more, else the first. If the other is meant to take them, change this one in the same way.',
        ),
        comment('RecipientDomains is replaced as a whole; a connector without any domain left is switched off.'),
      ],
      set: (c) => {
        const rest = left(c)
        if (rest === undefined) return { RecipientDomains: asked }
        return rest.length > 0 ? { RecipientDomains: list(rest) } : { Enabled: bool(false) }
      },
      alsoShow: ['SmartHosts', 'TlsSettings', 'TlsDomain'],
      effect: 'none',
      minutes: 20,
    },
  )
}
