import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Diagnostic, RawBlock, RawProperty } from '../../model'
import type { Listed } from '../../testing/print-list'
import { printTable, type TableOptions } from '../../testing/print-table'
import { format as csv } from '../csv/format'
import { format } from './format'

function read(text: string): { blocks: readonly RawBlock[]; notices: Diagnostic[] } {
  const notices: Diagnostic[] = []
  return { blocks: format.parse({ id: 's1', name: 'x.txt', text }, (d) => notices.push(d)), notices }
}
const plain = (p: RawProperty) => (p.truncated ? { cut: p.text } : p.unusable ? { unusable: p.text } : p.text)
const values = (b: RawBlock | undefined) =>
  b?.objects.map((o) => Object.fromEntries(o.properties.map((p) => [p.name, plain(p)])))
const codes = (notices: readonly Diagnostic[]) => notices.map((n) => n.code).filter((c) => c !== 'table-projection')

const connector = (identity: string, bindings: string, enabled = 'True'): Listed => [
  ['Identity', identity],
  ['Bindings', bindings],
  ['Enabled', enabled],
]
const three = [
  connector('EX01\\Default EX01', '{0.0.0.0:2525, [::]:2525}'),
  connector('EX01\\Default Frontend EX01', '{[::]:25, 0.0.0.0:25}'),
  connector('EX01\\Relay für Köln', '{0.0.0.0:25}', 'False'),
]
const asObjects = (list: readonly Listed[]) => list.map((o) => Object.fromEntries(o))
const PROMPT = '[PS] C:\\>'

