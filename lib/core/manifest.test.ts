import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { runAudit } from './audit'
import { defaultLimits } from './limits'
import { readSource } from './read-source'
import { openSources } from './sources'
import { makeZip, type ZipMember } from './testing/make-zip'
import { type ClixmlObject, printClixml } from './testing/print-clixml'

const custom = (properties: ClixmlObject['properties']): ClixmlObject => ({
  type: 'System.Management.Automation.PSCustomObject',
  properties: {},
  members: properties,
})
const relay = custom({
  Identity: 'EX01\\Relay',
  Name: 'Relay',
  Bindings: { list: ['0.0.0.0:25'] },
  RemoteIPRanges: { list: ['10.0.0.1'] },
})
const entry = (path: string, command: string, more: object = {}) => ({
  path,
  command,
  server: 'EX01',
  takenAt: '2026-11-21T09:00:04Z',
  objects: 1,
  error: null,
  ...more,
})
const manifest = (files: readonly object[], more: object = {}): ZipMember => ({
  name: 'manifest.json',
  content: JSON.stringify({
    postern: 1,
    scriptVersion: '1.0.0',
    collectedAt: '2026-11-21T09:00:00Z',
    computer: 'EX01',
    user: null,
    mode: 'on-premises',
    pseudonyms: false,
    parameters: {},
    files,
    ...more,
  }),
})
const member = (name: string, ...objects: ClixmlObject[]): ZipMember => ({ name, content: printClixml(objects) })
const read = (members: readonly ZipMember[]) =>
  openSources([{ name: 'p.zip', bytes: makeZip(members) }], defaultLimits).map((s) => readSource(s))
const sourceOf = (members: readonly ZipMember[], name: string) =>
  read(members).find((r) => r.source.name === `p.zip!/${name}`)

