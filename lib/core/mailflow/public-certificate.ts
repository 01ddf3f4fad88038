import { and, type Certificate, type Config, isTrue, known, not, type TlsCertificateName, type Tri } from '../model'
import { bearsName, isNamedBy, isValid, pairOf } from './certificate-selection'
import { inventoryOf } from './certificate-uses'
import { hybridRecv } from './hybrid'
import { hybridSend, saysWord } from './hybrid-connectors'

/** From a public certification authority, valid on that day, with its private key: what others accept as proof of the name. */
export const isPublicAndValid = (c: Certificate, asOf: Date): Tri =>
  and(
    not(isTrue(c.isSelfSigned)),
    saysWord(c.rootCAType, 'ThirdParty').value,
    isTrue(c.hasPrivateKey),
    isValid(c, asOf),
  )

/** Properties that isPublicAndValid and the name of a certificate are read from. */
export const publicCertificateReads = [
  'Subject',
  'Issuer',
  'CertificateDomains',
  'HasPrivateKey',
  'IsSelfSigned',
  'RootCAType',
  'NotBefore',
  'NotAfter',
  'Status',
] as const

export type PublicCertificates = {
  readonly certain: readonly Certificate[]
  /** Others that may be one, by a property that was not exported or by a list that is not whole. */
  readonly open: boolean
}

/** The public and valid certificates of a server, those that carry the name where one is given. */
export function publicCertificatesFor(
  config: Config,
  server: string,
  host: string | undefined,
  asOf: Date,
): PublicCertificates {
  const { certificates, whole } = inventoryOf(config, server)
  const judged = certificates.map((c) => ({
    c,
    value: and(host === undefined ? 'yes' : bearsName(c, host), isPublicAndValid(c, asOf)),
  }))
  return {
    certain: judged.flatMap((j) => (j.value === 'yes' ? [j.c] : [])),
    open: whole !== 'yes' || judged.some((j) => j.value === 'unknown'),
  }
}

const standard = (name: TlsCertificateName | undefined): readonly TlsCertificateName[] =>
  name?.syntax === 'standard' ? [name] : []

/** The pairs that the hybrid configuration and the enabled connectors from and to Exchange Online name, in that order. */
function pairsInUse(config: Config): readonly TlsCertificateName[] {
  return [
    ...config.hybridConfigurations.flatMap((h) => standard(known(h.tlsCertificateName))),
    ...[
      ...config.sendConnectors.filter((s) => hybridSend(s).value === 'yes'),
      ...config.receiveConnectors.filter((c) => hybridRecv(c).value === 'yes'),
    ]
      .filter((c) => isTrue(c.enabled) === 'yes')
      .flatMap((c) => standard(known(c.tlsCertificateName))),
  ]
}

/**
 * The value of TlsCertificateName that fits the servers: the pair that is in use for hybrid mail already, else that of the one public
 * certificate that all of them have, for the host name where one is given. undefined where nothing fits, or several do. A pair that a server of which all
 * certificates are known does not have fits none.
 */
export function pairToName(
  config: Config,
  servers: readonly string[],
  host: string | undefined,
  asOf: Date,
): string | undefined {
  const lacks = (server: string, name: TlsCertificateName) => {
    const { certificates, whole } = inventoryOf(config, server)
    return whole === 'yes' && certificates.every((c) => isNamedBy(c, name) === 'no')
  }
  const inUse = pairsInUse(config).find((name) => !servers.some((server) => lacks(server, name)))
  if (inUse) return inUse.text
  if (servers.length === 0) return undefined
  const found = servers.map((server) => publicCertificatesFor(config, server, host, asOf).certain)
  const pairs = new Set(found.flat().map(pairOf))
  const [only] = found[0] ?? []
  return pairs.size === 1 && found.every((list) => list.length > 0) && only
    ? `<I>${known(only.issuer)}<S>${known(only.subject)}`
    : undefined
}