describe('a table as printed', () => {
  it('gives objects with the line of each', () => {
    const { blocks, notices } = read(printTable(three))
    expect(blocks).toMatchObject([
      {
        format: 'format-table',
        cmdlet: null,
        collection: 'receiveConnectors',
        certainty: 'certain',
        completeness: 'table',
        lines: [2, 6],
      },
    ])
    expect(values(blocks[0])).toEqual(asObjects(three))
    expect(blocks[0]?.objects[2]?.properties[0]).toEqual({
      name: 'Identity',
      text: 'EX01\\Relay für Köln',
      lines: [6, 6],
    })
    expect(notices).toEqual([{ code: 'table-projection', level: 'info', line: 2, params: { count: 3, total: 70 } }])
  })

  it.each<[string, TableOptions]>([
    ['-AutoSize', { autoSize: true }],
    ['PowerShell 7', { edition: '7' }],
    ['a narrow console', { width: 79 }],
    ['a wide console', { width: 239 }],
    ['trailing blanks gone', { trimmed: true }],
    ['-Wrap', { wrap: true, width: 60 }],
    ['-Wrap where words are cut', { wrap: true, words: false, width: 60 }],
  ])('%s', (_, options) => {
    expect(values(read(printTable(three, options)).blocks[0])).toEqual(asObjects(three))
  })

  it.each<[string, (s: string) => string]>([
    ['doubled line ends', (s) => s.replaceAll('\n', '\n\n')],
    ['indented', (s) => s.replace(/^(?=.)/gm, '    ')],
    ['quoted in a mail', (s) => s.replace(/^/gm, '> ')],
    ['no-break spaces', (s) => s.replaceAll('  ', '\u00a0\u00a0')],
    ['a mark before a row', (s) => s.replace('EX01\\Default F', '* EX01\\Default F')],
    ['a remark behind a row', (s) => s.replace(/False *$/m, 'False   <== this one')],
    ['a warning between rows', (s) => s.replace('EX01\\Relay', 'WARNING: this takes a while\nEX01\\Relay')],
    ['prose directly below', (s) => `${s.trimEnd()}\nThat is all that we have got here, and it works.\nDone.\n`],
    ['rows with a blank line between them', (s) => s.replace(/^(EX01.*)$/gm, '$1\n')],
  ])('%s', (_, change) => {
    const { blocks, notices } = read(change(printTable(three)))
    expect(values(blocks[0])).toEqual(asObjects(three))
    expect(codes(notices)).toEqual([])
  })

  it('passes over warnings between rows that nothing marks as such', () => {
    const rows = ['Default', 'Fabrikam'].map(
      (n): Listed => [
        ['Name', n],
        ['DomainName', `${n}.example`],
        ['AllowedOOFType', 'External'],
      ],
    )
    const text = printTable(rows).replace('Fabrikam', 'WARNING: this takes a while\nFabrikam')
    expect(values(read(text).blocks[0])).toEqual(asObjects(rows))
  })

  it('finds the rest of a cell behind a line of blanks', () => {
    const rows: Listed[] = [
      [
        ['Bindings', '{}'],
        ['Comment', 'abcdefghijkl mnopqrstuvw xyz'],
        ['Identity', 'EX01\\A'],
        ['RemoteIPRanges', '{}'],
        ['MaxHopCount', '0'],
        ['Enabled', 'False'],
      ],
    ]
    const text = printTable(rows, { width: 73, wrap: true, numbers: ['MaxHopCount'] })
    expect(text).toMatch(/abcdefghijkl EX01.*\n +\n +mnop/)
    expect(values(read(text).blocks[0])).toEqual(asObjects(rows))
  })

  it('reads labels over two lines', () => {
    const rows = three.map((o): Listed => [...o, ['TlsDomainCapabilities', '{}']])
    const text = printTable(rows, { width: 71, wrap: true })
    expect(text).toContain('TlsDomainCapabili')
    expect(values(read(text).blocks[0])).toEqual(asObjects(rows))
  })

  it('gives each row what -GroupBy printed above it', () => {
    const rows = ['EX01', 'EX02'].flatMap((s) => [
      [['Server', s], ...connector(`${s}\\Default ${s}`, '{0.0.0.0:2525}')] as Listed,
      [['Server', s], ...connector(`${s}\\Relay`, '{0.0.0.0:25}')] as Listed,
    ])
    const { blocks } = read(printTable(rows, { groupBy: 'Server' }))
    expect(blocks).toHaveLength(1)
    expect(values(blocks[0])).toEqual(asObjects(rows))
    expect(blocks[0]?.objects[2]?.properties[0]).toEqual({ name: 'Server', text: 'EX02', lines: [10, 10] })
  })

  it('finds numbers that begin left of their dashes', () => {
    const rows = [8, 123456].map((n): Listed => [['MaxHopCount2', String(n)], ...connector('EX01\\A', '{0.0.0.0:25}')])
    const short = rows.map((r) => r.map(([n, v]) => [n === 'MaxHopCount2' ? 'Id' : n, v] as const))
    for (const list of [rows, short]) {
      const text = printTable(list, { numbers: ['MaxHopCount2', 'Id'] })
      expect(values(read(text).blocks[0])).toEqual(asObjects(list))
    }
  })
})

