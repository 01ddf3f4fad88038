import { describe, expect, it } from 'vitest'
import { exported, judge, outbound, withoutProperties } from '../../testing/exports-text'
import { rule } from './rule'

const partner = { ConnectorType: 'Partner', ConnectorSource: 'Default', RecipientDomains: '{fabrikam.com, a.example}' }
const asked = (own: Record<string, string>, ...hidden: string[]) =>
  judge(rule, exported('Get-OutboundConnector', withoutProperties(outbound({ ...partner, ...own }), ...hidden)))

describe('TLS towards a partner', () => {
  it.each([
    ['EncryptionOnly', { TlsSettings: 'EncryptionOnly' }, [], 'fail'],
    ['not set', { TlsSettings: '' }, [], 'fail'],
    ['certificate', { TlsSettings: 'CertificateValidation' }, [], 'pass'],
    ['domain', { TlsSettings: 'DomainValidation' }, [], 'pass'],
    ['not printed', {}, ['TlsSettings'], 'not-assessed'],
    ['disabled', { TlsSettings: '', Enabled: 'False' }, [], 'pass'],
    ['to the own servers', { TlsSettings: '', ConnectorType: 'OnPremises' }, [], 'pass'],
    ['type not printed', { TlsSettings: '' }, ['ConnectorType'], 'not-assessed'],
    ['for all', { TlsSettings: '', RecipientDomains: '{*}' }, [], 'pass'],
    ['for none', { TlsSettings: '', RecipientDomains: '{}' }, [], 'pass'],
    ['domains not printed', { TlsSettings: '' }, ['RecipientDomains'], 'not-assessed'],
  ] as const)('%s: %s', (_, own, hidden, state) => expect(asked(own, ...hidden).state).toBe(state))

  it('says what is set and for how many', () =>
    expect(asked({ TlsSettings: 'encryptiononly' }).fails[0]?.params).toMatchObject({
      domain: 'fabrikam.com',
      domains: 2,
    }))
})
