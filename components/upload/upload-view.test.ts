import { describe, expect, it } from 'vitest'
import type { ReportBlock, ReportNotice, ReportSource } from '@/lib/core'
import type { UploadRow } from '@/lib/server/sources'
import {
  blocksToCollectAgain,
  blocksToComplete,
  bothReadings,
  checksTouched,
  commonName,
  conflictsOf,
  foundIn,
  listRows,
  logTotal,
  noticeGroups,
  sortedUploads,
  sourceState,
} from './upload-view'

const block = (change: Partial<ReportBlock> = {}): ReportBlock => ({
  format: 'format-list',
  cmdlet: 'Get-ReceiveConnector',
  collection: 'receiveConnectors',
  certainty: 'certain',
  completeness: 'full',
  side: 'on-premises',
  server: null,
  listing: 'unknown',
  objects: 2,
  lines: [1, 40],
  ...change,
})
const notice = (code: ReportNotice['code'], level: ReportNotice['level'], line?: number): ReportNotice => ({
  code,
  level,
  ...(line !== undefined && { line }),
  message: '',
  remedy: '',
})
const source = (change: Partial<ReportSource> = {}): ReportSource => ({
  id: 's1',
  name: 'a.txt',
  sha256: '',
  bytes: 1,
  encoding: 'utf-8',
  status: 'parsed',
  blocks: [block()],
  notices: [],
  ...change,
})
const upload = (name: string, status: UploadRow['status'], sources: ReportSource[]): UploadRow => ({
  id: name,
  name,
  bytes: 1,
  sha256: '',
  status,
  sources,
  facts: { servers: {}, settled: {}, excerpts: [], repairs: [] },
})

describe('sourceState', () => {
  it.each([
    ['ready', source()],
    ['ready', source({ notices: [notice('lines-joined', 'info')] })],
    ['attention', source({ notices: [notice('list-truncated', 'warning')] })],
    ['attention', source({ blocks: [block({ certainty: 'unsure' })] })],
    ['attention', source({ notices: [notice('date-ambiguous', 'info')] })],
    ['attention', source({ notices: [notice('mojibake', 'info')] })],
    ['ignored', source({ status: 'refused', blocks: [], notices: [notice('left-out', 'info')] })],
    ['ignored', source({ status: 'parsed', blocks: [], notices: [notice('not-needed', 'info')] })],
    ['attention', source({ status: 'partial' })],
    ['unused', source({ status: 'unknown-format', blocks: [] })],
    ['unused', source({ status: 'empty', blocks: [] })],
    ['refused', source({ status: 'refused', blocks: [] })],
    ['failed', source({ status: 'failed', blocks: [] })],
  ] as const)('%s', (state, s) => expect(sourceState(s)).toBe(state))
})

describe('sortedUploads', () => {
  it('puts what needs a person first, and takes an archive by its worst member', () => {
    const rows = sortedUploads([
      upload('b-ready', 'read', [source()]),
      upload('a-ready', 'read', [source()]),
      upload('new', 'stored', []),
      upload('zip', 'read', [source(), source({ status: 'unknown-format', blocks: [] })]),
      upload('cut', 'read', [source({ notices: [notice('list-truncated', 'warning')] })]),
    ])
    expect(rows.map((r) => `${r.upload.name} ${r.state}`)).toEqual([
      'zip unused',
      'cut attention',
      'new reading',
      'a-ready ready',
      'b-ready ready',
    ])
  })
})

it('adds up blocks of one kind', () => {
  const found = foundIn(
    source({ blocks: [block({ server: 'EX02' }), block({ server: 'EX01' }), block({ side: 'edge' })] }),
  )
  expect(found.map((f) => [f.objects, f.servers])).toEqual([
    [4, ['EX01', 'EX02']],
    [2, []],
  ])
})

it('groups notices by kind, errors first', () => {
  const groups = noticeGroups(
    source({
      notices: [
        notice('lines-joined', 'info'),
        notice('list-truncated', 'warning'),
        notice('list-truncated', 'warning'),
      ],
    }),
  )
  expect(groups.map((g) => [g.first.code, g.count])).toEqual([
    ['list-truncated', 2],
    ['lines-joined', 1],
  ])
})

it('names the blocks that were cut, and only those', () => {
  const s = source({
    blocks: [block({ server: 'EX01', lines: [1, 40] }), block({ server: 'EX02', lines: [41, 80] })],
    notices: [notice('list-truncated', 'warning', 50), notice('lines-joined', 'info', 3)],
  })
  expect(blocksToCollectAgain(s).map((b) => b.server)).toEqual(['EX02'])
})

const log = (direction: 'receive' | 'send', from: string, to: string) =>
  block({ format: 'smtp-log', collection: null, cmdlet: null, log: { direction, records: 10, sessions: 2, from, to } })

it('adds up logs: records, sessions, the first and the last time', () => {
  const blocks = [
    log('receive', '2026-11-20T02:00:00Z', '2026-11-20T02:59:00Z'),
    log('receive', '2026-11-20T01:00:00Z', '2026-11-20T01:59:00Z'),
  ]
  expect(logTotal(blocks)).toMatchObject({
    records: 20,
    sessions: 4,
    from: '2026-11-20T01:00:00Z',
    to: '2026-11-20T02:59:00Z',
  })
  expect(logTotal([block()])).toBeNull()
})

