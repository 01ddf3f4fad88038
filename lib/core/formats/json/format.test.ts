import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Diagnostic, RawBlock, RawProperty } from '../../model'
import { makeCertificate } from '../../testing/make-certificate'
import { type JsonInput, printJson } from '../../testing/print-json'
import { decodeText } from '../../text'
import { format } from './format'

type Read = { blocks: readonly RawBlock[]; notices: Diagnostic[] }
function read(text: string): Read {
  const notices: Diagnostic[] = []
  return { blocks: format.parse({ id: 's1', name: 'x', text }, (d) => notices.push(d)), notices }
}
const connector = (more: Readonly<Record<string, unknown>> = {}) => ({
  Name: 'Relay',
  Identity: 'EX01\\Relay',
  PermissionGroups: 'AnonymousUsers',
  TarpitInterval: '00:00:05',
  Bindings: ['0.0.0.0:25'],
  ...more,
})
const property = (r: Read, name: string, object = 0): RawProperty | undefined =>
  r.blocks[0]?.objects[object]?.properties.find((p) => p.name === name)
const reading = (name: string, value: unknown) => {
  const p = property(read(JSON.stringify(connector({ [name]: value }))), name)
  return p?.unusable ? 'unusable' : p?.truncated ? 'truncated' : (p?.items ?? p?.text)
}
const lines = (text: string, block: RawBlock | undefined) =>
  text.split('\n').slice((block?.lines[0] ?? 1) - 1, block?.lines[1])

