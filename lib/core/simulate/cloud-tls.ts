import {
  bearsTlsDomain,
  certificatesOf,
  isValid,
  pickCertificate,
  searchTest,
  starttlsSearch,
} from '../mailflow/certificate-selection'
import { knownServers } from '../mailflow/known-servers'
import { textOf } from '../mailflow/property-of'
import { selectionIndex } from '../mailflow/selection-index'
import { and, isTrue, known, not, type OutboundConnector, or, type Tri } from '../model'
import { cloudAddress } from './cloud'
import { because, step } from './step'
import type { HopResult, TraceNode, World } from './types'

/**
 * Exchange Online validates the certificate of the server as TlsSettings say: that there is one, that an authority vouches for it,
 * that it bears TlsDomain. Null where it goes on, or where that cannot be told.
 * Source: New-OutboundConnector, -TlsSettings and -TlsDomain; NDR 450 4.4.317, 451 5.7.3.
 */
export function refusedByTls(world: World, c: OutboundConnector, node: TraceNode): HopResult | null {
  const level = known(textOf(c, 'TlsSettings'))?.toLowerCase()
  if (level === undefined) return null
  const { config, asOf } = world
  const answers = cloudAddress && selectionIndex(config, node.id, 25, 4, null).at(cloudAddress.value)
  if (answers?.state !== 'winner') return null
  const search = starttlsSearch(answers.connector, config)
  const { certificates, uploaded } = certificatesOf(config, node.id, knownServers(config).length <= 1)
  if (search.by === 'unknown' || !uploaded) return null
  const picked = pickCertificate(certificates, searchTest(search), asOf)
  const name = known(c.tlsDomain) ?? ''
  const why = because(textOf(c, 'TlsSettings'), c.tlsDomain, answers.connector.tlsCertificateName)
  if (picked.certificates.length === 0 && !picked.orNone) return null
  if (picked.certificates.length === 0) {
    const reply = { code: '451 5.7.3', text: 'STARTTLS is required to send mail' }
    const none = step('next-hop', 'tls-not-offered', { params: { connector: c.name, name }, because: why })
    return { steps: [none], end: { disposition: 'queued', reply } }
  }
  const good = (x: (typeof certificates)[number]): Tri => {
    if (level === 'encryptiononly') return 'yes'
    const valid = and(isValid(x, asOf), not(isTrue(x.isSelfSigned)))
    return level === 'domainvalidation' && name !== '' ? and(valid, bearsTlsDomain(x, name)) : valid
  }
  const verdict = or(...picked.certificates.map(good))
  if (verdict !== 'no') return null
  const subjects = picked.certificates.flatMap((x) => [x.subject, x.notAfter, x.isSelfSigned])
  const reply = { code: '450 4.4.317', text: 'Cannot connect to remote server: certificate validation failed' }
  const refused = step('next-hop', 'tls-name-refused', {
    params: { connector: c.name, name },
    because: [...why, ...because(...subjects)],
    confidence: 'likely',
  })
  return { steps: [refused], end: { disposition: 'queued', reply } }
}
