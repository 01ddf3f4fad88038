import { isServiceDomain } from '../../mailflow/exchange-online-names'
import { isHybridEntry } from '../../mailflow/hybrid'
import { cloneKey, refOf } from '../../mailflow/object-ref'
import { isSince2013 } from '../../mailflow/transport-role'
import {
  and,
  contains,
  isTrue,
  knownPart,
  type ReceiveConnector,
  type TlsDomainCapability,
  type Tri,
} from '../../model'
import { fixCapabilities, HYBRID_ENTRY } from '../../remediation'
import { defineRule, evidence, type Fail, type Missing, type RuleContext, type Verdict } from '../define-rule'

export const rule = defineRule({
  id: 'tls-domain-capability-legacy',
  family: 'hybrid-receive',
  question: 4,
  severities: ['high', 'medium'],
  needs: ['receiveConnectors'],
  optional: ['servers'],
  reads: {
    receiveConnectors: ['Enabled', 'TlsDomainCapabilities', 'TransportRole'],
    servers: ['AdminDisplayVersion'],
  },
  references: [
    'https://support.microsoft.com/help/3156771',
    'https://support.microsoft.com/help/3145044',
    'https://learn.microsoft.com/powershell/module/exchange/set-receiveconnector#-tlsdomaincapabilities',
  ],
  frameworks: {},
  absorbs: [
    { rule: 'hybrid-receive-capability-missing', same: 'server' },
    { rule: 'log-hybrid-capability-not-recognised', same: 'server' },
    { rule: 'log-cmt-relay-refused', same: 'server' },
  ],
  check,
  fix,
})

const isOorg = (e: TlsDomainCapability): boolean =>
  !e.pinned && isServiceDomain(e.domain) && e.capabilities.some((c) => c.toLowerCase() === 'acceptoorgprotocol')

function* check(context: RuleContext): Iterable<Verdict> {
  for (const c of context.config.receiveConnectors) if (isTrue(c.enabled) !== 'no') yield judge(c, context)
}

function judge(c: ReceiveConnector, { config }: RuleContext): Verdict {
  const p = c.tlsDomainCapabilities
  const enabled = isTrue(c.enabled)
  const since2013 = isSince2013(config, c)
  const pinned = contains(p, (e) => e.pinned)
  const oorg = and(contains(p, isOorg), since2013)
  const entry = (test: (e: TlsDomainCapability) => boolean) => (knownPart(p) ?? []).find(test)
  if (and(enabled, pinned) === 'yes')
    return failure(
      c,
      'pinned',
      entry((e) => e.pinned),
      since2013,
    )
  if (and(enabled, oorg) === 'yes') return failure(c, 'oorg', entry(isOorg), since2013)
  if (pinned === 'no' && oorg === 'no') return { state: 'pass', object: refOf(c) }
  return { state: 'not-assessed', object: refOf(c), missing: missingFor(c, pinned) }
}

function missingFor(c: ReceiveConnector, pinned: Tri): [Missing, ...Missing[]] {
  const servers = c.server === null ? [] : [c.server]
  const connectors: Missing = { cmdlet: 'Get-ReceiveConnector', side: c.side, servers }
  // With the list at hand only the version is open.
  return pinned === 'no' && contains(c.tlsDomainCapabilities, isOorg) === 'yes'
    ? [{ cmdlet: 'Get-ExchangeServer', side: 'on-premises', servers: [] }]
    : [connectors]
}

function failure(
  c: ReceiveConnector,
  kind: 'pinned' | 'oorg',
  entry: TlsDomainCapability | undefined,
  since2013: Tri,
): Fail {
  const shown = evidence(c.tlsDomainCapabilities)
  return {
    state: 'fail',
    key: cloneKey(c),
    side: c.side,
    severity: kind === 'pinned' ? 'high' : 'medium',
    confidence: 'proven',
    proof: 'configuration',
    exposure: 'cloud',
    objects: [refOf(c)],
    params: { connector: c.id, kind, entry: entry?.text ?? '' },
    evidence: [shown],
    conditions: [
      { key: 'enabled', value: 'yes', evidence: evidence(c.enabled) },
      { key: 'entry', value: 'yes', evidence: shown },
      { key: 'since-2013', value: since2013 },
    ],
  }
}

function fix(members: readonly [Fail, ...Fail[]], { config }: RuleContext) {
  const ids = new Set(members.map((m) => m.objects[0].id))
  const rest = (c: ReceiveConnector) =>
    (knownPart(c.tlsDomainCapabilities) ?? []).filter((e) => !e.pinned && !isOorg(e) && !isHybridEntry(e))
  return fixCapabilities(
    config.receiveConnectors.filter((c) => ids.has(c.id)),
    (c) => [HYBRID_ENTRY, ...rest(c).map((e) => e.text)],
  )
}
