import { expect, it } from 'vitest'
import { configFrom } from '../testing/config-from'
import { exported, inboundConnector, withoutProperties } from '../testing/exports-text'
import { matchesCertificate } from './cloud-attribution'

const only = (name: string, ...without: string[]) => {
  const text = exported(
    'Get-InboundConnector',
    withoutProperties(inboundConnector({ TlsSenderCertificateName: name }), ...without),
  )
  const [c] = configFrom(text).inboundConnectors
  if (!c) throw new Error('no connector was read')
  return c
}

it.each([
  ['mail.contoso.com', ['mail.contoso.com'], 'yes'],
  ['Mail.Contoso.com', ['autodiscover.contoso.com', 'MAIL.contoso.com'], 'yes'],
  ['*.contoso.com', ['mail.contoso.com'], 'yes'],
  ['*.contoso.com', ['*.contoso.com'], 'yes'],
  ['mail.contoso.com', ['*.contoso.com'], 'yes'],
  ['*.contoso.com', ['a.mail.contoso.com'], 'no'],
  ['*.contoso.com', ['contoso.com'], 'no'],
  ['mail.contoso.com', ['xmail.contoso.com'], 'no'],
  ['mail.contoso.com', [], 'no'],
  ['mail.contoso.com', null, 'no'],
  ['', ['mail.contoso.com'], 'no'],
] as const)('%s, shown %j: %s', (name, shown, expected) => expect(matchesCertificate(only(name), shown)).toBe(expected))

it('cannot tell without the name', () => {
  const c = only('mail.contoso.com', 'TlsSenderCertificateName')
  expect(matchesCertificate(c, ['mail.contoso.com'])).toBe('unknown')
  const unreadable = {
    ...c,
    tlsSenderCertificateName: { state: 'unusable', name: 'TlsSenderCertificateName', raw: '?', place: c.place },
  } as const
  expect(matchesCertificate(unreadable, ['mail.contoso.com'])).toBe('unknown')
})
