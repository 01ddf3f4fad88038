import { describe, expect, it } from 'vitest'
import type { Diagnostic, RawBlock } from '../../model'
import { type Listed, type PrintOptions, printList } from '../../testing/print-list'
import { format } from './format'

function read(text: string): { blocks: readonly RawBlock[]; notices: Diagnostic[] } {
  const notices: Diagnostic[] = []
  return { blocks: format.parse({ id: 's1', name: 'x.txt', text }, (d) => notices.push(d)), notices }
}
const objects = (text: string) => read(text).blocks.flatMap((b) => b.objects)
const values = (text: string) => objects(text).map((o) => Object.fromEntries(o.properties.map((p) => [p.name, p.text])))

const connector = (name: string, ranges: string): Listed => [
  ['AuthMechanism', 'Tls, Integrated, BasicAuth, BasicAuthRequireTLS, ExchangeServer'],
  ['Bindings', '{0.0.0.0:25, [::]:25}'],
  ['Banner', ''],
  ['RemoteIPRanges', ranges],
  ['RequireTLS', 'False'],
  ['RejectReservedSecondLevelRecipientDomains', 'False'],
  [
    'TlsCertificateName',
    '<I>CN=Example CA - SHA256 - G2, O=Example nv-sa, C=BE<S>CN=*.contoso.com, OU=Domain Control Validated',
  ],
  ['Identity', `EX01\\${name}`],
  ['DistinguishedName', `CN=${name},CN=SMTP Receive Connectors,CN=Protocols,CN=EX01,CN=Servers,DC=contoso,DC=com`],
]
const two = [
  connector('Relay', '{10.1.1.20-10.1.1.21, 10.1.2.0/24, 10.1.3.0/24, 10.1.4.0/24}'),
  connector('Default Frontend EX01', '{::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, 0.0.0.0-255.255.255.255}'),
]
const expected = two.map((o) => Object.fromEntries(o))
const print = (options: PrintOptions = {}) => printList(two, options)
const eachLine = (text: string, change: (line: string) => string) =>
  text
    .split('\n')
    .map((l) => (l.trim() === '' ? l : change(l)))
    .join('\n')

