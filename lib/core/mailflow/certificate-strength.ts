import { type Certificate, contains, isUnset, known, type Property, type Tri, tri } from '../model'
import { listOf, numberOf, textOf } from './property-of'

/** Sizes of keys on elliptic curves (NIST, SEC 2, Brainpool), which are no RSA sizes. */
const CURVES: readonly number[] = [160, 163, 192, 224, 233, 239, 256, 283, 320, 384, 409, 521, 571]
const RSA_MIN = 2048

/** Is the key an RSA key of fewer than 2,048 bits? 512 bits are either; the algorithm of the key would tell. */
export function keyWeakness(c: Certificate): Tri {
  const bits = known(numberOf(c, 'PublicKeySize'))
  if (bits === undefined) return 'unknown'
  if (bits >= RSA_MIN) return 'no'
  const algorithm = known(textOf(c, 'PublicKeyAlgorithm'))?.toLowerCase()
  if (algorithm !== undefined && /ecc|ecdsa|ec-public|1\.2\.840\.10045/.test(algorithm)) return 'no'
  if (algorithm !== undefined && /rsa|1\.2\.840\.113549/.test(algorithm)) return 'yes'
  return bits === 512 ? 'unknown' : tri(!CURVES.includes(bits))
}

/** Object identifiers of signatures with MD2, MD5 and SHA-1 (RFC 3279, OIW). */
const BROKEN = /^(?:1\.2\.840\.113549\.1\.1\.[245]|1\.2\.840\.10040\.4\.3|1\.2\.840\.10045\.4\.1|1\.3\.14\.3\.2\.29)$/
const SOUND = /sha-?(?:2|3|256|384|512)|ed25519|^1\.2\.840\.113549\.1\.1\.1[1-4]$|^1\.2\.840\.10045\.4\.3\.[1-4]$/

/** Was it signed with SHA-1 or MD5? A list export prints the name of a type instead of the algorithm; RSASSA-PSS leaves the hash open. */
export function signatureWeakness(c: Certificate): Tri {
  const algorithm = known(textOf(c, 'SignatureAlgorithm'))?.trim().toLowerCase()
  if (algorithm === undefined) return 'unknown'
  if (/md[245]|sha-?1(?!\d)/.test(algorithm) || BROKEN.test(algorithm)) return 'yes'
  return SOUND.test(algorithm) ? 'no' : 'unknown'
}

const CLIENT = /1\.3\.6\.1\.5\.5\.7\.3\.2(?![.\d])|2\.5\.29\.37\.0(?![.\d])|client authentication/i
const OID = /\d+(?:\.\d+){3,}/

/** The purposes the certificate is made for, where they were exported. */
export function keyUsagesOf(c: Certificate): Property<readonly string[]> {
  const list = listOf(c, 'EnhancedKeyUsageList')
  return list.state === 'missing' ? listOf(c, 'EnhancedKeyUsages') : list
}

/**
 * May it prove who a client is (1.3.6.1.5.5.7.3.2)? A certificate without the extension may serve every purpose (RFC 5280, 4.2.1.12).
 * Purposes that are only named, in the language of the server, do not say no.
 */
export function allowsClientAuth(c: Certificate): Tri {
  const p = keyUsagesOf(c)
  if (isUnset(p) === 'yes') return 'yes'
  const found = contains(p, (u) => CLIENT.test(u))
  return found === 'no' && contains(p, (u) => !OID.test(u)) !== 'no' ? 'unknown' : found
}
