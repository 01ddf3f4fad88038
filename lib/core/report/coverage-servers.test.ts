import { describe, expect, it } from 'vitest'
import { aBlock, anObject, anOutcome, aReport, aSource } from '../testing/report-builder'
import { partialExports } from './coverage-partial'
import { coverageServers } from './coverage-servers'
import { serverRanges } from './server-range'

const missing = (cmdlet: string, servers: string[] = [], side: 'on-premises' | 'exchange-online' = 'on-premises') => ({
  cmdlet,
  side,
  servers,
})

describe('serverRanges', () => {
  it('joins numbers that follow one another', () => {
    expect(serverRanges(['EX03', 'EX01', 'EX02', 'EX14'])).toEqual(['EX01–EX03', 'EX14'])
    expect(serverRanges(['EX09', 'EX10', 'EX11', 'ex12'])).toEqual(['EX09–ex12'])
  })
  it('joins nothing that is not a row', () => {
    expect(serverRanges(['EX01', 'EX02'])).toEqual(['EX01', 'EX02'])
    expect(serverRanges(['EX9', 'EX10', 'EX11'])).toEqual(['EX9', 'EX10', 'EX11'])
    expect(serverRanges(['MBX1', 'EDGE2', 'MBX3'])).toEqual(['EDGE2', 'MBX1', 'MBX3'])
    expect(serverRanges(['EX01', 'EX01', 'mail', ''])).toEqual(['', 'EX01', 'EX01', 'mail'])
    expect(serverRanges([])).toEqual([])
  })
})

describe('coverageServers', () => {
  const report = aReport({
    outcomes: [
      anOutcome('r1', 'not-assessed', [missing('Get-ADPermission', ['EX02', 'EX03'])]),
      anOutcome('r2', 'not-assessed', [missing('Get-InboundConnector', [], 'exchange-online')]),
    ],
    inventory: {
      receiveConnectors: [anObject('EX01\\Relay', { Name: 'Relay' }), anObject('EX02\\Relay', { Name: 'Relay' })],
    },
  })
  const rows = coverageServers(report, new Map())
  it('has a row for each place, those with something to run first', () => {
    expect(rows.map((r) => [r.server, r.side, r.gaps.map((g) => g.cmdlet)])).toEqual([
      [null, 'exchange-online', ['Get-InboundConnector']],
      ['EX02', 'on-premises', ['Get-ADPermission']],
      ['EX03', 'on-premises', ['Get-ADPermission']],
      ['EX01', 'on-premises', []],
    ])
  })
  it('names one server in the command of a server', () => {
    expect(rows[1]?.gaps[0]?.command).toContain("-Server 'EX02' | Get-ADPermission")
    expect(rows[1]?.gaps[0]?.command).not.toContain('EX03')
  })
  it('shows what is there', () => {
    expect(rows[1]?.row?.cells[0]).toMatchObject({ collection: 'receiveConnectors', state: 'complete' })
    expect(rows[2]?.row?.cells.map((c) => c.state)).toEqual(['missing', 'missing', 'missing'])
  })
})

describe('partialExports', () => {
  const one = (block: Parameters<typeof aBlock>[0], notices: ReturnType<typeof aSource>['notices'] = []) =>
    partialExports(aReport({ sources: [aSource({ blocks: [aBlock(block)], notices })] })).map((p) => p.reason)
  const notice = (code: 'list-truncated' | 'command-failed' | 'mojibake', line: number) => [
    { code, level: 'warning' as const, line, message: '', remedy: '' },
  ]

  it('says why an export is not whole', () => {
    expect(one({})).toEqual([])
    expect(one({ completeness: 'table' })).toEqual(['table'])
    expect(one({ completeness: 'projection' })).toEqual(['projection'])
    expect(one({ completeness: 'identity-only' })).toEqual(['identity-only'])
    expect(one({ gaps: true })).toEqual(['cut'])
    expect(one({ intended: true, completeness: 'projection' })).toEqual(['intended'])
    expect(one({}, notice('list-truncated', 14))).toEqual(['cut'])
    expect(one({}, notice('command-failed', 14))).toEqual(['failed'])
  })
  it('takes no notice of what stands elsewhere or is no gap', () => {
    expect(one({}, notice('list-truncated', 101))).toEqual([])
    expect(one({}, notice('mojibake', 14))).toEqual([])
    expect(one({ collection: null, cmdlet: 'Get-Mailbox', completeness: 'table' })).toEqual([])
    expect(one({ collection: 'adPermissions', completeness: 'projection' })).toEqual([])
  })
  it('has the command that gets it whole', () => {
    const [partial] = partialExports(
      aReport({ sources: [aSource({ blocks: [aBlock({ completeness: 'table', server: 'EX01' })] })] }),
    )
    expect(partial).toMatchObject({ name: 'ex01/receive.txt', cmdlet: 'Get-ReceiveConnector' })
    expect(partial?.command).toContain("Get-ReceiveConnector -Server 'EX01'")
  })
})
