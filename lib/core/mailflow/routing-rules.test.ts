import { describe, expect, it } from 'vitest'
import { configFrom } from '../testing/config-from'
import {
  exported,
  inboundConnector,
  inCloud,
  outbound,
  transportRule,
  withoutProperties,
} from '../testing/exports-text'
import { comesBackBy, isOfService, routingRules, ruleConnector } from './routing-rules'

it.each([
  ['mx.service.example', 'mx.service.example', true],
  ['eu.mx.service.example', 'mx.service.example', true],
  ['a.service.example', 'mx.service.example', true],
  ['service.example', 'mx.service.example', true],
  ['a.service.example', '*.service.example', true],
  ['other.example', 'service.example', false],
  ['notservice.example', 'service.example', false],
  ['a.co.uk', 'b.co.uk', false],
  ['a.service.example', '', false],
])('%s is of %s: %s', (host, name, expected) => expect(isOfService(host, name)).toBe(expected))

describe('mail that comes back', () => {
  const back = (i: Record<string, string>, c: Record<string, string>, ...hidden: string[]) => {
    const text = `${exported('Get-InboundConnector', withoutProperties(inboundConnector(i), ...hidden))}${exported('Get-OutboundConnector', withoutProperties(outbound(c), ...hidden))}`
    const { inboundConnectors, outboundConnectors } = configFrom(text)
    const [inward, outward] = [inboundConnectors[0], outboundConnectors[0]]
    return inward && outward && comesBackBy(inward, outward)
  }
  const other = { TlsSenderCertificateName: 'x.fabrikam.com' }
  it.each([
    ['by name', {}, {}, 'yes'],
    ['by the name to be checked', {}, { SmartHosts: '{203.0.113.9}' }, 'yes'],
    ['by address', { ...other, SenderIPAddresses: '{203.0.113.0/24}' }, { SmartHosts: '{[203.0.113.9]}' }, 'yes'],
    [
      'not by another address',
      { ...other, SenderIPAddresses: '{203.0.113.0/28}' },
      { SmartHosts: '{203.0.113.99}' },
      'no',
    ],
    ['not by another name', other, {}, 'no'],
    ['not by a disabled one', { Enabled: 'False' }, {}, 'no'],
    ['not without a name', { TlsSenderCertificateName: '' }, {}, 'no'],
  ] as const)('%s', (_, i, c, expected) => expect(back(i, c)?.value).toBe(expected))

  it('is open where a property is missing', () => {
    for (const property of ['SenderIPAddresses', 'TlsSenderCertificateName', 'SmartHosts', 'TlsDomain'])
      expect(back(other, {}, property)?.value).toBe('unknown')
  })
})

it('finds the rules that route, and their connectors by name or identifier', () => {
  const rule = (name: string, own: Record<string, string>) => inCloud(transportRule(name, own))
  const guid = '6c8f2a14-5b7d-4e93-8f01-2d3c4b5a6978'
  const config = configFrom(
    exported(
      'Get-TransportRule',
      rule('a', { RouteMessageOutboundConnector: 'OUTBOUND to contoso' }),
      rule('b', { RouteMessageOutboundConnector: guid }),
      rule('c', { RouteMessageOutboundConnector: '' }),
      rule('d', { RouteMessageOutboundConnector: 'x', State: 'Disabled' }),
      rule('e', {}),
    ) + exported('Get-OutboundConnector', outbound({ Guid: guid })),
  )
  const found = routingRules(config)
  expect(found.map((r) => r.routes)).toEqual(['yes', 'yes', 'no', 'no', 'unknown'])
  expect(found.map((r) => ruleConnector(config, r.rule)?.id)).toEqual([
    'Outbound to contoso',
    'Outbound to contoso',
    undefined,
    undefined,
    undefined,
  ])
})
