import {
  exchangeOnlineCidrs,
  exchangeOnlineRanges,
  exchangeOnlineRangesAreStale,
  isRetiredExchangeOnline,
} from '../../defaults/exchange-online-ranges'
import { connectorsOf, connectorsOfMembers } from '../../mailflow/connectors-of'
import { hybridEvidenceReads } from '../../mailflow/hybrid'
import { isHybridPair } from '../../mailflow/hybrid-connectors'
import { answersExchangeOnline, onHybridReceive } from '../../mailflow/hybrid-receive'
import { toldBy } from '../../mailflow/hybrid-send'
import { areOutboundListed, isListedWhole } from '../../mailflow/listing'
import { newerExchangeOnlineRanges } from '../../mailflow/missing'
import { cloneKey, refOf } from '../../mailflow/object-ref'
import { knownRanges, mergeRanges, subtractRanges, takesAny } from '../../mailflow/ranges'
import { evidenceOf, nonEmpty } from '../../mailflow/receive-evidence'
import {
  type Config,
  contains,
  type IpRange,
  intersects,
  knownPart,
  parseIp,
  parseIpRange,
  type ReceiveConnector,
  type Tri,
  tri,
} from '../../model'
import { comment, list, setProperties, wizardRemark } from '../../remediation'
import { defineRule, type Fail, type Missing, type RuleContext, type Severity, type Verdict } from '../define-rule'

export const rule = defineRule({
  id: 'hybrid-receive-exo-range-incomplete',
  family: 'hybrid-receive',
  question: 4,
  severities: ['high', 'medium', 'low'],
  needs: ['receiveConnectors'],
  optional: ['sendConnectors', 'hybridConfigurations', 'inboundConnectors', 'outboundConnectors'],
  reads: {
    ...hybridEvidenceReads,
    receiveConnectors: [...hybridEvidenceReads.receiveConnectors, 'Bindings', 'RemoteIPRanges', 'TransportRole'],
    outboundConnectors: [...hybridEvidenceReads.outboundConnectors, 'SmartHosts'],
  },
  references: [
    'https://learn.microsoft.com/microsoft-365/enterprise/urls-and-ip-address-ranges',
    'https://support.microsoft.com/help/2750145',
  ],
  frameworks: {},
  absorbs: [
    { rule: 'hybrid-receive-exo-range-shadowed', same: 'server', when: areTheSameAddresses },
    { rule: 'log-hybrid-capability-not-recognised', same: 'server', when: hasGap },
    { rule: 'log-cmt-relay-refused', same: 'server', when: hasGap },
  ],
  check,
  fix,
})

/** A leftover that nobody sends from any more explains nothing. */
function hasGap(lead: Fail): boolean {
  return lead.params.gap !== 'retired'
}

const rangesIn = (text: unknown): readonly IpRange[] =>
  String(text)
    .split(', ')
    .flatMap((t) => parseIpRange(t) ?? [])

/** Are the addresses that another connector answers among those that are missing here? */
function areTheSameAddresses(lead: Fail, absorbed: Fail): boolean {
  const missing = rangesIn(lead.params.missing)
  return hasGap(lead) && rangesIn(absorbed.params.addresses).some((a) => missing.some((m) => intersects(m, a)))
}

type Gap = { readonly v4: readonly IpRange[]; readonly v6: readonly IpRange[] }

/** The ranges of Exchange Online that the connectors of the server leave out; undefined where one more may take them. */
function gapOn(config: Config, server: string | null): Gap | undefined {
  const answers = connectorsOf(config, server).map((c) => ({ c, value: answersExchangeOnline(c).value }))
  const mine = answers.filter((a) => a.value === 'yes').map((a) => knownRanges(a.c.remoteIPRanges))
  const taken = mine.flatMap((k) => k.ranges)
  const missing = exchangeOnlineCidrs.filter((cidr) => subtractRanges([cidr], taken).length > 0)
  const listed = server !== null && isListedWhole(config, 'receiveConnectors', server) === 'yes'
  const certain = listed && mine.every((k) => k.whole) && answers.every((a) => a.value !== 'unknown')
  if (missing.length > 0 && !certain) return undefined
  const of = (family: 4 | 6) => missing.filter((r) => r.family === family)
  return { v4: of(4), v6: of(6) }
}

const listensOnIpv6 = (c: ReceiveConnector): Tri => contains(c.bindings, (b) => b.family === 6)