describe('cells without room', () => {
  const long = connector('EX01\\Relay for all the printers of the house', '{192.0.2.1:25, 192.0.2.2:25, 192.0.2.3:25}')

  it.each<['5.1' | '7', string]>([
    ['5.1', '...'],
    ['7', '\u2026'],
  ])('are marked, with line, property and object: %s', (edition, dots) => {
    const { blocks, notices } = read(printTable([...three, long], { edition, width: 79 }))
    expect(values(blocks[0])?.[3]).toMatchObject({ Enabled: 'True' })
    const [identity, bindings] = blocks[0]?.objects[3]?.properties ?? []
    expect(identity).toMatchObject({ truncated: true })
    expect(identity?.text?.endsWith(dots)).toBe(true)
    expect(bindings).toMatchObject({ truncated: true })
    expect(notices.filter((n) => n.code === 'column-cut')).toEqual([
      { code: 'column-cut', level: 'warning', line: 7, property: 'Identity', object: identity?.text },
      { code: 'column-cut', level: 'warning', line: 7, property: 'Bindings', object: identity?.text },
    ])
    // A list with a cut name cannot prove that another object is not there.
    expect(blocks[0]).toMatchObject({ listing: 'named' })
  })

  it('a whole name stands for a cut one', () => {
    const text =
      'Name                 Identity                                  Bindings\n' +
      '----                 --------                                  --------\n' +
      'Relay for all the... EX01\\Relay for all the printers           {0.0.0.0:25}\n'
    expect(values(read(text).blocks[0])).toEqual([
      { Identity: 'EX01\\Relay for all the printers', Bindings: '{0.0.0.0:25}' },
    ])
  })

  it('tells the limit of the enumeration from the width', () => {
    const text = printTable([connector('EX01\\A', '{192.0.2.1:25, 192.0.2.2:25...}')])
    const { blocks, notices } = read(text)
    expect(values(blocks[0])?.[0]?.Bindings).toEqual({ cut: '{192.0.2.1:25, 192.0.2.2:25...}' })
    expect(codes(notices)).toEqual(['list-truncated'])
  })

  it('does not take dots for a cut where there is room', () => {
    const rows = [connector('EX01\\To be continued...', '{0.0.0.0:25}')]
    expect(values(read(printTable(rows)).blocks[0])).toEqual(asObjects(rows))
  })

  it('takes the first line of a text of several lines for a part of it', () => {
    const rows = [[...connector('EX01\\A', '{0.0.0.0:25}'), ['Comment', 'old\nask Bob']] as Listed]
    expect(values(read(printTable(rows)).blocks[0])?.[0]?.Comment).toEqual({ cut: 'old...' })
  })

  it('leaves out what has no value: blank is no answer of a switch or a list', () => {
    const rows = [
      [...connector('EX01\\A', '{0.0.0.0:25}'), ['RequireTLS', ''], ['TransportRole', ''], ['Fqdn', '']] as Listed,
    ]
    expect(values(read(printTable(rows)).blocks[0])).toEqual([
      { Identity: 'EX01\\A', Bindings: '{0.0.0.0:25}', Enabled: 'True', Fqdn: '' },
    ])
  })

  it('says so where nothing shows how wrapped lines belong together', () => {
    const text =
      'Identity Bindings     TlsCertificateName\n' +
      '-------- --------     ------------------\n' +
      'EX01\\A   {[::]:25}    <I>CN=Example<S>CN=mail\n' +
      '                      .contoso.com\n'
    const { blocks, notices } = read(text)
    expect(values(blocks[0])?.[0]?.TlsCertificateName).toEqual({ unusable: '<I>CN=Example<S>CN=mail.contoso.com' })
    expect(codes(notices)).toEqual(['lines-joined'])
  })
})

describe('letters of services', () => {
  const certificate = (services: string, subject = 'CN=mail.contoso.com'): Listed => [
    ['Thumbprint', 'A1B2C3D4E5F60718293A4B5C6D7E8F9001122334'],
    ['Services', services],
    ['Subject', subject],
  ]
  it.each([
    ['IP.WS..', 'IMAP, POP, IIS, SMTP'],
    ['...WS..', 'IIS, SMTP'],
    ['...W...', 'IIS'],
    ['IPUWSFC', 'IMAP, POP, UM, IIS, SMTP, Federation, UMCallRouter'],
    ['....S.', 'SMTP'],
    ['.......', 'None'],
    ['......', 'None'],
    ['IIS, SMTP', 'IIS, SMTP'],
  ])('%s is %s', (letters, names) => {
    const { blocks, notices } = read(printTable([certificate(letters)], { autoSize: true }))
    expect(blocks[0]?.collection).toBe('certificates')
    expect(values(blocks[0])?.[0]?.Services).toEqual(names)
    expect(codes(notices)).toEqual([])
  })

  it('letters at other places are no services', () => {
    const text = printTable([certificate('SW.....')], { autoSize: true })
    expect(values(read(text).blocks[0])?.[0]?.Services).not.toBe('IIS, SMTP')
  })

  it('a subject is cut, its thumbprint is not', () => {
    const text = printTable([certificate('...WS..', `CN=mail.contoso.com, O=${'x'.repeat(90)}`)], {
      autoSize: true,
      width: 79,
    })
    expect(values(read(text).blocks[0])?.[0]).toMatchObject({
      Thumbprint: 'A1B2C3D4E5F60718293A4B5C6D7E8F9001122334',
      Subject: { cut: expect.stringContaining('...') },
    })
  })
})

