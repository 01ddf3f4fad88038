import { describe, expect, it } from 'vitest'
import {
  certificate,
  certificateExport,
  contextOf,
  hybridConfiguration,
  hybridConnector,
  receiveConnector,
  receiveExport,
  sendExport,
  shown,
  withoutProperties,
} from '../testing/exports-text'
import { isPublicAndValid, pairToName, publicCertificatesFor } from './public-certificate'

const asOf = new Date('2026-11-21T00:00:00Z')
const PAIR = '<I>CN=Public CA G1<S>CN=mail.contoso.com'
const OTHER = '<I>CN=Public CA G2<S>CN=mail.contoso.com'
const capable = { TlsDomainCapabilities: '{mail.protection.outlook.com:AcceptCloudServicesMail}' }

it.each([
  [{}, 'yes'],
  [{ IsSelfSigned: 'True' }, 'no'],
  [{ RootCAType: 'Enterprise' }, 'no'],
  [{ HasPrivateKey: 'False' }, 'no'],
  [{ NotAfter: '01.11.2026 00:00:00' }, 'no'],
  [{ Status: 'Revoked' }, 'no'],
])('%j is public and valid: %s', (own, expected) => {
  const { config } = contextOf(certificateExport('EX01', certificate(own)))
  expect(config.certificates.map((c) => isPublicAndValid(c, asOf))).toEqual([expected])
})

it('is open where a property or the list is not whole', () => {
  const of = (text: string) => publicCertificatesFor(contextOf(text).config, 'EX01', 'mail.contoso.com', asOf)
  expect(of(certificateExport('EX01', certificate()))).toMatchObject({ certain: [{ server: 'EX01' }], open: false })
  expect(of(certificateExport('EX01', withoutProperties(certificate(), 'RootCAType')))).toEqual({
    certain: [],
    open: true,
  })
  expect(of(shown('Get-ExchangeCertificate -Server EX01 -Thumbprint 2D | fl', [certificate()]))).toMatchObject({
    open: true,
  })
  expect(of(certificateExport('EX01', certificate({ CertificateDomains: '{a.b}', Subject: 'CN=a.b' })))).toEqual({
    certain: [],
    open: false,
  })
})

describe('the pair to name', () => {
  const pair = (text: string, servers = ['EX01'], host: string | undefined = 'mail.contoso.com') =>
    pairToName(contextOf(text).config, servers, host, asOf)
  const named = (own: Record<string, string> = {}) => sendExport(hybridConnector({ TlsCertificateName: OTHER, ...own }))
  const renewed = certificate({ Issuer: 'CN=Public CA G2', Thumbprint: 'B'.repeat(40) })

  it.each([
    ['of the hybrid configuration', `${hybridConfiguration({ TlsCertificateName: PAIR })}${named()}`, PAIR],
    ['of the send connector', named(), OTHER],
    ['not of a disabled one', named({ Enabled: 'False' }), undefined],
    ['not of another connector', named({ AddressSpaces: '{SMTP:*;1}' }), undefined],
    ['of a receive connector', receiveExport(receiveConnector({ ...capable, TlsCertificateName: PAIR })), PAIR],
    [
      'not of one that is not for Exchange Online',
      receiveExport(receiveConnector({ TlsCertificateName: PAIR })),
      undefined,
    ],
    ['not one without a certificate', `${named()}${certificateExport('EX01', certificate())}`, PAIR],
    ['of the only certificate', certificateExport('EX01', certificate()), PAIR],
    ['not of one of two', certificateExport('EX01', certificate(), renewed), undefined],
    ['not a malformed one', named({ TlsCertificateName: 'CN=mail.contoso.com' }), undefined],
    ['of nothing', '', undefined],
  ])('%s', (_, text, expected) => expect(pair(text)).toBe(expected))

  it('must be on all servers', () => {
    const one = certificateExport('EX01', certificate())
    expect(pair(one, ['EX01', 'EX02'])).toBeUndefined()
    expect(pair(`${one}${certificateExport('EX02', certificate())}`, ['EX01', 'EX02'])).toBe(PAIR)
    expect(pair(`${named()}${one}${certificateExport('EX02', renewed)}`, ['EX01', 'EX02'])).toBeUndefined()
    expect(pair(one, [])).toBeUndefined()
    expect(pair(one, ['EX01'], 'smtp.contoso.com')).toBeUndefined()
    expect(pairToName(contextOf(one).config, ['EX01'], undefined, asOf)).toBe(PAIR)
  })
})
