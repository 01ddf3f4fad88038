import { generateKeyPairSync, sign } from 'node:crypto'

/** DER of a certificate for tests, signed by its own key whatever the issuer says. */
export type CertificateOptions = {
  /** Parts of the names as pairs of OID and value, the root first. */
  readonly subject: readonly (readonly [oid: string, value: string])[]
  readonly issuer?: CertificateOptions['subject']
  readonly names?: readonly string[]
  /** OIDs of the extended key usage. */
  readonly usages?: readonly string[]
  readonly notBefore?: string
  readonly notAfter?: string
  readonly serial?: readonly number[]
  readonly key?: 'rsa' | 'ec'
}

const tlv = (tag: number, ...content: readonly (Uint8Array | readonly number[])[]): Uint8Array => {
  const body = Uint8Array.from(content.flatMap((c) => [...c]))
  const n = body.length
  const length = n < 128 ? [n] : n < 256 ? [0x81, n] : [0x82, n >> 8, n & 0xff]
  return Uint8Array.from([tag, ...length, ...body])
}
const sequence = (...content: readonly (Uint8Array | readonly number[])[]) => tlv(0x30, ...content)
const utf8 = (s: string) => new TextEncoder().encode(s)

function oid(text: string): Uint8Array {
  const [a = 0, b = 0, ...rest] = text.split('.').map(Number)
  const bytes = [a * 40 + b]
  for (const n of rest) {
    const groups = [n & 0x7f]
    for (let v = Math.floor(n / 128); v > 0; v = Math.floor(v / 128)) groups.unshift((v & 0x7f) | 0x80)
    bytes.push(...groups)
  }
  return tlv(6, bytes)
}

const nameOf = (parts: CertificateOptions['subject']) =>
  sequence(...parts.map(([type, value]) => tlv(0x31, sequence(oid(type), tlv(0x0c, utf8(value))))))

const timeOf = (iso: string) => tlv(0x17, utf8(`${iso.slice(2, 19).replace(/[-:T]/g, '')}Z`))

export function makeCertificate(o: CertificateOptions): Uint8Array {
  const pair =
    o.key === 'ec'
      ? generateKeyPairSync('ec', { namedCurve: 'P-256' })
      : generateKeyPairSync('rsa', { modulusLength: 2048 })
  const algorithm =
    o.key === 'ec' ? sequence(oid('1.2.840.10045.4.3.2')) : sequence(oid('1.2.840.113549.1.1.11'), tlv(5))
  const names = (o.names ?? []).map((n) => tlv(0x82, utf8(n)))
  const list = [
    ...(names.length === 0 ? [] : [sequence(oid('2.5.29.17'), tlv(4, sequence(...names)))]),
    ...(o.usages === undefined ? [] : [sequence(oid('2.5.29.37'), tlv(4, sequence(...o.usages.map(oid))))]),
  ]
  const extensions = list.length === 0 ? [] : [tlv(0xa3, sequence(...list))]
  const tbs = sequence(
    tlv(0xa0, tlv(2, [2])),
    tlv(2, o.serial ?? [0x22, 0xae, 0xc5]),
    algorithm,
    nameOf(o.issuer ?? o.subject),
    sequence(timeOf(o.notBefore ?? '2026-01-01T00:00:00'), timeOf(o.notAfter ?? '2027-01-01T00:00:00')),
    nameOf(o.subject),
    pair.publicKey.export({ type: 'spki', format: 'der' }),
    ...extensions,
  )
  return sequence(tbs, algorithm, tlv(3, [0], sign('sha256', tbs, pair.privateKey)))
}
