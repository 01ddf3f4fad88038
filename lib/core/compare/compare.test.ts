import { describe, expect, it } from 'vitest'
import { runAudit } from '../audit'
import { clixml, csv, type Files, formatList, json } from '../testing/print-organisation'
import { aBlock, anObject, aReport, aSource } from '../testing/report-builder'
import { compareReports } from './compare'
import { comparisonSchema } from './schema'

const reportOf = (files: Files) =>
  runAudit(
    Object.entries(files).map(([name, text]) => ({ name, bytes: new TextEncoder().encode(text) })),
    { now: new Date('2026-11-21T00:00:00Z') },
  ).report

describe('one organisation, exported in two ways, is the same', () => {
  const ways: Record<string, Files> = {
    'CLIXML of a remote session': clixml('deserialized'),
    'Format-List, German': formatList({ culture: 'de-DE', width: 79 }),
    'Format-List, Polish, cut at the width': formatList({ culture: 'pl-PL', width: 97, words: false }),
    'JSON of Windows PowerShell': json('5.1'),
    'CSV with joined lists': csv('7', 'en-US', ', '),
    'CSV that drops lists': csv('5.1', 'en-US', 'lost'),
  }
  const best = reportOf(clixml('rehydrated'))
  it.each(Object.keys(ways))('%s', (way) => {
    const other = reportOf(ways[way] ?? {})
    for (const { objects, findings } of [compareReports(best, other), compareReports(other, best)]) {
      expect(objects).toEqual([])
      expect(findings).toMatchObject({ fixed: [], new: [], worse: [], better: [] })
    }
  })
})

const file = (id: string, name: string) => aSource({ id, name })
const receive = (properties: Parameters<typeof anObject>[1]) => anObject('EX01\\Relay', properties)

const compared = (then: Parameters<typeof anObject>[1], now: Parameters<typeof anObject>[1]) =>
  compareReports(
    aReport({ sources: [file('s1', 'old.txt')], inventory: { receiveConnectors: [receive(then)] } }),
    aReport({ sources: [file('s1', 'new.txt')], inventory: { receiveConnectors: [receive(now)] } }),
  )

describe('properties', () => {
  it('lists what left a list and what came, whatever the order', () => {
    const { objects, before, after } = compared(
      { RemoteIPRanges: ['10.0.0.1', '10.0.0.2'], Enabled: true },
      { RemoteIPRanges: ['10.0.0.3', '10.0.0.1'], Enabled: false },
    )
    expect(objects).toMatchObject([
      {
        id: 'EX01\\Relay',
        change: 'changed',
        properties: [
          {
            ...{ property: 'RemoteIPRanges', removed: ['10.0.0.2'], added: ['10.0.0.3'], kept: 1 },
            ...{ before: { source: 's1', lines: [2, 2] }, after: { source: 's1', lines: [2, 2] } },
          },
          { property: 'Enabled', removed: ['True'], added: ['False'], kept: 0 },
        ],
      },
    ])
    expect([before.files, after.files]).toEqual([{ s1: 'old.txt' }, { s1: 'new.txt' }])
    expect(compared({ Bindings: ['a', 'b'] }, { Bindings: ['b', 'a'] })).toMatchObject({ objects: [], sameObjects: 1 })
  })

  it('takes what is not in an export, or cut, for no change', () => {
    const cut = receive({ Comment: 'x' })
    cut.properties.RemoteIPRanges = { state: 'truncated', value: ['10.0.0.9'], source: 's1', lines: [9, 9] }
    const whole = receive({ Comment: 'y', RemoteIPRanges: ['10.0.0.1'], Fqdn: 'a' })
    const { objects } = compareReports(
      aReport({ inventory: { receiveConnectors: [cut] } }),
      aReport({ inventory: { receiveConnectors: [whole] } }),
    )
    expect(objects[0]?.properties.map((p) => p.property)).toEqual(['Comment'])
    expect(objects[0]?.incomparable).toEqual(['RemoteIPRanges', 'Fqdn'])
  })

  it('takes empty and not set for the same', () => {
    const nothing = receive({ Comment: '' })
    nothing.properties.Comment = { state: 'null', source: 's1', lines: [2, 2] }
    const one = (o: ReturnType<typeof receive>) => aReport({ inventory: { receiveConnectors: [o] } })
    expect(compareReports(one(receive({ Comment: '' })), one(nothing)).objects).toEqual([])
    expect(compareReports(one(nothing), one(receive({ Comment: 'fax' }))).objects[0]?.properties[0]).toMatchObject({
      ...{ removed: [], added: ['fax'] },
    })
  })

  it('marks what always differs', () => {
    const { objects } = compared(
      { WhenChanged: '2026-01-01T00:00:00Z', Banner: '' },
      { WhenChanged: '2026-02-01T00:00:00Z', Banner: '220' },
    )
    expect(objects[0]?.properties.map((p) => [p.property, p.isNoise])).toEqual([
      ['WhenChanged', true],
      ['Banner', false],
    ])
  })

  it('does not make two moments of a local time and its UTC twin', () => {
    const on = (NotAfter: string) => ({ NotAfter })
    expect(compared(on('2027-02-28T23:59:59Z'), on('2027-03-01T00:59:59')).objects).toEqual([])
    expect(compared(on('2027-02-28T23:59:59Z'), on('2027-03-28T00:59:59')).objects).toHaveLength(1)
    expect(compared(on('2027-02-28T23:59:59Z'), on('2027-03-01T00:59:59Z')).objects).toHaveLength(1)
  })
})

