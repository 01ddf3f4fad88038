import { isBuiltIn } from '../../mailflow/connector-kind'
import { connectorsOf } from '../../mailflow/connectors-of'
import { isListedWhole } from '../../mailflow/listing'
import { cloneKey, refOf } from '../../mailflow/object-ref'
import { publicParts } from '../../mailflow/ranges'
import { transportRole } from '../../mailflow/transport-role'
import { type Config, formatIp, isTrue, known, type ReceiveConnector, sizeOf, type Tri } from '../../model'
import {
  ask,
  backupConnector,
  comment,
  fixOf,
  forEachObject,
  restoreConnector,
  setConnector,
  showConnector,
  wizardRemark,
} from '../../remediation'
import { defineRule, evidence, type Fail, type Missing, type RuleContext, type Verdict } from '../define-rule'
import { type Clash, clashesAmong, isWhollyKnown, mayClash, overlapOf } from './clashes'

export const rule = defineRule({
  id: 'overlapping-remote-ranges',
  family: 'selection',
  question: 6,
  severities: ['medium'],
  needs: ['receiveConnectors'],
  optional: ['servers'],
  reads: {
    receiveConnectors: ['Enabled', 'Bindings', 'RemoteIPRanges', 'TransportRole'],
    servers: ['AdminDisplayVersion'],
  },
  references: [
    'https://learn.microsoft.com/powershell/module/exchange/set-receiveconnector#-remoteipranges',
    'https://learn.microsoft.com/exchange/mail-flow/connectors/receive-connectors',
  ],
  frameworks: { BSI: ['APP.5.2.A9'] },
  absorbs: [],
  check,
  fix,
})

function* check({ config }: RuleContext): Iterable<Verdict> {
  const servers = new Map<string, ReceiveConnector>()
  for (const c of config.receiveConnectors) if (!servers.has(c.server ?? '')) servers.set(c.server ?? '', c)
  for (const [server, first] of servers) yield* checkServer(config, server, first)
}

function* checkServer(config: Config, server: string, first: ReceiveConnector): Iterable<Verdict> {
  const active = connectorsOf(config, server === '' ? null : server).filter((c) => isTrue(c.enabled) !== 'no')
  const missing: Missing = { cmdlet: 'Get-ReceiveConnector', side: first.side, servers: server === '' ? [] : [server] }
  // Without the server's name nobody knows whether two connectors meet at all.
  const clashes = server === '' ? [] : clashesAmong(active)
  // A connector that was not listed may claim what a listed one claims.
  let settled = isListedWhole(config, 'receiveConnectors', server) === 'yes'
  for (const clash of clashes) {
    const value = holds(config, clash)
    if (value === 'yes') yield failure(config, clash)
    if (value === 'unknown') settled = false
  }
  // Of two connectors that are wholly known nothing is open: on a server with thousands only the cut ones are looked at.
  const cut = active.filter((c) => !isWhollyKnown(c))
  for (const c of active) {
    const others = server === '' || !isWhollyKnown(c) ? active : cut
    const open = others.some((o) => o !== c && sameRole(config, c, o) !== 'no' && (server === '' || mayClash(c, o)))
    if (open) {
      settled = false
      yield { state: 'not-assessed', object: refOf(c), missing: [missing] }
    }
  }
  if (settled) yield { state: 'pass', object: { kind: 'server', id: server, server } }
  else
    yield { state: 'not-assessed', object: { kind: 'server', id: server, server: server || null }, missing: [missing] }
}

/** Two roles on one port are another fault, whatever the ranges. */
function sameRole(config: Config, a: ReceiveConnector, b: ReceiveConnector): Tri {
  const [ofA, ofB] = [transportRole(config, a), transportRole(config, b)]
  if (ofA === 'unknown' || ofB === 'unknown') return 'unknown'
  return ofA === ofB ? 'yes' : 'no'
}

