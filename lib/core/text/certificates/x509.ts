import { sha1 } from '@noble/hashes/legacy.js'
import { sameBytes, toHex } from './bytes'
import { type Element, elementAt, elementsIn, oidOf, timeOf } from './der'
import { attributesOf, printName } from './x500-name'

/** What a certificate itself says (RFC 5280), in the words of Get-ExchangeCertificate. Dates are UTC. */
export type X509 = {
  readonly thumbprint: string
  readonly subject: string
  readonly issuer: string
  readonly serialNumber: string
  readonly notBefore: string
  readonly notAfter: string
  /** Common name where it is a host name, then the alternative names: what Exchange lists as CertificateDomains. */
  readonly domains: readonly string[]
  readonly publicKeySize: number | null
  readonly signatureAlgorithm: string
  readonly isSelfSigned: boolean
  /** As PowerShell prints EnhancedKeyUsageList; null without the extension, which allows all purposes. */
  readonly keyUsages: readonly string[] | null
}

const SUBJECT_ALTERNATIVE_NAMES = '2.5.29.17'
const EXTENDED_KEY_USAGE = '2.5.29.37'
const DNS_NAME = 0x82

const signatures: Readonly<Record<string, string>> = {
  '1.2.840.113549.1.1.4': 'md5RSA',
  '1.2.840.113549.1.1.5': 'sha1RSA',
  '1.2.840.113549.1.1.11': 'sha256RSA',
  '1.2.840.113549.1.1.12': 'sha384RSA',
  '1.2.840.113549.1.1.13': 'sha512RSA',
  '1.2.840.113549.1.1.10': 'RSASSA-PSS',
  '1.2.840.10045.4.1': 'sha1ECDSA',
  '1.2.840.10045.4.3.2': 'sha256ECDSA',
  '1.2.840.10045.4.3.3': 'sha384ECDSA',
  '1.2.840.10045.4.3.4': 'sha512ECDSA',
}

const curves: Readonly<Record<string, number>> = {
  '1.2.840.10045.3.1.7': 256,
  '1.3.132.0.34': 384,
  '1.3.132.0.35': 521,
}

function bitLength(integer: Uint8Array): number {
  let at = 0
  while (at < integer.length && integer[at] === 0) at++
  const first = integer[at]
  return first === undefined ? 0 : (integer.length - at - 1) * 8 + (32 - Math.clz32(first))
}

/** Bits of the key: of the modulus for RSA, of the curve for elliptic curves. */
function keySize(keyInfo: Element): number | null {
  const [algorithm, key] = elementsIn(keyInfo.content)
  const [type, parameters] = elementsIn(algorithm?.content ?? new Uint8Array())
  if (key === undefined || type === undefined) return null
  if (oidOf(type.content) === '1.2.840.10045.2.1') return curves[oidOf(parameters?.content ?? new Uint8Array())] ?? null
  const modulus = elementsIn(elementAt(key.content, 1)?.content ?? new Uint8Array())[0]
  return modulus === undefined ? null : bitLength(modulus.content)
}

/** The value of an extension (RFC 5280 4.1.2.9), which is DER inside an octet string. */
function extensionValue(extensions: Element | undefined, oid: string): Element | undefined {
  const list = elementsIn(elementsIn(extensions?.content ?? new Uint8Array())[0]?.content ?? new Uint8Array())
  for (const extension of list) {
    const parts = elementsIn(extension.content)
    const value = parts[parts.length - 1]
    if (parts[0] !== undefined && value !== undefined && oidOf(parts[0].content) === oid)
      return elementAt(value.content, 0)
  }
  return undefined
}

const alternativeNames = (extensions: Element | undefined): string[] =>
  elementsIn(extensionValue(extensions, SUBJECT_ALTERNATIVE_NAMES)?.content ?? new Uint8Array())
    .filter((n) => n.tag === DNS_NAME)
    .map((n) => Array.from(n.content, (c) => String.fromCharCode(c)).join(''))

/** Friendly names of Windows for the purposes that certificates of mail servers have. */
const purposes: Readonly<Record<string, string>> = {
  '1.3.6.1.5.5.7.3.1': 'Server Authentication',
  '1.3.6.1.5.5.7.3.2': 'Client Authentication',
  '1.3.6.1.5.5.7.3.3': 'Code Signing',
  '1.3.6.1.5.5.7.3.4': 'Secure Email',
  '1.3.6.1.5.5.7.3.8': 'Time Stamping',
  '1.3.6.1.5.5.7.3.9': 'OCSP Signing',
  '2.5.29.37.0': 'Any Purpose',
}

function keyUsages(extensions: Element | undefined): string[] | null {
  const value = extensionValue(extensions, EXTENDED_KEY_USAGE)
  if (value === undefined) return null
  return elementsIn(value.content).map((e) => {
    const oid = oidOf(e.content)
    return Object.hasOwn(purposes, oid) ? `${purposes[oid]} (${oid})` : `(${oid})`
  })
}

/** Letters beyond ASCII stand for themselves in a common name; alternative names have them encoded (`xn--`). */
const HOST = /^(?:\*\.)?[\p{L}0-9_][\p{L}0-9_-]{0,62}(?:\.[\p{L}0-9_-]{1,63}){0,20}$/u

function domainsOf(subject: Element, extensions: Element | undefined): string[] {
  const common = attributesOf(subject)
    .flat()
    .filter((a) => a.key === 'CN')
    .map((a) => a.value)
  const out: string[] = []
  for (const name of [...common.filter((c) => HOST.test(c)), ...alternativeNames(extensions)]) {
    if (!out.some((o) => o.toLowerCase() === name.toLowerCase())) out.push(name)
  }
  return out
}

/** Reads a DER certificate; undefined where the bytes are not one. */
export function readX509(der: Uint8Array): X509 | undefined {
  const whole = elementAt(der, 0)
  const [tbs, algorithm] = elementsIn(whole?.content ?? new Uint8Array())
  if (whole === undefined || tbs === undefined || algorithm === undefined) return undefined
  const fields = elementsIn(tbs.content)
  const [serial, , issuer, validity, subject, key, ...rest] = fields[0]?.tag === 0xa0 ? fields.slice(1) : fields
  const [from, to] = elementsIn(validity?.content ?? new Uint8Array())
  if (serial === undefined || issuer === undefined || subject === undefined || key === undefined || !from || !to)
    return undefined
  const notBefore = timeOf(from)
  const notAfter = timeOf(to)
  if (notBefore === undefined || notAfter === undefined) return undefined
  const oid = oidOf(elementsIn(algorithm.content)[0]?.content ?? new Uint8Array())
  const extensions = rest.find((e) => e.tag === 0xa3)
  return {
    thumbprint: toHex(sha1(whole.whole)),
    subject: printName(subject),
    issuer: printName(issuer),
    serialNumber: toHex(serial.content),
    notBefore,
    notAfter,
    domains: domainsOf(subject, extensions),
    publicKeySize: keySize(key),
    signatureAlgorithm: signatures[oid] ?? oid,
    isSelfSigned: sameBytes(subject.whole, issuer.whole),
    keyUsages: keyUsages(extensions),
  }
}
