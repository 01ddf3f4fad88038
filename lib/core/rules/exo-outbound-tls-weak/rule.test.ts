import { describe, expect, it } from 'vitest'
import {
  contextOf,
  exported,
  hybridConfiguration,
  judge,
  outbound,
  withoutProperties,
} from '../../testing/exports-text'
import { rule } from './rule'

const listed = (own: Record<string, string>, ...hidden: string[]) =>
  exported('Get-OutboundConnector', withoutProperties(outbound(own), ...hidden))

describe('TLS from Exchange Online to the own servers', () => {
  it.each([
    ['EncryptionOnly', { TlsSettings: 'EncryptionOnly' }, [], 'fail'],
    ['not set', { TlsSettings: '' }, [], 'fail'],
    ['certificate', { TlsSettings: 'CertificateValidation' }, [], 'pass'],
    ['domain', {}, [], 'pass'],
    ['not printed', {}, ['TlsSettings'], 'not-assessed'],
    ['by hand, with the headers', { TlsSettings: '', ConnectorSource: 'Default' }, [], 'fail'],
    ['by the wizard, without the headers', { TlsSettings: '', CloudServicesMailEnabled: 'False' }, [], 'fail'],
    [
      'neither',
      { TlsSettings: '', CloudServicesMailEnabled: 'False', ConnectorSource: 'Default' },
      [],
      'not-applicable',
    ],
    ['disabled', { TlsSettings: '', Enabled: 'False' }, [], 'not-applicable'],
    ['to a partner', { TlsSettings: '', ConnectorType: 'Partner' }, [], 'not-applicable'],
    ['type not printed', { TlsSettings: '' }, ['ConnectorType'], 'not-assessed'],
    ['type not printed, good', {}, ['ConnectorType'], 'not-assessed'],
  ] as const)('%s: %s', (_, own, hidden, state) => expect(judge(rule, listed(own, ...hidden)).state).toBe(state))

  it('is open where the listing may hide the connector', () => {
    const partner = { ConnectorType: 'Partner' }
    const named = listed(partner).replace('Get-OutboundConnector', 'Get-OutboundConnector Partner')
    expect(judge(rule, named)).toMatchObject({ state: 'not-assessed', missing: ['Get-OutboundConnector'] })
    const minimal = hybridConfiguration({ Features: '{FreeBusy}' })
    expect(judge(rule, `${named}${minimal}`).state).toBe('not-assessed')
  })

  it('asks for the name only where nothing tells it', () => {
    const bad = { TlsSettings: '', TlsDomain: '' }
    const asks = (text: string) => {
      const context = contextOf(text)
      const [first] = judge(rule, text).fails
      return first && rule.fix([first], context)
    }
    expect(asks(listed(bad))?.placeholders.map((p) => p.name)).toEqual(['tls-domain'])
    const hybrid = hybridConfiguration({ TlsCertificateName: '<I>CN=CA<S>CN=*.contoso.com, O=Contoso' })
    expect(asks(`${listed(bad)}${hybrid}`)?.steps[2]?.powershell).toContain("-TlsDomain '*.contoso.com'")
    expect(asks(listed({ TlsSettings: '' }))?.steps[2]?.powershell).not.toContain('-TlsDomain')
  })

  it('says which of the two it is', () => {
    const settings = (own: Record<string, string>) => judge(rule, listed(own)).fails[0]?.params.settings
    expect([settings({ TlsSettings: '' }), settings({ TlsSettings: 'EncryptionOnly' })]).toEqual([
      'none',
      'EncryptionOnly',
    ])
  })
})