describe('shapes of documents', () => {
  const one = connector()
  it.each<[string, unknown, number]>([
    ['one object', one, 1],
    ['a list', [one, one], 2],
    ['a list with its count', { value: [one, one], Count: 2 }, 2],
    [
      'an answer of a web service',
      { '@odata.context': 'https://x/$metadata', value: [one], '@odata.nextLink': 'y' },
      1,
    ],
    ['a bundle', { a: { b: { receive_connectors: [one] } } }, 1],
  ])('%s', (_, value, count) => {
    for (const text of [JSON.stringify(value), JSON.stringify(value, null, 4)]) {
      expect(read(text).blocks.map((b) => [b.collection, b.objects.length])).toEqual([['receiveConnectors', count]])
      expect(format.detect(text, '')).toBeGreaterThan(0.5)
    }
  })

  it.each(['[]', '[null]', ' [ ]\n', '{"value":[],"Count":0}'])('nothing is a listing of nothing: %s', (text) => {
    expect(read(text).blocks).toMatchObject([{ collection: null, objects: [] }])
  })

  it.each<[string, string | undefined]>([
    ['{"inbound_connectors":[null]}', 'inboundConnectors'],
    ['{"InboundConnectors":""}', 'inboundConnectors'],
    ['{"InboundConnectors":{}}', 'inboundConnectors'],
    ['{"x":{"remote_domains":[]}}', 'remoteDomains'],
    ['{"inbound_connectors":[nu', undefined],
    ['{"guests":[null]}', undefined],
    ['{"inbound_connectors":[{"a":1}]}', undefined],
  ])('nothing under a name that is known is none of that kind: %s', (text, collection) => {
    const { blocks } = read(text)
    expect(blocks.map((b) => [b.collection, b.objects.length, b.listing])).toEqual(
      collection === undefined ? [] : [[collection, 0, undefined]],
    )
  })

  it('takes the word of a collection about the commands that ran', () => {
    const text = JSON.stringify({
      inbound_connectors: [null],
      outbound_connectors: [null],
      exo_successful_commands: ['Get-OutboundConnector'],
      exo_unsuccessful_commands: ['Get-InboundConnector'],
    })
    const r = read(text)
    expect(r.blocks.map((b) => [b.collection, b.listing, b.side])).toEqual([
      ['outboundConnectors', 'all', 'exchange-online'],
    ])
    expect(r.notices.map((n) => [n.code, n.params?.command])).toEqual([['command-failed', 'Get-InboundConnector']])
  })

  it('finds kinds by the key, by the resource, and by the properties', () => {
    const text = JSON.stringify({
      ReceiveConnectors: [{ Name: 'A', Enabled: true, Fqdn: 'x' }],
      list: [{ ResourceName: 'EXOInboundConnector', Identity: 'B', Enabled: true }],
      deep: { er: [{ Name: 'C', AddressSpaces: ['*'], SourceTransportServers: ['EX01'] }] },
    })
    expect(read(text).blocks.map((b) => [b.collection, b.objects.length, b.completeness])).toEqual([
      ['receiveConnectors', 1, 'projection'],
      ['inboundConnectors', 1, 'projection'],
      ['sendConnectors', 1, 'projection'],
    ])
  })

  it('reads several documents, one behind the other or with words between them', () => {
    const a = JSON.stringify(connector({ Name: 'A' }))
    const b = JSON.stringify(connector({ Name: 'B' }), null, 2)
    for (const text of [a + b, `${a}\n${b}`, `${a},\n${b}`, `Dear all,\n${a}\nand then\n\n${b}\nthanks {a}`]) {
      const names = read(text).blocks.flatMap((x) =>
        x.objects.map((o) => o.properties.find((p) => p.name === 'Name')?.text),
      )
      expect(names).toEqual(['A', 'B'])
    }
  })

  it('knows which command printed what, and whether that is all', () => {
    const text = `PS C:\\> Get-ReceiveConnector -Server EX01 | ConvertTo-Json\n[\n${JSON.stringify(connector())}\n]\nPS C:\\> Get-SendConnector | ConvertTo-Json\n[]\nPS C:\\> Get-Mailbox | ConvertTo-Json\n${JSON.stringify(connector())}\nPS C:\\> `
    expect(read(text).blocks.map((b) => [b.collection, b.objects.length, b.listing, b.server, b.lines])).toEqual([
      ['receiveConnectors', 1, 'all', 'EX01', [3, 3]],
      ['sendConnectors', 0, 'all', null, [6, 6]],
    ])
  })

  it('a cut output is not all of it', () => {
    const text = `PS C:\\> Get-ReceiveConnector | ConvertTo-Json\n[\n${JSON.stringify(connector())},\n{"Na`
    expect(read(text).blocks.map((b) => b.listing)).toEqual(['named'])
  })

  it('layout instructions are refused', () => {
    const text = '[{"ClassId2e4f51ef21dd47e99d3c952918aff9cd":"033ecb2bc07a4d43b5ef94ed5a35d280","shapeInfo":{}}]'
    expect(read(text).notices.map((n) => n.code)).toEqual(['format-objects'])
    expect(format.detect(text, '')).toBeGreaterThan(0.5)
  })
})

