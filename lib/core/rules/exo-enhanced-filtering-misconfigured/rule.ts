import {
  exchangeOnlineRanges,
  exchangeOnlineRangesAreStale,
  touchesExchangeOnline,
} from '../../defaults/exchange-online-ranges'
import { failOfInbound, hybridInboundReads, onInbound } from '../../mailflow/cloud-inbound'
import { areCloudRulesListed, cloudRules, isActiveRule, setsBypass } from '../../mailflow/cloud-rules'
import { enhancedFilteringReads, isGatewayDoor, isInternetDoor, looksPast } from '../../mailflow/enhanced-filtering'
import { allOf, anyOf, type Fact } from '../../mailflow/fact'
import { isHybridPair } from '../../mailflow/hybrid-connectors'
import { exportOf, newerExchangeOnlineRanges } from '../../mailflow/missing'
import { gatewayLeadsTo, gatewayMissing, mxLeadsTo, mxRecord } from '../../mailflow/mx'
import { flagOf, listOf } from '../../mailflow/property-of'
import { publicParts } from '../../mailflow/ranges'
import { evidenceOf } from '../../mailflow/receive-evidence'
import {
  and,
  type Config,
  type ConfigObject,
  contains,
  type InboundConnector,
  isTrue,
  known,
  knownPart,
  not,
  or,
  parseIpRange,
  type Tri,
} from '../../model'
import { bool, comment, disableRules, fixInbound, list, objectsOf } from '../../remediation'
import {
  type Answers,
  type Condition,
  defineRule,
  type Fail,
  type Missing,
  type RuleContext,
  type Verdict,
} from '../define-rule'

export const rule = defineRule({
  id: 'exo-enhanced-filtering-misconfigured',
  family: 'exo-inbound',
  question: 3,
  severities: ['medium'],
  needs: ['inboundConnectors'],
  optional: ['transportRules', 'acceptedDomains'],
  reads: {
    inboundConnectors: [...hybridInboundReads, 'SenderDomains', ...enhancedFilteringReads],
    transportRules: ['State', 'Mode', 'SetSCL'],
    acceptedDomains: ['DomainName'],
  },
  references: [
    'https://learn.microsoft.com/exchange/mail-flow-best-practices/use-connectors-to-configure-mail-flow/enhanced-filtering-for-connectors',
    'https://learn.microsoft.com/powershell/module/exchange/set-inboundconnector#-efskiplastip',
  ],
  frameworks: {},
  absorbs: [],
  check,
  fix,
})

/** An address that no message on the Internet comes from, or that of Exchange Online, which is no gateway. */
const isWrong = (text: string): boolean => {
  const range = parseIpRange(text)
  return range !== undefined && (publicParts([range]).length === 0 || touchesExchangeOnline(range))
}

/** Does the transport rule act, and let messages past the filter? */
const bypasses = (r: ConfigObject): Fact => allOf([isActiveRule(r), setsBypass(r)])

/** Does mail from the Internet come in by this connector? A gateway by one for all senders, the own servers by the hybrid one. */
function isOnThePath(config: Config, answers: Answers, c: InboundConnector): Tri {
  const behindGateway = and(isGatewayDoor(c).value, gatewayLeadsTo(config, answers, 'exchange-online'))
  const here = or(mxLeadsTo(config, answers, 'on-premises'), gatewayLeadsTo(config, answers, 'on-premises'))
  return or(behindGateway, and(isHybridPair(c).value, here))
}

