import { isOnPremisesInbound, onPremisesInboundReads } from '../../mailflow/cloud-inbound'
import { isHybridPair, saysWord } from '../../mailflow/hybrid-connectors'
import { isListedWhole } from '../../mailflow/listing'
import { exportOf, exportOfObject } from '../../mailflow/missing'
import { refOf } from '../../mailflow/object-ref'
import { listOf } from '../../mailflow/property-of'
import { evidenceOf, nonEmpty } from '../../mailflow/receive-evidence'
import { domainKey, type InboundConnector, type IpRange, known, knownPart, parseIpRange } from '../../model'
import { bool, comment, fixInbound, objectsOf } from '../../remediation'
import { defineRule, evidence, type Fail, type RuleContext, type Verdict } from '../define-rule'

export const rule = defineRule({
  id: 'exo-inbound-duplicate-identifier',
  family: 'exo-inbound',
  question: 6,
  severities: ['medium'],
  needs: ['inboundConnectors'],
  optional: [],
  reads: { inboundConnectors: [...onPremisesInboundReads, 'SenderIPAddresses', 'TlsSenderCertificateName'] },
  references: [
    'https://learn.microsoft.com/powershell/module/exchange/new-inboundconnector',
    'https://learn.microsoft.com/exchange/mail-flow-best-practices/use-connectors-to-configure-mail-flow/set-up-connectors-to-route-mail',
  ],
  frameworks: {},
  absorbs: [],
  check,
  fix,
})

type Shared = {
  readonly by: 'certificate' | 'address'
  readonly text: string
  readonly of: readonly InboundConnector[]
}

function* check({ config }: RuleContext): Iterable<Verdict> {
  const judged = config.inboundConnectors.map((c) => ({ c, applies: isOnPremisesInbound(c).value }))
  const certain = judged.flatMap(({ c, applies }) => (applies === 'yes' ? [c] : []))
  const perhaps = judged.flatMap(({ c, applies }) => (applies === 'unknown' ? [c] : []))
  const shared = [...byCertificate(certain), ...byAddress(certain)]
  yield* merged(shared).map(failure)
  const hit = new Set(shared.flatMap((s) => s.of))
  const isWhole = isListedWhole(config, 'inboundConnectors') === 'yes'
  const isAlone = certain.length + perhaps.length < 2
  if (!isWhole) yield { state: 'not-assessed', missing: [exportOf('inboundConnectors')] }
  if (isAlone) return
  // What one connector does not tell may be what another has: none of them passes then.
  const open = [...perhaps, ...certain.filter((c) => !isKnown(c))]
  for (const c of open) if (!hit.has(c)) yield { state: 'not-assessed', object: refOf(c), missing: [exportOfObject(c)] }
  if (open.length > 0 || !isWhole) return
  for (const c of certain) if (!hit.has(c)) yield { state: 'pass', object: refOf(c) }
}

const isKnown = (c: InboundConnector): boolean =>
  [c.tlsSenderCertificateName, listOf(c, 'SenderIPAddresses')].every((p) => ['ok', 'empty', 'null'].includes(p.state))

function byCertificate(connectors: readonly InboundConnector[]): readonly Shared[] {
  const names = new Map<string, InboundConnector[]>()
  for (const c of connectors) {
    const name = domainKey(known(c.tlsSenderCertificateName) ?? '')
    if (name !== '') names.set(name, [...(names.get(name) ?? []), c])
  }
  return [...names].flatMap(([text, of]) => (of.length > 1 ? [{ by: 'certificate' as const, text, of }] : []))
}

/** Connectors whose ranges overlap, in groups: ranges in order, so that each is compared with those still open only. */
function byAddress(connectors: readonly InboundConnector[]): readonly Shared[] {
  const ranges = connectors
    .flatMap((c) =>
      (knownPart(listOf(c, 'SenderIPAddresses')) ?? []).flatMap((text) => {
        const range = parseIpRange(text)
        return range ? [{ c, range }] : []
      }),
    )
    .sort((a, b) => order(a.range, b.range))
  const found: Shared[] = []
  let open: typeof ranges = []
  for (const r of ranges) {
    open = open.filter((o) => o.range.family === r.range.family && o.range.hi >= r.range.lo)
    for (const o of open) if (o.c !== r.c) found.push({ by: 'address', text: r.range.text, of: [o.c, r.c] })
    open.push(r)
  }
  return found
}

const order = (a: IpRange, b: IpRange): number => a.family - b.family || (a.lo < b.lo ? -1 : a.lo > b.lo ? 1 : 0)

const keyOf = (s: Shared): string =>
  s.of
    .map((c) => c.name.toLowerCase())
    .sort()
    .join(' & ')

/** One finding for the same connectors, whatever they share; the certificate says it first. */
const merged = (shared: readonly Shared[]): readonly Shared[] => {
  const byKey = new Map<string, Shared>()
  for (const s of shared) if (!byKey.has(keyOf(s))) byKey.set(keyOf(s), s)
  return [...byKey.values()]
}

function failure(s: Shared): Fail {
  const property = (c: InboundConnector) =>
    s.by === 'certificate' ? c.tlsSenderCertificateName : listOf(c, 'SenderIPAddresses')
  const [first, ...rest] = nonEmpty([...s.of].sort((a, b) => (a.name < b.name ? -1 : 1)))
  return {
    state: 'fail',
    key: keyOf(s),
    side: first.side,
    severity: 'medium',
    confidence: 'proven',
    proof: 'configuration',
    exposure: 'none',
    objects: [refOf(first), ...rest.map(refOf)],
    params: { by: s.by, text: s.text, connector: first.name, other: rest[0]?.name ?? '', others: rest.length },
    evidence: nonEmpty([
      ...s.of.flatMap((c) => evidenceOf(property(c))),
      ...s.of.flatMap((c) => evidenceOf(c.enabled)),
    ]),
    conditions: [
      { key: 'enabled', value: 'yes', evidence: evidence(first.enabled) },
      { key: 'same', value: 'yes', evidence: evidence(property(first)) },
    ],
  }
}

/** The one that the wizard keeps stays, else one that trusts the headers of the servers. */
const rank = (c: InboundConnector): number =>
  saysWord(c.connectorSource, 'HybridWizard').value === 'yes' ? 0 : isHybridPair(c).value === 'yes' ? 1 : 2

function fix(members: readonly [Fail, ...Fail[]], { config }: RuleContext) {
  const all = objectsOf(config.inboundConnectors, 'inboundConnector', members)
  const [kept, ...others] = [...all].sort((a, b) => rank(a) - rank(b) || (a.name < b.name ? -1 : 1))
  return fixInbound(others, () => ({ Enabled: bool(false) }), {
    before: [
      comment(
        `${kept?.name ?? ''} stays enabled. Compare the settings first: what only the other one has must be set on it before.`,
      ),
    ],
    alsoShow: ['TlsSenderCertificateName', 'SenderIPAddresses'],
  })
}