describe('values', () => {
  it.each<[string, unknown, unknown]>([
    ['Enabled', true, 'True'],
    ['Banner', null, null],
    ['Banner', '', ''],
    ['PermissionGroups', 13, '13'],
    ['WhenChanged', '/Date(1772500523000)/', '2026-03-03T01:15:23Z'],
    ['WhenChanged', '/Date(-62135596800000)/', '0001-01-01T00:00:00Z'],
    ['WhenChanged', '/Date(99999999999999999)/', 'unusable'],
    ['WhenChanged', { value: '/Date(1772500523000)/', DateTime: 'Dienstag' }, '2026-03-03T01:15:23Z'],
    ['WhenChanged', { DisplayHint: 2, DateTime: 'Dienstag, 3. März 2026 02:15:23' }, 'unusable'],
    ['Bindings', { value: ['[::]:25', '0.0.0.0:25'], Count: 2 }, ['[::]:25', '0.0.0.0:25']],
    ['Bindings', '[::]:25 0.0.0.0:25', ['[::]:25', '0.0.0.0:25']],
    ['Bindings', [{ AddressFamily: 23, Address: { IPAddressToString: '::' }, Port: 25 }], ['[::]:25']],
    [
      'Bindings',
      [{ AddressFamily: 2, Address: { Address: 167880896, AddressFamily: 2 }, Port: 587 }],
      ['192.168.1.10:587'],
    ],
    ['Bindings', { Address: '0.0.0.0', AddressFamily: 2, Port: 25 }, ['0.0.0.0:25']],
    ['Bindings', [], []],
    ['Bindings', [null], []],
    ['RemoteIPRanges', [{ Expression: '10.0.0.0/24', LowerBound: {}, RangeFormat: 3 }], ['10.0.0.0/24']],
    [
      'RemoteIPRanges',
      [{ LowerBound: { IPAddressToString: '10.0.0.1' }, UpperBound: '10.0.0.9' }],
      ['10.0.0.1-10.0.0.9'],
    ],
    ['RemoteIPRanges', [{ LowerBound: {}, UpperBound: {} }], 'unusable'],
    ['RemoteIPRanges', ['10.0.0.1', 'System.Object'], 'unusable'],
    ['RemoteIPRanges', '{10.0.0.1, 10.0.0.2...}', 'truncated'],
    ['MaxMessageSize', { IsUnlimited: true, Value: null }, 'Unlimited'],
    ['MaxMessageSize', { IsUnlimited: false, Value: '36 MB (37,748,736 bytes)' }, '36 MB (37,748,736 bytes)'],
    ['MaxMessageSize', { IsUnlimited: false, Value: {} }, 'unusable'],
    ['MaxMessageSize', {}, 'unusable'],
    ['ConnectionTimeout', { Ticks: 6000000000, Days: 0, TotalSeconds: 600 }, '00:10:00'],
    ['ConnectionTimeout', { Ticks: 864003000000, Days: 1, TotalSeconds: 86400.3 }, '1.00:00:00.3000000'],
    ['Fqdn', { Domain: 'mail.contoso.com' }, 'mail.contoso.com'],
    ['TlsDomain', { Address: '*.contoso.com', IncludeSubDomains: true, Domain: 'contoso.com' }, '*.contoso.com'],
    ['TlsDomain', { IncludeSubDomains: true, Domain: 'contoso.com' }, '*.contoso.com'],
    ['Server', { Name: 'EX01', DistinguishedName: 'CN=EX01,CN=Servers,DC=contoso' }, 'EX01'],
    ['AddressSpaces', [{ Address: '*', Type: 'SMTP', Cost: 1, Domain: '*' }], ['SMTP:*;1']],
    [
      'SmartHosts',
      [{ Address: { IPAddressToString: '0.0.0.0' }, IsIPAddress: false, Domain: { Domain: 'a.example' } }],
      ['a.example'],
    ],
    ['SmartHosts', [{ Address: { IPAddressToString: '192.0.2.1' }, IsIPAddress: true, Domain: null }], ['[192.0.2.1]']],
    [
      'TlsDomainCapabilities',
      [{ Domain: 'a.example', Capabilities: 514, SmtpX509Identifier: null }],
      ['a.example:514'],
    ],
    [
      'TlsDomainCapabilities',
      [
        {
          Domain: null,
          Capabilities: 'AcceptOorgProtocol',
          SmtpX509Identifier: { CertificateIssuer: 'CN=a', CertificateSubject: 'CN=b' },
        },
      ],
      ['<I>CN=a<S>CN=b:AcceptOorgProtocol'],
    ],
    ['TlsDomainCapabilities', '@{Domain=a.example; Capabilities=512}', 'unusable'],
    ['TlsCertificateName', { CertificateIssuer: 'CN=a, O=b', CertificateSubject: 'CN=c' }, '<I>CN=a, O=b<S>CN=c'],
    [
      'ExchangeVersion',
      { ExchangeBuild: { Major: 15, Minor: 0, Build: 312, BuildRevision: 0 }, Major: 0, Minor: 20 },
      '0.20 (15.0.312.0)',
    ],
    [
      'AdminDisplayVersion',
      { Major: 15, Minor: 2, Build: 986, Revision: 5, FilePatchLevelDescription: '' },
      'Version 15.2 (Build 986.5)',
    ],
    ['TlsAuthLevel', { value: 4, Value: 'DomainValidation' }, 'DomainValidation'],
    ['AuthMechanism', { value__: 5 }, '5'],
    ['Comment', 'System.Collections.Hashtable', 'unusable'],
    ['Comment', { x: 1, y: { z: 2 } }, 'unusable'],
    ['Comment', 'see System.Net', 'see System.Net'],
  ])('%s: %j', (name, value, expected) => {
    expect(reading(name, value)).toEqual(expected)
  })

  it('names of directory objects are those of the shell, and their place is kept', () => {
    const dn = 'CN=Relay,CN=SMTP Receive Connectors,CN=Protocols,CN=EX01,CN=Servers,DC=contoso'
    const r = read(JSON.stringify(connector({ Identity: { Name: 'Relay', DistinguishedName: dn } })))
    expect([property(r, 'Identity')?.text, property(r, 'DistinguishedName')?.text]).toEqual(['EX01\\Relay', dn])
  })

  it('keys about keys are dropped, names of JavaScript are names like others', () => {
    const r = read(
      '{"Name":"a","Name@odata.type":"#String","__proto__":{"x":1},"constructor":"c","Bindings":[],"RemoteIPRanges":[]}',
    )
    expect(r.blocks[0]?.objects[0]?.properties.map((p) => p.name)).toEqual([
      'Name',
      '__proto__',
      'constructor',
      'Bindings',
      'RemoteIPRanges',
    ])
    expect(r.blocks[0]?.side).toBe('exchange-online')
    expect(Object.hasOwn(Object.prototype, 'x')).toBe(false)
  })

  it('a certificate is made out of its bytes, in each of their spellings', () => {
    const der = makeCertificate({ subject: [['2.5.4.3', 'mail.contoso.com']], names: ['mail.contoso.com'] })
    for (const RawData of [[...der], [...der].join(' '), Buffer.from(der).toString('base64')]) {
      const r = read(
        JSON.stringify([{ PSComputerName: 'ex01', RunspaceId: 'x', RawData, Services: 16, NotAfter: '/Date(0)/' }]),
      )
      expect(r.blocks[0]?.collection).toBe('certificates')
      expect(property(r, 'Thumbprint')?.text).toMatch(/^[0-9A-F]{40}$/)
      expect(property(r, 'NotAfter')?.text).toBe('1970-01-01T00:00:00Z')
    }
  })

  it('says once what the depth has cut', () => {
    const list = [1, 2, 3].map((n) => connector({ Name: `c${n}`, MaxMessageSize: {} }))
    expect(read(JSON.stringify(list)).notices).toMatchObject([
      { code: 'depth-cut', property: 'MaxMessageSize', line: 1 },
    ])
  })
})