describe('the same values, whatever happened to the text', () => {
  const damages: [string, (text: string) => string][] = [
    ['nothing', (t) => t],
    ['trailing blanks gone', (t) => t.replace(/[ \t]+$/gm, '')],
    ['doubled line ends', (t) => t.replaceAll('\n', '\n\n')],
    ['indent of 4', (t) => eachLine(t, (l) => `    ${l}`)],
    ['indent of a tab', (t) => eachLine(t, (l) => `\t${l}`)],
    ['quotes', (t) => t.replace(/^/gm, '> ')],
    ['quotes of quotes', (t) => t.replace(/^/gm, '> > ')],
    ['a fence', (t) => `Here it is:\n\`\`\`\n${t}\`\`\`\nand so on\n`],
    ['no-break spaces', (t) => t.replaceAll(' ', '\u00a0')],
    ['entities', (t) => t.replaceAll('<', '&lt;').replaceAll('>', '&gt;')],
    ['line ends of a page', (t) => t.replaceAll('\n', '<br>\n')],
    ['bullets', (t) => eachLine(t, (l) => `- ${l}`)],
    ['escaped stars', (t) => t.replaceAll('*', '\\*')],
    ['the indent of the first line lost', (t) => eachLine(t, (l) => `    ${l}`).trimStart()],
    ['lines below values further right', (t) => t.replace(/^(?= {44})/gm, '   ')],
    ['lines below values further left', (t) => t.replace(/^ {44}/gm, ' '.repeat(20))],
    ['a warning inside', (t) => t.replace('\nRequireTLS', '\nWARNING: The object EX01\\Relay is damaged.\nRequireTLS')],
    [
      'a warning inside, wrapped',
      (t) =>
        t.replace(
          '\nRequireTLS',
          '\nWARNING: The object EX01\\Relay has been corrupted, and it is in an inconsistent state. The\nfollowing validation errors happened:\nRequireTLS',
        ),
    ],
  ]
  for (const [shape, options] of [
    ['not wrapped', {}],
    ['wrapped at 120', { width: 119 }],
    ['wrapped at 80', { width: 79 }],
    ['cut at 80', { width: 79, words: false }],
    ['cut at 90, trailing blanks gone', { width: 90, words: false, trimmed: true }],
  ] as const) {
    it.each(damages)(`${shape}: %s`, (_, damage) => {
      const text = damage(print(options))
      expect(values(text)).toEqual(expected)
    })
  }

  it.each([
    ['tabs before the colon', (t: string) => t.replace(/^(\w+) +:/gm, '$1\t:')],
    ['a tab on each side', (t: string) => t.replace(/^(\w+) +: ?/gm, '$1\t:\t')],
    ['tabs behind the colon', (t: string) => t.replace(/^(\w+) +: /gm, '$1:\t')],
    ['no blank before the colon', (t: string) => t.replace(/^(\w+) +:/gm, '$1:')],
    ['collapsed blanks', (t: string) => t.replace(/ {2,}/g, ' ')],
    ['collapsed blanks, doubled line ends', (t: string) => t.replace(/ {2,}/g, ' ').replaceAll('\n', '\n\n')],
    ['no blank, doubled line ends', (t: string) => t.replace(/^(\w+) +:/gm, '$1:').replaceAll('\n', '\n\n')],
    ['code', (t: string) => eachLine(t, (l) => `\`${l}\``)],
    ['bold labels', (t: string) => t.replace(/^(\w+) +:/gm, '**$1**:')],
    ['bullets and bold labels', (t: string) => t.replace(/^(\w+) +:/gm, '- **$1**:')],
  ])('%s', (_, damage) => {
    expect(values(damage(print()))).toEqual(expected)
  })
})

describe('the same values, or it is said', () => {
  const sure = (text: string) => {
    const { notices } = read(text)
    const doubted = new Set(notices.map((n) => n.property))
    for (const [i, o] of objects(text).entries()) {
      const wanted =
        expected.find((e) => e.Identity === o.properties.find((p) => p.name === 'Identity')?.text) ?? expected[i]
      for (const p of o.properties)
        if (!p.truncated && !doubted.has(p.name)) expect([p.name, p.text]).toEqual([p.name, wanted?.[p.name]])
    }
  }

  it.each([60, 79, 97, 113, 119])('blanks collapsed, and with them the indent of wrapped values, at %i', (width) => {
    for (const text of [print({ width }), print({ width, words: false })]) {
      const flat = text.replace(/[ \t]+/g, ' ').replace(/^ | $/gm, '')
      sure(flat)
      expect(objects(flat)).toHaveLength(2)
    }
  })

  it('cut anywhere', () => {
    for (const text of [print(), print({ width: 79 }), print({ width: 97, trimmed: true })]) {
      const first = text.indexOf('Identity', text.indexOf('DistinguishedName'))
      for (let end = first; end < text.length; end++) {
        const { blocks, notices } = read(text.slice(0, end))
        const last = blocks.at(-1)?.objects.at(-1)?.properties.at(-1)
        const isWhole = last === undefined || last.truncated === true || notices.some((n) => n.code === 'source-cut')
        if (!isWhole) {
          const o = blocks.at(-1)?.objects.at(-1)
          expect([end, o?.properties.length]).toEqual([end, two[0]?.length])
        }
      }
    }
  })
})

