// Just enough DER to make X.509 certificates whose validity, names and issuer we choose. Keys are made for the run and thrown away.
import { createHash, generateKeyPairSync, sign } from 'node:crypto'

const tlv = (tag, ...parts) => {
  const body = Buffer.concat(parts)
  if (body.length < 128) return Buffer.concat([Buffer.from([tag, body.length]), body])
  const size = body.length < 256 ? [0x81, body.length] : [0x82, body.length >> 8, body.length & 255]
  return Buffer.concat([Buffer.from([tag, ...size]), body])
}
const seq = (...parts) => tlv(0x30, ...parts)
const set = (...parts) => tlv(0x31, ...parts)
const int = (bytes) => tlv(0x02, bytes[0] & 0x80 ? Buffer.concat([Buffer.from([0]), bytes]) : bytes)
const oid = (text) => {
  const [a, b, ...rest] = text.split('.').map(Number)
  const out = [a * 40 + b]
  for (const n of rest) {
    const group = [n & 127]
    for (let m = n >> 7; m > 0; m >>= 7) group.unshift((m & 127) | 128)
    out.push(...group)
  }
  return tlv(0x06, Buffer.from(out))
}
const time = (date) => tlv(0x17, Buffer.from(`${date.toISOString().replace(/[-:T]/g, '').slice(2, 14)}Z`, 'latin1'))

const attributes = { CN: '2.5.4.3', OU: '2.5.4.11', O: '2.5.4.10', L: '2.5.4.7', S: '2.5.4.8', C: '2.5.4.6' }
/** `CN=mail.contoso.com, O=Contoso, C=DE` as .NET prints it, that is leaf first; DER holds the root first. */
const name = (text) =>
  seq(
    ...text
      .split(', ')
      .reverse()
      .map((rdn) => {
        const [key, value] = [rdn.slice(0, rdn.indexOf('=')), rdn.slice(rdn.indexOf('=') + 1)]
        return set(seq(oid(attributes[key]), tlv(key === 'C' ? 0x13 : 0x0c, Buffer.from(value, 'utf8'))))
      }),
  )
const sha256WithRsa = seq(oid('1.2.840.113549.1.1.11'), tlv(0x05))
const extension = (id, value, critical = false) =>
  seq(oid(id), ...(critical ? [tlv(0x01, Buffer.from([255]))] : []), tlv(0x04, value))

export const newKey = () => generateKeyPairSync('rsa', { modulusLength: 2048 })

/** A signed certificate. `by` is { subject, key } of the issuer, or nothing for a self-signed one. */
export function certificate({ subject, names = [], from, to, serial, clientAuth = true, ca = false, key, by }) {
  const usages = ['1.3.6.1.5.5.7.3.1', ...(clientAuth ? ['1.3.6.1.5.5.7.3.2'] : [])]
  const extensions = seq(
    extension('2.5.29.15', tlv(0x03, Buffer.from([ca ? 1 : 5, ca ? 0x06 : 0xa0])), true),
    ...(ca ? [] : [extension('2.5.29.37', seq(...usages.map(oid)))]),
    ...(names.length ? [extension('2.5.29.17', seq(...names.map((n) => tlv(0x82, Buffer.from(n)))))] : []),
    extension('2.5.29.19', ca ? seq(tlv(0x01, Buffer.from([255]))) : seq(), true),
  )
  const tbs = seq(
    tlv(0xa0, tlv(0x02, Buffer.from([2]))),
    int(Buffer.from(serial, 'hex')),
    sha256WithRsa,
    name(by?.subject ?? subject),
    seq(time(new Date(from)), time(new Date(to))),
    name(subject),
    key.publicKey.export({ type: 'spki', format: 'der' }),
    tlv(0xa3, extensions),
  )
  const signature = sign('sha256', tbs, (by?.key ?? key).privateKey)
  return seq(tbs, sha256WithRsa, tlv(0x03, Buffer.from([0]), signature))
}

export const thumbprint = (der) => createHash('sha1').update(der).digest('hex').toUpperCase()