describe('damage', () => {
  const whole = JSON.stringify([connector({ Name: 'A' }), connector({ Name: 'B' }), connector({ Name: 'C' })], null, 2)

  it.each<[string, string]>([
    ['commas too many', whole.replaceAll('"\n  }', '",\n  }').replace('\n]', ',\n]')],
    ['comments', whole.replace('[', '[ // all of them\n').replace('"B"', '/* was: "X" */ "B"')],
    ['no-break spaces', whole.replaceAll('  ', '\u00a0 ')],
  ])('%s change nothing', (_, text) => {
    const r = read(text)
    expect([r.blocks[0]?.objects.map((o) => o.properties[0]?.text), r.notices]).toEqual([['A', 'B', 'C'], []])
  })

  it('one damaged place leaves the other objects', () => {
    const r = read(whole.replace('"Name": "B",', '"Name": "B" oops'))
    expect(r.blocks.map((b) => [b.completeness, b.objects.map((o) => o.properties[0]?.text)])).toEqual([
      ['projection', ['A', 'C']],
    ])
    expect(r.notices).toMatchObject([{ code: 'source-cut', line: 12 }])
  })

  it('a value that a line end runs through is not used', () => {
    const text = whole.replace('EX01\\\\Relay', 'EX01\\\\Re\nlay')
    expect(property(read(text), 'Identity')).toMatchObject({ unusable: true, lines: [4, 5] })
  })

  it('a number or word that the end of the text cut is no value', () => {
    const text = JSON.stringify(connector())
    const r = read(`${text.slice(0, -1)},"MaxHopCount":6`)
    expect(property(r, 'Name')?.text).toBe('Relay')
    expect(property(r, 'MaxHopCount')).toBeUndefined()
    expect(property(read(`${text.slice(0, -1)},"SmartHosts":["a.example","b`), 'SmartHosts')).toMatchObject({
      items: ['a.example'],
      truncated: true,
    })
  })

  it('the same letters with and without a backslash before them are different texts', () => {
    const texts = ['a\\b', 'a\b', 'a\nb', 'a\nb', 'a"b', "a'b", 'a<b', 'a\\b']
    for (const edition of ['5.1', '7'] as const) {
      const list = texts.map((Comment) => ({ object: { ...connector(), Bindings: '', Comment } }))
      const r = read(printJson({ list }, { edition }))
      expect(texts.map((_, i) => property(r, 'Comment', i)?.text)).toEqual(texts)
    }
    const [first, second] = ['"a\\\\b"', '"a\\b"'].map((literal) =>
      JSON.stringify(connector({ x: 'X' })).replace('"X"', () => literal),
    )
    const r = read(`[${first},${second}]`)
    expect([0, 1].map((i) => property(r, 'x', i)?.text)).toEqual(['a\\b', 'a\b'])
  })

  it('nesting without end is refused', () => {
    const deep = `{"a":`.repeat(100_000)
    for (const text of ['['.repeat(100_000), deep, `[\n`.repeat(100_000)]) {
      expect(read(text).notices.map((n) => n.code)).toEqual(['json-refused'])
    }
    expect(read(`${'['.repeat(59)}${JSON.stringify(connector())}`).blocks).toHaveLength(1)
  })
})

