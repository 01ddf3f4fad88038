import { describe, expect, it } from 'vitest'
import type { ReportBlock, ReportNotice, ReportSource } from '@/lib/core'
import type { UploadRow } from '@/lib/server/sources'
import { blocksToCollectAgain, foundIn, noticeGroups, sortedUploads, sourceState } from './upload-view'

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
