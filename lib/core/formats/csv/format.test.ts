import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Diagnostic, RawBlock, RawProperty } from '../../model'
import { asAscii, type CsvInput, printCsv } from '../../testing/print-csv'
import { decodeText } from '../../text'
import { format } from './format'

type Read = { blocks: readonly RawBlock[]; notices: Diagnostic[] }
function read(text: string): Read {
  const notices: Diagnostic[] = []
  return { blocks: format.parse({ id: 's1', name: 'x', text }, (d) => notices.push(d)), notices }
}
const namesOf = (r: Read) =>
  r.blocks.map((b) => b.objects.map((o) => o.properties.find((p) => p.name === 'Name')?.text))
const cell = (r: Read, name: string, object = 0): RawProperty | undefined =>
  r.blocks[0]?.objects[object]?.properties.find((p) => p.name === name)

const HEAD = 'Name,Identity,Bindings,RemoteIPRanges'
const row = (name: string) => `${name},EX01\\${name},0.0.0.0:25,10.0.0.1`
const quoted = (line: string, delimiter = ',') =>
  line
    .split(',')
    .map((f) => `"${f}"`)
    .join(delimiter)

describe('tables', () => {
  it.each<[string, string]>([
    ['commas', `${HEAD}\n${row('A')}\n${row('B')}\n`],
    ['semicolons', [HEAD, row('A'), row('B')].map((l) => quoted(l, ';')).join('\n')],
    ['tabs', [HEAD, row('A'), row('B')].map((l) => l.replaceAll(',', '\t')).join('\n')],
    [
      'a comma in a name',
      `Name;Identity;a,b;Bindings;RemoteIPRanges\n${row('A').replaceAll(',', ';').replace(';0', ';;0')}\n${row('B').replaceAll(',', ';').replace(';0', ';;0')}\n`,
    ],
    ['indented rows', `    ${HEAD}\n    ${row('A')}\n    ${row('B')}\n`],
    ['blanks around fields', [HEAD, row('A'), row('B')].map((l) => quoted(l, ' , ')).join('\n')],
    ['a delimiter too many', `${HEAD},\n${row('A')},\n${row('B')},\n`],
    ['a delimiter too many in the header', `${HEAD},\n${row('A')}\n${row('B')}\n`],
    ['a delimiter too many in the rows', `${HEAD}\n${row('A')},,\n${row('B')},\n`],
    ['doubled line ends', `${HEAD}\n\n${row('A')}\n\n${row('B')}\n\n`],
    ['rows of nothing', `${HEAD}\n${row('A')}\n,,,\n${row('B')}\n,,,\n`],
    ['words around', `Dear all, this is it:\n\n${HEAD}\n${row('A')}\n${row('B')}\n\nKind regards\n`],
  ])('%s', (_, text) => {
    const r = read(text)
    expect([namesOf(r), r.notices]).toEqual([[['A', 'B']], []])
    const names = r.blocks[0]?.objects[1]?.properties.map((p) => p.name)
    expect(names?.filter((n) => n !== 'a,b')).toEqual(HEAD.split(','))
    expect(format.detect(text, '')).toBeGreaterThan(0.5)
  })

  it('the type counts, also where columns were chosen', () => {
    const text = (type: string) => `#TYPE ${type}\n"Name","Enabled"\n"A","True"\n`
    const kinds = ['', 'Deserialized.', 'Selected.'].map((p) =>
      read(text(`${p}Microsoft.Exchange.Data.Directory.SystemConfiguration.SmtpSendConnectorConfig`)).blocks.map(
        (b) => [b.collection, b.certainty, b.lines],
      ),
    )
    expect(kinds).toEqual(Array.from({ length: 3 }, () => [['sendConnectors', 'certain', [2, 3]]]))
    const full = (type: string) =>
      read(
        `#TYPE ${type}.ReceiveConnector;;\nName;Bindings;RemoteIPRanges;Guid;WhenChanged;WhenCreated;IsValid;ExchangeVersion\nA;;;;;;;\n`,
      ).blocks[0]?.completeness
    expect([full('Microsoft'), full('Selected.Microsoft')]).toEqual(['full', 'projection'])
  })

  it('several tables in one text', () => {
    const other = 'DomainName,DomainType,Name\ncontoso.com,Authoritative,C\n'
    const text = `${HEAD}\n${row('A')}\n${HEAD}\n${row('B')}\n${other}#TYPE X.DomainContentConfig\n"DomainName","Name"\n"*","D"\n`
    const r = read(text)
    expect(namesOf(r)).toEqual([['A', 'B'], ['C'], ['D']])
    expect([r.blocks.map((b) => b.lines), r.notices]).toEqual([
      [
        [1, 4],
        [5, 6],
        [8, 9],
      ],
      [],
    ])
  })

  it('a command says what its columns do not', () => {
    const text =
      'PS C:\\> Get-AcceptedDomain | select Name,DomainName | ConvertTo-Csv\n"Name","DomainName"\n"A","a.example"\nPS C:\\> '
    expect(read(text).blocks).toMatchObject([
      { collection: 'acceptedDomains', completeness: 'projection', listing: 'all', lines: [2, 3] },
    ])
  })

  it('other tables are passed over', () => {
    const text = '"DisplayName","Alias","Database"\n"A","a","DB1"\n'
    expect([read(text), format.detect(text, '')]).toEqual([{ blocks: [], notices: [] }, 0])
  })

  it.each([
    '"ClassId2e4f51ef21dd47e99d3c952918aff9cd","pageHeaderEntry","autosizeInfo"\n"033ec","",""\n',
    '#TYPE Microsoft.PowerShell.Commands.Internal.Format.FormatStartData\n"a","b"\n',
  ])('layout instructions are refused', (text) => {
    expect(read(text)).toMatchObject({ blocks: [], notices: [{ code: 'format-objects', line: 1 }] })
    expect(format.detect(text, '')).toBeGreaterThan(0.5)
  })
})

