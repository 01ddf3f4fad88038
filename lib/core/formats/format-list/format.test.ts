import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Diagnostic, RawBlock } from '../../model'
import { type Listed, printList } from '../../testing/print-list'
import { format } from './format'

function read(text: string): { blocks: readonly RawBlock[]; notices: Diagnostic[] } {
  const notices: Diagnostic[] = []
  return { blocks: format.parse({ id: 's1', name: 'x.txt', text }, (d) => notices.push(d)), notices }
}
const values = (b: RawBlock | undefined) =>
  b?.objects.map((o) => Object.fromEntries(o.properties.map((p) => [p.name, p.text])))

const relay: Listed = [
  ['Bindings', '{0.0.0.0:25, [::]:25}'],
  ['Comment', ''],
  ['PermissionGroups', 'AnonymousUsers, Custom'],
  ['RemoteIPRanges', '{10.1.1.20-10.1.1.21, 10.1.2.0/24}'],
  [
    'TlsCertificateName',
    '<I>CN=Example CA - SHA256 - G2, O=Example nv-sa, C=BE<S>CN=*.contoso.com, OU=Domain Control Validated',
  ],
  ['Identity', 'EX01\\Relay'],
]
const front: Listed = relay.map(([n, v]) => [n, n === 'Identity' ? 'EX01\\Default Frontend EX01' : v] as const)

describe('objects', () => {
  it('reads several, with the line of each property', () => {
    const { blocks } = read(printList([relay, front]))
    expect(blocks).toHaveLength(1)
    expect(blocks[0]).toMatchObject({
      collection: 'receiveConnectors',
      certainty: 'certain',
      completeness: 'projection',
      lines: [3, 15],
    })
    expect(values(blocks[0])).toEqual([Object.fromEntries(relay), Object.fromEntries(front)])
    expect(blocks[0]?.objects[1]?.properties[0]).toMatchObject({ name: 'Bindings', lines: [10, 10] })
  })

  it.each([
    ['doubled line ends', printList([relay, front]).replaceAll('\n', '\n\n')],
    ['no blank line between', printList([relay, front], { gap: 0 })],
    ['three blank lines between', printList([relay, front], { gap: 3 })],
    ['an indented paste', printList([relay, front]).replace(/^/gm, '    ')],
    ['values wrapped', printList([relay, front], { width: 80 })],
  ])('%s', (_, text) => {
    expect(values(read(text).blocks[0])).toEqual([Object.fromEntries(relay), Object.fromEntries(front)])
  })

  it('splits where the first label of another kind of object stands behind a blank line', () => {
    const a: Listed = [
      ['Identity', 'EX01\\A'],
      ['Bindings', '{0.0.0.0:25}'],
      ['RemoteIPRanges', '{10.0.0.1}'],
    ]
    const b: Listed = [
      ['Bindings', '{[::]:25}'],
      ['Identity', 'EX01\\B'],
      ['RemoteIPRanges', '{10.0.0.2}'],
    ]
    expect(values(read(printList([a, b])).blocks[0])).toEqual([Object.fromEntries(a), Object.fromEntries(b)])
  })

  it('keeps apart what differs in its colon column', () => {
    const domain: Listed = [
      ['Name', 'contoso.com'],
      ['DomainName', 'contoso.com'],
      ['DomainType', 'Authoritative'],
    ]
    const { blocks } = read(printList([relay]) + printList([domain]))
    expect(blocks.map((b) => b.collection)).toEqual(['receiveConnectors', 'acceptedDomains'])
  })

  it('takes text with a colon below a value into the value', () => {
    const text =
      'Bindings       : {0.0.0.0:25}\nComment        : see\n                 Owner : nobody\nRemoteIPRanges : {10.0.0.1}\n'
    expect(values(read(text).blocks[0])).toEqual([
      { Bindings: '{0.0.0.0:25}', Comment: 'see\nOwner : nobody', RemoteIPRanges: '{10.0.0.1}' },
    ])
  })

  it('tells a cut list, with line, property and object', () => {
    const text = printList([
      [
        ...relay.slice(0, 3),
        ['RemoteIPRanges', '{10.0.0.1, 10.0.0.2, 10.0.0.3, 10.0.0.4...}'],
        ['Identity', 'EX01\\Relay'],
      ],
    ])
    const { blocks, notices } = read(text)
    expect(blocks[0]?.objects[0]?.properties[3]).toMatchObject({ truncated: true })
    expect(notices).toEqual([
      { code: 'list-truncated', level: 'warning', line: 6, property: 'RemoteIPRanges', object: 'EX01\\Relay' },
    ])
  })
})

