import { bearsName, certificatesOf, isNamedBy, pickCertificate } from '../../mailflow/certificate-selection'
import { knownServers } from '../../mailflow/known-servers'
import { type Certificate, isTrue, isUnset, known, type SendConnector, type Tri } from '../../model'
import { because, step } from '../step'
import type { Ending, NotChosen, Packet, TraceStep, World } from '../types'

type Sent = {
  readonly steps: readonly TraceStep[]
  readonly end?: Ending
  readonly set: Pick<Packet, 'tls' | 'peerNames' | 'crossPremises'>
}

/** Names in a certificate, subject and alternative names. */
export function namesIn(c: Certificate): readonly string[] {
  const cn = c.subject.state === 'ok' ? /(?:^|,\s*)CN=("?)([^",]+)\1/i.exec(c.subject.value)?.[2]?.trim() : undefined
  return [...new Set([...(cn === undefined ? [] : [cn]), ...(known(c.certificateDomains) ?? [])])]
}

/**
 * TLS and the certificate that the sending side shows: TlsCertificateName by issuer and subject, else by Fqdn. A name that no
 * certificate of the source server has stops delivery (454 4.7.5). Source: New-SendConnector; KB4051498.
 */
export function sendTls(packet: Packet, world: World, c: SendConnector): Sent {
  const server = packet.node.id
  const side = packet.node.kind === 'edge' ? ('edge' as const) : ('on-premises' as const)
  const ignores = isTrue(c.ignoreSTARTTLS)
  const requires = isTrue(c.requireTLS)
  const carries: Tri = isTrue(c.cloudServicesMailEnabled)
  const params = { connector: c.name, server, level: known(c.tlsAuthLevel) ?? '', domain: known(c.tlsDomain) ?? '' }
  const why = because(c.requireTLS, c.ignoreSTARTTLS, c.tlsAuthLevel, c.tlsDomain)
  if (ignores === 'yes') {
    const without = { tls: 'no' as const, peerNames: null, crossPremises: carries }
    if (requires === 'yes')
      return {
        steps: [step('tls', 'contradicts', { params, because: why })],
        end: { disposition: 'queued' },
        set: without,
      }
    return { steps: [step('tls', 'send-never', { params, because: why })], set: without }
  }
  const decision = requires === 'yes' ? 'send-required' : requires === 'no' ? 'send-if-offered' : 'not-certain'
  const tls = step('tls', decision, {
    params,
    because: why,
    confidence: requires === 'unknown' ? 'unknown' : 'certain',
  })
  const { certificates, uploaded } = certificatesOf(world.config, server, knownServers(world.config).length <= 1)
  const name = c.tlsCertificateName
  const set = { tls: 'yes' as const, crossPremises: carries }
  if (!uploaded || (name.state !== 'ok' && isUnset(name) !== 'yes')) {
    const missing = [
      { cmdlet: uploaded ? 'Get-SendConnector' : 'Get-ExchangeCertificate', side, servers: uploaded ? [] : [server] },
    ]
    const named = name.state === 'ok' ? subjectNames(name.value.subject) : null
    return {
      steps: [tls, step('certificate', 'not-known', { params, because: because(name), missing })],
      set: { ...set, peerNames: named },
    }
  }
  const wanted = name.state === 'ok' ? name.value : null
  const host = known(c.fqdn) ?? server
  const picked = pickCertificate(certificates, (x) => (wanted ? isNamedBy(x, wanted) : bearsName(x, host)), world.asOf)
  const [first] = picked.certificates
  if (first === undefined) {
    const none = step('certificate', wanted ? 'named-not-found' : 'none-for-name', {
      params: { ...params, host },
      because: because(name, c.fqdn),
    })
    const ends = wanted !== null && requires === 'yes'
    return {
      steps: [tls, none],
      ...(ends
        ? {
            end: {
              disposition: 'queued' as const,
              reply: {
                code: '454 4.7.5',
                text: 'The certificate specified in TlsCertificateName of the SendConnector could not be found',
              },
            },
          }
        : {}),
      set: { ...set, peerNames: null },
    }
  }
  const shown = step('certificate', picked.certificates.length > 1 ? 'sources-disagree' : 'presented', {
    chosen: first.id,
    params: { ...params, subject: known(first.subject) ?? first.thumbprint, count: picked.certificates.length },
    because: because(name, first.subject, first.notAfter),
    notChosen: certificates
      .filter((x) => !picked.certificates.includes(x))
      .map((x): NotChosen => {
        const [proof] = because(x.subject)
        return { id: x.id, reason: 'name-does-not-match', ...(proof ? { because: proof } : {}) }
      }),
    confidence: picked.certificates.length > 1 || picked.orNone ? 'likely' : 'certain',
  })
  return { steps: [tls, shown], set: { ...set, peerNames: namesIn(first) } }
}

const subjectNames = (subject: string): readonly string[] | null => {
  const cn = /(?:^|,\s*)CN=("?)([^",]+)\1/i.exec(subject)?.[2]?.trim()
  return cn === undefined ? null : [cn]
}