describe('cells', () => {
  it('fields that begin like the one above', () => {
    const texts = ['a', 'a"b', 'a', 'a,b', 'a', 'ab', 'a\nb', 'a\nb', '', 'a']
    const printed = printCsv(
      texts.map((Comment) => ({ Name: 'x', Bindings: '', RemoteIPRanges: '', Comment })),
      { edition: '5.1', eol: '\n' },
    )
    const r = read(printed)
    expect(texts.map((_, i) => cell(r, 'Comment', i)?.text)).toEqual(texts)
    expect(cell(r, 'Comment', 7)?.lines).toEqual([10, 11])
  })

  it('destroyed lists are said once for each property, and are never empty', () => {
    const lost = 'Microsoft.Exchange.Data.MultiValuedProperty`1[Microsoft.Exchange.Data.IPRange]'
    const text = `"Name","Bindings","RemoteIPRanges"\n"A","System.Object[]","${lost}"\n"B","System.String[]","${lost}"\n"C","@{Port=25; Address=x}",""\n`
    const r = read(text)
    expect(r.notices.map((n) => [n.code, n.property, n.line])).toEqual([
      ['multivalue-lost', 'Bindings', 2],
      ['multivalue-lost', 'RemoteIPRanges', 2],
    ])
    expect([0, 1, 2].map((i) => [cell(r, 'Bindings', i)?.unusable, cell(r, 'RemoteIPRanges', i)?.unusable])).toEqual([
      [true, true],
      [true, true],
      [true, undefined],
    ])
  })

  it('lists that the shell printed and cut are truncated', () => {
    const r = read('"Name","Bindings","RemoteIPRanges"\n"A","{0.0.0.0:25}","{10.0.0.1, 10.0.0.2...}"\n')
    expect([cell(r, 'Bindings')?.truncated, cell(r, 'RemoteIPRanges')?.truncated]).toEqual([undefined, true])
    expect(r.notices).toMatchObject([{ code: 'list-truncated', property: 'RemoteIPRanges', line: 2 }])
  })

  it('a file that a spreadsheet saved', () => {
    const r = read(
      'Name;Bindings;RemoteIPRanges;Enabled;RequireTLS;MaxMessageSize;Comment;Banner;Fqdn\nA;0.0.0.0:25;10.0.0.1;WAHR;FAUX;3,67E+07;\'=x;#NAME?;="y"\n',
    )
    expect(r.notices).toEqual([{ code: 'spreadsheet-saved', level: 'warning', line: 2, params: { value: 'WAHR' } }])
    expect(['Enabled', 'RequireTLS', 'Comment', 'Fqdn'].map((n) => cell(r, n)?.text)).toEqual([
      'True',
      'False',
      '=x',
      'y',
    ])
    expect(['MaxMessageSize', 'Banner'].map((n) => cell(r, n)?.unusable)).toEqual([true, true])
  })

  it('translated words in a file of PowerShell itself stay what they are', () => {
    const r = read('"Name","Bindings","RemoteIPRanges","Enabled"\n"A","0.0.0.0:25","10.0.0.1","WAHR"\n')
    expect([cell(r, 'Enabled')?.text, r.notices]).toEqual(['WAHR', []])
  })
})