/** Does Exchange Online deliver by IPv6? Only smart hosts that are addresses tell; names would have to be looked up. */
function deliversByIpv6(config: Config): Tri {
  const pairs = config.outboundConnectors.filter((c) => isHybridPair(c).value !== 'no')
  const hosts = pairs.flatMap((c) => knownPart(c.smartHosts) ?? []).map((h) => parseIp(h.replace(/[[\]]/g, '')))
  if (hosts.some((h) => h?.family === 6)) return 'yes'
  const all = areOutboundListed(config, ['plain']) === 'yes' && pairs.every((c) => c.smartHosts.state === 'ok')
  return tri(hosts.length > 0 && all && hosts.every((h) => h?.family === 4)) === 'yes' ? 'no' : 'unknown'
}

const lookUp: Missing = { cmdlet: 'Resolve-DnsName -Type AAAA', side: 'on-premises', servers: [] }

function* check({ config, asOf }: RuleContext): Iterable<Verdict> {
  const ipv6 = deliversByIpv6(config)
  yield* onHybridReceive(
    config,
    (c) => {
      const any = takesAny(c)
      if (any === 'yes') return { bad: 'no', fail: () => failure(c, 'low', 'retired', []) }
      const own = knownRanges(c.remoteIPRanges)
      const retired = own.ranges.filter(isRetiredExchangeOnline)
      const gap = own.whole ? gapOn(config, c.server) : undefined
      const missed = [...(gap?.v4 ?? []), ...(gap?.v6 ?? [])]
      const counts: Tri = !gap || gap.v6.length === 0 || listensOnIpv6(c) === 'no' ? 'no' : ipv6
      if (gap && gap.v4.length > 0) return { bad: 'yes', fail: () => failure(c, 'high', 'v4', missed) }
      if (gap && counts === 'yes') return { bad: 'yes', fail: () => failure(c, 'medium', 'v6', gap.v6) }
      if (retired.length > 0) return { bad: 'yes', fail: () => failure(c, 'low', 'retired', retired) }
      if (gap && counts === 'unknown')
        return { bad: 'unknown', missing: lookUp, fail: () => failure(c, 'medium', 'v6', gap.v6) }
      const stale = gap !== undefined && exchangeOnlineRangesAreStale(asOf)
      return {
        bad: gap && !stale ? 'no' : 'unknown',
        ...(stale ? { missing: newerExchangeOnlineRanges } : {}),
        fail: () => failure(c, 'low', 'retired', retired),
      }
    },
    answersExchangeOnline,
  )
}

function failure(
  c: ReceiveConnector,
  severity: Severity,
  gap: 'v4' | 'v6' | 'retired',
  ranges: readonly IpRange[],
): Fail {
  return {
    state: 'fail',
    key: cloneKey(c),
    side: c.side,
    severity,
    confidence: 'proven',
    proof: 'configuration',
    exposure: 'cloud',
    objects: [refOf(c)],
    params: {
      connector: c.id,
      gap,
      missing: ranges.map((r) => r.text).join(', '),
      recordedOn: Date.parse(exchangeOnlineRanges.recordedOn),
    },
    evidence: nonEmpty(evidenceOf(c.remoteIPRanges, c.tlsDomainCapabilities)),
    conditions: [
      { key: 'hybrid', ...toldBy('yes', c.tlsDomainCapabilities) },
      { key: 'ranges', ...toldBy('yes', c.remoteIPRanges) },
    ],
  }
}

/** Its ranges without those that were given up, and with those of Exchange Online that no other connector of the server has. */
function wanted(config: Config, c: ReceiveConnector): readonly string[] {
  const kept = knownRanges(c.remoteIPRanges).ranges.filter((r) => !isRetiredExchangeOnline(r))
  const gap = gapOn(config, c.server)
  const missing = [...(gap?.v4 ?? []), ...(gap?.v6 ?? [])]
  const covered = (r: IpRange) => mergeRanges(missing).some((m) => subtractRanges([r], [m]).length === 0)
  return [...kept.filter((r) => !covered(r)), ...missing].map((r) => r.text)
}

function fix(members: readonly [Fail, ...Fail[]], { config }: RuleContext) {
  const connectors = connectorsOfMembers(config, members)
  return setProperties(connectors, {
    set: (o) => ({ RemoteIPRanges: list(wanted(config, o as ReceiveConnector)) }),
    alsoShow: ['Bindings'],
    before: [
      comment(
        `RemoteIPRanges is replaced as a whole. Addresses of Exchange Online as of ${exchangeOnlineRanges.recordedOn}; repeat this when they change.`,
      ),
    ],
    after: [wizardRemark],
    effect: 'reconnect',
    minutes: 10,
  })
}
