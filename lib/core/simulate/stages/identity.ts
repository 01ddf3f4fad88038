import { nameMatch } from '../../mailflow/certificate-selection'
import { isServiceDomain } from '../../mailflow/exchange-online-names'
import { hybridCapabilities } from '../../mailflow/hybrid'
import { trustsOriginator } from '../../mailflow/originator'
import { externallySecured, hasMechanism } from '../../mailflow/permissions'
import { flagOf } from '../../mailflow/property-of'
import { and, contains, isTrue, or, type ReceiveConnector, type TlsDomainCapability, type Tri } from '../../model'
import { type Session, type Stage, type StageResult, sure } from '../session'
import { because, step } from '../step'
import type { DecisionOf } from '../texts'
import type { World } from '../types'

const isNamed = (entry: TlsDomainCapability, names: readonly string[]): boolean =>
  !entry.pinned && names.some((n) => nameMatch(n, entry.domain) || n.toLowerCase() === entry.domain.toLowerCase())

const lets = (entry: TlsDomainCapability, names: readonly string[]): boolean =>
  entry.capabilities.some((c) => names.some((n) => n.toLowerCase() === c.toLowerCase()))

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
    (e) => (e.pinned && lets(e, wanted)) || (isNamed(e, names) && e.unknownBits !== 0),
  )
  return and(encrypted, entry === 'no' && perhaps !== 'no' ? 'unknown' : entry)
}

/**
 * Who the session is taken for. Externally secured needs no sign-in; an Exchange server and a user need their mechanism; without any
 * the client is anonymous. Source: Receive connectors, “Receive connector authentication mechanisms”.
 */
export const identity: Stage = (session, world) => {
  const { connector: c, packet, encrypted } = session
  if (c === null) return { steps: [] }
  const cloud = cloudPart(session, c, world)
  const secured = externallySecured(c)
  const why = because(c.authMechanism, c.permissionGroups)
  const done = (
    decision: DecisionOf<'identity'>,
    principal: Session['principal'],
    value: Tri = 'yes',
  ): StageResult => ({
    steps: [step('identity', decision, { because: why, confidence: sure(value) }), ...cloud.steps],
    set: { principal, cloud: cloud.cloud, trusted: cloud.trusted },
  })
  if (secured === 'yes') return done('externally-secured', 'externally-secured')
  if (packet.auth === 'exchange-server') {
    const may = and(
      hasMechanism(c, 'ExchangeServer'),
      isTrue(flagOf(c, 'SuppressXAnonymousTls')) === 'yes' ? 'no' : 'yes',
    )
    if (may === 'yes') return done('exchange-server', 'exchange-server')
    return may === 'no' ? done('exchange-server-not-offered', 'anonymous') : done('not-certain', 'unknown', 'unknown')
  }
  if (packet.auth === 'user') {
    const basic = and(
      hasMechanism(c, 'BasicAuth'),
      or(encrypted, hasMechanism(c, 'BasicAuthRequireTLS') === 'no' ? 'yes' : 'no'),
    )
    const may = or(hasMechanism(c, 'Integrated'), basic)
    if (may === 'yes') return done('user', 'user')
    if (may === 'unknown') return done('not-certain', 'unknown', 'unknown')
    return {
      steps: [
        step(
          'identity',
          encrypted === 'no' && hasMechanism(c, 'BasicAuth') === 'yes' ? 'sign-in-needs-tls' : 'sign-in-not-offered',
          { because: why },
        ),
      ],
      end: { disposition: 'rejected', reply: { code: '504 5.7.4', text: 'Unrecognized authentication type' } },
    }
  }
  if (secured === 'unknown') return done('not-certain', 'unknown', 'unknown')
  return done('anonymous', 'anonymous')
}

/** AcceptCloudServicesMail and XOORG: what a session that shows the certificate of Exchange Online may do besides. */
function cloudPart(session: Session, c: ReceiveConnector, world: World) {
  const { packet, encrypted } = session
  const names = packet.peerNames
  const services = capability(c, names, encrypted, ['AcceptCloudServicesMail'])
  const oorg = capability(c, names, encrypted, hybridCapabilities)
  const proof = because(c.tlsDomainCapabilities)
  const shows = names?.some((n) => isServiceDomain(n)) ?? false
  if (!shows && oorg === 'no') return { steps: [], cloud: 'no' as const, trusted: 'no' as const }
  const recognised = step(
    'identity',
    oorg === 'yes' ? 'cloud' : oorg === 'no' ? 'cloud-not-recognised' : 'cloud-not-certain',
    {
      params: { name: names?.[0] ?? '' },
      because: proof,
      // How names are compared, and what the capability gives beside XOORG, is known from observation, not from a document.
      confidence: sure(oorg, 'likely'),
    },
  )
  if (oorg === 'no' || packet.originator === null)
    return { steps: [recognised], cloud: services, trusted: oorg === 'no' ? ('no' as const) : ('unknown' as const) }
  const trust = trustsOriginator(world.config, packet.originator)
  const trusted = and(oorg, trust.value)
  const decision =
    trust.value === 'yes'
      ? 'originator-trusted'
      : trust.value === 'no'
        ? 'originator-foreign'
        : 'originator-not-certain'
  const missing = trust.value === 'unknown' ? ['Get-AcceptedDomain', 'Get-RemoteDomain'] : []
  return {
    steps: [
      recognised,
      step('identity', decision, {
        params: { domain: packet.originator },
        because: because(...trust.because),
        missing: missing.map((cmdlet) => ({ cmdlet, side: 'on-premises' as const, servers: [] })),
        confidence: sure(trust.value, 'likely'),
      }),
    ],
    cloud: services,
    trusted,
  }
}
