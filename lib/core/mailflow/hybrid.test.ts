import { describe, expect, it } from 'vitest'
import { configFrom } from '../testing/config-from'
import {
  hybridConfiguration,
  outboundConnector,
  receiveConnector,
  receiveExport,
  sendConnector,
  sendExport,
  withoutProperties,
} from '../testing/exports-text'
import { cmtOn, hybridRecv, strongHybridEvidence } from './hybrid'

const receive = (capabilities: string) =>
  configFrom(receiveExport(receiveConnector({ TlsDomainCapabilities: capabilities }))).receiveConnectors[0]

describe('hybridRecv', () => {
  it.each([
    ['{mail.protection.outlook.com:AcceptCloudServicesMail}', 'yes'],
    ['{Mail.Protection.Outlook.com:AcceptOorgProtocol}', 'yes'],
    ['{mail.protection.office365.us:AcceptCloudServicesMail}', 'yes'],
    ['{}', 'no'],
    ['{fabrikam.com:AcceptCloudServicesMail}', 'no'],
    ['{mail.protection.outlook.com:AcceptOorgHeader}', 'no'],
    ['{<I>CN=CA, O=X<S>CN=mail.protection.outlook.com, O=Y:AcceptCloudServicesMail}', 'no'],
    ['{fabrikam.com:AcceptCloudServicesMail, ...}', 'unknown'],
    ['System.String[]', 'unknown'],
  ])('%s: %s', (capabilities, expected) => {
    const c = receive(capabilities)
    expect(c && hybridRecv(c).value).toBe(expected)
  })

  it('is unknown where the property was not exported, and proves itself where it was', () => {
    const [c] = configFrom(
      receiveExport(withoutProperties(receiveConnector(), 'TlsDomainCapabilities')),
    ).receiveConnectors
    expect(c && hybridRecv(c)).toEqual({ value: 'unknown', evidence: [] })
    const yes = receive('{mail.protection.outlook.com:AcceptCloudServicesMail}')
    expect(yes && hybridRecv(yes).evidence.map((e) => e.property)).toEqual(['TlsDomainCapabilities'])
  })
})

describe('centralized mail transport', () => {
  it.each([
    [outboundConnector({ RouteAllMessagesViaOnPremises: 'True' }), 'yes'],
    [outboundConnector(), 'no'],
    [outboundConnector({ RouteAllMessagesViaOnPremises: 'True', Enabled: 'False' }), 'no'],
    [outboundConnector({ RouteAllMessagesViaOnPremises: 'True', ConnectorType: 'Partner' }), 'no'],
    [
      outboundConnector({
        RouteAllMessagesViaOnPremises: 'True',
        ConnectorSource: 'Default',
        CloudServicesMailEnabled: 'False',
      }),
      'no',
    ],
    [hybridConfiguration({ Features: '{SecureMail, CentralizedTransport}' }), 'unknown'],
    ['', 'unknown'],
  ])('case %#: %s', (text, expected) => expect(cmtOn(configFrom(text)).value).toBe(expected))
})

describe('evidence of a hybrid organisation', () => {
  const plain = receiveExport(receiveConnector())
  const internet = sendExport(sendConnector({ AddressSpaces: '{SMTP:*;1}', CloudServicesMailEnabled: 'False' }))
  it.each([
    ['hybrid configuration', hybridConfiguration(), 'yes'],
    ['minimal hybrid', `${hybridConfiguration({ Features: '{FreeBusy}' })}${internet}`, 'no'],
    ['features not printed', `${hybridConfiguration({ Features: 'System.Object' })}${internet}`, 'unknown'],
    ['a disabled send connector to the tenant', sendExport(sendConnector({ Enabled: 'False' })), 'yes'],
    ['complete listings without a sign', `${plain}${internet}`, 'no'],
    ['receive connectors alone', plain, 'unknown'],
    [
      'a named send connector',
      `${plain}${internet.replace('Get-SendConnector', 'Get-SendConnector Internet')}`,
      'unknown',
    ],
    [
      'a capability',
      receiveExport(
        receiveConnector({ TlsDomainCapabilities: '{mail.protection.outlook.com:AcceptCloudServicesMail}' }),
      ),
      'yes',
    ],
    ['nothing', '', 'unknown'],
  ])('%s: %s', (_, text, expected) => expect(strongHybridEvidence(configFrom(text)).value).toBe(expected))

  it('takes an accepted routing domain for no sign', () => {
    const config = configFrom(
      '[PS] C:\\>Get-AcceptedDomain | Format-List\n\nDomainName : contoso.mail.onmicrosoft.com\nDomainType : Authoritative\nName       : contoso.mail.onmicrosoft.com\n',
    )
    expect(strongHybridEvidence(config).value).toBe('unknown')
  })
})