describe('damage', () => {
  it('rows of another length are left out, the others read', () => {
    const r = read(`${HEAD}\n${row('A')}\nB,EX01\\B\n${row('C')}\nD,1,2,3,4,5\nE,1\n${row('F')}\n`)
    expect(namesOf(r)).toEqual([['A', 'C', 'F']])
    expect(r.notices).toMatchObject([{ code: 'row-uneven', line: 3, params: { count: 3 } }])
  })

  it('a row with a delimiter in a value and a blank last field is no row of its table', () => {
    const head = 'Name;Bindings;RemoteIPRanges;RequireTLS;Banner'
    const r = read(`${head}\nA;0.0.0.0:25;10.0.0.1;True;\nB;0.0.0.0:25;10.0.0.1;10.0.0.2;True;\nC;0.0.0.0:25;;True;\n`)
    expect(namesOf(r)).toEqual([['A', 'C']])
    expect(r.notices).toMatchObject([{ code: 'row-uneven', line: 3, params: { count: 1 } }])
  })

  it('a quote too many costs its row', () => {
    const lines = [HEAD, row('A'), row('B'), row('C'), row('D')].map((l) => quoted(l))
    lines[2] = (lines[2] ?? '').replace('"B"', '"B')
    const r = read(`${lines.join('\n')}\n`)
    expect(namesOf(r)).toEqual([['A', 'C', 'D']])
    expect(r.notices).toMatchObject([{ code: 'row-uneven', line: 3 }])
  })

  it.each([6, 12, 25, 33])('a file that ends %i characters into a row', (n) => {
    const lines = [HEAD, row('A'), row('B')].map((l) => quoted(l))
    const r = read(`${lines[0]}\n${lines[1]}\n${lines[2]?.slice(0, n)}`)
    expect(namesOf(r)).toEqual([['A']])
    expect(r.notices.map((d) => [d.code, d.line])).toEqual([['source-cut', 3]])
  })

  it('an output that lost rows is not all of it', () => {
    const text = `PS C:\\> Get-ReceiveConnector | ConvertTo-Csv\n${HEAD}\n${row('A')}\nB,1\n${row('C')}\nPS C:\\> `
    expect(read(text).blocks.map((b) => b.listing)).toEqual(['named'])
  })
})