function holds(config: Config, { a, b }: Clash): Tri {
  const role = sameRole(config, a, b)
  if (role === 'no') return 'no'
  return isTrue(a.enabled) === 'yes' && isTrue(b.enabled) === 'yes' && role === 'yes' ? 'yes' : 'unknown'
}

const text = ({ family, lo, hi }: ReturnType<typeof overlapOf>): string =>
  lo === hi ? formatIp(family, lo) : `${formatIp(family, lo)}-${formatIp(family, hi)}`

/** The pair with the one to narrow last: never the one that setup made, else the later name. */
function inOrder(config: Config, clash: Clash): Clash {
  const { a, b } = clash
  const swap = isBuiltIn(config, b) === 'yes' && isBuiltIn(config, a) !== 'yes'
  return swap ? { ...clash, a: b, b: a, rangeOfA: clash.rangeOfB, rangeOfB: clash.rangeOfA } : clash
}

function failure(config: Config, found: Clash): Fail {
  const { a, b, rangeOfA, rangeOfB, port, sure } = inOrder(config, found)
  const overlap = overlapOf(rangeOfA, rangeOfB)
  const equal = sizeOf(rangeOfA) === sizeOf({ ...overlap, text: '' }) && sizeOf(rangeOfB) === sizeOf(rangeOfA)
  const shared = { ...overlap, text: text(overlap) }
  return {
    state: 'fail',
    key: [cloneKey(a), cloneKey(b)].join(' | '),
    side: a.side,
    severity: 'medium',
    // That a wildcard binding and a binding to one address compete is not documented.
    confidence: sure ? 'proven' : 'likely',
    proof: 'configuration',
    exposure: publicParts([shared]).length > 0 ? 'internet' : 'internal',
    objects: [refOf(b), refOf(a)],
    params: {
      connector: a.id,
      other: b.id,
      server: a.server ?? '?',
      overlap: shared.text,
      range: rangeOfA.text,
      otherRange: rangeOfB.text,
      relation: equal ? 'equal' : 'crossing',
      port,
    },
    evidence: [evidence(a.remoteIPRanges), evidence(b.remoteIPRanges), evidence(a.bindings), evidence(b.bindings)],
    conditions: [
      { key: 'same-role', value: 'yes' },
      { key: 'same-binding', value: 'yes', evidence: evidence(b.bindings) },
      { key: 'equal-or-crossing', value: 'yes', evidence: evidence(b.remoteIPRanges) },
    ],
  }
}

function fix(members: readonly [Fail, ...Fail[]], { config }: RuleContext) {
  const ids = new Set(members.map((m) => m.objects[0].id))
  const narrow = config.receiveConnectors.filter((c) => ids.has(c.id))
  if (narrow.length === 0) return null
  const ranges = ask('ranges-to-keep', {
    en: 'All ranges that this connector shall keep, each in quotes, with commas between them',
    de: 'Alle Bereiche, die dieser Connector behalten soll, je in Anführungszeichen und durch Kommas getrennt',
  })
  const listed = (c: ReceiveConnector) =>
    known(c.remoteIPRanges)
      ?.slice(0, 50)
      .map((r) => r.text) ?? []
  return fixOf({
    backup: forEachObject(narrow, (c) => backupConnector(c.id)),
    change: forEachObject(narrow, (c) => [
      comment(`RemoteIPRanges is replaced as a whole. Today: ${listed(c).join(', ')}`),
      setConnector(c.id, { RemoteIPRanges: ranges }),
    ]),
    check: [...forEachObject(narrow, (c) => [showConnector(c.id, ['Bindings', 'RemoteIPRanges'])]), wizardRemark],
    rollback: forEachObject(narrow, (c) => restoreConnector(c, ['RemoteIPRanges'])),
    effect: 'reconnect',
    minutes: 20,
    runsOn: narrow.every((c) => c.side === 'edge') ? 'edge' : 'exchange-management-shell',
  })
}
