import { describe, expect, it } from 'vitest'
import { aBlock, aFinding, anObject, anOutcome, aReport, aSource } from '../testing/report-builder'
import { collectAsClixml, collectCommand } from './collect-command'
import { coverageChecks, coverageGaps, partialChecks } from './coverage'
import { coverageMatrix } from './coverage-matrix'

const missing = (
  cmdlet: string,
  servers: string[] = [],
  side: 'on-premises' | 'edge' | 'exchange-online' = 'on-premises',
) => ({
  cmdlet,
  side,
  servers,
})
const catalogue = new Map(
  ([1, 2, 4] as const).map((question) => [`r${question}`, { id: `r${question}`, question, title: { en: '', de: '' } }]),
)

describe('coverageGaps', () => {
  const report = aReport({
    outcomes: [
      anOutcome('r1', 'not-assessed', [missing('Get-ADPermission', ['EX02'])]),
      anOutcome('r2', 'not-assessed', [missing('Get-ADPermission', ['EX01']), missing('Get-ADPermission', ['EX02'])]),
      anOutcome('r4', 'not-assessed', [
        missing('Get-ADPermission', ['EX01']),
        missing('Get-ExchangeCertificate', ['EX01']),
      ]),
      anOutcome('rx', 'pass', [missing('Get-Nothing')]),
      anOutcome('r5', 'fail', [missing('Get-ExchangeCertificate', ['EX03'])]),
    ],
    findings: [aFinding({ couldRaise: [missing('Get-InboundConnector', [], 'exchange-online')] })],
  })
  it('says what each thing to collect unlocks alone, and what it helps with', () => {
    expect(coverageGaps(report, catalogue)).toMatchObject([
      {
        cmdlet: 'Get-ADPermission',
        servers: ['EX01', 'EX02'],
        unlocks: ['r1', 'r2'],
        helps: ['r4'],
        questions: [1, 2, 4],
      },
      {
        cmdlet: 'Get-ExchangeCertificate',
        servers: ['EX01', 'EX03'],
        unlocks: [],
        helps: ['r4'],
        completes: ['r5'],
        questions: [4],
      },
      { cmdlet: 'Get-InboundConnector', unlocks: [], helps: [], couldRaise: ['some-rule.aaaaaa'] },
    ])
  })
  it('lists the checks by question', () => {
    expect(coverageChecks(report, catalogue).map((c) => c.rule)).toEqual(['r1', 'r2', 'r4'])
    expect(partialChecks(report, catalogue).map((c) => c.rule)).toEqual(['r5'])
  })
})

describe('collectCommand', () => {
  it('writes CLIXML where it is wanted, except for certificates', () => {
    expect(collectAsClixml(missing('Get-ReceiveConnector', ['EX01']))).toBe(
      "Get-ReceiveConnector -Server 'EX01' |\n  Export-Clixml receive-connectors.xml",
    )
    expect(collectAsClixml(missing('Get-ExchangeCertificate'))).toContain('Format-List *')
  })
  it('asks each server that is named', () => {
    expect(collectCommand(missing('Get-ReceiveConnector', ['EX01', 'EX02']))).toBe(
      "$FormatEnumerationLimit = -1\n'EX01', 'EX02' | ForEach-Object { Get-ReceiveConnector -Server $_ } |\n  Format-List * | Out-File -Width 4096 -Encoding utf8 receive-connectors.txt",
    )
  })
  it('asks for permissions through the connectors', () => {
    expect(collectCommand(missing('Get-ADPermission', ['EX01']))).toContain(
      "Get-ReceiveConnector -Server 'EX01' | Get-ADPermission |\n  Format-List *",
    )
  })
  it('names no server on an Edge and for what the organisation has once', () => {
    expect(collectCommand(missing('Get-ReceiveConnector', ['EDGE01'], 'edge'))).not.toContain('EDGE01')
    expect(collectCommand(missing('Get-SendConnector', ['EX01']))).not.toContain('EX01')
    expect(collectCommand(missing('Get-Whatever'))).toContain(
      'Get-Whatever |\n  Format-List * | Out-File -Width 4096 -Encoding utf8 whatever.txt',
    )
  })
  it('asks each server for its certificates where none is named', () => {
    expect(collectCommand(missing('Get-ExchangeCertificate'))).toContain('Get-ExchangeCertificate -Server $_.Name } |')
    expect(collectCommand(missing('Get-ExchangeCertificate', [], 'edge'))).not.toContain('Get-ExchangeServer')
  })
  it('asks for outbound connectors in three ways, each into a file of its own', () => {
    const command = collectCommand(missing('Get-OutboundConnector', [], 'exchange-online'))
    expect(command.split('\n')).toHaveLength(7)
    expect(command).toContain('-IncludeTestModeConnectors $true |')
    expect(command).toContain('-IsTransportRuleScoped $true |')
    expect(new Set(command.match(/\S+\.txt/g)).size).toBe(3)
  })
  it('lets no server name out of its quotes', () => {
    expect(collectCommand(missing('Get-ReceiveConnector', ["EX'; Remove-Mailbox \u2019"]))).toContain(
      "-Server 'EX''; Remove-Mailbox \u2019\u2019'",
    )
  })
})

