import { senderFit } from '../../mailflow/cloud-partner'
import { isPartnerType, sendConnectorsOf } from '../../mailflow/hybrid-connectors'
import { areOutboundListed, isListedWhole } from '../../mailflow/listing'
import { restrictsSenders } from '../../mailflow/lock-down'
import { exportOf } from '../../mailflow/missing'
import { mxLeadsTo, mxRecord } from '../../mailflow/mx'
import { listOf } from '../../mailflow/property-of'
import { nonEmpty } from '../../mailflow/receive-evidence'
import {
  and,
  type Config,
  contains,
  domainKey,
  type InboundConnector,
  isTrue,
  not,
  or,
  type Tri,
  tri,
} from '../../model'
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
  id: 'closed-domain-not-covered',
  family: 'closed-mail',
  question: 4,
  severities: ['high'],
  needs: [],
  optional: ['sendConnectors', 'outboundConnectors', 'inboundConnectors', 'acceptedDomains'],
  eitherOf: ['sendConnectors', 'outboundConnectors'],
  reads: {
    sendConnectors: ['Enabled', 'AddressSpaces'],
    outboundConnectors: ['Enabled', 'RecipientDomains'],
    inboundConnectors: [
      'Enabled',
      'ConnectorType',
      'SenderDomains',
      'RestrictDomainsToCertificate',
      'RestrictDomainsToIPAddresses',
    ],
    acceptedDomains: ['DomainName'],
  },
  references: [
    'https://learn.microsoft.com/exchange/mail-flow/connectors/send-connectors',
    'https://learn.microsoft.com/exchange/mail-flow-best-practices/use-connectors-to-configure-mail-flow/set-up-connectors-for-secure-mail-flow-with-a-partner',
  ],
  frameworks: {},
  absorbs: [],
  check,
  // The connector of a closed system has values that only its operator knows.
  fix: () => null,
})

/** `fabrikam.com` or `*.fabrikam.com` for that domain or one below it, never `*`. */
function covers(pattern: string, subdomains: boolean, domain: string): boolean {
  const bare = domainKey(pattern.replace(/^\*\.?/, ''))
  if (bare === '') return false
  return bare === domain || (subdomains && domain.endsWith(`.${bare}`))
}

type Route = { readonly value: Tri; readonly seen: readonly EvidenceRef[]; readonly missing: readonly Missing[] }

/** Does an enabled connector lead there more closely than `*`? `wanted` narrows it to the connector that was told. */
function routeOut(config: Config, domain: string, wanted: string): Route {
  const isWanted = (o: { readonly id: string }) => wanted === 'any' || o.id.toLowerCase() === wanted.toLowerCase()
  const send = sendConnectorsOf(config).filter(isWanted)
  const out = config.outboundConnectors.filter(isWanted)
  const found = or(
    ...send.map((s) =>
      and(
        isTrue(s.enabled),
        contains(s.addressSpaces, (a) => covers(a.domain, a.includeSubDomains, domain)),
      ),
    ),
    ...out.map((c) =>
      and(
        isTrue(c.enabled),
        contains(c.recipientDomains, (d) => covers(d, d.trim().startsWith('*'), domain)),
      ),
    ),
  )
  // What was not exported at all counts as not used; what was exported in part may hold it.
  const isOpen = (listed: Tri) => listed === 'unknown'
  const missing = [
    ...(isOpen(isListedWhole(config, 'sendConnectors')) ? [exportOf('sendConnectors')] : []),
    ...(isOpen(areOutboundListed(config)) ? [exportOf('outboundConnectors')] : []),
  ]
  const value = found === 'no' && missing.length > 0 ? 'unknown' : found
  const seen = [...send.map((s) => s.addressSpaces), ...out.map((c) => c.recipientDomains)]
    .filter((p) => p.state !== 'missing')
    .map(evidence)
  return { value, seen, missing: missing.length > 0 ? missing : [exportOf('sendConnectors')] }
}

const protects = (c: InboundConnector, domain: string): Tri =>
  and(
    isTrue(c.enabled),
    isPartnerType(c).value,
    listOf(c, 'SenderDomains').state === 'missing' ? 'unknown' : tri(senderFit(c, domain) > 1),
    restrictsSenders(c).value,
  )

/** Where mail arrives in Exchange Online: is the domain taken only from those who prove to be its owner? */
function routeIn(config: Config, domain: string, isCloud: Tri): Route {
  const listed = isListedWhole(config, 'inboundConnectors')
  const found = or(...config.inboundConnectors.map((c) => protects(c, domain)))
  const value = found === 'no' && listed !== 'yes' ? 'unknown' : found
  const seen = config.inboundConnectors.map((c) => listOf(c, 'SenderDomains')).filter((p) => p.state !== 'missing')
  return {
    // Without any sign of the cloud nothing arrives there.
    value: listed === 'no' && isCloud !== 'yes' ? 'yes' : or(value, not(isCloud)),
    seen: seen.map(evidence),
    missing: value === 'unknown' ? [exportOf('inboundConnectors')] : [mxRecord],
  }
}

function* check({ config, answers }: RuleContext): Iterable<Verdict> {
  const isCloud = mxLeadsTo(config, answers, 'exchange-online')
  for (const [key, wanted] of Object.entries(answers)) {
    if (!key.startsWith('closed:')) continue
    const domain = domainKey(key.slice(7))
    const object = { kind: 'domain', id: domain, server: null }
    const out = routeOut(config, domain, wanted)
    const into = routeIn(config, domain, isCloud)
    const open = out.value === 'no' ? out : into.value === 'no' ? into : undefined
    if (open && open.seen.length > 0) yield failure(domain, out.value === 'no' ? 'out' : 'in', open.seen, wanted)
    else if (out.value === 'yes' && into.value === 'yes') yield { state: 'pass', object }
    else {
      const [first, ...rest] = [
        ...(out.value === 'yes' ? [] : out.missing),
        ...(into.value === 'yes' ? [] : into.missing),
      ]
      yield { state: 'not-assessed', object, missing: [first ?? exportOf('sendConnectors'), ...rest] }
    }
  }
}

const failure = (domain: string, way: 'out' | 'in', seen: readonly EvidenceRef[], wanted: string): Fail => ({
  state: 'fail',
  key: domain,
  side: way === 'out' ? 'on-premises' : 'exchange-online',
  severity: 'high',
  confidence: 'proven',
  proof: 'configuration',
  exposure: 'partner',
  objects: [{ kind: 'domain', id: domain, server: null }],
  params: { domain, way, wanted: wanted === 'any' ? '' : wanted },
  evidence: nonEmpty(seen.slice(0, 8)),
  conditions: [{ key: way, value: 'yes', ...(seen[0] ? { evidence: seen[0] } : {}) }],
})