describe('values that somebody shortened', () => {
  it.each([
    '{10.1.1.1, 10.1.1.2...}',
    '{10.1.1.1, 10.1.1.2…}',
    '{10.1.1.1, ...}',
    '{10.1.1.1, …}',
    '{10.1.1.1, 10.1.1.2',
    '{10.1.1.1, 5 more…}',
    '{10.1.1.1, 5 more}',
    '{10.1.1.1, and 5 more}',
    '{10.1.1.1, ..., 10.1.1.9}',
    '{10.1.1.1, <snip>}',
    '{10.1.1.1, [...]}',
    '{10.1.1.1}...',
    '<snip>',
    '[...]',
    '[…]',
    '<removed>',
    '...',
    'xxx',
    '{xxx}',
    'XXXX',
    'x.x.x.x',
    '****',
  ])('%s', (value) => {
    const text = `Identity       : EX01\\Relay\nBindings       : {0.0.0.0:25}\nRemoteIPRanges : ${value}\nRequireTLS     : True\n`
    const ranges = objects(text)[0]?.properties[2]
    expect(ranges).toMatchObject({ name: 'RemoteIPRanges', truncated: true })
    expect(read(text).notices.map((n) => n.code)).toContain('list-truncated')
  })

  it('leaves others alone', () => {
    for (const value of [
      '220 mail.contoso.com ESMTP',
      '{a.b, c}',
      'xx',
      '{}',
      '<I>CN=a<S>CN=b',
      'Box',
      '[::]:25',
      '1...2',
    ]) {
      const text = `Identity       : EX01\\Relay\nBindings       : {0.0.0.0:25}\nRemoteIPRanges : ${value}\n`
      expect([value, objects(text)[0]?.properties[2]?.truncated]).toEqual([value, undefined])
    }
  })

  it('several printed lines in one', () => {
    const text = print().replace('\nRequireTLS', '<br>RequireTLS')
    expect(objects(text)[0]?.properties[3]).toMatchObject({ name: 'RemoteIPRanges', truncated: true })
  })
})

it('stars that a forum took for italics leave no value behind', () => {
  const sending =
    'Identity           : To EXO\nAddressSpaces      : {SMTP:*.contoso.com;1}\nSmartHosts         : {}\nTlsCertificateName : <I>CN=CA<S>CN=*.contoso.com\nSourceTransportServers : {EX01}\n'
  for (const o of objects(sending)) expect(o.properties.some((p) => p.unusable)).toBe(false)
  const names = objects(sending.replaceAll('*', '')).flatMap((o) =>
    o.properties.filter((p) => p.unusable).map((p) => p.name),
  )
  expect(names).toEqual(['AddressSpaces', 'TlsCertificateName'])
  const all = objects('AddressSpaces : {SMTP:;1}\nSmartHosts : {}\nSourceTransportServers : {EX01}\n')[0]?.properties[0]
  expect(all?.unusable).toBe(true)
})

describe('prose around lists', () => {
  const list = 'Identity       : EX01\\Relay\nBindings       : {0.0.0.0:25}\nRemoteIPRanges : {10.0.0.1}\n'
  it('right below is no part of the last value', () => {
    expect(values(`${list}That was the relay, and here is the next one.\n\n${list}`)).toEqual([
      { Identity: 'EX01\\Relay', Bindings: '{0.0.0.0:25}', RemoteIPRanges: '{10.0.0.1}' },
      { Identity: 'EX01\\Relay', Bindings: '{0.0.0.0:25}', RemoteIPRanges: '{10.0.0.1}' },
    ])
  })
  it('right below a list that was not closed is dropped', () => {
    expect(
      objects('Bindings       : {0.0.0.0:25}\nRemoteIPRanges : {10.0.0.1,\n10.0.0.2\nand so on\n')[0]?.properties[1],
    ).toMatchObject({ text: '{10.0.0.1,', truncated: true })
  })
  it('with colons is no list', () => {
    const prose = 'Hello: how are you\nNote: nothing\nSubject: Relay\nFrom: somebody\nTo: nobody\n\n'
    expect(read(prose).blocks).toEqual([])
    expect(values(prose + list + prose)).toHaveLength(1)
  })
})
