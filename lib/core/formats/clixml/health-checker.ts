import type { RawObject, RawProperty } from '../../model'

/**
 * Exchange HealthChecker (CSS-Exchange) exports what it found as one tree. Most of it are the objects of the cmdlets, which are found by
 * their types. Two kinds are its own: they hold some properties of connectors and certificates, partly under other names.
 */
export type HealthFacts = { readonly server: string | null; readonly takenAt: string | null }

const textOf = (o: RawObject, name: string): string | null =>
  o.properties.find((p) => p.name.toLowerCase() === name && p.unusable !== true)?.text ?? null

/** The object about the server, if it is that one. Its time is when the export was made. */
export function healthFacts(o: RawObject, names: ReadonlySet<string>): HealthFacts | undefined {
  if (!names.has('generationtime') && !names.has('healthcheckerversion')) return undefined
  if (!names.has('servername') && !names.has('exchangeinformation')) return undefined
  const time = Date.parse(textOf(o, 'generationtime') ?? '')
  return {
    server: textOf(o, 'servername'),
    takenAt: Number.isFinite(time) ? new Date(time).toISOString().replace(/\.\d{3}Z$/, 'Z') : null,
  }
}

type Renamed = {
  readonly collection: 'sendConnectors' | 'receiveConnectors' | 'certificates'
  readonly object: RawObject
}

/** For receive connectors the other properties hold what the object begins with, not what the connector has. */
const RECEIVE = new Set(['identity', 'name', 'fqdn', 'enabled', 'transportrole'])
const SEND: Readonly<Record<string, string>> = {
  identity: 'Identity',
  name: 'Name',
  fqdn: 'Fqdn',
  enabled: 'Enabled',
  cloudenabled: 'CloudServicesMailEnabled',
  smarthosts: 'SmartHosts',
  addressspaces: 'AddressSpaces',
  requiretls: 'RequireTLS',
  tlsauthlevel: 'TlsAuthLevel',
  tlsdomain: 'TlsDomain',
}
const CERTIFICATE: Readonly<Record<string, string>> = {
  issuer: 'Issuer',
  subject: 'Subject',
  friendlyname: 'FriendlyName',
  thumbprint: 'Thumbprint',
  publickeysize: 'PublicKeySize',
  signaturealgorithm: 'SignatureAlgorithm',
  namespaces: 'CertificateDomains',
  services: 'Services',
  status: 'Status',
}
/** Empty here means that the certificate came without what Exchange knows of it. */
const NOT_EMPTY = new Set(['services', 'status', 'publickeysize', 'namespaces'])

function renamed(
  o: RawObject,
  names: Readonly<Record<string, string>>,
  isKept: (p: RawProperty) => boolean,
): RawObject {
  const properties = o.properties.flatMap((p) => {
    const name = names[p.name.toLowerCase()]
    return name === undefined || !isKept(p) ? [] : [{ ...p, name }]
  })
  return { ...o, properties }
}

const hasValue = (p: RawProperty): boolean => (p.items === undefined ? Boolean(p.text) : p.items.length > 0)

/** The objects that HealthChecker makes itself, under the names of the cmdlets; undefined for all others. */
export function healthObject(o: RawObject, names: ReadonlySet<string>): Renamed | undefined {
  if (names.has('cloudenabled') && names.has('connectortype') && names.has('identity')) {
    const type = textOf(o, 'connectortype')?.toLowerCase()
    if (type === 'send') return { collection: 'sendConnectors', object: renamed(o, SEND, () => true) }
    if (type !== 'receive') return undefined
    const object = { ...o, properties: o.properties.filter((p) => RECEIVE.has(p.name.toLowerCase())) }
    return { collection: 'receiveConnectors', object }
  }
  if (!names.has('lifetimeindays') || !names.has('thumbprint')) return undefined
  const object = renamed(o, CERTIFICATE, (p) => hasValue(p) || !NOT_EMPTY.has(p.name.toLowerCase()))
  return { collection: 'certificates', object }
}
