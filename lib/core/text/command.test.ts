import { describe, expect, it } from 'vitest'
import { parseCommand, parseCommands } from './command'
import { parsePrompt } from './console-prompt'

describe('parsePrompt', () => {
  it.each([
    ['[PS] C:\\>Get-ReceiveConnector | fl', null, true, 'Get-ReceiveConnector | fl'],
    ['[PS] C:\\Windows\\system32>Get-SendConnector|fl', null, true, 'Get-SendConnector|fl'],
    ['PS C:\\Users\\adm> Get-AcceptedDomain', null, false, 'Get-AcceptedDomain'],
    ['[ex01.contoso.com]: PS C:\\> hostname', 'ex01.contoso.com', false, 'hostname'],
    ['[ex01]: [PS] C:\\>Get-TransportService', 'ex01', true, 'Get-TransportService'],
    ['PS>Get-RemoteDomain', null, false, 'Get-RemoteDomain'],
    ['PS /home/adm> Get-RemoteDomain', null, false, 'Get-RemoteDomain'],
    ['C:\\>Get-RemoteDomain', null, false, 'Get-RemoteDomain'],
    ['[PS] C:\\>', null, true, ''],
  ])('%s', (line, host, managementShell, command) => {
    expect(parsePrompt(line)).toEqual({ host, managementShell, command })
  })

  it.each([
    '> quoted text',
    'C:\\> dir',
    'PSComputerName : ex01',
    '[::]:25, 0.0.0.0:25}',
    'a -> b',
  ])('not %s', (line) => {
    expect(parsePrompt(line)).toBeUndefined()
  })
})

