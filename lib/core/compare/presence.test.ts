import { describe, expect, it } from 'vitest'
import { aBlock, anObject, aReport, aSource } from '../testing/report-builder'
import { absenceOf, isServerThere } from './presence'

const withBlock = (
  block: Parameters<typeof aBlock>[0],
  inventory: NonNullable<Parameters<typeof aReport>[0]>['inventory'] = {},
) => aReport({ sources: [aSource({ blocks: [aBlock(block)] })], inventory })

const certificate = anObject('EX02\\AB', {})
const certificates = { cmdlet: 'Get-ExchangeCertificate', collection: 'certificates' } as const

describe('what servers answer for themselves', () => {
  it('a list of certificates tells of the servers that are in it, and of no other', () => {
    const own = anObject('EX01\\CD', { Subject: 'CN=a' })
    expect(absenceOf(withBlock(certificates, { certificates: [own] }), 'certificates', certificate)).toBe('not-given')
    const another = anObject('EX02\\EF', { Subject: 'CN=b' })
    expect(absenceOf(withBlock(certificates, { certificates: [another] }), 'certificates', certificate)).toBe('gone')
  })

  it.each([
    ['in its lines', { lines: [2, 2] as [number, number] }, 'gone'],
    ['up to its last line', { lines: [1, 2] as [number, number] }, 'gone'],
    ['after it', { lines: [3, 9] as [number, number] }, 'not-given'],
    ['before it', { lines: [1, 1] as [number, number] }, 'not-given'],
  ])('an object stands in an export %s', (_, block, absence) => {
    const another = anObject('EX02\\EF', { Subject: 'CN=b' })
    const report = withBlock({ ...certificates, ...block }, { certificates: [another] })
    expect(absenceOf(report, 'certificates', certificate)).toBe(absence)
  })

  it('an object of another file is in none of it', () => {
    const another = anObject('EX02\\EF', { Subject: 'CN=b' })
    const elsewhere = aSource({ id: 's2', blocks: [aBlock(certificates)] })
    const report = aReport({ sources: [elsewhere], inventory: { certificates: [another] } })
    expect(absenceOf(report, 'certificates', certificate)).toBe('not-given')
  })
})

describe('connectors of Exchange Online', () => {
  const cloud = { side: 'exchange-online', server: null } as const
  const outbound = {
    cmdlet: 'Get-OutboundConnector',
    collection: 'outboundConnectors',
    side: 'exchange-online',
  } as const
  it.each([
    [{}, 'gone'],
    [{ TestMode: true }, 'unclear'],
    [{ IsTransportRuleScoped: true }, 'unclear'],
    [{ TestMode: false, IsTransportRuleScoped: false }, 'gone'],
  ])('%j', (properties, absence) => {
    expect(absenceOf(withBlock(outbound), 'outboundConnectors', anObject('x', properties, cloud))).toBe(absence)
  })

  it('come without being asked for where they are inbound', () => {
    const inbound = { ...outbound, cmdlet: 'Get-InboundConnector', collection: 'inboundConnectors' } as const
    expect(absenceOf(withBlock(inbound), 'inboundConnectors', anObject('x', { TestMode: true }, cloud))).toBe('gone')
  })
})

describe('a file of receive connectors without its command', () => {
  const name = (i: number) => `EX01\\C${i}`
  const report = (count: number, role: boolean, port = '25', side: 'on-premises' | 'edge' = 'on-premises') =>
    withBlock(
      { listing: 'unknown', side },
      {
        receiveConnectors: Array.from({ length: count }, (_, i) =>
          anObject(
            name(i),
            { Bindings: [`0.0.0.0:${i === 0 ? port : 587}`], ...(role ? { TransportRole: 'HubTransport' } : {}) },
            { side },
          ),
        ),
      },
    )
  const absence = (...args: Parameters<typeof report>) =>
    absenceOf(report(...args), 'receiveConnectors', anObject(name(9), {}, { side: args[3] ?? 'on-premises' }))

  it('is whole with as many as setup makes, one of them on port 25', () => {
    expect([4, 5].map((n) => absence(n, true))).toEqual(['unclear', 'gone'])
    expect([1, 2].map((n) => absence(n, false))).toEqual(['unclear', 'gone'])
    expect(absence(1, false, '25', 'edge')).toBe('gone')
    expect(absence(5, true, '26')).toBe('unclear')
  })
})

describe('something of a server', () => {
  it('is an object of it, or an export that was asked of it', () => {
    const there = (kinds: Parameters<typeof isServerThere>[2], report: ReturnType<typeof aReport>) =>
      isServerThere(report, 'EX02', kinds)
    expect(there(['certificates'], withBlock(certificates, { certificates: [certificate] }))).toBe(true)
    expect(there(['certificates'], withBlock({ ...certificates, server: 'EX02' }))).toBe(true)
    expect(there(['certificates'], withBlock({ ...certificates, server: 'EX01' }))).toBe(false)
    // A server that has no receive connector at all cannot be told from one that did not answer.
    expect(there(['receiveConnectors'], withBlock({ server: 'EX02' }))).toBe(false)
    expect(there([], withBlock({}, { servers: [anObject('EX02', {})] }))).toBe(true)
    expect(there([], withBlock({}, { certificates: [certificate] }))).toBe(true)
    expect(there([], withBlock({}, { servers: [anObject('EX01', {})] }))).toBe(false)
  })
})
