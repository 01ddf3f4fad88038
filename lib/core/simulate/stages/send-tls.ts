import { domainOf } from '../../mailflow/accepted-domains'
import { certificatesListed, certificatesOf } from '../../mailflow/certificate-selection'
import { knownServers } from '../../mailflow/known-servers'
import { trustsRecipients } from '../../mailflow/originator'
import { flagOf } from '../../mailflow/property-of'
import { and, isTrue, isUnset, known, type SendConnector, type Tri } from '../../model'
import { because, step } from '../step'
import type { Ending, Packet, TraceStep, World } from '../types'
import { losersOf, namesIn, pickFor, subjectNames } from './send-certificate'

type Shown = Pick<Packet, 'tls' | 'peerNames' | 'crossPremises'> & { readonly peerTrusted?: Tri }
type Sent = { readonly steps: readonly TraceStep[]; readonly end?: Ending; readonly set: Shown }

/**
 * Headers of the organisation come along where the connector carries them and the recipient's domain is trusted, and make a message
 * internal only where it was.
 */
function headers(
  packet: Packet,
  { config }: World,
  c: SendConnector,
): { readonly steps: readonly TraceStep[]; readonly crossPremises: Tri } {
  const carries = isTrue(c.cloudServicesMailEnabled)
  const domain = domainOf(packet.rcptTo) ?? ''
  if (carries === 'no') return { steps: [], crossPremises: 'no' }
  const trust = trustsRecipients(config, domain)
  const internal: Tri = packet.authAs === 'Internal' ? 'yes' : packet.authAs === 'unknown' ? 'unknown' : 'no'
  const crossPremises = and(carries, trust.value, internal)
  // Not exported: few connectors lead to Exchange Online, and only there it matters.
  if (carries === 'unknown') return { steps: [], crossPremises }
  const decisions = { yes: 'headers-sent', no: 'headers-not-sent', unknown: 'headers-sent-not-certain' } as const
  const told = step('permission', decisions[trust.value], {
    params: { connector: c.name, domain },
    because: because(c.cloudServicesMailEnabled, ...trust.because),
    missing: trust.lacks.map((cmdlet) => ({ cmdlet, side: 'on-premises' as const, servers: [] })),
    confidence: trust.value === 'unknown' ? 'unknown' : 'likely',
  })
  return { steps: [told], crossPremises }
}

/** TLS and the certificate that the sending side shows. Source: New-SendConnector (learn.microsoft.com). */
export function sendTls(packet: Packet, world: World, c: SendConnector): Sent {
  const ignores = isTrue(c.ignoreSTARTTLS)
  const requires = isTrue(c.requireTLS)
  const along = headers(packet, world, c)
  const set = { crossPremises: along.crossPremises, peerNames: null }
  const params = { connector: c.name, level: known(c.tlsAuthLevel) ?? '', domain: known(c.tlsDomain) ?? '' }
  const parts = { params, because: because(c.requireTLS, c.ignoreSTARTTLS, c.tlsAuthLevel, c.tlsDomain) }
  if (ignores === 'yes' && requires === 'yes')
    return { steps: [step('tls', 'contradicts', parts)], end: { disposition: 'queued' }, set: { ...set, tls: 'no' } }
  if (ignores === 'yes')
    return { steps: [step('tls', 'send-never', parts), ...along.steps], set: { ...set, tls: 'no' } }
  const decision = requires === 'yes' ? 'send-required' : requires === 'no' ? 'send-if-offered' : 'not-certain'
  const confidence = requires === 'unknown' ? ('unknown' as const) : ('certain' as const)
  const shown = certificate(packet, world, c)
  return {
    ...shown,
    steps: [
      step('tls', decision, { ...parts, confidence }),
      ...shown.steps,
      ...(shown.end === undefined ? along.steps : []),
    ],
    set: { ...set, tls: 'yes', ...shown.set },
  }
}

type Certificate = {
  readonly steps: readonly TraceStep[]
  readonly end?: Ending
  readonly set: Partial<Shown>
}

const notFound: Ending = {
  disposition: 'queued',
  reply: {
    code: '454 4.7.5',
    text: 'The certificate specified in TlsCertificateName of the SendConnector could not be found',
  },
}

/**
 * TlsCertificateName by issuer and subject, else what bears Fqdn. A name that no valid certificate of the source server has stops
 * delivery. Source: NDR 454 4.7.5; Exchange Team Blog 4420592.
 */
function certificate(packet: Packet, world: World, c: SendConnector): Certificate {
  const server = packet.node.id
  const side = packet.node.kind === 'edge' ? ('edge' as const) : ('on-premises' as const)
  const name = c.tlsCertificateName
  const { certificates, uploaded } = certificatesOf(world.config, server, knownServers(world.config).length <= 1)
  const isNameKnown = name.state === 'ok' || isUnset(name) === 'yes'
  const unknown = (cmdlet: string): Certificate => {
    const missing = [{ cmdlet, side, servers: [server] }]
    const named = name.state === 'ok' ? subjectNames(name.value.subject) : null
    return { steps: [step('certificate', 'not-known', { because: because(name), missing })], set: { peerNames: named } }
  }
  // Without a name it is the one that bears Fqdn, and few peers look at it: not knowing it changes nothing then.
  if (!isNameKnown) return unknown('Get-SendConnector')
  if (!uploaded) return name.state === 'ok' || isWanted(c) ? unknown('Get-ExchangeCertificate') : { steps: [], set: {} }
  const host =
    known(c.fqdn) ??
    world.config.servers.map((s) => (s.name === server ? known(s.fqdn) : undefined)).find(Boolean) ??
    server
  const wanted = name.state === 'ok' ? name.value : null
  const picked = pickFor(certificates, wanted, host, world.asOf)
  const params = { server, host, connector: c.name }
  const losers = losersOf(certificates, picked.certificates, wanted, host, world.asOf)
  const [first] = picked.certificates
  if (first === undefined) {
    const listed = certificatesListed(world.config, server)
    if (listed === 'no') return unknown('Get-ExchangeCertificate')
    const parts = { params, because: because(name, c.fqdn), notChosen: losers }
    if (wanted === null) return { steps: [step('certificate', 'none-for-name', parts)], set: { peerNames: null } }
    const expired = losers.some((l) => l.reason === 'not-valid')
    const isSure = listed === 'yes' && !expired
    const confidence = isSure ? ('certain' as const) : ('likely' as const)
    const decision = expired ? 'named-expired' : 'named-not-found'
    return {
      steps: [step('certificate', decision, { ...parts, confidence })],
      end: notFound,
      set: { peerNames: null },
    }
  }
  const many = picked.certificates.length > 1
  const shown = step('certificate', many ? 'sources-disagree' : 'presented', {
    chosen: first.id,
    params: { ...params, subject: known(first.subject) ?? first.thumbprint, count: picked.certificates.length },
    because: because(name, ...picked.certificates.flatMap((x) => [x.subject, x.notAfter])),
    notChosen: losers,
    confidence: many || picked.orNone ? 'likely' : 'certain',
  })
  const selfSigned = isTrue(first.isSelfSigned)
  const peerTrusted: Tri = selfSigned === 'yes' ? 'no' : 'yes'
  return { steps: [shown], set: { peerNames: namesIn(first), peerTrusted } }
}

/** Do the other side's answers depend on the certificate: is it sent to Exchange Online? */
const isWanted = (c: SendConnector): boolean =>
  isTrue(c.cloudServicesMailEnabled) !== 'no' || isTrue(flagOf(c, 'DomainSecureEnabled')) === 'yes'