describe('commands', () => {
  const prompt = '[PS] C:\\>'

  it('names which command made which block', () => {
    const text = `${prompt}Get-ReceiveConnector | fl\n${printList([relay])}\n${prompt}Get-AcceptedDomain | fl Name\n${printList([[['Name', 'contoso.com']]])}\n${prompt}\n`
    const { blocks } = read(text)
    expect(blocks.map((b) => [b.cmdlet, b.listing, b.collection, b.side])).toEqual([
      ['Get-ReceiveConnector', 'all', 'receiveConnectors', 'on-premises'],
      ['Get-AcceptedDomain', 'all', 'acceptedDomains', 'on-premises'],
    ])
  })

  it('tells a listing that printed nothing', () => {
    const { blocks } = read(`${prompt}Get-HybridConfiguration | fl\n\n${prompt}Get-SendConnector | fl\n`)
    expect(blocks).toMatchObject([{ collection: 'hybridConfigurations', listing: 'all', objects: [] }])
  })

  it('does not take a failed command for an empty listing', () => {
    const text = `${prompt}Get-HybridConfiguration | fl\nGet-HybridConfiguration : not recognized\n    + CategoryInfo : ObjectNotFound\n\n${prompt}\n`
    const { blocks, notices } = read(text)
    expect(blocks).toEqual([])
    expect(notices.map((n) => n.code)).toEqual(['command-failed'])
  })

  it.each([
    ['$c = Get-HybridConfiguration'],
    ['Get-HybridConfiguration | fl > hybrid.txt'],
    ['Get-HybridConfiguration | Export-Clixml hybrid.xml'],
    ['Get-HybridConfiguration -ErrorAction SilentlyContinue'],
    ['Get-HybridConfiguration 2>$null'],
    ['Get-HybridConfiguration; Get-SendConnector'],
    ['(Get-HybridConfiguration).Features'],
  ])('does not take silence for an empty listing: %s', (command) => {
    expect(read(`${prompt}${command}\n${prompt}\n`).blocks).toEqual([])
  })

  it('does not take commands that are only mentioned for empty listings', () => {
    expect(read('Get-HybridConfiguration | fl\nGet-SendConnector | fl\n').blocks).toEqual([])
  })

  it('gives an output with an error in it, but not as all there is', () => {
    const text = `${prompt}Get-ReceiveConnector | fl\n${printList([relay])}\nGet-ReceiveConnector : no\n    + CategoryInfo : NotSpecified: (:) [Get-ReceiveConnector], X\n${prompt}\n`
    const { blocks, notices } = read(text)
    expect(blocks).toMatchObject([{ listing: 'named' }])
    expect(notices.map((n) => [n.code, n.params?.command])).toEqual([['command-failed', 'Get-ReceiveConnector | fl']])
  })

  it('says nothing of errors of commands that matter to nobody', () => {
    expect(read(`${prompt}Get-Mailbox x\nGet-Mailbox : no\n    + CategoryInfo : x\n${prompt}\n`).notices).toEqual([])
  })

  it('tells a failed command that is not in the text itself', () => {
    const text = 'Get-SendConnector : no\n    + CategoryInfo          : NotSpecified: (:) [Get-SendConnector], X\n'
    expect(read(text).notices).toMatchObject([{ code: 'command-failed', params: { command: 'Get-SendConnector' } }])
  })

  it('knows what a variable stands for', () => {
    const { blocks } = read(
      `${prompt}$c = Get-ReceiveConnector -Server EX01\n${prompt}$c | fl\n${printList([relay])}${prompt}\n`,
    )
    expect(blocks).toMatchObject([{ cmdlet: 'Get-ReceiveConnector', server: 'EX01', listing: 'all' }])
  })

  it('gives each statement of a line its own output', () => {
    const domain: Listed = [
      ['DomainName', 'contoso.com'],
      ['DomainType', 'Authoritative'],
      ['Default', 'True'],
    ]
    const { blocks } = read(
      `${prompt}Get-AcceptedDomain x | fl; Get-ReceiveConnector | fl\n${printList([domain])}${printList([relay])}${prompt}\n`,
    )
    expect(blocks.map((b) => [b.collection, b.cmdlet, b.listing])).toEqual([
      ['acceptedDomains', 'Get-AcceptedDomain', 'named'],
      ['receiveConnectors', 'Get-ReceiveConnector', 'all'],
    ])
    const twice = read(
      `${prompt}Get-ReceiveConnector -Server EX01 | fl; Get-ReceiveConnector -Server EX02 | fl\n${printList([relay])}`,
    )
    expect(twice.blocks).toMatchObject([{ listing: 'named', server: null }])
  })

  it('does not call all what was broken off', () => {
    const text = `${prompt}Get-ReceiveConnector | fl\n${printList([relay, front])}`
    expect(read(text).blocks).toMatchObject([{ listing: 'all' }])
    const one = read(text.slice(0, text.indexOf('TlsCertificateName')))
    expect(one.blocks).toMatchObject([{ listing: 'named', completeness: 'projection' }])
    const cut = read(text.slice(0, text.lastIndexOf('Remote')))
    expect(cut.blocks).toMatchObject([{ listing: 'named', completeness: 'projection' }])
    expect(cut.notices.map((n) => n.code)).toEqual(['source-cut'])
  })

  it('does not call all what begins in the middle of an object', () => {
    const text = printList([relay, front, relay])
    const from = (line: string) => read(text.slice(text.indexOf(line)))
    const lines = text.trimStart().split('\n')
    for (const line of lines.slice(1, relay.length - 1)) {
      const { blocks, notices } = from(line)
      expect([line, blocks[0]?.collection, blocks[0]?.listing]).toEqual([line, 'receiveConnectors', 'named'])
      expect(notices.map((d) => [d.code, d.line])).toEqual([['source-begins-late', 1]])
    }
    expect(read(text).notices).toEqual([])
  })

  it('knows an object that lost what tells its kind by the others', () => {
    const domain = (name: string): Listed => [
      ['DomainName', name],
      ['DomainType', 'Authoritative'],
      ['MatchSubDomains', 'False'],
      ['Default', 'False'],
      ['Name', name],
      ['Identity', name],
    ]
    const text = printList(['a.example', 'b.example', 'c.example'].map(domain))
    for (const label of ['DomainName', 'DomainType'])
      for (const nth of [0, 1, 2]) {
        let seen = -1
        const without = text.split('\n').filter((line) => !(line.startsWith(label) && ++seen === nth))
        const { blocks } = read(without.join('\n'))
        expect(blocks.map((b) => [b.collection, b.objects.length])).toEqual([['acceptedDomains', 3]])
      }
    const other = printList([
      domain('a.example')
        .slice(2)
        .map(([n, v]) => [`Other${n}`, v] as const),
    ])
    expect(read(other + text).blocks.map((b) => b.collection)).toEqual([null, 'acceptedDomains'])
  })

  it('takes several objects that lack the same lines for edited, not for broken off', () => {
    const text = `${prompt}Get-ReceiveConnector | fl\n${printList([relay, front])}`
    const widest = Math.max(...relay.map(([name]) => name.length))
    const edited = text
      .split('\n')
      .filter((line) => line.indexOf(' : ') < 0 || line.split(' ')[0]?.length !== widest)
      .join('\n')
    expect(edited).not.toBe(text)
    expect(read(edited).blocks).toMatchObject([{ listing: 'all', completeness: 'projection' }])
  })

  it('reads a long command over several lines', () => {
    const text = `${prompt}Get-ReceiveConnector "EX01\\Relay" |\nGet-ADPermission | fl User,ExtendedRights\n\nUser           : NT AUTHORITY\\ANONYMOUS LOGON\nExtendedRights : {ms-Exch-SMTP-Submit}\n`
    expect(read(text).blocks).toMatchObject([
      { cmdlet: 'Get-ADPermission', collection: 'adPermissions', named: ['EX01\\Relay'] },
    ])
  })

  const named = `(Get-ReceiveConnector "EX01\\Relay")`
  it.each([
    [
      `${named}.TlsDomainCapabilities | fl`,
      'Domain       : contoso.com\nCapabilities : AcceptCloudServicesMail\n',
      ['contoso.com:AcceptCloudServicesMail'],
    ],
    [
      `${named}.TlsDomainCapabilities`,
      'Domain : \nCapabilities : AcceptOorgProtocol\nSmtpX509Identifier : <I>CN=CA<S>CN=x\n',
      ['<I>CN=CA<S>CN=x:AcceptOorgProtocol'],
    ],
    [
      `${named}.Bindings | fl`,
      'Address : ::\nPort    : 25\n\nAddress : 0.0.0.0\nPort    : 25\n',
      ['[::]:25', '0.0.0.0:25'],
    ],
    [
      'Get-ReceiveConnector EX01\\Relay | select -expand RemoteIPRanges',
      '10.0.0.1\n10.0.1.0/24\n',
      ['10.0.0.1', '10.0.1.0/24'],
    ],
    [`${named}.TlsDomainCapabilities`, '', []],
  ])('takes a part of an object for that: %s', (command, output, items) => {
    const { blocks } = read(`${prompt}${command}\n\n${output}\n${prompt}\n`)
    const [block] = blocks
    expect(block).toMatchObject({ collection: 'receiveConnectors', completeness: 'projection', listing: 'named' })
    expect(block?.objects[0]?.properties).toMatchObject([{ text: 'EX01\\Relay' }, { items }])
  })

  it('does not take a part of an object for the object where nothing tells whose it is', () => {
    for (const command of ['(Get-ReceiveConnector).TlsDomainCapabilities | fl', '$x.TlsDomainCapabilities | fl']) {
      const text = `${prompt}${command}\n\nDomain       : contoso.com\nCapabilities : AcceptCloudServicesMail\n`
      expect(read(text).blocks.filter((b) => b.collection !== null)).toEqual([])
    }
    for (const rest of ['', ' > x.txt\n[PS] C:\\>', ' -ErrorAction Ignore\n[PS] C:\\>'])
      expect(read(`${prompt}${named}.Bindings${rest}\n`).blocks).toEqual([])
  })

  it('believes the properties more than a command that contradicts them', () => {
    expect(read(`${prompt}Get-SendConnector | fl\n${printList([relay])}`).blocks[0]).toMatchObject({
      cmdlet: null,
      collection: 'receiveConnectors',
    })
  })

  it('tells limited results, and does not call them all', () => {
    const limited = `${prompt}Get-AcceptedDomain | fl\nWARNING: By default, only the first 1000 items are returned. Use the ResultSize parameter to\nspecify the number of items returned.\n${printList(
      [
        [
          ['DomainName', 'a.example'],
          ['DomainType', 'Authoritative'],
        ],
      ],
    )}`
    const { notices, blocks } = read(limited)
    expect(notices.map((n) => [n.code, n.line])).toEqual([['results-limited', 1]])
    expect(blocks).toMatchObject([{ listing: 'named' }])
  })

  it('takes the computer from the header of a transcript, and the newest time it names', () => {
    const text = `**********************\nWindows PowerShell transcript start\nStart time: 20261120093000\nUsername  : CONTOSO\\adm\nMachine\t  : EX01 (Microsoft Windows NT 10.0)\n**********************\n${prompt}Get-ReceiveConnector | fl\n${printList([relay])}**********************\nWindows PowerShell transcript end\nEnd time: 20261120094500\n**********************\n`
    const { blocks } = read(text)
    expect(blocks).toMatchObject([{ server: 'EX01', takenAt: '2026-11-20T09:45:00', collection: 'receiveConnectors' }])
    expect(values(blocks[0])).toEqual([Object.fromEntries(relay)])
  })
})

