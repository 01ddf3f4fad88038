import { nameMatch } from '../../mailflow/certificate-selection'
import { isServiceDomain } from '../../mailflow/exchange-online-names'
import { hybridCapabilities } from '../../mailflow/hybrid'
import { type DomainTrust, trustsOriginator } from '../../mailflow/originator'
import { and, contains, isUnset, type ReceiveConnector, type TlsDomainCapability, type Tri } from '../../model'
import { FOREIGN_TENANT } from '../entry'
import { type Session, type StageResult, sure } from '../session'
import { because, step } from '../step'
import type { TraceStep, World } from '../types'

/** A wildcard may stand in the certificate and in the entry. */
const isNamed = ({ pinned, domain }: TlsDomainCapability, names: readonly string[]): boolean =>
  !pinned && names.some((n) => nameMatch(n, domain) || nameMatch(domain, n) || n.toLowerCase() === domain.toLowerCase())

const lets = (entry: TlsDomainCapability, names: readonly string[]): boolean =>
  entry.capabilities.some((c) => names.some((n) => n.toLowerCase() === c.toLowerCase()))

/** Entries that name a certificate stopped matching in April 2016, when Microsoft changed its issuer (KB3145044). */
const isOutdated = (entry: TlsDomainCapability): boolean => entry.pinned && /MSIT Machine Auth CA 2/i.test(entry.text)

/** Does the client's certificate match an entry of TlsDomainCapabilities that has one of the capabilities? */
function capability(
  c: ReceiveConnector,
  names: readonly string[] | null,
  encrypted: Tri,
  wanted: readonly string[],
): Tri {
  if (names === null || names.length === 0) return 'no'
  const entry = contains(c.tlsDomainCapabilities, (e) => isNamed(e, names) && lets(e, wanted))
  const perhaps = contains(
    c.tlsDomainCapabilities,
    (e) => (e.pinned && !isOutdated(e) && lets(e, wanted)) || (isNamed(e, names) && e.unknownBits !== 0),
  )
  return and(encrypted, entry === 'no' && perhaps !== 'no' ? 'unknown' : entry)
}

/**
 * AcceptCloudServicesMail and XOORG: what a session that shows the certificate of Exchange Online may do besides. The certificate
 * is that of every tenant; only XOORG tells them apart. Source: KB3156771, KB3079142, Exchange Team Blog 609238.
 */
export function cloudPart(session: Session, c: ReceiveConnector, world: World): StageResult {
  const { packet, encrypted } = session
  const names = packet.peerNames
  const cloud = capability(c, names, encrypted, ['AcceptCloudServicesMail'])
  const oorg = capability(c, names, encrypted, hybridCapabilities)
  const shows = names?.some(isServiceDomain) ?? false
  if (!shows && oorg === 'no') return { steps: [], set: { cloud: 'no', trusted: 'no' } }
  const recognised = step(
    'identity',
    oorg === 'yes' ? 'cloud' : oorg === 'no' ? 'cloud-not-recognised' : 'cloud-not-certain',
    {
      params: { name: names?.[0] ?? '' },
      because: because(c.tlsDomainCapabilities),
      // How names are compared, and what the capability gives beside XOORG, is known from observation, not from a document.
      confidence: sure(oorg, 'likely'),
    },
  )
  const entries = isUnset(c.tlsDomainCapabilities) !== 'yes' && encrypted !== 'no'
  const set = { cloud, trusted: 'no' as Tri, cloudRule: entries ? ('likely' as const) : ('certain' as const) }
  if (oorg === 'no') return { steps: [recognised], set }
  if (packet.originator === null) return openOriginator(recognised, set, oorg, world)
  const trust = trustsOriginator(world.config, packet.originator)
  const decision =
    trust.value === 'yes'
      ? 'originator-trusted'
      : trust.value === 'no'
        ? 'originator-foreign'
        : 'originator-not-certain'
  const told = step('identity', decision, {
    params: { domain: packet.originator },
    because: because(...trust.because),
    missing: missingFor(trust),
    confidence: sure(trust.value, 'likely'),
  })
  return { steps: [recognised, told], set: { ...set, trusted: and(oorg, trust.value) } }
}

const missingFor = ({ lacks }: DomainTrust) =>
  lacks.map((cmdlet) => ({ cmdlet, side: 'on-premises' as const, servers: [] }))

/** Every tenant comes with the same certificate: where the question does not say which one, both ways are shown. */
function openOriginator(recognised: TraceStep, set: Partial<Session>, oorg: Tri, { config }: World): StageResult {
  // A remote domain for everybody may trust any tenant.
  const trust = trustsOriginator(config, FOREIGN_TENANT)
  const missing = missingFor(trust)
  return {
    steps: [recognised, step('identity', 'originator-not-said', { missing, confidence: 'unknown' })],
    fork: [
      { reason: 'own-tenant', set: { ...set, trusted: oorg } },
      { reason: 'other-tenant', set: { ...set, trusted: and(oorg, trust.value) } },
    ],
  }
}
