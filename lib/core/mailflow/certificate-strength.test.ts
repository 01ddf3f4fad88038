import { expect, it } from 'vitest'
import type { Certificate } from '../model'
import { configFrom } from '../testing/config-from'
import { certificate, certificateExport } from '../testing/exports-text'
import { allowsClientAuth, keyWeakness, signatureWeakness } from './certificate-strength'

const one = (own: Record<string, string>): Certificate => {
  const [c] = configFrom(certificateExport('EX01', certificate(own))).certificates
  if (!c) throw new Error('no certificate')
  return c
}

it.each([
  ['2048', '', 'no'],
  ['2047', '', 'yes'],
  ['1024', '', 'yes'],
  ['384', '', 'no'],
  ['521', '', 'no'],
  ['512', '', 'unknown'],
  ['512', 'RSA', 'yes'],
  ['512', '1.2.840.10045.2.1', 'no'],
  ['384', 'RSA', 'yes'],
  ['1024', 'ECC', 'no'],
  ['', '', 'unknown'],
])('key of %s bits %s: %s', (PublicKeySize, PublicKeyAlgorithm, expected) =>
  expect(keyWeakness(one({ PublicKeySize, PublicKeyAlgorithm }))).toBe(expected))

it.each([
  ['sha1RSA', 'yes'],
  ['SHA-1', 'yes'],
  ['md5RSA', 'yes'],
  ['1.2.840.113549.1.1.5', 'yes'],
  ['1.2.840.113549.1.1.11', 'no'],
  ['sha256RSA', 'no'],
  ['sha512ECDSA', 'no'],
  ['RSASSA-PSS', 'unknown'],
  ['1.2.840.10045.4.3.2', 'no'],
  ['1.2.840.113549.1.1.15', 'unknown'],
  ['System.Security.Cryptography.Oid', 'unknown'],
  ['', 'unknown'],
])('signature %s: %s', (SignatureAlgorithm, expected) =>
  expect(signatureWeakness(one({ SignatureAlgorithm }))).toBe(expected))

const SERVER = 'Serverauthentifizierung (1.3.6.1.5.5.7.3.1)'
it.each([
  [`{${SERVER}, Clientauthentifizierung (1.3.6.1.5.5.7.3.2)}`, 'yes'],
  [`{${SERVER}}`, 'no'],
  [`{${SERVER}...}`, 'unknown'],
  ['{(2.5.29.37.0)}', 'yes'],
  ['{Client Authentication}', 'yes'],
  ['{Serverauthentifizierung}', 'unknown'],
  ['{(1.3.6.1.5.5.7.3.21)}', 'no'],
  ['{}', 'yes'],
])('purposes %s: %s', (EnhancedKeyUsageList, expected) =>
  expect(allowsClientAuth(one({ EnhancedKeyUsageList }))).toBe(expected))

it('does not know purposes that were not exported, and reads either property', () => {
  expect(allowsClientAuth(one({}))).toBe('unknown')
  expect(allowsClientAuth(one({ EnhancedKeyUsages: '{(1.3.6.1.5.5.7.3.1)}' }))).toBe('no')
})