describe('listRows', () => {
  const at = '2026-11-20T01:00:00Z'
  const logs = (name: string, direction: 'receive' | 'send' = 'receive', notices: ReportNotice[] = []) =>
    upload(name, 'read', [source({ name, blocks: [log(direction, at, at)], notices })])
  const rows = (uploads: UploadRow[]) =>
    listRows(uploads).map((r) => (r.kind === 'logs' ? `${r.name} × ${r.uploads.length}` : r.upload.name))

  it('makes one row of all logs of a kind that need nobody', () => {
    const damaged = logs('RECV4.LOG', 'receive', [notice('log-line-unreadable', 'warning')])
    const uploads = [logs('RECV1.LOG'), logs('RECV2.LOG'), logs('SEND1.LOG', 'send'), damaged]
    expect(rows(uploads)).toEqual(['RECV4.LOG', 'RECV*.LOG × 2', 'SEND1.LOG'])
  })

  it('leaves other files apart', () => {
    expect(rows([upload('a', 'read', [source()]), upload('b', 'read', [source()])])).toEqual(['a', 'b'])
  })
})

it.each([
  [['FE/RECV1.LOG', 'FE/RECV2.LOG'], 'FE/RECV*.LOG'],
  [['aa', 'aaa'], 'aa*'],
  [['a.log', 'b.log', 'cc.log'], '*.log'],
])('%j are %s', (names, common) => expect(commonName(names)).toBe(common))

it.each([
  ['06/09/2028 10:00:00', '2028-09-06', '2028-06-09'],
  ['9/6/2020', '2020-06-09', '2020-09-06'],
  ['06.09.2020 08:00', '2020-09-06', '2020-06-09'],
])('reads %s in both ways', (text, day, month) => {
  const readings = bothReadings(text)
  expect([readings?.['day-first'], readings?.['month-first']].map((d) => d?.toISOString().slice(0, 10))).toEqual([
    day,
    month,
  ])
})
it.each(['31/09/2020', '2020-09-06', 'never', ''])('%j is no date with two readings', (text) =>
  expect(bothReadings(text)).toBeNull())

it('tells contradictions by the other file', () => {
  const between = (first: string, second: string): ReportNotice => ({
    ...notice('contradiction', 'warning', 4),
    params: { first: 'a', firstPlace: first, second: 'b', secondPlace: second },
  })
  const notices = [
    between('old.txt:4', 'new.txt:9'),
    between('old.txt:5', 'new.txt:10'),
    between('a:1.txt:5', 'new.txt:1'),
  ]
  expect(conflictsOf(source({ name: 'new.txt', notices })).map((c) => [c.other, c.count])).toEqual([
    ['old.txt', 2],
    ['a:1.txt', 1],
  ])
  expect(conflictsOf(source({ name: 'new.txt', notices: [between('new.txt:1', 'new.txt:2')] }))).toEqual([])
})

it('an archive with some members turned down is one to look at, and one without any other is turned down', () => {
  const archive = source({ name: 'a.zip', blocks: [] })
  const refused = source({ name: 'a.zip!/inner.zip', status: 'refused', blocks: [] })
  const stateOf = (...sources: ReportSource[]) => sortedUploads([upload('a.zip', 'read', sources)])[0]?.state
  expect(stateOf(archive, refused, source({ name: 'a.zip!/b.txt' }))).toBe('attention')
  expect(stateOf(archive, refused)).toBe('refused')
  expect(stateOf(source({ name: 'a.zip', status: 'refused', blocks: [] }))).toBe('refused')
})

it('puts questions before what was turned down', () => {
  const asked = upload('b.txt', 'read', [source({ notices: [notice('server-unknown', 'info', 1)] })])
  const refused = upload('a.txt', 'read', [source({ status: 'refused', blocks: [] })])
  expect(sortedUploads([refused, asked]).map((r) => r.upload.name)).toEqual(['b.txt', 'a.txt'])
})

it('offers the whole of what was chosen, but not of wishes, access lists and what is collected again anyway', () => {
  const chosen = (change: Partial<ReportBlock>) =>
    blocksToComplete(source({ blocks: [block({ completeness: 'projection', ...change })] })).length
  expect(chosen({})).toBe(1)
  expect(chosen({ completeness: 'full' })).toBe(0)
  expect(chosen({ intended: true })).toBe(0)
  expect(chosen({ collection: 'adPermissions' })).toBe(0)
  const cut = source({
    blocks: [block({ completeness: 'projection' })],
    notices: [notice('list-truncated', 'warning', 3)],
  })
  expect(blocksToComplete(cut)).toEqual([])
})

it('counts the checks that read what was cut, and no others', () => {
  const cut = (property: string) => [{ ...notice('list-truncated', 'warning', 3), property }]
  const read = checksTouched(source(), cut('RemoteIPRanges'))
  expect(read).toBeGreaterThan(0)
  expect(checksTouched(source(), cut('Comment'))).toBe(0)
  expect(checksTouched(source(), [notice('table-projection', 'info', 3)])).toBeGreaterThanOrEqual(read)
  expect(checksTouched(source({ blocks: [block({ lines: [50, 60] })] }), cut('RemoteIPRanges'))).toBe(0)
})
