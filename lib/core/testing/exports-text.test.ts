import { expect, it } from 'vitest'
import { areOutboundListed, isListedWhole } from '../mailflow/listing'
import { configFrom } from './config-from'
import * as exports from './exports-text'

it('prints objects that the reader takes for what they are', () => {
  const text = [
    exports.exported('Get-InboundConnector', exports.inboundConnector()),
    exports.outboundExports([exports.outbound()]),
    exports.exported('Get-AcceptedDomain', exports.acceptedDomain('contoso.com')),
    exports.exported('Get-RemoteDomain', exports.remoteDomain('*')),
    exports.exported('Get-TransportRule', exports.transportRule('A')),
    exports.exported('Get-TransportService', exports.transportService()),
    exports.exported('Get-TransportConfig', exports.transportConfig()),
    exports.exported('Get-ExchangeServer', exports.exchangeServer()),
  ].join('')
  const config = configFrom(text)
  const counts = Object.entries(config).flatMap(([name, all]) =>
    Array.isArray(all) && all.length > 0 && name !== 'exports' ? [[name, all.length]] : [],
  )
  expect(Object.fromEntries(counts)).toEqual({
    inboundConnectors: 1,
    outboundConnectors: 1,
    acceptedDomains: 1,
    remoteDomains: 1,
    transportRules: 1,
    transportServices: 1,
    transportConfigs: 1,
    servers: 1,
  })
  expect(areOutboundListed(config)).toBe('yes')
  expect(isListedWhole(config, 'inboundConnectors')).toBe('yes')
  expect(config.exports.filter((b) => b.listing !== 'all').map((b) => b.collection)).toEqual([])
  const cloud = configFrom(
    exports.exported('Get-AcceptedDomain', exports.inCloud(exports.acceptedDomain('contoso.com'))),
  )
  expect([config, cloud].map((c) => c.acceptedDomains[0]?.side)).toEqual(['on-premises', 'exchange-online'])
})

it('knows the exports that only some rules ask for', () => {
  const text = [
    exports.exported('Get-BlockedConnector', { ConnectorId: '159eb7c4-75d7-43e2-95fe-ced44b3e0a56', Reason: 'Spam' }),
    exports.exported('Get-HostedOutboundSpamFilterPolicy', { Name: 'Default', AutoForwardingMode: 'On' }),
    exports.exported('Get-OnPremisesOrganization', { Name: 'Contoso', HybridDomains: '{contoso.com}' }),
    exports.exported('Get-AuthConfig', { Name: 'Auth', CurrentCertificateThumbprint: 'A'.repeat(40) }),
  ].join('')
  const config = configFrom(text)
  const [blocked, policy, organisation] = [
    config.blockedConnectors[0],
    config.outboundSpamPolicies[0],
    config.onPremisesOrganizations[0],
  ]
  expect([blocked?.id, policy?.id, organisation?.id]).toEqual([
    '159eb7c4-75d7-43e2-95fe-ced44b3e0a56',
    'Default',
    'Contoso',
  ])
  expect([blocked, policy, organisation].map((o) => o?.side)).toEqual(Array(3).fill('exchange-online'))
  expect(config.authConfigs[0]).toMatchObject({ id: 'Auth', side: 'on-premises' })
})