describe('objects', () => {
  const ex01 = receive({ Bindings: ['0.0.0.0:25'] })
  const printers = anObject('EX01\\Printers', { Bindings: ['0.0.0.0:26'] })
  const edge = anObject('EDGE01\\Default', { Bindings: ['0.0.0.0:25'] }, { side: 'edge' })
  const audit = (receiveConnectors: (typeof ex01)[], block: Parameters<typeof aBlock>[0] = {}) =>
    aReport({ sources: [aSource({ blocks: [aBlock(block)] })], inventory: { receiveConnectors } })

  it('are removed where the list is whole, and added the other way round', () => {
    const removed = compareReports(audit([ex01, printers]), audit([ex01]))
    expect(removed.objects).toMatchObject([{ id: 'EX01\\Printers', change: 'removed', isCertain: true }])
    const added = compareReports(audit([ex01]), audit([ex01, printers]))
    expect(added.objects).toMatchObject([{ id: 'EX01\\Printers', change: 'added', isCertain: true }])
    expect(added.notGiven).toEqual({ before: [], after: [] })
  })

  it('are perhaps removed where the file does not show its command', () => {
    const { objects } = compareReports(audit([ex01, printers]), audit([ex01], { listing: 'unknown' }))
    expect(objects).toMatchObject([{ id: 'EX01\\Printers', change: 'removed', isCertain: false }])
  })

  it('are not removed by a list of the Mailbox servers where an Edge keeps them, nor by a list of named ones', () => {
    const { objects, notGiven } = compareReports(audit([ex01, edge, edge]), audit([ex01]))
    expect(objects).toEqual([])
    expect(notGiven.after).toEqual([{ collection: 'receiveConnectors', server: 'EDGE01', side: 'edge', objects: 2 }])
    expect(notGiven.before).toEqual([])
    const named = compareReports(audit([ex01, printers]), audit([ex01], { listing: 'named' }))
    expect(named.objects).toEqual([])
    expect(named.notGiven.after).toMatchObject([{ server: 'EX01', objects: 1 }])
  })

  it('of one name live on both sides', () => {
    const domain = (side: 'on-premises' | 'exchange-online', DomainType: string) =>
      anObject('contoso.com', { DomainType }, { side, server: null })
    const both = (cloud: string) =>
      aReport({
        inventory: { acceptedDomains: [domain('on-premises', 'Authoritative'), domain('exchange-online', cloud)] },
      })
    const { objects } = compareReports(both('Authoritative'), both('InternalRelay'))
    expect(objects).toMatchObject([{ side: 'exchange-online', properties: [{ added: ['InternalRelay'] }] }])
    // A list of one side says nothing about the other.
    const sources = [aSource({ blocks: [aBlock({ cmdlet: 'Get-AcceptedDomain', collection: 'acceptedDomains' })] })]
    const inventory = { acceptedDomains: [domain('on-premises', 'Authoritative')] }
    const without = compareReports(both('Authoritative'), aReport({ sources, inventory }))
    expect(without.objects).toEqual([])
    expect(without.notGiven.after).toMatchObject([{ side: 'exchange-online', objects: 1 }])
  })

  it('access lists are compared by connector and account', () => {
    const row = (right: string, deny = false) =>
      anObject('EX01\\Relay|S-1-5-7', { User: 'ANONYMOUS LOGON', ExtendedRights: [right], Deny: deny })
    const audit = (...rows: ReturnType<typeof row>[]) => aReport({ inventory: { adPermissions: rows } })
    const then = audit(row('Submit'), row('Relay', true))
    const now = audit(row('Relay'), row('Submit'))
    expect(compareReports(then, now).objects).toMatchObject([
      {
        ...{ collection: 'adPermissions', id: 'EX01\\Relay' },
        properties: [{ property: 'ANONYMOUS LOGON', removed: ['Deny: Relay'], added: ['Relay'], kept: 1 }],
      },
    ])
  })
})

it('is plain data that passes its schema, and says which checks one of the audits could not do', () => {
  const outcome = (rule: string, state: 'pass' | 'not-assessed') => ({
    ...{ rule, state, findings: [] },
    missing: [{ cmdlet: 'Get-SendConnector', side: 'on-premises' as const, servers: [] }],
  })
  const result = compareReports(
    aReport({ outcomes: [outcome('a', 'pass'), outcome('b', 'not-assessed'), outcome('c', 'not-assessed')] }),
    aReport({ outcomes: [outcome('a', 'not-assessed'), outcome('b', 'pass'), outcome('c', 'not-assessed')] }),
  )
  expect(result.checks.noLongerAssessed.map((c) => c.rule)).toEqual(['a'])
  expect(result.checks.newlyAssessed.map((c) => c.rule)).toEqual(['b'])
  expect(comparisonSchema.parse(JSON.parse(JSON.stringify(result)))).toEqual(result)
})