describe('tables that went through other programs', () => {
  it.each<[string, string]>([
    [
      'blanks gone, lines apart',
      `Identity Bindings Enabled\n\n${three.map((o) => o.map(([, v]) => v).join(' ')).join('\n\n')}\n`,
    ],
    [
      'blanks gone, with the dashes',
      `Identity Bindings Enabled\n-------- -------- -------\n${three.map((o) => o.map(([, v]) => v).join(' ')).join('\n')}\n`,
    ],
    ['tabs', `Identity\tBindings\tEnabled\n${three.map((o) => o.map(([, v]) => v).join('\t')).join('\n')}\n`],
    [
      'tabs and quotes',
      `Identity\tBindings\tEnabled\n${three.map((o) => o.map(([, v]) => `"${v}"`).join('\t')).join('\n')}\n`,
    ],
    [
      'Markdown',
      `| Identity | Bindings | Enabled |\n|:--|---|---|\n${three.map((o) => `| ${o.map(([, v]) => v).join(' | ')} |`).join('\n')}\n`,
    ],
    ['bars', `Identity | Bindings | Enabled\n${three.map((o) => o.map(([, v]) => v).join(' | ')).join('\n')}\n`],
  ])('%s', (_, text) => {
    const { blocks, notices } = read(`Our connectors:\n\n${text}\nThat is all.\n`)
    expect(blocks).toMatchObject([{ collection: 'receiveConnectors', completeness: 'table' }])
    expect(values(blocks[0])).toEqual(asObjects(three))
    expect(codes(notices)).toEqual([])
  })

  it('takes dots at the end of a cell for a cut where the width is gone', () => {
    const text = 'Identity\tBindings\tEnabled\nEX01\\Default Fron...\t{0.0.0.0:25, [::...\tTrue\n'
    expect(values(read(text).blocks[0])).toEqual([
      { Identity: { cut: 'EX01\\Default Fron...' }, Bindings: { cut: '{0.0.0.0:25, [::...' }, Enabled: 'True' },
    ])
  })

  it('leaves fields with tabs to the reader of CSV, but for what was drawn as a table', () => {
    const fields = 'Name\tIdentity\tBindings\tRemoteIPRanges\nA\tEX01\\A\t0.0.0.0:25\t10.0.0.1\n'
    expect(read(fields).blocks).toEqual([])
    expect(csv.detect(fields, '')).toBeGreaterThan(0.5)
    const drawn = 'Thumbprint\tServices\tSubject\nA1B2C3D4E5F60718293A4B5C6D7E8F9001122334\tIP.WS..\tCN=EX01\n'
    expect(values(read(drawn).blocks[0])?.[0]?.Services).toBe('IMAP, POP, IIS, SMTP')
    expect(csv.detect(drawn, '')).toBe(0)
  })

  it('does not cut a moved row at the wrong places', () => {
    const rows = ['Outbound to Office 365', 'Internet'].map(
      (n): Listed => [
        ['Name', n],
        ['TlsDomain', 'mail.protection.outlook.com'],
      ],
    )
    const text = printTable(rows, { autoSize: true }).replace('Outbound', '    Outbound')
    const { blocks, notices } = read(`${PROMPT}Get-SendConnector | ft Name,TlsDomain\n${text}${PROMPT}\n`)
    expect(values(blocks[0])).toEqual(asObjects(rows).slice(1))
    expect(blocks[0]).toMatchObject({ listing: 'named' })
    expect(codes(notices)).toEqual(['not-recognised'])
  })

  it('does not take a name for whole whose end may be in a line that is lost', () => {
    const text = printTable(three, { wrap: true, width: 60 }).replace(/^Frontend EX01/m, '   Frontend EX01')
    const { blocks, notices } = read(text)
    expect(values(blocks[0])?.map((o) => o.Identity)).not.toContain('EX01\\Default')
    expect(codes(notices)).toContain('not-recognised')
  })

  it('does not make one row of two where the last columns are cut off', () => {
    const text = printTable(three, { autoSize: true }).replace(/^(.{26}).*$/gm, '$1')
    expect(text).not.toContain('True')
    const found = read(`${PROMPT}Get-ReceiveConnector\n${text}${PROMPT}\n`).blocks.flatMap((b) => b.objects)
    expect(found.map((o) => o.properties[0]?.text)).toEqual(three.map((o) => o[0]?.[1]))
  })

  it('does not take a word below a row for the end of its name', () => {
    const text = printTable(three, { autoSize: true }).replace(/^(EX01.Default Frontend.*)$/m, '$1\nNote:')
    const names = read(text).blocks[0]?.objects.map((o) => o.properties[0]?.text)
    expect(names).toEqual(three.map((o) => o[0]?.[1]))
  })

  it('keeps what calculated columns were called', () => {
    const rows = three.map((o): Listed => [...o.slice(0, 2), ['Größe', '35 MB (36.700.160 Bytes)'], ...o.slice(2)])
    expect(values(read(printTable(rows)).blocks[0])).toEqual(asObjects(rows))
  })

  it('refuses rows whose columns are gone, and says which', () => {
    const text = printTable(three).replace(
      /^EX01.Default Frontend.*$/m,
      'EX01\\Default Frontend EX01     {[::]:25   True   a   b',
    )
    const { blocks, notices } = read(`${PROMPT}Get-ReceiveConnector\n${text}${PROMPT}\n`)
    expect(values(blocks[0])).toEqual([asObjects(three)[0], asObjects(three)[2]])
    expect(notices).toContainEqual({
      code: 'not-recognised',
      level: 'warning',
      line: 6,
      params: { looksLike: 'table-row', firstLine: 'EX01\\Default Frontend EX01     {[::]:25   True   a   b' },
    })
    expect(blocks[0]).toMatchObject({ listing: 'named' })
  })

  it.each([
    ['the header is lost', (s: string) => s.replace(/^Identity.*\n/m, ''), 'Get-ReceiveConnector', 3],
    [
      '-HideTableHeaders',
      (s: string) => s.replace(/^(?:Identity|----).*\n/gm, ''),
      'Get-ReceiveConnector | ft -HideTableHeaders',
      2,
    ],
  ])('refuses values where %s', (_, change, command, line) => {
    const { blocks, notices } = read(`${PROMPT}${command}\n${change(printTable(three))}${PROMPT}\n`)
    expect(blocks).toEqual([])
    expect(notices).toEqual([
      {
        code: 'not-recognised',
        level: 'warning',
        line,
        params: { looksLike: 'table-without-header', firstLine: command },
      },
    ])
  })
})

