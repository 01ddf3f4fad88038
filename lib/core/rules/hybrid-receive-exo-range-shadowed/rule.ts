import {
  exchangeOnlineCidrs,
  exchangeOnlineRanges,
  exchangeOnlineRangesAreStale,
} from '../../defaults/exchange-online-ranges'
import { type Shadow, shadowsOn } from '../../mailflow/cloud-entry'
import { connectorsOf } from '../../mailflow/connectors-of'
import { hybridRecv } from '../../mailflow/hybrid'
import { isListedWhole } from '../../mailflow/listing'
import { cloneKey, refOf } from '../../mailflow/object-ref'
import { knownRanges, mergeRanges, subtractRanges } from '../../mailflow/ranges'
import { serverKey } from '../../mailflow/server-names'
import { type Config, contains, formatIp, type IpRange, isTrue, type ReceiveConnector } from '../../model'
import {
  ask,
  backupConnector,
  comment,
  fixOf,
  forEachObject,
  list,
  restoreConnector,
  setConnector,
  showConnector,
  wizardRemark,
} from '../../remediation'
import {
  defineRule,
  type EvidenceRef,
  evidence,
  type Fail,
  type Missing,
  type RuleContext,
  type Verdict,
} from '../define-rule'

export const rule = defineRule({
  id: 'hybrid-receive-exo-range-shadowed',
  family: 'hybrid-receive',
  question: 4,
  severities: ['high'],
  needs: ['receiveConnectors'],
  optional: [],
  reads: { receiveConnectors: ['Enabled', 'Bindings', 'RemoteIPRanges', 'TlsDomainCapabilities', 'TransportRole'] },
  references: [
    'https://learn.microsoft.com/exchange/mail-flow/connectors/receive-connectors',
    'https://learn.microsoft.com/microsoft-365/enterprise/urls-and-ip-address-ranges',
  ],
  frameworks: {},
  absorbs: [
    { rule: 'exo-outbound-tls-domain-mismatch', same: 'server' },
    { rule: 'log-hybrid-capability-not-recognised', same: 'server' },
    { rule: 'log-cmt-relay-refused', same: 'server' },
  ],
  check,
  fix,
})

function* check(context: RuleContext): Iterable<Verdict> {
  const servers = new Map<string, string>()
  for (const { server } of context.config.receiveConnectors) if (server !== null) servers.set(serverKey(server), server)
  for (const server of servers.values()) yield* checkServer(server, context)
}

const isEntry = (c: ReceiveConnector) =>
  isTrue(c.enabled) !== 'no' && contains(c.bindings, (b) => b.port === 25) !== 'no'

/** Only a newer list could say that nothing else belongs to Exchange Online. */
const newerRanges: Missing = {
  cmdlet:
    'Invoke-RestMethod "https://endpoints.office.com/endpoints/Worldwide?ServiceAreas=Exchange&ClientRequestId=$(New-Guid)"',
  side: 'exchange-online',
  servers: [],
}

function* checkServer(server: string, { config, asOf }: RuleContext): Iterable<Verdict> {
  const connectors = connectorsOf(config, server).filter(isEntry)
  const object = { kind: 'server', id: server, server }
  const missing: Missing = {
    cmdlet: 'Get-ReceiveConnector',
    side: connectors[0]?.side ?? 'on-premises',
    servers: [server],
  }
  const open = connectors.some((c) => hybridRecv(c).value === 'unknown')
  if (!connectors.some((c) => hybridRecv(c).value === 'yes')) {
    const isWhole = isListedWhole(config, 'receiveConnectors', server) === 'yes'
    if (open || !isWhole) yield { state: 'not-assessed', object, missing: [missing] }
    return
  }
  const shadows = shadowsOn(config, server, connectors)
  for (const [by, of] of byWinner(shadows)) yield failure(by, of)
  if (open || connectors.some(partlyKnown) || shadows.some((s) => !s.by))
    yield { state: 'not-assessed', object, missing: [missing] }
  else if (exchangeOnlineRangesAreStale(asOf)) yield { state: 'not-assessed', object, missing: [newerRanges] }
  else if (shadows.length === 0) yield { state: 'pass', object }
}

/** A connector for Exchange Online whose ranges or bindings are cut may take more of its addresses than are seen. */
const partlyKnown = (c: ReceiveConnector): boolean =>
  hybridRecv(c).value === 'yes' &&
  (!knownRanges(c.remoteIPRanges).whole ||
    contains(c.bindings, () => false) === 'unknown' ||
    isTrue(c.enabled) === 'unknown')

