import { firstOf } from '../../mailflow/certificate-usage'
import { anyOf, type Fact } from '../../mailflow/fact'
import { hasFeature } from '../../mailflow/hybrid'
import { isHybridPair, routesMail } from '../../mailflow/hybrid-connectors'
import { hybridPairReads, isForRules, isInTestMode, sharedDomains } from '../../mailflow/hybrid-outbound'
import { areOutboundListed } from '../../mailflow/listing'
import { exportOf } from '../../mailflow/missing'
import { refOf } from '../../mailflow/object-ref'
import { evidenceOf, nonEmpty } from '../../mailflow/receive-evidence'
import {
  and,
  type Config,
  contains,
  isTrue,
  known,
  knownPart,
  not,
  type OutboundConnector,
  or,
  type Tri,
} from '../../model'
import { ask, bool, type Code, comment, list, setProperties } from '../../remediation'
import { defineRule, type EvidenceRef, type Fail, type Missing, type RuleContext, type Verdict } from '../define-rule'

export const rule = defineRule({
  id: 'cmt-inconsistent',
  family: 'exo-outbound',
  question: 5,
  severities: ['high', 'medium'],
  needs: ['outboundConnectors'],
  optional: ['hybridConfigurations'],
  reads: {
    outboundConnectors: [
      ...hybridPairReads,
      'RecipientDomains',
      'RouteAllMessagesViaOnPremises',
      'TestMode',
      'IsTransportRuleScoped',
    ],
    hybridConfigurations: ['Features'],
  },
  references: [
    'https://learn.microsoft.com/exchange/transport-options',
    'https://learn.microsoft.com/powershell/module/exchange/set-outboundconnector#-routeallmessagesviaonpremises',
  ],
  frameworks: {},
  absorbs: [
    { rule: 'exo-outbound-recipient-domain-gap', same: 'organisation', when: (_, gap) => gap.severity === 'high' },
    { rule: 'exo-outbound-overlap', same: 'organisation', when: sharesConnector },
  ],
  check,
  fix,
})

/** Two connectors of partners have another cause. */
function sharesConnector(lead: Fail, overlap: Fail): boolean {
  const own = new Set(lead.objects.filter((o) => o.kind === 'outboundConnector').map((o) => o.id))
  return overlap.objects.some((o) => own.has(o.id))
}

/** Is everything for the servers, by the recipient domains? */
const takesAll = (c: OutboundConnector): Tri => contains(c.recipientDomains, (d) => d.trim() === '*')
const isCentral = (c: OutboundConnector): Tri => isTrue(c.routeAllMessagesViaOnPremises)
const contradicts = (c: OutboundConnector): Tri =>
  or(and(isCentral(c), not(takesAll(c))), and(takesAll(c), not(isCentral(c))))

/** Connectors for hybrid mail that route, or may. */
const pairsOf = (config: Config): readonly OutboundConnector[] =>
  config.outboundConnectors.filter((c) => routesMail(c) && isHybridPair(c).value !== 'no')

const isSure = (c: OutboundConnector): boolean =>
  [isHybridPair(c).value, not(isInTestMode(c).value), not(isForRules(c).value)].every((v) => v === 'yes')

/** The feature is called one way by the cmdlet and another by the log of the wizard. */
const wantedByServers = (config: Config): Fact =>
  anyOf(config.hybridConfigurations.map((h) => hasFeature(h, 'CentralizedTransport', 'Centralized')))

const outbound: Missing = exportOf('outboundConnectors')
const hybridConfiguration: Missing = exportOf('hybridConfigurations')

function* check({ config }: RuleContext): Iterable<Verdict> {
  const pairs = pairsOf(config)
  const listed = areOutboundListed(config, ['plain']) === 'yes'
  const supplied = config.hybridConfigurations.length > 0
  if (pairs.length === 0 && !supplied && listed) return
  const [first, ...rest] = pairs.filter((c) => isSure(c) && contradicts(c) === 'yes')
  if (first) {
    yield failure(config, [first, ...rest], first, 'high')
    return
  }
  const clear = pairs.every((c) => isSure(c) && contradicts(c) === 'no')
  if (!clear || !listed) {
    yield { state: 'not-assessed', missing: [outbound] }
    return
  }
  const wanted = supplied ? wantedByServers(config).value : 'unknown'
  const central = or(...pairs.map(isCentral))
  if (wanted === 'unknown') yield { state: 'not-assessed', missing: [hybridConfiguration] }
  else if (wanted === central) yield { state: 'pass' }
  else yield failure(config, pairs, undefined, 'medium')
}

