/** What remoting adds to a certificate: the BinaryFormatter stream of the object, for tests. */
export type SerializedCertificate = {
  readonly services: number
  readonly status: number
  readonly rootCAType: number
  readonly identity: string
  readonly hasPrivateKey: boolean
  readonly friendlyName?: string
  readonly signed?: boolean
}

const int = (n: number): number[] => [n & 0xff, (n >> 8) & 0xff, (n >> 16) & 0xff, (n >> 24) & 0xff]
const text = (s: string): number[] => {
  const bytes = [...new TextEncoder().encode(s)]
  return bytes.length < 128 ? [bytes.length, ...bytes] : [(bytes.length & 0x7f) | 0x80, bytes.length >> 7, ...bytes]
}
const CLASS = 'Microsoft.Exchange.Management.SystemConfigurationTasks.ExchangeCertificate'
const ENUMS = 'Microsoft.Exchange.Management.SystemConfigurationTasks'

/** One property of a stored certificate. */
const stored = (id: number, bytes: readonly number[]): number[] => [
  ...int(id),
  ...int(1),
  ...int(bytes.length),
  ...bytes,
]

export function makeSerializationData(o: SerializedCertificate): Uint8Array {
  const enumObject = (id: number, type: string, value: number): number[] => [
    5,
    ...int(id),
    ...text(`${ENUMS}.${type}`),
    ...int(1),
    ...text('value__'),
    0,
    8,
    ...int(2),
    ...int(value),
  ]
  const friendly = o.friendlyName === undefined ? [] : stored(0x0b, [...Buffer.from(`${o.friendlyName}\0`, 'utf16le')])
  const data = [
    ...(o.hasPrivateKey ? stored(2, [1, 2, 3, 4]) : []),
    ...friendly,
    ...stored(3, [9, 9]),
    ...stored(0x20, [0x30, 0]),
  ]
  const stream = [
    0,
    ...int(1),
    ...int(-1),
    ...int(1),
    ...int(0),
    12,
    ...int(2),
    ...text('Microsoft.Exchange.Management, Version=15.0.0.0'),
    5,
    ...int(1),
    ...text(CLASS),
    ...int(7),
    ...['CertData', 'SelfSigned', 'Status', 'RootCAType', 'Services', 'PrivateKeyExportable', 'Identity'].flatMap(text),
    7,
    0,
    4,
    4,
    4,
    0,
    1,
    2,
    1,
    ...['CertificateStatus', 'CertificateAuthorityType', 'AllowedServices'].flatMap((t) => [
      ...text(`${ENUMS}.${t}`),
      ...int(2),
    ]),
    1,
    ...int(2),
    9,
    ...int(3),
    1,
    ...enumObject(-4, 'CertificateStatus', o.status),
    ...enumObject(-5, 'CertificateAuthorityType', o.rootCAType),
    ...enumObject(-6, 'AllowedServices', o.services),
    0,
    6,
    ...int(7),
    ...text(o.identity),
    15,
    ...int(3),
    ...int(data.length),
    2,
    ...data,
    11,
  ]
  if (o.signed !== true) return Uint8Array.from(stream)
  return Uint8Array.from([...new TextEncoder().encode('#sig#'), ...int(stream.length), ...stream, ...Array(32).fill(7)])
}
