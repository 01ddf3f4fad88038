import { readFileSync } from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Diagnostic } from '../../model'
import { format } from './format'
import { SessionSet } from './sessions'

const example = (name: string) => readFileSync(path.join(import.meta.dirname, 'examples', name), 'utf8')

function read(text: string, name = 'x') {
  const notices: Diagnostic[] = []
  const [block] = format.parse({ id: 's1', name, text }, (d) => notices.push(d))
  return { block, log: block?.log, notices }
}
const codes = (notices: readonly Diagnostic[]) =>
  notices.map((n) => [n.code, n.line ?? 0, Number(n.params?.count ?? 0)])

describe('a receive log', () => {
  const { block, log, notices } = read(example('receive.log'))

  it('is counted, whatever the order of its lines', () => {
    expect(log).toEqual({
      direction: 'receive',
      records: 13,
      sessions: 2,
      from: '2026-11-20T07:59:51.002Z',
      to: '2026-11-20T08:00:04.121Z',
      service: 'frontend',
    })
    expect(notices).toEqual([])
  })

  it('names its server and holds no objects', () => {
    expect(block).toMatchObject({ server: 'EX01', collection: null, objects: [], certainty: 'certain', lines: [3, 18] })
  })

  it('has the service of its folder rather than of its ports', () => {
    const service = (name: string) => read(example('receive.log'), name).log?.service
    expect(service('EX01/Hub/ProtocolLog/SmtpReceive/RECV2026112008-1.LOG')).toBe('hub')
    expect(service('logs.zip!/Mailbox\\SmtpReceive\\Delivery\\RECV2026112008-1.LOG')).toBe('mailbox')
    expect(service('Hubert/RECV2026112008-1.LOG')).toBe('frontend')
  })
})

it('reads a send log without its header, with made-up addresses', () => {
  const { log, block, notices } = read(example('send-without-header.txt'))
  expect([log?.direction, log?.records, log?.sessions, block?.server]).toEqual(['send', 8, 1, null])
  expect(notices).toEqual([])
})

it('reads what a slide shows of a log, and says that it is damaged', () => {
  const { log, block, notices } = read(example('from-slides.txt'))
  expect([log?.records, log?.sessions, log?.from]).toEqual([5, 1, '2026-11-20T12:02:02.550Z'])
  expect([log?.direction, log?.service, block?.server, block?.side]).toEqual(['receive', 'edge', 'EDGE01', 'edge'])
  expect(block?.certainty).toBe('likely')
  expect(codes(notices)).toEqual([['log-line-repaired', 4, 5]])
})

it('honours fewer fields', () => {
  const { block, log } = read(
    'Out\n#Fields: sequence-number,local-endpoint,remote-endpoint,event,data,context\n0,,198.51.100.6:25,*,SendRoutingHeaders,Set Session Permissions\n1,,198.51.100.6:25,*,attempting to connect\n2,10.0.0.5:13939,198.51.100.6:25,+,,\n',
  )
  expect([log?.records, log?.sessions, log?.from, block?.certainty]).toEqual([3, 1, '', 'unsure'])
})

const line = (n: number, rest = ',', session = '08DE27A1B3C4D5E6') =>
  `2026-11-20T08:00:0${n}.000Z,EX01\\Relay,${session},${n},192.0.2.10:25,10.0.0.9:4711,${rest}`

describe('damage', () => {
  it.each<[string, string[], [string, number, number][]]>([
    ['none', [line(0, '+,,'), line(1, '-,,Local')], []],
    ['a quote that was never closed', [line(0, '+,,'), line(1, '>,"250 ex01 PIPEL')], [['log-line-repaired', 2, 1]]],
    ['an asterisk that a forum took', [line(0, '+,,'), line(1, ',,tls')], [['log-line-repaired', 2, 1]]],
    ['a comma too few', [line(0, '+,,'), line(1, '-,Local')], [['log-line-repaired', 2, 1]]],
    ['a folded line', [line(0, '+,,'), line(1, '>,"250 ex01'), '  PIPELINING",'], [['log-line-repaired', 2, 2]]],
    ['a line cut after its time', [line(0, '+,,'), '2026-11-20T08:00:0'], [['log-line-unreadable', 2, 1]]],
    ['something else', [line(0, '+,,'), 'Milk', line(1, '-,,Local')], [['log-line-unreadable', 2, 1]]],
    [
      'the end of something else',
      ['#Log-type: SMTP Send Protocol Log', line(0, '+,,'), 'Milk'],
      [['log-line-unreadable', 3, 1]],
    ],
  ])('%s', (_, lines, expected) => {
    expect(codes(read(lines.join('\n')).notices)).toEqual(expected)
  })

  it('is not what an article says around a log', () => {
    const { log, notices } = read(
      ['A', 'few', 'words', 'and', line(0, '+,,'), line(1, '-,,Local'), 'and', 'more'].join('\n'),
    )
    expect([log?.records, notices]).toEqual([2, []])
  })
})

it('is not what an article says between lines of a log', () => {
  const { log, notices } = read([line(0, '+,,'), 'then', 'comes', 'the', 'end', line(1, '-,,Local')].join('\n'))
  expect([log?.records, notices]).toEqual([2, []])
})

it('counts a session once, whatever its id looks like', () => {
  const ids = ['08DE27A1B3C4D5E6', '0000000000000000', 'xxxxxxxxxxxxxxxx', 'x']
  const text = [...ids, ...ids].map((id, n) => line(n, '+,,', id)).join('\n')
  expect(read(text).log?.sessions).toBe(4)
})

it('counts sessions as a set of their ids does', () => {
  const id = fc.integer({ min: 0, max: 2 ** 40 }).map((n) => n.toString(16).toUpperCase().padStart(16, '0'))
  fc.assert(
    fc.property(fc.array(id, { minLength: 600, maxLength: 2000 }), (ids) => {
      const set = new SessionSet()
      for (const i of [...ids, ...ids]) set.add(`,${i},`, 1, 17)
      expect(set.size).toBe(new Set(ids).size)
    }),
    { numRuns: 20 },
  )
})

it('a log without a line is a log', () => {
  expect(read('#Log-type: SMTP Send Protocol Log\n').log).toMatchObject({ direction: 'send', records: 0, from: '' })
})

it.each([
  '#Software: Microsoft Exchange Server\n#Log-type: Message Tracking Log\n#Fields: date-time,client-ip\n',
  `${line(0)}\n${line(1)}\n`,
  'Log lines look like\n2026-11-20T08:00:02.071Z,08DE27A1B3C4D5E6,SMTP,a,+,b\n',
])('does not claim %s', (text) => expect(format.detect(text, 'RECV2026112008-1.LOG')).toBe(0))
