import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Diagnostic, RawObject } from '../../model'
import { format } from './format'

const example = (name: string) => readFileSync(path.join(import.meta.dirname, 'examples', name), 'utf8')

function read(text: string) {
  const notices: Diagnostic[] = []
  const blocks = format.parse({ id: 's1', name: 'x', text }, (d) => notices.push(d))
  return { blocks, notices }
}
const shown = (o: RawObject | undefined): Record<string, unknown> =>
  Object.fromEntries(o?.properties.map((p) => [p.name, p.unusable ? { unusable: p.text } : (p.items ?? p.text)]) ?? [])
/** Properties of the only command of a text. */
const given = (text: string) => {
  const { blocks } = read(text)
  expect(blocks).toHaveLength(1)
  return shown(blocks[0]?.objects[0])
}

describe('a log of the wizard', () => {
  const { blocks } = read(example('wizard.log'))

  it('gives what the commands would make, on their side and at their time', () => {
    expect(blocks.map((b) => [b.cmdlet, b.collection, b.side, b.takenAt, ...b.lines, b.intended])).toEqual([
      ['Set-ReceiveConnector', 'receiveConnectors', 'on-premises', '2026-11-20T08:01:13', 3, 3, true],
      ['New-SendConnector', 'sendConnectors', 'on-premises', '2026-11-20T08:01:20', 5, 5, true],
      ['New-InboundConnector', 'inboundConnectors', 'exchange-online', '2026-11-20T08:01:22', 6, 6, true],
    ])
    expect(blocks.every((b) => b.completeness === 'projection')).toBe(true)
  })

  it('gives every parameter', () => {
    expect(shown(blocks[0]?.objects[0])).toMatchObject({
      Identity: 'EX01\\Default Frontend EX01',
      AuthMechanism: 'Tls, Integrated, BasicAuth, BasicAuthRequireTLS, ExchangeServer',
      Bindings: ['[::]:25', '0.0.0.0:25'],
      RequireTLS: 'False',
      TlsCertificateName: '<I>CN=Example Issuing CA 1, O=Example, C=US<S>CN=mail.contoso.com',
      TransportRole: 'FrontendTransport',
    })
    expect(shown(blocks[1]?.objects[0])).toMatchObject({ Fqdn: null, SourceTransportServers: ['EX01', 'EX02'] })
    expect(blocks[0]?.command).toMatch(/^Set-ReceiveConnector -AuthMechanism 'Tls.*EX01'$/)
  })
})

describe('a script', () => {
  const { blocks, notices } = read(example('script.ps1'))

  it('gives its commands and not its comments', () => {
    expect(blocks.map((b) => [b.cmdlet, ...b.lines])).toEqual([
      ['New-ReceiveConnector', 12, 18],
      ['Set-ReceiveConnector', 20, 20],
      ['Add-ADPermission', 21, 21],
      ['Set-SendConnector', 22, 22],
      ['Set-TransportConfig', 22, 22],
    ])
  })

  it('takes no variable for a value, and names what a variable brings along', () => {
    expect(shown(blocks[0]?.objects[0])).toEqual({
      Name: { unusable: '"Relay Scanners $server"' },
      Server: { unusable: '$server' },
      Usage: 'Custom',
      TransportRole: 'FrontendTransport',
      Bindings: '0.0.0.0:25',
      RemoteIPRanges: ['10.10.30.10-10.10.30.60', '10.20.0.0/24'],
    })
    expect(notices).toEqual([
      { code: 'value-unusable', level: 'info', line: 18, property: '@settings', params: { value: '@settings' } },
    ])
    const ranges = blocks[0]?.objects[0]?.properties.find((p) => p.name === 'RemoteIPRanges')
    expect(ranges?.lines).toEqual([15, 18])
  })

  it('knows what is changed by its position or by the pipe', () => {
    expect(shown(blocks[1]?.objects[0])).toEqual({
      Identity: 'EX03\\Relay Scanners EX03',
      PermissionGroups: 'AnonymousUsers',
      AuthMechanism: ['Tls', 'ExternalAuthoritative'],
    })
    expect(shown(blocks[2]?.objects[0])).toEqual({
      Identity: 'EX03\\Relay Scanners EX03',
      User: 'NT AUTHORITY\\ANONYMOUS LOGON',
      ExtendedRights: 'ms-Exch-SMTP-Accept-Any-Recipient',
    })
  })

  it('keeps a change of a list as text, and no credential', () => {
    expect(shown(blocks[3]?.objects[0])).toEqual({
      Identity: 'To partner',
      AddressSpaces: { unusable: "@{Add='smtp:fabrikam.com;1'}" },
      SmartHostAuthMechanism: 'BasicAuth',
    })
    expect(blocks[3]?.command).toMatch(/-AuthenticationCredential …$/)
    expect(shown(blocks[4]?.objects[0])).toEqual({ TLSSendDomainSecureList: ['fabrikam.com', 'contoso.com'] })
  })
})

it('an article gives its commands and not its sentences', () => {
  const { blocks } = read(example('article.txt'))
  expect(blocks.map((b) => [b.cmdlet, ...b.lines, shown(b.objects[0])])).toEqual([
    ['Enable-ExchangeCertificate', 6, 6, { Thumbprint: '2D21517C0A4E6B1F3C5D7E8F90A1B2C3D4E5F607', Services: 'SMTP' }],
    [
      'Set-ReceiveConnector',
      10,
      11,
      {
        Identity: 'EX01\\Default Frontend EX01',
        TlsDomainCapabilities: 'mail.protection.outlook.com:AcceptCloudServicesMail',
        Fqdn: 'mail.contoso.com',
        RequireTLS: 'False',
      },
    ],
    ['New-AcceptedDomain', 12, 12, { Name: 'Fabrikam', DomainName: 'fabrikam.com', DomainType: 'InternalRelay' }],
  ])
})

