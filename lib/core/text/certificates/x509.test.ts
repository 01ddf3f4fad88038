import { X509Certificate } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { makeCertificate } from '../../testing/make-certificate'
import { fromBase64, toHex } from './bytes'
import { readX509 } from './x509'

const C = '2.5.4.6'
const O = '2.5.4.10'
const OU = '2.5.4.11'
const CN = '2.5.4.3'

describe('readX509', () => {
  const der = makeCertificate({
    subject: [
      [C, 'DE'],
      ['2.5.4.8', 'NRW'],
      [O, 'Contoso, Inc.'],
      [OU, 'a+b'],
      [CN, 'mail.contoso.com'],
    ],
    issuer: [
      [C, 'US'],
      [O, 'Example "CA"'],
      ['1.2.3.4', 'x'],
      [CN, ' Example CA 1'],
    ],
    names: ['mail.contoso.com', 'autodiscover.contoso.com'],
    notBefore: '2026-04-25T12:41:09',
    notAfter: '2027-04-25T12:41:09',
    serial: [0x00, 0xc0, 0xff, 0xee],
  })

  it('prints names as .NET does', () => {
    const x = readX509(der)
    expect(x?.subject).toBe('CN=mail.contoso.com, OU="a+b", O="Contoso, Inc.", S=NRW, C=DE')
    expect(x?.issuer).toBe('CN=" Example CA 1", OID.1.2.3.4=x, O="Example ""CA""", C=US')
  })

  it('agrees with another reader', () => {
    const x = readX509(der)
    const other = new X509Certificate(der)
    expect(x).toMatchObject({
      thumbprint: other.fingerprint.replaceAll(':', ''),
      notBefore: '2026-04-25T12:41:09Z',
      notAfter: '2027-04-25T12:41:09Z',
      domains: ['mail.contoso.com', 'autodiscover.contoso.com'],
      publicKeySize: 2048,
      signatureAlgorithm: 'sha256RSA',
      isSelfSigned: false,
    })
    expect(Date.parse(other.validTo)).toBe(Date.parse(x?.notAfter ?? ''))
    expect(x?.serialNumber).toBe(`00${other.serialNumber}`)
  })

  it('reads elliptic keys, self-signed ones, names without alternatives', () => {
    const x = readX509(makeCertificate({ subject: [[CN, 'WMSvc-SHA2-EX01']], key: 'ec' }))
    expect(x).toMatchObject({
      publicKeySize: 256,
      signatureAlgorithm: 'sha256ECDSA',
      isSelfSigned: true,
      domains: ['WMSvc-SHA2-EX01'],
    })
  })

  it('reads purposes as PowerShell prints them, and encoded names as they are', () => {
    const x = readX509(
      makeCertificate({
        subject: [[CN, 'mäil.contoso.com']],
        names: ['xn--mil-0na.contoso.com'],
        usages: ['1.3.6.1.5.5.7.3.1', '1.3.6.1.5.5.7.3.2', '1.2.3.4'],
      }),
    )
    expect(x?.keyUsages).toEqual([
      'Server Authentication (1.3.6.1.5.5.7.3.1)',
      'Client Authentication (1.3.6.1.5.5.7.3.2)',
      '(1.2.3.4)',
    ])
    expect(x?.domains).toEqual(['mäil.contoso.com', 'xn--mil-0na.contoso.com'])
    expect(readX509(der)?.keyUsages).toBeNull()
  })

  it('never throws on damaged bytes', () => {
    fc.assert(
      fc.property(fc.nat(der.length - 1), fc.nat(255), fc.nat(der.length), (at, byte, cut) => {
        const damaged = der.slice(0, cut)
        if (at < cut) damaged[at] = byte
        readX509(damaged)
        return true
      }),
      { numRuns: 1000 },
    )
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (b) => readX509(b)?.thumbprint !== ''))
  })
})

it('fromBase64 agrees with another decoder', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 100 }),
      (b) => toHex(fromBase64(Buffer.from(b).toString('base64')) ?? new Uint8Array()) === toHex(b),
    ),
  )
  expect(fromBase64('ab$d')).toBeUndefined()
})