describe('parseCommand', () => {
  it.each([
    [
      'Get-ReceiveConnector | fl',
      { collection: 'receiveConnectors', listing: 'all', named: [], projection: false, server: null },
    ],
    ['Get-ReceiveConnector -Server ex01 | fl identity,bindings', { listing: 'all', server: 'ex01', projection: true }],
    ['Get-ReceiveConnector "EX01\\Relay"|fl', { listing: 'named', named: ['EX01\\Relay'] }],
    ['Get-SendConnector -Identity "To \u201cX\u201d" | fl *', { listing: 'named', projection: false }],
    [
      'Get-ExchangeCertificate \u2013Server EX02 | Format-List',
      { collection: 'certificates', server: 'EX02', listing: 'all' },
    ],
    ['Get-ReceiveConnector | ? {$_.Enabled} | fl', { listing: 'named', named: [] }],
    [
      'Get-ReceiveConnector | Get-ADPermission | fl',
      { cmdlet: 'Get-ADPermission', collection: 'adPermissions', listing: 'all' },
    ],
    [
      'Get-ReceiveConnector "EX01\\Relay" | Get-ADPermission | where {$_.User -like "*x*"} | fl',
      { collection: 'adPermissions', listing: 'named', named: ['EX01\\Relay'] },
    ],
    ...[
      ['| where {$_.Deny -eq $false -and $_.IsInherited -eq $false} | fl', false],
      ['| ? {$_.ExtendedRights -and -not $_.IsInherited} | fl', false],
      ['| ? {($_.Deny -eq "False") -and (-not $_.IsInherited)} | fl', false],
      ['| ? {$_.Deny -eq $true} | fl', true],
      ['| ? {-not $_.ExtendedRights} | fl', true],
      ['| ? {$_.IsInherited} | fl', true],
      ['| fl User,ExtendedRights,Deny', false],
      ['| where {$_.ExtendedRights -like "*Any-Sender*"} | fl', true],
      ['| where ExtendedRights -like "*Any-Sender*" | fl', true],
      ['-User "NT AUTHORITY\\ANONYMOUS LOGON" | fl', true],
      ['-Owner | fl', true],
      ['| select -First 3 | fl', true],
    ].flatMap(([rest, filtersRows]): [string, object][] => [
      [`Get-ReceiveConnector "EX01\\Relay" | Get-ADPermission ${rest}`, { filtersRows }],
      [`Get-ADPermission "EX01\\Relay" ${rest}`, { filtersRows }],
    ]),
    ['Get-ReceiveConnector | where {$_.Name -eq "Relay"} | Get-ADPermission | fl', { filtersRows: false }],
    ['(Get-ReceiveConnector "EX01\\Relay").RemoteIPRanges | fl', { part: true }],
    [
      'Get-OutboundConnector -IncludeTestModeConnectors $true | fl',
      { collection: 'outboundConnectors', listing: 'all' },
    ],
    ['Get-AcceptedDomain -ResultSize Unlimited | fl', { listing: 'all' }],
    ['Get-BlockedConnector -ConnectorId 159eb7c4-75d7-43e2 | fl', { listing: 'named', named: ['159eb7c4-75d7-43e2'] }],
    ['Get-Mailbox x | fl', { collection: null, cmdlet: 'Get-Mailbox' }],
  ])('%s', (text, expected) => {
    expect(parseCommand(text)).toMatchObject(expected)
  })

  it.each([
    ['Get-ReceiveConnector EX01\\* | fl', { server: 'EX01', listing: 'named', named: [] }],
    ['Get-ReceiveConnector * | fl', { server: null, listing: 'all', named: [] }],
    ['Get-ReceiveConnector "EX01\\Rel*" | fl', { server: null, listing: 'named', named: [] }],
    [
      'Get-ExchangeServer | Get-ReceiveConnector | fl',
      { collection: 'receiveConnectors', listing: 'all', server: null },
    ],
    [
      'Get-ExchangeServer EX01 | Get-ReceiveConnector | fl',
      { collection: 'receiveConnectors', listing: 'all', server: 'EX01' },
    ],
    ['Get-ExchangeServer | ? {$_.Name -like "EX0*"} | Get-ReceiveConnector | fl', { listing: 'named', server: null }],
    [
      'Get-ExchangeServer EX0* | ForEach-Object {Get-ExchangeCertificate -Server $_.Name} | fl',
      { collection: 'certificates', server: null, listing: 'named', named: [] },
    ],
    [
      'Get-ExchangeServer | % { Get-ExchangeCertificate -Server $_ | fl }',
      { collection: 'certificates', server: null, listing: 'all' },
    ],
    ['foreach ($s in Get-ExchangeServer) { Get-ReceiveConnector -Server $s | fl }', { server: null, listing: 'all' }],
    ['foreach ($s in $some) { Get-ReceiveConnector -Server $s | fl }', { server: null, listing: 'named' }],
    ['Get-ReceiveConnector -Server $s | fl', { server: null, listing: 'named' }],
    [
      'Invoke-Command -ComputerName EX01 {Get-ReceiveConnector | fl}',
      { cmdlet: 'Get-ReceiveConnector', host: 'EX01', listing: 'all' },
    ],
    [
      'Invoke-Command -ComputerName EX01 -ScriptBlock {Get-SendConnector} | fl',
      { collection: 'sendConnectors', host: 'EX01' },
    ],
    ['Get-SendConnector | ft -AutoSize', { projection: false, listing: 'all', silent: false }],
    ['Get-SendConnector | fl -Property *', { projection: false }],
    ['Get-SendConnector | sort Name | select Name | ft -AutoSize', { projection: true, silent: false }],
    ['Get-SendConnector | fl > c:\\x.txt', { listing: 'all', named: [], silent: true }],
    ['Get-SendConnector 2>$null', { listing: 'all', named: [], silent: true }],
    ['Get-SendConnector -ErrorAction SilentlyContinue', { listing: 'all', silent: true }],
    ['Get-SendConnector | fl | Out-File x.txt', { silent: true }],
    ['Get-SendConnector | fl | Tee-Object x.txt', { silent: false }],
    ['Get-SendConnector | Export-Clixml x.xml', { silent: true }],
    ['Get-ReceiveConnector | Set-ReceiveConnector -Enabled $false', { silent: true }],
    ['$c = Get-SendConnector', { listing: 'all', silent: true }],
    ['$FormatEnumerationLimit = -1; Get-SendConnector | fl', { listing: 'all', silent: false }],
    ['(Get-SendConnector)[0] | fl', { listing: 'named', part: false }],
    ['(Get-SendConnector).Where({$_.Enabled}) | fl', { listing: 'named', part: false }],
    ['(Get-ReceiveConnector "EX01\\Relay").Bindings', { part: true, property: 'Bindings', named: ['EX01\\Relay'] }],
    [
      'Get-InboundConnector X | select -ExpandProperty SenderIPAddresses',
      { part: true, property: 'SenderIPAddresses', named: ['X'] },
    ],
    ['Get-SendConnector | Sort-Object Name -Unique', { listing: 'named' }],
    ['Get-TransportRule -State Enabled | fl', { listing: 'named' }],
    ['Get-ExchangeServer -Status | fl', { listing: 'all' }],
    ['Get-SendConnector | fl # all of them', { listing: 'all', projection: false }],
  ])('%s', (text, expected) => {
    expect(parseCommand(text)).toMatchObject(expected)
  })

  it('reads all statements of a line', () => {
    const text = 'Get-SendConnector "a;b" | fl; $x = 1; Get-ReceiveConnector | ? {$_.A; $_.B} | fl;'
    expect(parseCommands(text).map((c) => [c.cmdlet, c.named])).toEqual([
      ['Get-SendConnector', ['a;b']],
      ['Get-ReceiveConnector', []],
    ])
  })

  it('is no command', () => expect(parseCommand('hostname')).toBeUndefined())
})