describe('prose', () => {
  it('is left out', () => {
    const text = `How we relay\n\nNote: this is old.\nSource : a book\n\n${printList([relay])}\nThat is all : we think.\n\nMore   : 1\nText   : 2\n`
    expect(values(read(text).blocks[0])).toEqual([Object.fromEntries(relay)])
    expect(read(text).blocks).toHaveLength(1)
  })

  it('alone is no export', () => {
    for (const text of ['', 'Milk : 2\nEggs : 12\n', 'Name : a\nEnabled : True\nIdentity : x\n', 'a\nb\n'])
      expect(format.detect(text, 'x.txt')).toBeLessThan(0.5)
    expect(format.detect(printList([relay]), 'x.txt')).toBeGreaterThan(0.5)
  })
})

const word = fc.stringMatching(/^[A-Za-z0-9=.:/<>*-]{1,30}$/)
const value = fc
  .array(word, { minLength: 1, maxLength: 25 })
  .map((w) => w.join(' ').replace(/^[{]/, '').replaceAll('**', '*').replace(/<br/gi, '<b')) // Markdown, HTML

describe('un-wrapping', () => {
  const texts = fc.array(value, { minLength: 2, maxLength: 6 })
  const objectOf = (vs: readonly string[]): Listed => [
    ['Bindings', '{}'],
    ['RemoteIPRanges', '{}'],
    ...vs.map((v, i) => [`P${i}`, v] as const),
  ]

  it.each([
    ['words, as written', true],
    ['cut at the width, as written', false],
  ])('gives back what was printed: %s', (_, words) => {
    fc.assert(
      fc.property(texts, fc.integer({ min: 40, max: 200 }), (vs, width) => {
        const o: Listed = [...objectOf(vs), ['Banner2', '']] // the empty value shows that trailing blanks are there
        expect(values(read(printList([o], { width, words })).blocks[0])?.[0]).toEqual(Object.fromEntries(o))
      }),
      { numRuns: 300 },
    )
  })

  it('gives back words although trailing blanks are gone, where short lines show that words are kept whole', () => {
    const short = fc
      .array(fc.stringMatching(/^[a-z=,]{1,9}$/), { minLength: 30, maxLength: 60 })
      .map((w) => w.join(' '))
    fc.assert(
      fc.property(fc.array(short, { minLength: 3, maxLength: 5 }), fc.integer({ min: 60, max: 160 }), (vs, width) => {
        const o = objectOf(vs)
        const printed = printList([o], { width, trimmed: true })
        const lengths = printed.split('\n').map((l) => l.length)
        // Otherwise the text alone does not tell: every break happens to stand where a cut would.
        fc.pre(
          printed.split('\n').some((l, i, all) => all[i + 1]?.startsWith('   ') && l.length < Math.max(...lengths) - 1),
        )
        expect(values(read(printed).blocks[0])?.[0]).toEqual(Object.fromEntries(o.map(([n, v]) => [n, v])))
      }),
      { numRuns: 200 },
    )
  })

  it.each([
    79, 97, 107, 113, 116, 119,
  ])('joins a certificate name with one blank at width %i, trailing blanks gone', (width) => {
    expect(values(read(printList([relay, front], { width, trimmed: true })).blocks[0])?.[0]).toEqual(
      Object.fromEntries(relay),
    )
  })

  it.each([
    [79, true],
    [119, true],
    [107, false],
    [119, false],
  ])('joins the distinguished names of a console of width %i, words kept: %s, trailing blanks gone', (width, words) => {
    const names = ['Default EX01', 'Client Proxy EX01', 'Relay Apps', 'X'].map(
      (name): Listed => [
        ['Name', name],
        ['Bindings', '{}'],
        ['RemoteIPRanges', '{}'],
        ['RejectReservedSecondLevelRecipientDomains', 'False'],
        [
          'DistinguishedName',
          `CN=${name},CN=SMTP Receive Connectors,CN=Protocols,CN=EX01,CN=Servers,CN=Exchange Administrative Group (FYDIBOHF23SPDLT),CN=Administrative Groups,CN=Contoso,CN=Microsoft Exchange,CN=Services,CN=Configuration,DC=contoso,DC=com`,
        ],
      ],
    )
    for (const one of names)
      expect(values(read(printList([one], { width, words, trimmed: true })).blocks[0])).toEqual([
        Object.fromEntries(one),
      ])
    expect(values(read(printList(names, { width, words, trimmed: true })).blocks[0])).toEqual(
      names.map((n) => Object.fromEntries(n)),
    )
  })

  it('joins what a culture without word breaks cut inside a word', () => {
    const long: Listed = [
      ...relay.slice(0, 4),
      [
        'TlsDomainCapabilities',
        '{mail.protection.outlook.com:AcceptCloudServicesMail, example.net:AcceptOorgProtocol}',
      ],
      [
        'DistinguishedName',
        'CN=Relay,CN=SMTP Receive Connectors,CN=Protocols,CN=EX01,CN=Servers,CN=Exchange Administrative Group',
      ],
    ]
    expect(values(read(printList([long], { width: 79, words: false, trimmed: true })).blocks[0])?.[0]).toEqual(
      Object.fromEntries(long),
    )
  })
})

it.each([
  ['no-break spaces', (t: string) => t.replaceAll(' ', '\u00a0')],
  ['quoted in a mail', (t: string) => t.replace(/^/gm, '> ')],
  ['what more leaves', (t: string) => t.replace(/^Bindings/m, '-- Fortsetzung  --\nBindings')],
  ['a warning in the middle', (t: string) => t.replace(/^Bindings/m, 'WARNING: The object is corrupted : x\nBindings')],
])('reads what was pasted with %s', (_, change) => {
  const two: Listed[] = ['A', 'B'].map((name) => [
    ['Identity', `EX01\\${name}`],
    ['PermissionGroups', 'AnonymousUsers, ExchangeServers'],
    ['Bindings', '{0.0.0.0:25}'],
    ['RemoteIPRanges', '{10.0.0.1, 10.0.0.2}'],
  ])
  expect(values(read(change(printList(two))).blocks[0])).toEqual(two.map((o) => Object.fromEntries(o)))
})

it('says where a break could be read both ways, and knows the halves of common words', () => {
  const head = 'Identity       : EX01\\Relay\nRemoteIPRanges : {10.0.0.1}\n'
  const doubtful = read(`${head}Bindings       : for the printers of the\n                 second floor\n`)
  expect(doubtful.notices).toEqual([
    { code: 'lines-joined', level: 'info', line: 3, property: 'Bindings', object: 'EX01\\Relay' },
  ])
  expect(values(doubtful.blocks[0])?.[0]).toMatchObject({ Bindings: 'for the printers of the second floor' })
  const known = read(`${head}Bindings       : x contoso-com.mail.protection.outl\n                 ook.com\n`)
  expect([known.notices, values(known.blocks[0])?.[0]?.Bindings]).toEqual([
    [],
    'x contoso-com.mail.protection.outlook.com',
  ])
})

describe('hostile text', () => {
  it('never throws and keeps places inside', () => {
    const piece = fc.constantFrom(
      'Bindings : {a, b...',
      'RemoteIPRanges : x',
      '    more',
      '\t',
      '',
      '[PS] C:\\>Get-X | fl',
      '****************',
      'Name : <script>',
      '__proto__ : 1',
      'constructor : 2',
      ' : ',
      '-----  ----',
      'WARNING: x',
      'PS>',
      '{',
      '>>',
    )
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, fc.string({ maxLength: 30 })), { maxLength: 40 }), (parts) => {
        const text = parts.join('\n')
        const count = text.split('\n').length
        for (const b of read(text).blocks) {
          for (const { lines } of [b, ...b.objects, ...b.objects.flatMap((o) => o.properties)]) {
            expect(lines[0]).toBeGreaterThanOrEqual(1)
            expect(lines[1]).toBeLessThanOrEqual(count)
            expect(lines[0]).toBeLessThanOrEqual(lines[1])
          }
        }
      }),
      { numRuns: 500 },
    )
  })

  it.each([
    ['one value over many lines', `Bindings : {}\nRemoteIPRanges : a\n${'                 b\n'.repeat(200_000)}`],
    ['one long line', `Bindings : ${'x '.repeat(3_000_000)}\nRemoteIPRanges : a\n`],
    ['many labels', Array.from({ length: 100_000 }, (_, i) => `P${i} : ${i}`).join('\n')],
    ['many prompts', '[PS] C:\\>Get-ReceiveConnector "'.repeat(20_000)],
    ['many open commands', '[PS] C:\\>Get-ReceiveConnector (((\n'.repeat(50_000)],
    ['brackets', `[PS] C:\\>(${') . '.repeat(100_000)}\n`],
    ['blank lines', '\n'.repeat(3_000_000)],
  ])('comes to an end on %s', (_, text) => {
    expect(() => read(text)).not.toThrow()
  })
})
