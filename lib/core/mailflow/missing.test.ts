import { describe, expect, it } from 'vitest'
import { acceptedDomain, block, configOf, receiveConnector } from '../testing/objects'
import { exportOf, exportOfObject } from './missing'
import { exposureOf, unlisted } from './receive-evidence'

describe('the export that would print an object', () => {
  it.each([
    ['of a server', receiveConnector({ name: 'A', server: 'EX02' }), 'Get-ReceiveConnector', 'on-premises', ['EX02']],
    ['of an Edge', receiveConnector({ name: 'A', server: 'E', side: 'edge' }), 'Get-ReceiveConnector', 'edge', ['E']],
    ['of the organisation', acceptedDomain('contoso.com'), 'Get-AcceptedDomain', 'on-premises', []],
    ['of the cloud', acceptedDomain('contoso.com', 'exchange-online'), 'Get-AcceptedDomain', 'exchange-online', []],
    ['of nobody knows where', acceptedDomain('contoso.com', 'unknown'), 'Get-AcceptedDomain', 'on-premises', []],
  ] as const)('%s', (_, object, cmdlet, side, servers) =>
    expect(exportOfObject(object)).toEqual({ cmdlet, side, servers }))
})

it('names the usual side of a collection', () => {
  expect(exportOf('inboundConnectors')).toEqual({
    cmdlet: 'Get-InboundConnector',
    side: 'exchange-online',
    servers: [],
  })
  expect(exportOf('sendConnectors').side).toBe('on-premises')
  expect(exportOf('acceptedDomains', 'exchange-online').side).toBe('exchange-online')
})

it('names the servers of which only some connectors were exported, and their side', () => {
  const [here, edge] = [
    receiveConnector({ name: 'A' }),
    receiveConnector({ name: 'A', server: 'EDGE01', side: 'edge' }),
  ]
  const some = [block('receiveConnectors', { listing: 'named' })]
  const missing = (receiveConnectors: readonly (typeof here)[]) =>
    unlisted(configOf({ receiveConnectors, exports: some }))
  expect(missing([here])).toMatchObject({ side: 'on-premises', servers: ['EX01'] })
  expect(missing([edge])).toMatchObject({ side: 'edge', servers: ['EDGE01'] })
  expect(missing([here, edge])).toMatchObject({ side: 'on-premises', servers: ['EDGE01', 'EX01'] })
})

it.each([
  [['10.0.0.0/8'], 'internal'],
  [['198.51.100.1'], 'internet'],
  [['0.0.0.0-255.255.255.255'], 'internet'],
] as const)('%j is reached from: %s', (ranges, exposure) =>
  expect(exposureOf(receiveConnector({ name: 'A', ranges }))).toBe(exposure))
