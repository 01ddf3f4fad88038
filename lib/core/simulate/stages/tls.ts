import {
  certificatesOf,
  isValid,
  pickCertificate,
  searchTest,
  starttlsSearch,
} from '../../mailflow/certificate-selection'
import { knownServers } from '../../mailflow/known-servers'
import { hasMechanism } from '../../mailflow/permissions'
import { isTrue, type Property, type ReceiveConnector, type Tri } from '../../model'
import { type Stage, sure } from '../session'
import { because, step } from '../step'
import type { DecisionOf } from '../texts'
import type { NotChosen, World } from '../types'

const isOnlyServer = ({ config }: World, server: string): boolean => {
  const names = new Set([...knownServers(config).map((s) => s.name.toLowerCase()), server.toLowerCase()])
  return names.size === 1
}

type Search = { readonly from: readonly Property<unknown>[]; readonly name: string }

function searchOf(c: ReceiveConnector, world: World): Search & { readonly state: 'asks' | 'nothing' | 'unknown' } {
  const search = starttlsSearch(c, world.config)
  if (search.by === 'name') return { state: 'asks', from: [search.from], name: search.name.text }
  if (search.by === 'host') return { state: 'asks', from: search.from ? [search.from] : [], name: search.host }
  return { state: search.by, from: [c.tlsCertificateName], name: '' }
}

/**
 * Which certificate STARTTLS would show, and whether it is offered at all. Order and conditions: Selection of inbound STARTTLS
 * certificates (learn.microsoft.com). Where that page and the Exchange Team disagree, every candidate is kept.
 */
const certificate: Stage = ({ connector: c, packet }, world) => {
  if (c === null) return { steps: [] }
  const tls = hasMechanism(c, 'Tls')
  if (tls === 'no')
    return {
      steps: [step('certificate', 'tls-not-enabled', { because: because(c.authMechanism) })],
      set: { offered: 'no' },
    }
  const server = packet.node.id
  const { certificates, uploaded } = certificatesOf(world.config, server, isOnlyServer(world, server))
  const side = packet.node.kind === 'edge' ? ('edge' as const) : ('on-premises' as const)
  const search = searchOf(c, world)
  const missing = [{ cmdlet: 'Get-ExchangeCertificate', side, servers: [server] }]
  if (!uploaded || tls === 'unknown' || search.state === 'unknown') {
    const lacks = uploaded ? [{ cmdlet: 'Get-ReceiveConnector', side, servers: [server] }] : missing
    return {
      steps: [step('certificate', 'not-known', { because: because(...search.from), missing: lacks })],
      set: { offered: 'unknown' },
    }
  }
  if (search.state === 'nothing')
    return {
      steps: [step('certificate', 'name-not-usable', { because: because(c.tlsCertificateName) })],
      set: { offered: 'no' },
    }
  const matches = searchTest(starttlsSearch(c, world.config))
  const picked = pickCertificate(certificates, matches, world.asOf)
  const losers = certificates
    .filter((x) => !picked.certificates.includes(x))
    .map((x): NotChosen => {
      const hasName = matches(x)
      const reason =
        hasName === 'no'
          ? 'name-does-not-match'
          : isTrue(x.hasPrivateKey) === 'no'
            ? 'no-private-key'
            : isValid(x, world.asOf) === 'no'
              ? 'not-valid'
              : 'older'
      const [proof] = because(hasName === 'no' ? x.subject : reason === 'no-private-key' ? x.hasPrivateKey : x.notAfter)
      return { id: x.id, reason, ...(proof ? { because: proof } : {}) }
    })
  const [first] = picked.certificates
  const params = { name: search.name, count: picked.certificates.length }
  if (first === undefined)
    return {
      steps: [step('certificate', 'none', { params, because: because(...search.from), notChosen: losers })],
      set: { offered: 'no' },
    }
  const services = picked.certificates.some(
    (x) => x.services.state === 'ok' && !x.services.value.some((s) => s.toLowerCase() === 'smtp'),
  )
  const decision = picked.certificates.length > 1 ? 'sources-disagree' : services ? 'shown-without-smtp' : 'shown'
  return {
    steps: [
      step('certificate', picked.orNone ? 'perhaps-none' : decision, {
        chosen: first.id,
        params: { ...params, subject: first.subject.state === 'ok' ? first.subject.value : first.thumbprint },
        because: because(...search.from, ...picked.certificates.flatMap((x) => [x.subject, x.notAfter])),
        notChosen: losers,
        confidence: picked.orNone ? 'unknown' : picked.certificates.length > 1 || services ? 'likely' : 'certain',
      }),
    ],
    set: { offered: picked.orNone ? 'unknown' : 'yes', shown: picked.certificates },
  }
}

/** Is the session encrypted, and what if it must be? The certificate decides whether STARTTLS is offered. Source: Set-ReceiveConnector. */
export const encryption: Stage = (session, world) => {
  const { connector: c, packet } = session
  if (c === null) return { steps: [] }
  const cert = certificate(session, world)
  const offered = cert.set?.offered ?? 'unknown'
  const encrypted: Tri = packet.tls === 'no' ? 'no' : packet.tls === 'yes' ? offered : 'unknown'
  const why = because(c.requireTLS, c.authMechanism)
  const set = { ...cert.set, encrypted }
  if (isTrue(c.requireTLS) === 'yes' && encrypted === 'no')
    return {
      steps: [step('tls', 'required', { because: why }), ...cert.steps],
      end: { disposition: 'rejected', reply: { code: '451 5.7.3', text: 'Must issue a STARTTLS command first' } },
    }
  return {
    steps: [
      step('tls', tlsDecision(packet.tls, encrypted), { because: why, confidence: sure(encrypted) }),
      ...cert.steps,
    ],
    set,
  }
}

function tlsDecision(wanted: Tri, encrypted: Tri): DecisionOf<'tls'> {
  if (encrypted === 'yes') return 'encrypted'
  if (encrypted === 'unknown') return 'not-certain'
  return wanted === 'no' ? 'not-used' : 'not-offered'
}
