import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Diagnostic } from '../../model'
import { format } from './format'

const example = (name: string) => readFileSync(path.join(import.meta.dirname, 'examples', name), 'utf8')

function read(text: string) {
  const notices: Diagnostic[] = []
  const blocks = format.parse({ id: 's1', name: 'x', text }, (d) => notices.push(d))
  const messages = blocks.flatMap((b) => b.objects)
  const shown = messages.map((m) => m.properties.map((p) => [p.name, p.text, ...p.lines]))
  return { blocks, messages, shown, names: shown.map((m) => m.map(([n]) => n)), notices }
}

describe('a message', () => {
  const { blocks, names, shown, notices } = read(example('message.eml'))

  it('gives the headers of its way in their order, and nothing of its parts', () => {
    expect(names).toEqual([
      [
        'Received',
        'Received',
        'Authentication-Results',
        'Received-SPF',
        'Received',
        'Date',
        'Message-ID',
        'X-MS-Exchange-Organization-AuthSource',
        'X-MS-Exchange-Organization-AuthAs',
        'X-MS-Exchange-CrossTenant-Id',
        'X-MS-Exchange-CrossTenant-AuthAs',
        'X-OriginatorOrg',
      ],
    ])
    expect(blocks).toHaveLength(1)
    expect(blocks[0]).toMatchObject({ collection: null, lines: [1, 30], cmdlet: null })
  })

  it('joins folded lines with one blank and keeps their lines', () => {
    expect(shown[0]?.[0]).toEqual([
      'Received',
      'from DB9PR01MB1234.eurprd01.prod.example.net (2001:db8:a01:2::1) by AM0PR01MB5678.eurprd01.prod.example.net with HTTPS; Fri, 20 Nov 2026 08:00:07 +0000',
      1,
      3,
    ])
  })

  it('keeps nothing of people, and says so once', () => {
    expect(JSON.stringify(shown)).not.toMatch(/person|Person|two lines|connector/)
    expect(notices).toEqual([
      { code: 'personal-data-ignored', level: 'info', line: 17, property: 'from, subject, thread-topic, to' },
    ])
  })
})

it('finds several messages between the lines of a mail', () => {
  const { shown } = read(example('quoted-in-a-mail.txt'))
  expect(shown.map((m) => m.map(([name, , from, to]) => [name, from, to]))).toEqual([
    [
      ['Received', 5, 7],
      ['X-MS-Exchange-Organization-AuthAs', 8, 8],
      ['X-MS-Exchange-Organization-AuthSource', 9, 9],
    ],
    [
      ['Received', 14, 15],
      ['X-MS-Exchange-Organization-AuthAs', 16, 16],
      ['Message-Id', 17, 17],
    ],
  ])
  expect(shown[0]?.[0]?.[1]).toContain('by EX01.corp.contoso.com (10.10.10.5) with')
})

const two = ['Received: from a (192.0.2.1)', ' by b', 'X-MS-Exchange-Organization-AuthAs: Internal', 'Date: Fri']

it('begins another message with a Received below what its author wrote', () => {
  expect(read([...two, ...two].join('\n')).names).toEqual([
    ['Received', 'X-MS-Exchange-Organization-AuthAs', 'Date'],
    ['Received', 'X-MS-Exchange-Organization-AuthAs', 'Date'],
  ])
  expect(read([...two, '', ...two].join('\n')).messages).toHaveLength(2)
})

it('reads headers whose lines a page set apart', () => {
  const { shown } = read(['Received: from a', 'X-OriginatorOrg: contoso.com', 'Date: Fri', ''].join('\n\n'))
  expect(shown).toEqual([
    [
      ['Received', 'from a', 1, 1],
      ['X-OriginatorOrg', 'contoso.com', 3, 3],
      ['Date', 'Fri', 5, 5],
    ],
  ])
})

it('reads four headers in the middle of an article', () => {
  const { names } = read(
    'The mail has:\n\nX-MS-Exchange-CrossTenant-Id: 7d3f8a52\nX-MS-Exchange-CrossTenant-FromEntityHeader: Hosted\n\nDone.\n',
  )
  expect(names).toEqual([['X-MS-Exchange-CrossTenant-Id', 'X-MS-Exchange-CrossTenant-FromEntityHeader']])
})

it.each([
  'Received: today\n',
  'Name : x\nReceived : 1\n',
  'Content-Type: text/plain\nSubject: Received: two\n\nReceived\n',
  'Note: the header X-OriginatorOrg: contoso.com\n',
])('does not claim %s', (text) => expect(format.detect(text, '')).toBeLessThan(0.5))

it('cuts a header that never ends, and says so', () => {
  const { messages } = read(`Received: from a\n x\n${' y'.repeat(40_000)}\n`)
  expect(messages[0]?.properties[0]).toMatchObject({ truncated: true, lines: [1, 3] })
})