function byWinner(shadows: readonly Shadow[]): Map<ReceiveConnector, Shadow[]> {
  const found = new Map<ReceiveConnector, Shadow[]>()
  for (const shadow of shadows) {
    if (!shadow.by) continue
    const of = found.get(shadow.by)
    if (of) of.push(shadow)
    else found.set(shadow.by, [shadow])
  }
  return found
}

const spell = ({ family, lo, hi }: IpRange): string =>
  lo === hi ? formatIp(family, lo) : `${formatIp(family, lo)}-${formatIp(family, hi)}`

function addressesOf(shadows: readonly Shadow[]): string {
  const parts = mergeRanges(shadows.map((s) => s.segment.range)).map(spell)
  return parts.length > 3 ? `${parts.slice(0, 3).join(', ')}, …` : parts.join(', ')
}

function failure(by: ReceiveConnector, shadows: readonly Shadow[]): Fail {
  const hybrid = shadows[0]?.hybrid ?? by
  const chosen = shadows.flatMap((s) =>
    s.segment.selection.state === 'winner' ? [s.segment.selection.range.text] : [],
  )
  const shown: readonly [EvidenceRef, ...EvidenceRef[]] = [
    evidence(by.remoteIPRanges),
    evidence(by.tlsDomainCapabilities),
    evidence(hybrid.tlsDomainCapabilities),
    evidence(hybrid.remoteIPRanges),
  ]
  return {
    state: 'fail',
    key: cloneKey(by),
    side: by.side,
    severity: 'high',
    confidence: 'proven',
    proof: 'configuration',
    exposure: 'cloud',
    objects: [refOf(by)],
    params: {
      connector: by.id,
      hybrid: hybrid.id,
      addresses: addressesOf(shadows),
      range: [...new Set(chosen)].slice(0, 3).join(', '),
      recordedOn: Date.parse(exchangeOnlineRanges.recordedOn),
    },
    evidence: shown,
    conditions: [
      { key: 'hybrid-covers', value: 'yes', evidence: evidence(hybrid.tlsDomainCapabilities) },
      { key: 'other-wins', value: 'yes', evidence: evidence(by.remoteIPRanges) },
      { key: 'not-hybrid', value: 'yes', evidence: evidence(by.tlsDomainCapabilities) },
    ],
  }
}

/** Its ranges without the addresses of Exchange Online; expressions that hold none stay as they are spelled. */
function remaining(c: ReceiveConnector): readonly string[] | undefined {
  const { ranges, whole } = knownRanges(c.remoteIPRanges)
  if (!whole) return undefined
  const left = ranges.flatMap((r) => {
    const parts = subtractRanges([r], exchangeOnlineCidrs)
    const untouched = parts.length === 1 && parts[0]?.lo === r.lo && parts[0]?.hi === r.hi
    return untouched ? [r.text] : parts.map(spell)
  })
  return left.length > 0 ? left : undefined
}

function connectorsIn(members: readonly Fail[], config: Config): readonly ReceiveConnector[] {
  const ids = new Set(members.map((m) => m.objects[0].id))
  return config.receiveConnectors.filter((c) => ids.has(c.id))
}

function fix(members: readonly [Fail, ...Fail[]], { config }: RuleContext) {
  const connectors = connectorsIn(members, config)
  if (connectors.length === 0) return null
  const kept = ask('ranges-to-keep', {
    en: 'All ranges that this connector shall keep, without those of Exchange Online, each in quotes, with commas between them',
    de: 'Alle Bereiche, die dieser Connector behalten soll, ohne die von Exchange Online, je in Anführungszeichen und durch Kommas getrennt',
  })
  return fixOf({
    backup: forEachObject(connectors, (c) => backupConnector(c.id)),
    change: forEachObject(connectors, (c) => {
      const left = remaining(c)
      return [
        comment(
          `RemoteIPRanges is replaced as a whole. Addresses of Exchange Online as of ${exchangeOnlineRanges.recordedOn}.`,
        ),
        setConnector(c.id, { RemoteIPRanges: left ? list(left) : kept }),
      ]
    }),
    check: [...forEachObject(connectors, (c) => [showConnector(c.id, ['Bindings', 'RemoteIPRanges'])]), wizardRemark],
    rollback: forEachObject(connectors, (c) => restoreConnector(c, ['RemoteIPRanges'])),
    effect: 'reconnect',
    minutes: 20,
    runsOn: connectors.every((c) => c.side === 'edge') ? 'edge' : 'exchange-management-shell',
  })
}
