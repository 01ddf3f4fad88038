import type { RawProperty } from '../../model'
import { fromBase64 } from './bytes'
import { type NrbfValue, readNrbf, unsigned } from './nrbf'
import { readX509 } from './x509'

export type Lines = readonly [number, number]
type Payload = { readonly text: string; readonly lines: Lines }

const property = (name: string, text: string, lines: Lines): RawProperty => ({ name, text, lines })

/** Properties that the certificate itself holds. Get-ExchangeCertificate exported by Export-Clixml has no others but these bytes. */
export function fromRawData({ text, lines }: Payload): RawProperty[] {
  return fromRawBytes(fromBase64(text), lines)
}

/** The same from the bytes themselves. */
export function fromRawBytes(bytes: Uint8Array | undefined, lines: Lines): RawProperty[] {
  const x = bytes && readX509(bytes)
  if (!x) return []
  const out = [
    property('Thumbprint', x.thumbprint, lines),
    property('Subject', x.subject, lines),
    property('Issuer', x.issuer, lines),
    property('SerialNumber', x.serialNumber, lines),
    property('NotBefore', x.notBefore, lines),
    property('NotAfter', x.notAfter, lines),
    { name: 'CertificateDomains', text: `{${x.domains.join(', ')}}`, items: x.domains, lines },
    property('IsSelfSigned', x.isSelfSigned ? 'True' : 'False', lines),
    property('SignatureAlgorithm', x.signatureAlgorithm, lines),
  ]
  if (x.keyUsages !== null)
    out.push({ name: 'EnhancedKeyUsageList', text: `{${x.keyUsages.join(', ')}}`, items: x.keyUsages, lines })
  if (x.publicKeySize !== null) out.push(property('PublicKeySize', String(x.publicKeySize), lines))
  return out
}

/** Property numbers of a certificate as Windows stores it (wincrypt.h, CERT_*_PROP_ID). */
const KEY_PROVIDER_INFO = 0x02
const FRIENDLY_NAME = 0x0b

/** Elements of `{ u32 property, u32 1, u32 length, bytes }` by their property. undefined where the data are none. */
function storedElements(data: Uint8Array): ReadonlyMap<number, Uint8Array> | undefined {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength)
  const found = new Map<number, Uint8Array>()
  for (let at = 0; at + 12 <= data.length; ) {
    const length = view.getUint32(at + 8, true)
    if (view.getUint32(at + 4, true) !== 1 || at + 12 + length > data.length) return undefined
    found.set(view.getUint32(at, true), data.subarray(at + 12, at + 12 + length))
    at += 12 + length
  }
  return found.size > 0 ? found : undefined
}

/** Does the stored certificate name a private key? undefined where the data do not tell. */
export function namesPrivateKey(data: Uint8Array): boolean | undefined {
  const elements = storedElements(data)
  return elements && (elements.get(KEY_PROVIDER_INFO)?.length ?? 0) > 0
}

function friendlyName(data: Uint8Array): string | undefined {
  const bytes = storedElements(data)?.get(FRIENDLY_NAME)
  return bytes && new TextDecoder('utf-16le').decode(bytes).replace(/\0{1,4}$/, '')
}

const labels: readonly (readonly [string, RegExp])[] = [
  ['Subject', /\[Subject\]\s{1,8}([^\r\n]{1,2000})/],
  ['Issuer', /\[Issuer\]\s{1,8}([^\r\n]{1,2000})/],
  ['SerialNumber', /\[Serial Number\]\s{1,8}([0-9A-Fa-f]{1,100})/],
  ['NotBefore', /\[Not Before\]\s{1,8}([^\r\n]{1,100})/],
  ['NotAfter', /\[Not After\]\s{1,8}([^\r\n]{1,100})/],
  ['Thumbprint', /\[Thumbprint\]\s{1,8}([0-9A-Fa-f]{40})/],
]

/** What X509Certificate.ToString() prints, where an export holds no more of a certificate. Its dates are as the server prints them. */
export function certificateOfText(text: string, lines: Lines): RawProperty[] {
  if (!text.startsWith('[Subject]')) return []
  return labels.flatMap(([name, label]) => {
    const found = label.exec(text)?.[1]?.trim()
    return found === undefined ? [] : [property(name, found, lines)]
  })
}

/**
 * What Exchange knows about a certificate besides: which services use it, its status, the server. It is in the bytes that remoting
 * adds; an export without them says nothing about the services, which is not the same as none.
 */
export function fromSerializationData({ text, lines }: Payload): RawProperty[] {
  return fromSerializedBytes(fromBase64(text), lines)
}

export function fromSerializedBytes(bytes: Uint8Array | undefined, lines: Lines): RawProperty[] {
  const stream = bytes && readNrbf(unsigned(bytes))
  if (!stream?.root || !/(?:^|\.)ExchangeCertificate$/.test(stream.root.type)) return []
  const { members } = stream.root
  const out: RawProperty[] = []
  // An enumeration is an object with one number in it.
  const numberOf = (v: NrbfValue | undefined): number | undefined => {
    const value = stream.resolve(v)
    const inner =
      value !== null && typeof value === 'object' && 'members' in value ? value.members.get('value__') : value
    return typeof inner === 'number' ? inner : undefined
  }
  for (const name of ['Services', 'Status', 'RootCAType']) {
    const value = numberOf(members.get(name))
    if (value !== undefined) out.push(property(name, String(value), lines))
  }
  const exportable = members.get('PrivateKeyExportable')
  if (typeof exportable === 'boolean') out.push(property('PrivateKeyExportable', exportable ? 'True' : 'False', lines))
  const identity = stream.resolve(members.get('Identity'))
  if (typeof identity === 'string' && identity !== '') out.push(property('Identity', identity, lines))
  const data = stream.resolve(members.get('CertData'))
  if (!(data instanceof Uint8Array)) return out
  const name = friendlyName(data)
  if (name !== undefined) out.push(property('FriendlyName', name, lines))
  const hasKey = namesPrivateKey(data)
  if (hasKey !== undefined) out.push(property('HasPrivateKey', hasKey ? 'True' : 'False', lines))
  return out
}