type Kind = 'not-for-all' | 'not-central' | 'only-cloud' | 'only-servers'

function failure(
  config: Config,
  connectors: readonly OutboundConnector[],
  faulty: OutboundConnector | undefined,
  severity: 'high' | 'medium',
): Fail {
  const central = connectors.some((c) => isCentral(c) === 'yes')
  const kind: Kind = faulty
    ? isCentral(faulty) === 'yes'
      ? 'not-for-all'
      : 'not-central'
    : central
      ? 'only-cloud'
      : 'only-servers'
  const lines = connectors.flatMap((c) => evidenceOf(c.routeAllMessagesViaOnPremises, c.recipientDomains))
  const features = config.hybridConfigurations.flatMap((h) => evidenceOf(h.features))
  const proof: readonly EvidenceRef[] = faulty ? [...lines, ...features] : [...features, ...lines]
  const [first, ...rest] = [...connectors, ...config.hybridConfigurations].map(refOf)
  return {
    state: 'fail',
    key: '',
    side: 'exchange-online',
    severity,
    confidence: 'likely',
    proof: 'configuration',
    exposure: 'none',
    objects: [first ?? { kind: 'organisation', id: '', server: null }, ...rest],
    params: { kind: kind.replaceAll('-', ''), connector: (faulty ?? connectors[0])?.id ?? '' },
    evidence: nonEmpty(proof.slice(0, 10)),
    conditions: [
      { key: 'one-side', value: 'yes', ...firstOf(faulty ? lines : features) },
      { key: 'other-side', value: 'yes', ...firstOf(lines.slice(1)) },
    ],
  }
}

/** The hybrid configuration says what is meant; without it, what the connector already does. */
function fix([{ params, objects }]: readonly [Fail, ...Fail[]], { config }: RuleContext) {
  if (params.kind === 'onlycloud' || params.kind === 'onlyservers') return features(config, params.kind === 'onlycloud')
  const ids = new Set(objects.filter((o) => o.kind === 'outboundConnector').map((o) => o.id))
  const connectors = config.outboundConnectors.filter((c) => ids.has(c.id))
  const wanted = config.hybridConfigurations.length > 0 ? wantedByServers(config).value : 'unknown'
  const shared = sharedDomains(config).map((d) => d.domain)
  const domains = ask('shared-domains', {
    en: 'The domains with mailboxes on both sides, each in quotes, with commas between them',
    de: 'Die Domänen mit Postfächern auf beiden Seiten, je in Anführungszeichen und durch Kommas getrennt',
  })
  const off = (c: OutboundConnector): Record<string, Code> => ({
    RouteAllMessagesViaOnPremises: bool(false),
    ...(takesAll(c) === 'yes' ? { RecipientDomains: shared.length > 0 ? list(shared) : domains } : {}),
  })
  const on: Record<string, Code> = { RouteAllMessagesViaOnPremises: bool(true), RecipientDomains: list(['*']) }
  return setProperties(connectors, {
    before: [
      comment(
        wanted === 'yes'
          ? 'The hybrid configuration asks for centralized mail transport: both values are set for it.'
          : 'Nothing asks for centralized mail transport: it is switched off. Mail of cloud mailboxes to the Internet leaves from Exchange Online then.',
      ),
      comment('RecipientDomains is replaced as a whole.'),
    ],
    set: (c) => (wanted === 'yes' ? on : off(c)),
    effect: 'reconnect',
    minutes: 30,
  })
}

/** What runs is kept, and the hybrid configuration follows it, so that the next run of the wizard does not turn it round. */
function features(config: Config, central: boolean) {
  const isFeature = (f: string) => /^centralized(?:transport)?$/i.test(f.trim())
  const rest = (h: Config['hybridConfigurations'][number]) => (knownPart(h.features) ?? []).filter((f) => !isFeature(f))
  return setProperties(
    config.hybridConfigurations.filter((h) => known(h.features) !== undefined),
    {
      before: [
        comment(
          'What the connector does stays as it is. If the hybrid configuration is what is meant, run the Hybrid Configuration Wizard instead.',
        ),
      ],
      set: (h) => ({ Features: list([...rest(h), ...(central ? ['Centralized'] : [])]) }),
      effect: 'none',
      minutes: 15,
    },
  )
}
