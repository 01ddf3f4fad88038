import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Diagnostic } from '../../model'
import { type Listed, printList } from '../../testing/print-list'
import { interner, tidied } from '../../text'
import { decodeText } from '../../text/decode'
import { format } from './format'
import { scan } from './scan'

const utf8 = (s: string) => new TextEncoder().encode(s)
const utf16 = (s: string) => new Uint8Array(Buffer.from(`\ufeff${s}`, 'utf16le'))

function read(bytes: Uint8Array) {
  const notices: Diagnostic[] = []
  const { text } = decodeText(bytes)
  const blocks = format.parse({ id: 's1', name: 'x', text }, (d) => notices.push(d))
  return { text, notices, blocks, objects: blocks.flatMap((b) => b.objects) }
}
const valuesOf = (bytes: Uint8Array) =>
  read(bytes).objects.map((o) => Object.fromEntries(o.properties.map((p) => [p.name, p.text])))

/** Values as connectors have them: lists of addresses, names of certificates, flags, names with letters of other languages. */
const octet = fc.integer({ min: 0, max: 255 })
const address = fc.tuple(octet, octet, octet).map((o) => `10.${o.join('.')}`)
const list = fc.array(address, { maxLength: 14 }).map((items) => `{${items.join(', ')}}`)
const word = fc.constantFrom(
  'Contoso',
  'Fabrikam',
  'Relay',
  'Köln',
  'Verwaltung',
  'CA',
  'SHA256',
  'G2',
  'Issuing',
  '-',
  'ö',
)
const words = fc.array(word, { minLength: 1, maxLength: 5 }).map((w) => w.join(' '))
const certificate = fc
  .tuple(words, words, words)
  .map(([a, b, c]) => `<I>CN=${a}, O="${b}, Inc.", C=US<S>CN=mail.contoso.com, OU=${c}, S=NRW, C=DE`)
const connector = fc.record({ name: words, ranges: list, certificate, comment: fc.oneof(fc.constant(''), words) }).map(
  (c): Listed => [
    ['AuthMechanism', 'Tls, Integrated, BasicAuth, BasicAuthRequireTLS, ExchangeServer'],
    ['Bindings', '{0.0.0.0:25, [::]:25}'],
    ['Fqdn', ''],
    ['RejectReservedSecondLevelRecipientDomains', 'False'],
    ['RemoteIPRanges', c.ranges],
    ['TlsCertificateName', c.certificate],
    ['Region', c.comment],
    ['Identity', `EX01\\${c.name}`],
  ],
)
const connectors = fc.array(connector, { minLength: 1, maxLength: 4 })
const width = fc.integer({ min: 75, max: 200 })

describe('what was printed is read back', () => {
  const shapes: [string, (text: string) => Uint8Array][] = [
    ['UTF-8', utf8],
    ['UTF-8, CRLF', (t) => utf8(t.replaceAll('\n', '\r\n'))],
    ['UTF-16', (t) => utf16(t.replaceAll('\n', '\r\n'))],
    ['doubled line ends', (t) => utf8(t.replaceAll('\n', '\r\n\r\n'))],
    ['an indent', (t) => utf8(t.replace(/^/gm, '      '))],
    ['quotes', (t) => utf8(t.replace(/^/gm, '> '))],
    ['behind a prompt', (t) => utf8(`[PS] C:\\>Get-ReceiveConnector | fl\n${t}[PS] C:\\>\n`)],
  ]
  for (const keepsWords of [true, false]) {
    it.each(shapes)(`${keepsWords ? 'words kept whole' : 'words cut'}, %s`, (_, encode) => {
      fc.assert(
        fc.property(connectors, width, (objects, w) => {
          const text = printList(objects, { width: w, words: keepsWords })
          expect(valuesOf(encode(text))).toEqual(objects.map((o) => Object.fromEntries(o)))
        }),
        { numRuns: 60 },
      )
    })
  }

  it('trailing blanks gone: the same values, or it is said', () => {
    fc.assert(
      fc.property(connectors, width, fc.boolean(), (objects, w, keepsWords) => {
        const { notices, objects: found } = read(
          utf8(printList(objects, { width: w, words: keepsWords, trimmed: true })),
        )
        expect(found).toHaveLength(objects.length)
        for (const [i, o] of objects.entries()) {
          for (const [name, value] of o) {
            const p = found[i]?.properties.find((x) => x.name === name)
            const isSaid = notices.some((n) => n.property === name && n.line === p?.lines[0])
            if (!isSaid) expect([name, p?.text?.replaceAll(', ', ',')]).toEqual([name, value.replaceAll(', ', ',')])
          }
        }
      }),
      { numRuns: 300 },
    )
  })
})

it('any bytes: nothing is thrown, and every place lies inside', () => {
  const damage = fc.oneof(
    fc.uint8Array({ maxLength: 20 }),
    fc.constantFrom('\n', '\t', '{', '…', '\u0000', '> ', '***').map(utf8),
  )
  fc.assert(
    fc.property(
      connectors,
      width,
      fc.array(fc.tuple(fc.nat(4000), damage), { maxLength: 12 }),
      (objects, w, damages) => {
        let bytes = [...utf8(printList(objects, { width: w }).trimEnd())]
        for (const [at, d] of damages) bytes = [...bytes.slice(0, at), ...d, ...bytes.slice(at + d.length)]
        const { text, blocks, notices } = read(Uint8Array.from(bytes))
        const count = text.split('\n').length
        for (const { lines } of [
          ...blocks,
          ...blocks.flatMap((b) => b.objects),
          ...blocks.flatMap((b) => b.objects.flatMap((o) => o.properties)),
        ])
          expect(lines[0] >= 1 && lines[0] <= lines[1] && lines[1] <= count).toBe(true)
        for (const n of notices) expect((n.line ?? 1) >= 1 && (n.line ?? 1) <= count).toBe(true)
      },
    ),
    { numRuns: 200 },
  )
})

describe('work grows with the text, not faster', () => {
  /** How often the parser takes a text apart, counted by what it asks to be kept. */
  const workOf = (text: string): number => {
    const intern = interner()
    let asked = 0
    scan(tidied(text), (t) => {
      asked += t.length + 1
      return intern(t)
    })
    return asked
  }
  it.each([
    ['objects', 'Bindings : {}\nRemoteIPRanges : {a}\n\n'],
    ['lines of one value', '                 b\n'],
    ['commands', '[PS] C:\\>Get-X (((\n'],
    ['flush lines', 'Bindings : {a,\nb,\nc\n'],
    ['loose labels', 'Note: a\nBindings: b\n'],
    ['bullets', '- a : b\n> c : d\n'],
  ])('%s', (_, piece) => {
    const head = 'Bindings : {}\nRemoteIPRanges : a\n'
    const [small, large] = [workOf(head + piece.repeat(200)), workOf(head + piece.repeat(2000))]
    expect(large).toBeLessThanOrEqual(small * 12 + 1000)
  })
})
