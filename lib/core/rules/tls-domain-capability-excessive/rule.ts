import { isServiceDomain } from '../../mailflow/exchange-online-names'
import { hybridCapabilities, isHybridEntry } from '../../mailflow/hybrid'
import { cloneKey, refOf } from '../../mailflow/object-ref'
import { takesPublic } from '../../mailflow/ranges'
import { transportRole } from '../../mailflow/transport-role'
import { isTrue, knownPart, type ReceiveConnector, type TlsDomainCapability } from '../../model'
import { fixCapabilities } from '../../remediation'
import { defineRule, type Exposure, evidence, type Fail, type RuleContext, type Verdict } from '../define-rule'

export const rule = defineRule({
  id: 'tls-domain-capability-excessive',
  family: 'hybrid-receive',
  question: 2,
  severities: ['critical', 'high', 'medium'],
  needs: ['receiveConnectors'],
  optional: ['servers'],
  reads: {
    receiveConnectors: ['Enabled', 'TlsDomainCapabilities', 'TransportRole', 'RemoteIPRanges'],
    servers: ['AdminDisplayVersion'],
  },
  references: [
    'https://learn.microsoft.com/powershell/module/exchange/set-receiveconnector#-tlsdomaincapabilities',
    'https://techcommunity.microsoft.com/blog/exchange/advanced-office-365-routing-locking-down-exchange-on-premises-when-mx-points-to-/609238',
  ],
  frameworks: { BSI: ['APP.5.2.A9'] },
  absorbs: [],
  check,
  fix,
})

type Kind = 'noTls' | 'wildcard' | 'domain' | 'capability' | 'hub'

const isNeeded = (capability: string) => hybridCapabilities.some((c) => c.toLowerCase() === capability.toLowerCase())

/** What an entry gives away beyond the one for Exchange Online. Pinned entries are judged elsewhere. */
function excessOf(e: TlsDomainCapability): Exclude<Kind, 'hub'> | undefined {
  if (e.pinned) return undefined
  if (e.domain.trim().toLowerCase() === 'no-tls') return 'noTls'
  if (!isServiceDomain(e.domain)) return e.domain.includes('*') ? 'wildcard' : 'domain'
  return e.capabilities.every(isNeeded) ? undefined : 'capability'
}

const rank: readonly Kind[] = ['noTls', 'wildcard', 'domain', 'capability', 'hub']

type Excess = { readonly kind: Kind; readonly entry: TlsDomainCapability }

function worstOf(found: readonly Excess[]): Excess | undefined {
  return [...found].sort((a, b) => rank.indexOf(a.kind) - rank.indexOf(b.kind))[0]
}

function* check(context: RuleContext): Iterable<Verdict> {
  for (const c of context.config.receiveConnectors) if (isTrue(c.enabled) !== 'no') yield judge(c, context)
}

function judge(c: ReceiveConnector, { config }: RuleContext): Verdict {
  const p = c.tlsDomainCapabilities
  const entries = knownPart(p) ?? []
  const role = transportRole(config, c)
  const printedHub = c.transportRole.state === 'ok' && role === 'hub'
  const found = entries.flatMap((entry): Excess[] => {
    const kind = excessOf(entry)
    if (kind) return [{ kind, entry }]
    return printedHub && isHybridEntry(entry) ? [{ kind: 'hub', entry }] : []
  })
  const worst = worstOf(found)
  if (worst && isTrue(c.enabled) === 'yes') return failure(c, worst)
  const whole = p.state === 'ok' || p.state === 'empty' || p.state === 'null'
  const bits = entries.some((e) => !e.pinned && e.unknownBits !== 0)
  const roleOpen = role === 'unknown' && entries.some(isHybridEntry)
  if (!worst && whole && !bits && !roleOpen) return { state: 'pass', object: refOf(c) }
  const servers = c.server === null ? [] : [c.server]
  return {
    state: 'not-assessed',
    object: refOf(c),
    missing: [{ cmdlet: 'Get-ReceiveConnector', side: c.side, servers }],
  }
}

const severityOf = (kind: Kind) => (kind === 'noTls' ? 'critical' : kind === 'hub' ? 'medium' : 'high')

function exposureOf(kind: Kind, c: ReceiveConnector): Exposure {
  if (kind === 'capability') return 'cloud'
  if (kind === 'hub') return 'internal'
  return takesPublic(c) === 'no' ? 'internal' : 'internet'
}

function failure(c: ReceiveConnector, { kind, entry }: Excess): Fail {
  const shown = evidence(c.tlsDomainCapabilities)
  return {
    state: 'fail',
    key: cloneKey(c),
    side: c.side,
    severity: severityOf(kind),
    confidence: 'proven',
    proof: 'configuration',
    exposure: exposureOf(kind, c),
    objects: [refOf(c)],
    params: {
      connector: c.id,
      kind,
      entry: entry.text,
      domain: entry.domain.replace(/^\*\./, ''),
      capabilities: entry.capabilities.join(', '),
    },
    evidence: kind === 'hub' ? [shown, evidence(c.transportRole)] : [shown],
    conditions: [
      { key: 'enabled', value: 'yes', evidence: evidence(c.enabled) },
      { key: 'entry', value: 'yes', evidence: shown },
      kind === 'hub'
        ? { key: 'front-end', value: 'no', evidence: evidence(c.transportRole) }
        : { key: 'front-end', value: c.side === 'edge' ? 'yes' : frontEnd(c) },
    ],
  }
}

const frontEnd = (c: ReceiveConnector) =>
  c.transportRole.state === 'ok'
    ? c.transportRole.value.toLowerCase() === 'frontendtransport'
      ? 'yes'
      : 'no'
    : 'unknown'

function fix(members: readonly [Fail, ...Fail[]], { config }: RuleContext) {
  const ids = new Set(members.map((m) => m.objects[0].id))
  const isHub = (c: ReceiveConnector) => c.transportRole.state === 'ok' && transportRole(config, c) === 'hub'
  const wanted = (c: ReceiveConnector) =>
    isHub(c)
      ? []
      : (knownPart(c.tlsDomainCapabilities) ?? []).filter((e) => isHybridEntry(e) && !excessOf(e)).map((e) => e.text)
  return fixCapabilities(
    config.receiveConnectors.filter((c) => ids.has(c.id)),
    wanted,
  )
}