describe('the manifest of the collection script', () => {
  it('tells command, server, side and time of each file', () => {
    const members = [
      manifest([entry('EX01/Get-ReceiveConnector.xml', 'Get-ReceiveConnector -Server EX01')]),
      member('EX01/Get-ReceiveConnector.xml', relay),
    ]
    expect(sourceOf(members, 'EX01/Get-ReceiveConnector.xml')?.blocks).toMatchObject([
      {
        collection: 'receiveConnectors',
        command: 'Get-ReceiveConnector -Server EX01',
        listing: 'all',
        server: 'EX01',
        side: 'on-premises',
        takenAt: '2026-11-21T09:00:04Z',
      },
    ])
    expect(sourceOf(members, 'manifest.json')).toMatchObject({ status: 'parsed', blocks: [], notices: [] })
  })

  it('stands in the one folder of the archive, or beside loose files, with either slash', () => {
    const inFolder = [
      { ...manifest([entry('EX01\\r.xml', 'Get-ReceiveConnector -Server EX01')]), name: 'Postern-1/manifest.json' },
      member('Postern-1/EX01/r.xml', relay),
    ]
    expect(sourceOf(inFolder, 'Postern-1/EX01/r.xml')?.blocks[0]?.listing).toBe('all')
    const utf8 = (text: unknown) => new TextEncoder().encode(String(text))
    const loose = inFolder.map((m) => ({ name: m.name, bytes: utf8(m.content) }))
    const opened = openSources(loose, defaultLimits)
    expect(opened.map((s) => [s.name, s.hint?.command, s.manifest !== undefined])).toEqual([
      ['Postern-1/EX01/r.xml', 'Get-ReceiveConnector -Server EX01', false],
      ['Postern-1/manifest.json', undefined, true],
    ])
  })

  it('makes a list of nothing out of an empty file', () => {
    const members = [manifest([entry('o/s.xml', 'Get-EdgeSubscription', { server: null })]), member('o/s.xml')]
    expect(sourceOf(members, 'o/s.xml')).toMatchObject({
      status: 'parsed',
      blocks: [{ collection: 'edgeSubscriptions', listing: 'all', objects: [] }],
    })
  })

  it('does not take the settings of another service for those that look alike', () => {
    const service = custom({
      Name: 'EX01',
      ReceiveProtocolLogPath: 'C:\\a',
      SendProtocolLogPath: 'C:\\b',
      ConnectivityLogPath: 'C:\\c',
    })
    const members = [
      manifest([entry('EX01/f.xml', 'Get-FrontendTransportService -Identity EX01')]),
      member('EX01/f.xml', service),
    ]
    expect(sourceOf(members, 'EX01/f.xml')).toMatchObject({ status: 'parsed', blocks: [{ collection: null }] })
  })

  it('says what failed and what is missing', () => {
    const members = [
      manifest([
        entry('EX02/r.xml', 'Get-ReceiveConnector -Server EX02', { error: 'The server EX02\r\n  is not reachable.' }),
        entry('EX03/r.xml', 'Get-ReceiveConnector -Server EX03'),
        entry('EX01/r.xml', 'Get-ReceiveConnector -Server EX01', { error: 'The connection was lost.' }),
      ]),
      member('EX01/r.xml', relay),
    ]
    expect(sourceOf(members, 'manifest.json')).toMatchObject({
      status: 'parsed',
      notices: [
        {
          code: 'command-failed',
          params: { command: 'Get-ReceiveConnector -Server EX02', message: 'The server EX02 is not reachable.' },
        },
        { code: 'manifest-file-missing', params: { file: 'EX03/r.xml', command: 'Get-ReceiveConnector -Server EX03' } },
      ],
    })
    expect(sourceOf(members, 'EX01/r.xml')).toMatchObject({
      status: 'partial',
      blocks: [{ listing: 'named' }],
      notices: [{ code: 'command-failed', params: { message: 'The connection was lost.' } }],
    })
  })

  it('does not make a cut file a whole list', () => {
    const whole = printClixml([relay, relay])
    const cut = { name: 'EX01/r.xml', content: whole.slice(0, whole.lastIndexOf('RemoteIPRanges')) }
    const files = [entry('EX01/r.xml', 'Get-ReceiveConnector -Server EX01')]
    expect(sourceOf([manifest(files), cut], 'EX01/r.xml')).toMatchObject({
      status: 'partial',
      blocks: [{ listing: 'named' }],
    })
  })

  it.each<[string, ZipMember, string]>([
    ['a path upwards', manifest([entry('../../x.xml', 'Get-ReceiveConnector')]), 'unsafe-path'],
    ['a drive', manifest([entry('C:\\x.xml', 'Get-ReceiveConnector')]), 'unsafe-path'],
    ['another version', manifest([], { postern: 2 }), 'manifest-malformed'],
    ['other types', manifest([{ path: 7 }]), 'manifest-malformed'],
    ['no list', manifest([], { files: { length: 1 } }), 'manifest-malformed'],
    ['a cut', { name: 'manifest.json', content: '{ "postern": 1, "files": [' }, 'manifest-malformed'],
    ['too many files', manifest(Array.from({ length: 10_001 }, () => ({ path: 'x' }))), 'manifest-malformed'],
    [
      'five megabytes',
      { ...manifest([], { parameters: 'x y'.repeat(1_700_000) }), stored: true },
      'manifest-too-large',
    ],
  ])('with %s is not used, and the files are read', (_, bad, reason) => {
    const results = read([bad, member('EX01/r.xml', relay)])
    const of = (name: string) => results.find((r) => r.source.name === `p.zip!/${name}`)
    expect(of('manifest.json')?.notices).toMatchObject([
      { code: 'manifest-unusable', level: 'warning', params: { reason } },
    ])
    expect(of('EX01/r.xml')).toMatchObject({ status: 'parsed', blocks: [{ command: null }] })
  })

  it('is not every file of that name', () => {
    const web = { name: 'manifest.json', content: '{"name":"app","icons":[]}' }
    expect(sourceOf([web], 'manifest.json')?.source.manifest).toBeUndefined()
  })

  it('never throws', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (files, mode) => {
        const bytes = makeZip([{ name: 'manifest.json', content: JSON.stringify({ postern: 1, files, mode }) }])
        return openSources([{ name: 'p.zip', bytes }], defaultLimits).length === 2
      }),
    )
  })

  it('dates the audit, in UTC', () => {
    const bytes = makeZip([
      manifest([entry('EX01/r.xml', 'Get-ReceiveConnector -Server EX01')]),
      member('EX01/r.xml', relay),
    ])
    const now = new Date('2027-01-01T00:00:00Z')
    expect(runAudit([{ name: 'p.zip', bytes }], { now }).report.asOf.slice(0, 10)).toBe('2026-11-21')
  })
})