describe('commands', () => {
  it('name what made the table', () => {
    const text = `${PROMPT}Get-ReceiveConnector -Server EX01\n${printTable(three)}${PROMPT}Get-ReceiveConnector | select Identity,Bindings\n${printTable(three)}${PROMPT}\n`
    expect(read(text).blocks).toMatchObject([
      { cmdlet: 'Get-ReceiveConnector', listing: 'all', server: 'EX01', completeness: 'table', side: 'on-premises' },
      { cmdlet: 'Get-ReceiveConnector', listing: 'all', server: null, completeness: 'projection' },
    ])
  })

  it('that failed or were limited list nothing whole', () => {
    const error =
      'Get-ReceiveConnector : The server is not available.\n    + CategoryInfo          : ResourceUnavailable\n'
    const limit = 'WARNING: By default, only the first 1000 items are returned.\n'
    for (const remark of [error, limit])
      expect(read(`${PROMPT}Get-ReceiveConnector\n${printTable(three)}${remark}${PROMPT}\n`).blocks).toMatchObject([
        { cmdlet: 'Get-ReceiveConnector', listing: 'named' },
      ])
  })

  it('make known what columns alone do not tell', () => {
    const rows: Listed[] = [
      [
        ['Name', 'EX01'],
        ['Edition', 'Enterprise'],
      ],
    ]
    expect(read(printTable(rows)).blocks).toEqual([])
    expect(read(`${PROMPT}Get-ExchangeServer | ft Name,Edition\n${printTable(rows)}${PROMPT}\n`).blocks).toMatchObject([
      { collection: 'servers', certainty: 'certain', completeness: 'projection' },
    ])
  })

  it('do not speak for a table behind prose', () => {
    const text = `${PROMPT}Get-ReceiveConnector\n${printTable(three)}\nOn the other server it looks like this:\n${printTable(three)}`
    expect(read(text).blocks.map((b) => b.cmdlet)).toEqual(['Get-ReceiveConnector', null])
  })

  it('of something else are believed, whatever the columns look like', () => {
    expect(read(`${PROMPT}Get-LoadBalancerPool\n${printTable(three)}${PROMPT}\n`)).toEqual({ blocks: [], notices: [] })
  })

  it('are not believed against columns that say otherwise', () => {
    expect(read(`${PROMPT}Get-SendConnector\n${printTable(three)}`).blocks).toMatchObject([
      { cmdlet: null, collection: 'receiveConnectors' },
    ])
  })

  it.each([
    [
      'of another cmdlet',
      'Get-Queue',
      [
        ['Identity', 'EX01\\3'],
        ['DeliveryType', 'SmtpRelay'],
        ['Status', 'Ready'],
        ['NextHopDomain', 'hub'],
      ],
    ],
    [
      'of a web server',
      'Get-Website',
      [
        ['Name', 'Default'],
        ['ID', '1'],
        ['State', 'Started'],
        ['Bindings', 'http *:80:'],
      ],
    ],
    [
      'of groups',
      'Get-ReceiveConnector | group Bindings',
      [
        ['Count', '12'],
        ['Name', '{0.0.0.0:25}'],
        ['Group', '{EX01\\A, EX01\\B...}'],
      ],
    ],
    [
      'of members',
      'Get-ReceiveConnector | gm',
      [
        ['Name', 'Bindings'],
        ['MemberType', 'Property'],
        ['Definition', 'x'],
      ],
    ],
    [
      'of a part',
      '(Get-ReceiveConnector "EX01\\A").Bindings | ft',
      [
        ['Address', '0.0.0.0'],
        ['Port', '25'],
      ],
    ],
  ] as [string, string, Listed][])('no objects from a table %s', (_, command, row) => {
    expect(read(`${PROMPT}${command}\n${printTable([row], { numbers: ['Count'] })}${PROMPT}\n`)).toEqual({
      blocks: [],
      notices: [],
    })
    expect(read(printTable([row])).blocks).toEqual([])
  })

  it('never takes the view of an access list for one without rights', () => {
    const rows: Listed[] = [
      [
        ['Identity', 'EX01\\A'],
        ['User', 'NT AUTHORITY\\ANONYMOUS LOGON'],
        ['Deny', 'False'],
        ['Inherited', 'False'],
      ],
    ]
    const text = `${PROMPT}Get-ReceiveConnector "EX01\\A" | Get-ADPermission\n${printTable(rows)}${PROMPT}\n`
    expect(read(text).blocks).toMatchObject([
      { collection: 'adPermissions', completeness: 'table', filtered: true, listing: 'named' },
    ])
    const withRights = rows.map((r): Listed => [...r, ['ExtendedRights', '{ms-Exch-SMTP-Submit}']])
    const whole = read(
      `${PROMPT}Get-ReceiveConnector | Get-ADPermission | ft Identity,User,Deny,Inherited,ExtendedRights\n${printTable(withRights, { width: 199 })}${PROMPT}\n`,
    )
    expect(whole.blocks).toMatchObject([{ listing: 'all', completeness: 'projection' }])
    expect(whole.blocks[0]?.filtered).toBeUndefined()
    const cut = read(
      `${PROMPT}Get-ReceiveConnector | Get-ADPermission | ft Identity,User,Deny,Inherited,ExtendedRights\n${printTable(withRights, { width: 79 })}${PROMPT}\n`,
    )
    expect(cut.blocks).toMatchObject([{ listing: 'named', filtered: true }])
  })
})