const set = 'Set-SendConnector X -RequireTLS $true'
const both = { Identity: 'X', RequireTLS: 'True' }

it.each<[string, Record<string, unknown>]>([
  [set, both],
  [`PS C:\\> ${set}`, both],
  [`[ex01.contoso.com]: PS C:\\> ${set}`, both],
  [`  1. ${set}`, both],
  [`> ${set}`, both],
  [`$c = ${set}`, both],
  [`if ($x) { ${set} }`, both],
  [`Command=${set}`, both],
  [`20.11.2026 08:00 OnPremises INFO ${set.replace('X -RequireTLS', '-Identity X -RequireTLS')}`, both],
  [`${set} # done`, both],
  [`${set}; Get-Date`, both],
  [`${set} | Out-Null`, both],
  [`${set} -Confirm:$false -ErrorAction Stop -DomainController dc01`, both],
  ['Set-SendConnector X -RequireTLS:$true', both],
  ['Set-SendConnector X -RequireTLS: $true', both],
  ['Set-SendConnector X -RequireTLS', both],
  ['Set-SendConnector -Ident X -RequireTLS', both],
  ['Set-SendConnector X `\n  -RequireTLS `  \n  $true', both],
  ['>> Set-SendConnector X `\n>> -RequireTLS $true', both],
  ['Set-SendConnector \u2013Identity \u201cX\u201d \u2013RequireTLS $true', both],
  ['Set-SendConnector \'It\'\'s\' -Comment "a `"b`" ""c"" `$d"', { Identity: "It's", Comment: 'a "b" "c" $d' }],
  ['Set-SendConnector X -Comment @"\none "two"\nthree\n"@', { Identity: 'X', Comment: 'one "two"\nthree' }],
  ["Set-SendConnector X -Comment @'\n$one\n'@ -Enabled 1", { Identity: 'X', Comment: '$one', Enabled: '1' }],
  ['Set-SendConnector X -Comment "a $b"', { Identity: 'X', Comment: { unusable: '"a $b"' } }],
  ['Set-SendConnector X -Comment $b.Name', { Identity: 'X', Comment: { unusable: '$b.Name' } }],
  ['Set-SendConnector X -Comment $(Get-Date)', { Identity: 'X', Comment: { unusable: '$(Get-Date)' } }],
  ['Set-SendConnector X -Comment ("a" + "b")', { Identity: 'X', Comment: { unusable: '("a" + "b")' } }],
  ['Set-SendConnector X -SmartHosts a,$b', { Identity: 'X', SmartHosts: { unusable: 'a,$b' } }],
  ['Set-SendConnector X -SmartHosts "a",\n  "b"', { Identity: 'X', SmartHosts: ['a', 'b'] }],
  ['Set-SendConnector X -SmartHosts @()', { Identity: 'X', SmartHosts: [] }],
  ['Set-SendConnector X -SmartHosts ("a","b")', { Identity: 'X', SmartHosts: ['a', 'b'] }],
  ['Set-SendConnector X -SmartHosts $null', { Identity: 'X', SmartHosts: null }],
  ['Set-SendConnector X -SmartHosts {a, b}', { Identity: 'X', SmartHosts: '{a, b}' }],
  [
    'Set-ReceiveConnector X -MaxMessageSize 35MB -Bindings [::]:25,0.0.0.0:25',
    { Identity: 'X', MaxMessageSize: '35MB', Bindings: ['[::]:25', '0.0.0.0:25'] },
  ],
  ['Set-HybridConfiguration -Domains contoso.com -Features $null', { Domains: 'contoso.com', Features: null }],
])('%s', (text, expected) => expect(given(text)).toEqual(expected))

it.each([
  'Get-ReceiveConnector "EX01\\Relay" | fl',
  '# Set-SendConnector X -Enabled $true',
  'x = 1 # Set-SendConnector X -Enabled $true',
  '<#\nSet-SendConnector X -Enabled $true\n#>',
  'You can change it with Set-SendConnector and its switch -Enabled.',
  'Set-SendConnector',
  'Set-SendConnector : Cannot find the connector',
  'Set-SendConnector "X"',
  'Set-SendConnector is the cmdlet with the switch -Enabled.',
  '[Client=UX, Cmdlet=Set-SendConnector, Thread=12] FINISH',
  'Remove-SendConnector X -Confirm:$false',
  'Reset-SendConnector X -Enabled $true',
  'Set-SendConnectors X -Enabled $true',
  'Set-Mailbox X -MaxSendSize 10MB',
])('nothing in %s', (text) => {
  expect([read(text).blocks, format.detect(text, '')]).toEqual([[], 0])
})

it('an open quote ends nothing but its own command', () => {
  const { blocks } = read('Set-SendConnector X -Comment "a\nSet-SendConnector Y -Enabled $true\n')
  expect(blocks.map((b) => shown(b.objects[0]))).toEqual([{ Identity: 'X' }, { Identity: 'Y', Enabled: 'True' }])
})

it('does not take what the shell answers for a part of the command', () => {
  const wide = `[PS] C:\\>Set-SendConnector X -Comment "${'a'.repeat(40)}" -Enabled $true`
  expect(given(`${wide}\nWARNING: -X is not needed.\n`)).toMatchObject({ Enabled: 'True' })
  expect(given(`${wide}\nSet-SendConnector : -X cannot be found\n`)).toMatchObject({ Enabled: 'True' })
})