describe('coverageMatrix', () => {
  it('takes an access list with its rights as complete, whatever else was left out', () => {
    const row = anObject('EX01\\Relay|S-1-5-7', {
      User: 'S-1-5-7',
      ExtendedRights: ['ms-Exch-SMTP-Submit'],
      Deny: false,
    })
    const bare = anObject('EX02\\Relay|S-1-5-7', { User: 'S-1-5-7' })
    const report = aReport({
      sources: [aSource({ blocks: [aBlock({ collection: 'adPermissions', completeness: 'projection' })] })],
      inventory: { adPermissions: [row, bare] },
    })
    expect(coverageMatrix(report).servers.map((r) => r.cells[2]?.state)).toEqual(['complete', 'cut'])
  })
  it('does not call a list complete that was picked by name or filter', () => {
    const stateOf = (listing: 'all' | 'named') => {
      const report = aReport({
        sources: [aSource({ blocks: [aBlock({ collection: 'acceptedDomains', listing, side: 'on-premises' })] })],
        inventory: {
          acceptedDomains: [anObject('contoso.com', { DomainName: 'contoso.com' }, { side: 'on-premises' })],
        },
      })
      const cells = coverageMatrix(report).organisation.flatMap((row) => (row.side === 'on-premises' ? row.cells : []))
      return cells.find((cell) => cell.collection === 'acceptedDomains')?.state
    }
    expect(stateOf('all')).toBe('complete')
    expect(stateOf('named')).toBe('cut')
  })
  it('shows logs of a server by direction, and nothing of logs where there are none', () => {
    const log = { direction: 'receive' as const, records: 12, sessions: 2, from: '', to: '' }
    const inventory = { receiveConnectors: [anObject('EX01\\Relay', {}), anObject('EX02\\Relay', {})] }
    const block = aBlock({ format: 'smtp-log', cmdlet: null, collection: null, server: 'ex01', log })
    const { servers } = coverageMatrix(aReport({ inventory, sources: [aSource({ blocks: [block, block] })] }))
    expect(servers.map((r) => r.logs.map((l) => [l.direction, l.records, l.place?.source]))).toEqual([
      [
        ['receive', 24, 's1'],
        ['send', 0, undefined],
      ],
      [
        ['receive', 0, undefined],
        ['send', 0, undefined],
      ],
    ])
    expect(coverageMatrix(aReport({ inventory })).servers.map((r) => r.logs)).toEqual([[], []])
  })
  it('tells complete, cut and missing apart', () => {
    const connector = anObject('EX01\\Relay', { Name: 'Relay', Bindings: ['0.0.0.0:25'] })
    const cut = anObject('EX02\\Relay', { Name: 'Relay' })
    cut.properties.RemoteIPRanges = { state: 'truncated', value: ['10.0.0.0/8'], source: 's1', lines: [30, 30] }
    const report = aReport({
      sources: [
        aSource(),
        aSource({ id: 's2', blocks: [aBlock({ collection: 'sendConnectors', completeness: 'projection' })] }),
      ],
      inventory: {
        receiveConnectors: [connector, cut],
        servers: [anObject('EX03', { Name: 'EX03' }, { side: 'on-premises' })],
        sendConnectors: [anObject('Internet', { Name: 'Internet' })],
      },
    })
    const { servers, organisation } = coverageMatrix(report)
    expect(servers.map((r) => [r.server, ...r.cells.map((c) => c.state)])).toEqual([
      ['EX01', 'complete', 'missing', 'missing'],
      ['EX02', 'cut', 'missing', 'missing'],
      ['EX03', 'missing', 'missing', 'missing'],
    ])
    expect(organisation[0]?.cells[0]).toMatchObject({ collection: 'sendConnectors', state: 'cut', objects: 1 })
    expect(organisation[1]?.cells.every((c) => c.state === 'missing' && c.place === null)).toBe(true)
  })
})