const text = fc.string({ unit: 'grapheme', maxLength: 12 }).map((s) => s.replace(/\p{Cc}|\u00a0|\ufeff/gu, '').trim())
const plain = text.filter(
  (s) => !/^(?:System|Microsoft)\.|^@\{|^\{.*(?:\.\.\.|…)\}$|^['=#\d-]|^(?:WAHR|TRUE|VRAI|FALSCH|FAUX|FALSE)$/s.test(s),
)
const ips = fc.array(fc.ipV4(), { minLength: 1, maxLength: 5 })
const values: Readonly<Record<string, fc.Arbitrary<{ input: CsvInput; expected: unknown }>>> = {
  Name: plain.map((s) => ({ input: `n${s}`, expected: `n${s}` })),
  Banner: plain.map((s) => ({ input: s, expected: s })),
  Comment: fc.constantFrom('a "b" c', 'a,b', 'a;b\tc', 'one\ntwo', '"', '""').map((s) => ({ input: s, expected: s })),
  Enabled: fc.boolean().map((b) => ({ input: b, expected: b ? 'True' : 'False' })),
  DefaultDomain: fc.constant({ input: null, expected: '' }),
  AuthMechanism: fc.constant({ input: 'Tls, Integrated', expected: 'Tls, Integrated' }),
  RemoteIPRanges: ips.map((list) => ({ input: { list }, expected: list })),
  Bindings: ips
    .map((list) => list.map((a) => `${a}:25`))
    .map((list) => ({ input: { list, type: 'System.Object[]' }, expected: list })),
  Identity: fc.nat().map((n) => ({ input: `EX01\\${n}`, expected: `EX01\\${n}` })),
}

describe('round trip', () => {
  it('what is printed comes back, or is known to be lost; never something else', () => {
    let lost = 0
    fc.assert(
      fc.property(
        fc.array(fc.record(values), { minLength: 1, maxLength: 5 }),
        fc.record({
          edition: fc.constantFrom('5.1' as const, '7' as const),
          delimiter: fc.constantFrom(',' as const, ';' as const, '\t' as const),
          quotes: fc.constantFrom('always' as const, 'as-needed' as const),
          lists: fc.constantFrom(
            'lost' as const,
            ',' as const,
            ';' as const,
            ', ' as const,
            '|' as const,
            '\n' as const,
            ' ' as const,
          ),
          eol: fc.constantFrom('\n' as const, '\r\n' as const),
        }),
        fc.constantFrom(undefined, 'Deserialized.Microsoft.Exchange.Data.ReceiveConnector'),
        (objects, options, type) => {
          const list = objects.map((o) => Object.fromEntries(Object.entries(o).map(([k, v]) => [k, v.input])))
          const printed = printCsv(list, { ...options, ...(type ? { type } : {}) })
          const r = read(decodeText(new TextEncoder().encode(printed)).text)
          expect(r.blocks.map((b) => b.objects.length)).toEqual([objects.length])
          for (const [i, o] of objects.entries()) {
            for (const [name, { expected }] of Object.entries(o)) {
              const p = cell(r, name, i)
              if (p?.unusable) lost++
              else
                expect([name, p?.items ?? p?.text]).toEqual([
                  name,
                  Array.isArray(expected) && expected.length === 1 ? expected[0] : expected,
                ])
              if (Array.isArray(expected)) expect(p?.unusable === true).toBe(options.lists === 'lost')
            }
          }
        },
      ),
      { numRuns: 400 },
    )
    expect(lost).toBeGreaterThan(0)
  })

  it('any text is read without harm, and every place lies in it', () => {
    const piece = fc.constantFrom(
      HEAD,
      '"Name","Bindings","RemoteIPRanges"',
      '\n',
      '\n',
      '"',
      '""',
      ',',
      ';',
      '\t',
      ' ',
      'a',
      '#TYPE X.ReceiveConnector\n',
      'PS C:\\> Get-X\n',
      row('A'),
      '"A","b","c"\n',
    )
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, piece, piece, fc.string({ maxLength: 4 })), { maxLength: 60 }), (parts) => {
        const whole = parts.join('')
        const count = whole.split('\n').length
        const { blocks, notices } = read(whole)
        for (const x of [
          ...blocks,
          ...blocks.flatMap((b) => b.objects),
          ...blocks.flatMap((b) => b.objects.flatMap((o) => o.properties)),
        ])
          expect(x.lines[0] >= 1 && x.lines[0] <= x.lines[1] && x.lines[1] <= count).toBe(true)
        for (const n of notices) expect((n.line ?? 1) <= count).toBe(true)
      }),
      { numRuns: 2000 },
    )
  })
})

it('letters that ASCII does not have are gone', () => {
  expect(asAscii('Geräte')).toBe('Ger?te')
})

const OPEN = '"Name","Bindings","RemoteIPRanges"\n'
/** A reader that goes back again and again would not end on these. */
it.each<[string, string, string]>([
  ['quotes', OPEN, '"\n'],
  ['three quotes', OPEN, '"""\n'],
  ['quotes that close behind the next line', OPEN, '"a\nb"c\n'],
  ['open quotes with doubled ones', OPEN, '"a,""\n'],
  ['columns', 'Name,Bindings,RemoteIPRanges', ',x'],
  ['fields', OPEN, 'x,'],
  ['short rows', OPEN, 'a,b\n'],
  ['headers', '', 'Name,Bindings,RemoteIPRanges\n'],
  ['types', '', '#TYPE X\n'],
  ['one long line', '', 'a'],
  ['rows', OPEN, '"a","0.0.0.0:25","b"\n'],
])(
  'long texts of %s end',
  (_, head, piece) => {
    read(head + piece.repeat(Math.ceil(3_000_000 / piece.length)))
  },
  20_000,
)