describe('what is no table', () => {
  it.each([
    '',
    'Milk\nEggs: a dozen\n',
    'Title\n-----\nText below it\n\n---\n\nMore\n',
    'Name   Enabled\n----   -------\nx      True\n',
    'a\tb\n1\t2\n',
    '| Name | Age |\n|---|---|\n| a | 1 |\n',
    'Get-ReceiveConnector | ft Identity,Bindings\n',
    '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n',
  ])('%j', (text) => {
    expect(read(text)).toEqual({ blocks: [], notices: [] })
    expect(format.detect(text, 'receive-connectors.txt')).toBe(0)
  })
})

const word = fc.stringMatching(/^[A-Za-z0-9=.:/<>-]{1,14}$/).filter((w) => !/\.\.|^\/.*>|^-+$/.test(w))
const text = fc.array(word, { minLength: 1, maxLength: 6 }).map((w) => w.join(' '))
const list = fc.array(word, { maxLength: 5 }).map((w) => `{${w.join(', ')}}`)
const object = fc
  .tuple(text, list, fc.boolean(), fc.option(text, { nil: '' }), fc.nat(9_999_999))
  .map(([name, bindings, enabled, comment, count]): Listed => {
    const flag = enabled ? 'True' : 'False'
    return [
      ['MaxHopCount', String(count)],
      ['Identity', `EX01\\${name}`],
      ['Bindings', bindings],
      ['RemoteIPRanges', bindings],
      ['Enabled', flag],
      ['Fqdn', comment],
    ]
  })