function* check({ config, asOf, answers }: RuleContext): Iterable<Verdict> {
  const bypass = anyOf(cloudRules(config).map(bypasses))
  const isListed = areCloudRulesListed(config) === 'yes'
  const rules: Tri = bypass.value === 'no' && !isListed ? 'unknown' : bypass.value
  yield* onInbound(config, isInternetDoor, (c, applies) => {
    const active = looksPast(c)
    const path = isOnThePath(config, answers, c)
    const addresses = listOf(c, 'EFSkipIPs')
    const wrong = contains(addresses, isWrong)
    const absent = and(not(active.value), path)
    const beside = and(active.value, rules)
    const variant = absent === 'yes' ? 'missing' : wrong === 'yes' ? 'invalid' : 'rule'
    const stale = wrong === 'no' && (knownPart(addresses) ?? []).length > 0 && exchangeOnlineRangesAreStale(asOf)
    const isBad = or(absent, wrong, beside)
    return {
      bad: isBad === 'no' && stale ? 'unknown' : isBad,
      missing: missingFor(config, answers, { absent, path, beside, active, stale }),
      fail: () => failure(c, applies, variant, active, bypass),
    }
  })
}

type Open = { absent: Tri; path: Tri; beside: Tri; active: Fact; stale: boolean }

function missingFor(config: Config, answers: Answers, o: Open): readonly Missing[] {
  if (o.active.value === 'unknown') return []
  const isTold =
    mxLeadsTo(config, answers, 'gateway') !== 'unknown' && mxLeadsTo(config, answers, 'on-premises') !== 'unknown'
  return [
    ...(o.absent === 'unknown' && o.path === 'unknown' ? [isTold ? gatewayMissing(config, answers) : mxRecord] : []),
    ...(o.beside === 'unknown' ? [exportOf('transportRules', 'exchange-online')] : []),
    ...(o.stale ? [newerExchangeOnlineRanges] : []),
  ]
}

function failure(
  c: InboundConnector,
  applies: Fact,
  variant: 'missing' | 'invalid' | 'rule',
  active: Fact,
  bypass: Fact,
): Fail {
  const addresses = listOf(c, 'EFSkipIPs')
  const bad = (knownPart(addresses) ?? []).filter(isWrong)
  const [proof] = variant === 'rule' ? active.evidence : evidenceOf(addresses)
  const [ofRule] = bypass.evidence
  const condition: Condition = { key: variant, value: 'yes', ...(proof ? { evidence: proof } : {}) }
  return failOfInbound(c, applies, {
    severity: 'medium',
    variant,
    exposure: 'internet',
    params: {
      variant,
      address: bad[0] ?? '',
      addresses: bad.length,
      recordedOn: Date.parse(exchangeOnlineRanges.recordedOn),
    },
    evidence: [
      ...evidenceOf(flagOf(c, 'EFSkipLastIP'), addresses),
      ...(variant === 'rule' && ofRule ? bypass.evidence.slice(0, 6) : []),
    ],
    conditions: [condition],
  })
}

function fix(members: readonly [Fail, ...Fail[]], { config }: RuleContext) {
  const [{ variant }] = members
  // The rule has to go, not the filtering.
  if (variant === 'rule')
    return disableRules(
      cloudRules(config).filter((r) => bypasses(r).value === 'yes'),
      [comment('What the rule let through is filtered again, now by its true source.')],
    )
  const right = (c: InboundConnector) => (known(listOf(c, 'EFSkipIPs')) ?? []).filter((text) => !isWrong(text))
  return fixInbound(
    objectsOf(config.inboundConnectors, 'inboundConnector', members),
    (c) =>
      variant === 'missing'
        ? { EFSkipLastIP: bool(true) }
        : {
            EFSkipIPs: list(right(c)),
            ...(right(c).length === 0 && isTrue(flagOf(c, 'EFSkipLastIP')) !== 'yes'
              ? { EFSkipLastIP: bool(true) }
              : {}),
          },
    {
      before:
        variant === 'missing'
          ? [
              comment(
                'EFSkipLastIP looks past one host. With several in between, list their public addresses in EFSkipIPs instead.',
              ),
            ]
          : [comment('EFSkipIPs is replaced as a whole. Private addresses are passed over anyway.')],
      effect: 'none',
      alsoShow: ['EFUsers'],
    },
  )
}
