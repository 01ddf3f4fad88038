import { expect, it } from 'vitest'
import { known, type Property } from '../../model'
import { readFrom } from '../../testing/config-from'

const sourceOf = (object: Readonly<Record<string, unknown>>) => ({ 'a.json': JSON.stringify([object]) })
const receive = { Name: 'Relay', Identity: 'EX01\\Relay', Bindings: [], RemoteIPRanges: [] }
const send = { Name: 'Out', Identity: 'Out', AddressSpaces: [], SourceTransportServers: [] }
const certificate = {
  Thumbprint: 'A'.repeat(40),
  Identity: `EX01\\${'A'.repeat(40)}`,
  CertificateDomains: [],
  NotAfter: '2027-01-01T00:00:00Z',
}
const domain = { Name: 'a', DomainName: 'a.example' }
const server = { Name: 'EX01', AdminDisplayVersion: 'Version 15.2 (Build 986.5)', IsEdgeServer: false }
const hybrid = { Name: 'h', ReceivingTransportServers: [], SendingTransportServers: [] }

/** What an enumeration's number is for the audit, in a session that lost the names. */
const cases: readonly (readonly [object: object, property: string, number: unknown, expected: unknown])[] = [
  [receive, 'AuthMechanism', 0, []],
  [receive, 'AuthMechanism', 31, ['Tls', 'Integrated', 'BasicAuth', 'BasicAuthRequireTLS', 'ExchangeServer']],
  [receive, 'AuthMechanism', 32, ['ExternalAuthoritative']],
  [receive, 'AuthMechanism', 128, 'ambiguous'],
  [receive, 'PermissionGroups', 13, ['AnonymousUsers', 'ExchangeServers', 'ExchangeLegacyServers']],
  [receive, 'PermissionGroups', 50, ['ExchangeUsers', 'Partners', 'Custom']],
  [receive, 'PermissionGroups', 65, 'ambiguous'],
  [receive, 'TransportRole', 32, 'HubTransport'],
  [receive, 'TransportRole', 16384, 'FrontendTransport'],
  [receive, 'TransportRole', 8, 'ambiguous'],
  [receive, 'ProtocolLoggingLevel', 1, 'Verbose'],
  [receive, 'SizeEnabled', 2, 'EnabledWithoutValue'],
  [receive, 'MessageRateSource', 1, 'IPAddress'],
  [receive, 'ExtendedProtectionPolicy', 0, 'None'],
  [send, 'SmartHostAuthMechanism', 0, 'None'],
  [send, 'SmartHostAuthMechanism', 2, 'BasicAuth'],
  [send, 'SmartHostAuthMechanism', 4, 'BasicAuthRequireTLS'],
  [send, 'SmartHostAuthMechanism', 8, 'ExchangeServer'],
  [send, 'SmartHostAuthMechanism', 16, 'ExternalAuthoritative'],
  [send, 'SmartHostAuthMechanism', 1, 'ambiguous'],
  [send, 'TlsAuthLevel', 1, 'EncryptionOnly'],
  [send, 'TlsAuthLevel', 2, 'CertificateValidation'],
  [send, 'TlsAuthLevel', 4, 'DomainValidation'],
  [send, 'TlsAuthLevel', 3, 'ambiguous'],
  [send, 'ErrorPolicies', 0, 'Default'],
  [send, 'Region', 0, 'NotSpecified'],
  [send, 'ConnectorType', 0, 'Default'],
  [certificate, 'Services', 25, ['IMAP', 'IIS', 'SMTP']],
  [certificate, 'Services', 96, ['Federation', 'UMCallRouter']],
  [certificate, 'Services', 128, 'ambiguous'],
  [certificate, 'Status', 1, 'Valid'],
  [certificate, 'Status', 9, 'ambiguous'],
  [certificate, 'RootCAType', 3, 'Registry'],
  [domain, 'DomainType', 1, 'ExternalRelay'],
  [domain, 'DomainType', 2, 'InternalRelay'],
  [server, 'ServerRole', 16418, ['Mailbox', 'HubTransport', 'FrontendTransport']],
  [server, 'Edition', 3, 'Enterprise'],
  [hybrid, 'Features', [0, 6, 8], ['FreeBusy', 'SecureMail', 'Photos']],
]

it.each(cases)('%j: %s %j', (object, property, number, expected) => {
  const { config } = readFrom(sourceOf({ ...object, [property]: number }))
  const all = [
    ...config.receiveConnectors,
    ...config.sendConnectors,
    ...config.certificates,
    ...config.acceptedDomains,
    ...config.servers,
    ...config.hybridConfigurations,
  ]
  expect(all).toHaveLength(1)
  const p: Property | undefined = all[0]?.properties[property]
  expect(p?.state === 'ambiguous' ? 'ambiguous' : p && known(p)).toEqual(expected)
})

it('capabilities by their numbers; a bit that nobody knows is kept as such', () => {
  const items = [512, 3, 8192].map((Capabilities) => ({ Domain: 'a.example', Capabilities }))
  const { config } = readFrom(sourceOf({ ...receive, TlsDomainCapabilities: items }))
  const found = config.receiveConnectors[0]?.tlsDomainCapabilities
  expect(found && known(found)?.map((c) => [c.domain, c.capabilities, c.unknownBits])).toEqual([
    ['a.example', ['AcceptCloudServicesMail'], 0],
    ['a.example', ['AcceptOorgHeader', 'AcceptOorgProtocol'], 0],
    ['a.example', [], 8192],
  ])
})

it('an empty CSV cell and a JSON null are not a lost value; a lost one is said once', () => {
  const lost = 'Microsoft.Exchange.Data.MultiValuedProperty`1[Microsoft.Exchange.Data.IPRange]'
  const { config, notices } = readFrom({
    'a.csv': `"Identity","Bindings","RemoteIPRanges","Banner"\n"EX01\\A","0.0.0.0:25","${lost}",""\n"EX01\\B","0.0.0.0:25","${lost}",""\n`,
    'b.json': JSON.stringify([
      { ...receive, Banner: null, MaxMessageSize: {} },
      { ...receive, Name: 'C', Identity: 'EX01\\C', MaxMessageSize: {} },
    ]),
  })
  expect(config.receiveConnectors.map((c) => [c.id, c.remoteIPRanges.state, c.properties.Banner?.state])).toEqual([
    ['EX01\\A', 'unusable', 'empty'],
    ['EX01\\B', 'unusable', 'empty'],
    ['EX01\\Relay', 'empty', 'null'],
    ['EX01\\C', 'empty', undefined],
  ])
  expect(notices.map((n) => [n.code, n.property])).toEqual([
    ['multivalue-lost', 'RemoteIPRanges'],
    ['depth-cut', 'MaxMessageSize'],
  ])
})

it('letters that ASCII lost are no contradiction', () => {
  const { config, notices } = readFrom({
    'a.csv':
      '"Name","Identity","Bindings","RemoteIPRanges","Comment"\n"Relay f?r Ger?te","EX01\\Relay f?r Ger?te","0.0.0.0:25","10.0.0.1","f?r alle"\n',
    'b.json': JSON.stringify([
      {
        ...receive,
        Name: 'Relay für Geräte',
        Identity: 'EX01\\Relay für Geräte',
        Bindings: ['0.0.0.0:25'],
        RemoteIPRanges: ['10.0.0.1'],
        Comment: 'für alle',
      },
    ]),
  })
  expect(config.receiveConnectors.map((c) => c.id)).toEqual(['EX01\\Relay für Geräte'])
  expect(notices).toEqual([])
})