const columns = fc.shuffledSubarray(['MaxHopCount', 'Identity', 'Bindings', 'RemoteIPRanges', 'Enabled', 'Fqdn'], {
  minLength: 2,
})
const options = fc.record({
  width: fc.integer({ min: 40, max: 240 }),
  autoSize: fc.boolean(),
  wrap: fc.boolean(),
  words: fc.boolean(),
  edition: fc.constantFrom('5.1' as const, '7' as const),
  trimmed: fc.boolean(),
})

describe('round trip', () => {
  /** A cell that was read is what was printed, or says that it is not: never something else. */
  const check = (objects: readonly Listed[], names: readonly string[], o: TableOptions): void => {
    const rows = objects.map((x) => names.map((n) => [n, x.find(([m]) => m === n)?.[1] ?? ''] as const))
    const printed = printTable(rows, { ...o, numbers: ['MaxHopCount'] })
    // Rows that print nothing but blanks are not there.
    if (names[0] === 'Fqdn' && /^Fqdn *$/m.test(printed)) return
    const { blocks } = read(`${PROMPT}Get-ReceiveConnector | ft${o.wrap ? ' -Wrap' : ''} *\n${printed}${PROMPT}\n`)
    const found = blocks.flatMap((b) => b.objects)
    if (!o.wrap && blocks.length > 0) expect(found).toHaveLength(rows.length)
    for (const [i, f] of found.entries()) {
      for (const p of f.properties) {
        // A piece of a name that could as well be a row is one, with nothing whole in it: then rows do not count.
        const from = found.length === rows.length ? rows.slice(i, i + 1) : rows
        const wanted = from.map((r) => r.find(([n]) => n === p.name)?.[1] ?? null)
        const isPart = p.truncated || p.unusable
        if (!isPart) expect([printed, p.name, wanted]).toEqual([printed, p.name, expect.arrayContaining([p.text])])
        else if (!o.wrap)
          expect([printed, p.text?.includes(o.edition === '7' ? '\u2026' : '...')]).toEqual([printed, true])
      }
    }
  }

  it('gives back what was printed, or marks it', () => {
    fc.assert(
      fc.property(fc.array(object, { minLength: 1, maxLength: 5 }), columns, options, (objects, names, o) =>
        check(objects, names, o),
      ),
      { numRuns: 500 },
    )
  })
})