/** Values and what they must be read as: text, or the items of a list. */
const ip = fc.ipV4()
const values: Readonly<Record<string, fc.Arbitrary<{ input: JsonInput; expected: unknown }>>> = {
  Name: fc.string({ unit: 'grapheme', minLength: 1 }).map((s) => ({ input: s, expected: s })),
  Banner: fc
    .option(
      fc
        .string({ unit: 'binary' })
        .filter((s) => !/^(?:System|Microsoft)\.|^@\{|^\/Date|^\{.*(?:\.\.\.|…)\}$/s.test(s)),
    )
    .map((s) => ({ input: s, expected: s })),
  Enabled: fc.boolean().map((b) => ({ input: b, expected: b ? 'True' : 'False' })),
  MaxHopCount: fc.nat().map((n) => ({ input: n, expected: String(n) })),
  WhenChanged: fc.integer({ min: 0, max: 4_000_000_000 }).map((s) => ({
    input: { date: s * 1000 },
    expected: `${new Date(s * 1000).toISOString().slice(0, 19)}Z`,
  })),
  RemoteIPRanges: fc.array(ip, { maxLength: 5 }).map((list) => ({
    input: {
      list: list.map((a) => ({
        object: {
          LowerBound: { object: { IPAddressToString: a }, text: a },
          UpperBound: { object: { IPAddressToString: a }, text: a },
          Expression: a,
        },
        text: a,
      })),
    },
    expected: list,
  })),
  Bindings: fc.array(fc.tuple(ip, fc.integer({ min: 1, max: 65535 })), { maxLength: 3 }).map((list) => ({
    input: {
      list: list.map(([a, p]) => ({
        object: { AddressFamily: 2, Address: { object: { IPAddressToString: a }, text: a }, Port: p },
        text: `${a}:${p}`,
      })),
    },
    expected: list.map(([a, p]) => `${a}:${p}`),
  })),
  TlsDomainCapabilities: fc.array(fc.domain(), { maxLength: 2 }).map((list) => ({
    input: {
      list: list.map((d) => ({
        object: { Domain: { object: { Domain: d }, isCustom: true }, Capabilities: 512 },
        isCustom: true,
      })),
    },
    expected: list.map((d) => `${d}:512`),
  })),
}

describe('round trip', () => {
  it('what is printed comes back, or is known to be lost; never something else', () => {
    let lost = 0
    let same = 0
    fc.assert(
      fc.property(
        fc.array(fc.record(values), { minLength: 1, maxLength: 4 }),
        fc.constantFrom('5.1' as const, '7' as const),
        fc.integer({ min: 0, max: 4 }),
        fc.boolean(),
        fc.constantFrom('\n', '\r\n'),
        (objects, edition, depth, isCompressed, eol) => {
          const list = objects.map((o) => ({
            object: Object.fromEntries(Object.entries(o).map(([k, v]) => [k, v.input])),
          }))
          const printed = printJson({ list }, { edition, depth, isCompressed }).replaceAll('\n', eol)
          const { text } = decodeText(new TextEncoder().encode(printed))
          const r = read(text)
          expect(r.blocks.flatMap((b) => b.objects)).toHaveLength(objects.length)
          for (const [i, o] of objects.entries()) {
            for (const [name, { expected }] of Object.entries(o)) {
              const p = property(r, name, i)
              const isSingle = Array.isArray(expected) && expected.length < 2 && p?.items === undefined
              if (p?.unusable) lost++
              else {
                same++
                const wanted = isSingle ? (expected[0] ?? '') : expected
                expect([name, p?.items ?? p?.text]).toEqual([
                  name,
                  typeof wanted === 'string' ? cleaned(wanted) : wanted,
                ])
              }
            }
          }
        },
      ),
      { numRuns: 300 },
    )
    expect(same).toBeGreaterThan(lost)
    expect(lost).toBeGreaterThan(0)
  })

  /** The decoder drops what no export holds. */
  const cleaned = (s: string) => {
    const { text } = decodeText(new TextEncoder().encode(JSON.stringify(s)))
    return JSON.parse(text)
  }

  it('any text is read without harm, and every place lies in it', () => {
    const piece = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"',
      '\n',
      '\\',
      '\\u00',
      ' ',
      'null',
      '1',
      '"Name"',
      '"Bindings":',
      '"RemoteIPRanges":[',
      '/*',
      '//',
      '"a"',
      '{"value":',
      '\u2028',
    )
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, piece, fc.string({ maxLength: 5 })), { maxLength: 80 }), (parts) => {
        const text = parts.join('')
        const count = text.split('\n').length
        const { blocks, notices } = read(text)
        for (const x of [
          ...blocks,
          ...blocks.flatMap((b) => b.objects),
          ...blocks.flatMap((b) => b.objects.flatMap((o) => o.properties)),
        ])
          expect(x.lines[0] >= 1 && x.lines[0] <= x.lines[1] && x.lines[1] <= count).toBe(true)
        for (const n of notices) expect((n.line ?? 1) <= count).toBe(true)
        expect(lines(text, blocks[0]).length).toBeGreaterThan(0)
      }),
      { numRuns: 2000 },
    )
  })
})

/** A reader that goes back again and again would not end on these. */
it.each<[string, string]>([
  ['brackets in lines', '{"\n'],
  ['quotes', '"'],
  ['keys', '{"a":1,\n'],
  ['comments', '[1/*'],
  ['backslashes', '["\\\\'],
  ['empty lists', '[]\n'],
  ['blanks', '{        '],
])(
  'long texts of %s end',
  (_, piece) => {
    read(piece.repeat(Math.ceil(3_000_000 / piece.length)))
  },
  20_000,
)
