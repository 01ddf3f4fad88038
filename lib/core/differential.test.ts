import { describe, expect, it } from 'vitest'
import { defaultLimits } from './limits'
import type { Config, ConfigObject } from './model'
import { type CollectionName, collections } from './model'
import { readAll } from './read-all'
import { nothingSaid } from './reading'
import { type OrgExport, type OrgObject, type OrgValue, organisation } from './testing/organisation'
import { asAscii } from './testing/print-csv'
import {
  asList,
  asTable,
  type Culture,
  clixml,
  csv,
  type Files,
  formatList,
  json,
  shownValue,
  transcript,
} from './testing/print-organisation'
import type { TableOptions } from './testing/print-table'

/** One organisation, printed by every way that administrators export it, is one Config: only the places differ. */
function read(files: Files): Config {
  const upload = Object.entries(files).map(([name, text]) => ({ name, bytes: new TextEncoder().encode(text) }))
  return readAll(upload, defaultLimits, nothingSaid, () => undefined).config
}

type Seen = { readonly state: string; readonly value?: unknown }
type SeenObject = Readonly<Record<string, Seen | string | null>>

/** What is not set and what is empty print alike in most formats. That one difference is left out here and tested below. */
const isBlank = (p: Seen) => p.state === 'null' || (p.state === 'empty' && (p.value === '' || `${p.value}` === ''))

function seen(value: unknown): unknown {
  if (typeof value === 'bigint') return `${value}n`
  if (Array.isArray(value)) return value.map(seen)
  if (typeof value !== 'object' || value === null) return value
  const { place: _, raw: __, ...rest } = value as Record<string, unknown>
  if (typeof rest.state === 'string' && isBlank(rest as Seen)) return { state: 'blank', name: rest.name }
  return Object.fromEntries(Object.entries(rest).map(([k, v]) => [k, seen(v)]))
}

/** Sessions of the test run in UTC, so that a date without an offset is the same instant. */
const isoDate = (v: unknown) =>
  typeof v === 'string' ? v.replace(/^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:Z|\+00:00)$/, '$1') : v

function objectOf(o: ConfigObject): SeenObject {
  const all = seen(o) as Record<string, unknown> & { properties: Record<string, Seen> }
  const { properties, ...typed } = all
  const flat = Object.entries(properties).map(([k, p]) => [`= ${k}`, { ...p, value: isoDate(p.value) }] as const)
  const own = Object.entries(typed).map(([k, v]) => {
    const isProperty = typeof v === 'object' && v !== null && 'state' in v
    return [k, isProperty ? { ...v, value: isoDate((v as Seen).value) } : v] as const
  })
  return Object.fromEntries([...own, ...flat]) as SeenObject
}

const order = (o: SeenObject) => JSON.stringify([o.id, o['= User'], o['= Deny']])
const objectsOf = (config: Config, collection: CollectionName): SeenObject[] =>
  config[collection].map(objectOf).sort((a, b) => (order(a) < order(b) ? -1 : 1))

const best = read(clixml('rehydrated'))

it('the organisation arrives', () => {
  const counts = Object.fromEntries(collections.map((c) => [c, best[c].length]).filter(([, n]) => n !== 0))
  const expected: Record<string, number> = {}
  for (const e of organisation) expected[e.collection] = (expected[e.collection] ?? 0) + e.objects.length
  expect(counts).toEqual(expected)
  expect(best.certificates.map((c) => c.server)).toEqual(['EX01', 'EX01'])
  const unread = collections.flatMap((c) =>
    best[c].flatMap((o) =>
      Object.values(o.properties).filter((p) => p.state === 'ambiguous' || p.state === 'unusable'),
    ),
  )
  expect(unread).toEqual([])
})

describe.each<[string, Files]>([
  ['CLIXML of a remote session', clixml('deserialized')],
  ['Format-List, 80 columns, German', formatList({ culture: 'de-DE', width: 79 })],
  ['Format-List, 120 columns, trimmed', formatList({ culture: 'en-US', width: 119, trimmed: true })],
  ['Format-List, Polish, cut at the width', formatList({ culture: 'pl-PL', width: 97, words: false })],
  ['Format-List, PowerShell 7 into a file', formatList({ culture: 'en-US', gap: 1 })],
  ['Format-List, CRLF', formatList({ culture: 'de-DE', width: 132, eol: '\r\n' })],
  ['JSON of Windows PowerShell', json('5.1')],
  ['JSON of PowerShell 7', json('7')],
  ['CSV with joined lists', csv('7', 'en-US', ', ')],
])('%s', (_, files) => {
  const config = read(files)
  it.each(collections)('gives the same %s', (collection) => {
    expect(objectsOf(config, collection)).toEqual(objectsOf(best, collection))
  })
})

/** What a format makes of one property: the same, or something that says that it is not known. */
type Expected = (name: string, value: OrgValue, same: Seen) => Seen | undefined

const find = (collection: CollectionName, name: string): readonly OrgObject[] =>
  organisation
    .filter((e) => e.collection === collection)
    .flatMap((e) => e.objects.filter((o) => o.Identity === name || o.Thumbprint === name))

/** Every property of every object is what `expected` says, and what the rules read is as sure as that. */
function expectLoss(files: Files, expected: Expected): void {
  const config = read(files)
  for (const collection of collections) {
    const wanted = objectsOf(best, collection)
    const got = objectsOf(config, collection)
    expect([collection, got.map((o) => [o.id, o.server, o.side])]).toEqual([
      collection,
      wanted.map((o) => [o.id, o.server, o.side]),
    ])
    for (const [i, object] of wanted.entries()) {
      const raw = valuesOf(collection, object)
      for (const [key, same] of Object.entries(object)) {
        if (!key.startsWith('= ') || typeof same !== 'object' || same === null) continue
        const name = key.slice(2)
        const want = expected(name, raw[name] ?? null, same)
        const have = got[i]?.[key]
        const shown = typeof have === 'object' && have !== null ? { state: have.state, value: have.value } : undefined
        expect([object.id, name, shown]).toEqual([object.id, name, want && { state: want.state, value: want.value }])
      }
      for (const [key, typed] of Object.entries(got[i] ?? {})) {
        if (key.startsWith('= ') || typeof typed !== 'object' || typed === null) continue
        const name = (typed as Seen & { name: string }).name
        const from = got[i]?.[`= ${name}`]
        const state = typeof from === 'object' && from !== null ? from.state : 'missing'
        expect([object.id, key, typed.state]).toEqual([object.id, key, state])
      }
    }
  }
}

/** The object in memory: rows of an access list are told by their account. */
function valuesOf(collection: CollectionName, o: SeenObject): OrgObject {
  const text = (name: string) => {
    const p = o[`= ${name}`]
    return typeof p === 'object' && p !== null ? String(p.value) : ''
  }
  const objects = find(collection, text('Identity') === '' ? text('Thumbprint') : text('Identity'))
  return objects.find((x) => collection !== 'adPermissions' || x.User === text('User')) ?? {}
}

const isList = (v: OrgValue): v is { list: readonly string[] } => typeof v === 'object' && v !== null && 'list' in v

it('Export-Csv destroys lists: they are unusable, and everything else is the same', () => {
  expectLoss(csv('5.1', 'de-DE', 'lost'), (_, value, same) =>
    isList(value) ? { state: 'unusable', value: undefined } : same,
  )
})

it('Format-List cuts lists behind four items: the rest is not known', () => {
  expectLoss(formatList({ culture: 'en-US', width: 119, limit: 4 }), (_, value, same) =>
    isList(value) && value.list.length > 4 ? { state: 'truncated', value: value.list.slice(0, 4) } : same,
  )
})

/** What people ask tables for, and what the views of the cmdlets show. */
const columns: Readonly<Partial<Record<CollectionName, readonly string[]>>> = {
  receiveConnectors: ['Identity', 'Bindings', 'Enabled'],
  sendConnectors: ['Identity', 'AddressSpaces', 'Enabled'],
  certificates: ['Thumbprint', 'Status', 'NotAfter', 'Subject'],
  acceptedDomains: ['Identity', 'DomainName', 'DomainType', 'Default'],
  hybridConfigurations: ['Identity', 'ReceivingTransportServers', 'Features', 'TlsCertificateName'],
  servers: ['Identity', 'Site', 'ServerRole', 'Edition', 'AdminDisplayVersion'],
  adPermissions: ['Identity', 'User', 'Deny', 'IsInherited', 'ExtendedRights'],
  inboundConnectors: ['Identity', 'SenderDomains', 'SenderIPAddresses', 'Enabled'],
  outboundConnectors: ['Identity', 'RecipientDomains', 'SmartHosts', 'Enabled'],
}
const columnsOf = (e: OrgExport) => columns[e.collection] ?? []

describe.each<[string, Culture, TableOptions]>([
  ['as wide as it must be', 'de-DE', { autoSize: true, width: 400 }],
  ['in 120 columns', 'en-US', { width: 119 }],
  ['in 120 columns by their contents', 'en-US', { autoSize: true, width: 119 }],
  ['in 80 columns', 'de-DE', { width: 79, trimmed: true }],
  ['in 200 columns, wrapped', 'de-DE', { width: 199, wrap: true, words: true }],
  ['of PowerShell 7 in 100 columns', 'en-US', { width: 99, edition: '7' }],
])('a table %s', (_, culture, options) => {
  const print = (e: OrgExport) => asTable(e, columnsOf(e), culture, options)
  const files = transcript((e) => ` | Format-Table ${columnsOf(e).join(',')}${options.wrap ? ' -Wrap' : ''}`, print)
  const text = Object.values(files).join('\n')

  it('gives what it shows, nothing for what it cuts, and nothing of what it leaves out', () => {
    const config = read(files)
    for (const e of organisation) {
      const wanted = objectsOf(best, e.collection)
      for (const object of objectsOf(config, e.collection)) {
        for (const [key, have] of Object.entries(object)) {
          if (!key.startsWith('= ') || typeof have !== 'object' || have === null) continue
          const name = key.slice(2)
          expect([e.collection, name, columnsOf(e).includes(name)]).toEqual([e.collection, name, true])
          if (have.state !== 'ok') continue
          // Whatever counts as a value stands in one of the objects.
          const values = wanted.map((w) => w[key]).map((p) => JSON.stringify((p as Seen).value))
          expect([e.collection, name, values.includes(JSON.stringify(have.value))]).toEqual([e.collection, name, true])
        }
      }
    }
    expect(config.exports.filter((x) => x.completeness === 'full')).toEqual([])
    for (const e of organisation)
      expect([e.collection, config[e.collection].length <= best[e.collection].length]).toEqual([e.collection, true])
  })

  it('gives all that it shows', () => {
    const config = read(files)
    for (const e of organisation) {
      for (const o of e.objects) {
        const shown = columnsOf(e).map((c) => shownValue(o[c] ?? null, culture))
        const id = o.Identity ?? o.Thumbprint
        if (
          options.wrap ||
          !shown.every((v) => text.includes(` ${v} `) || text.includes(`\n${v} `) || text.includes(` ${v}\n`))
        )
          continue
        const key = e.collection === 'certificates' ? '= Thumbprint' : '= Identity'
        const found = objectsOf(config, e.collection).filter((x) => (x[key] as Seen | undefined)?.value === id)
        expect([e.collection, id, found.length > 0]).toEqual([e.collection, id, true])
        for (const f of found.slice(0, 1)) {
          const states = columnsOf(e).map((c) => (f[`= ${c}`] as Seen | undefined)?.state ?? 'missing')
          expect([e.collection, id, states.every((s) => s === 'ok' || s === 'blank')]).toEqual([e.collection, id, true])
        }
      }
    }
  })
})

/** Lists, tables, JSON and CSV of one evening in one window. */
it('a mixed session gives what its parts give', () => {
  const layouts = [' | Format-List', ' | ConvertTo-Json', ' | Format-List', ' | Format-List']
  const index = (e: OrgExport) => organisation.indexOf(e) % layouts.length
  const list = (e: OrgExport) => asList(e, { culture: 'de-DE', width: 119 })
  const asJson = (e: OrgExport) =>
    json('7')[`${e.cloud ? 'exchange-online' : (e.server ?? 'organisation')}/${e.cmdlet}.json`] ?? ''
  const files = transcript(
    (e) => layouts[index(e)] ?? '',
    (e) => (index(e) === 1 ? asJson(e) : list(e)),
  )
  const config = read(files)
  for (const c of collections) expect([c, objectsOf(config, c)]).toEqual([c, objectsOf(best, c)])
})

it('what is not set is told from what is empty where the format tells', () => {
  const states = (files: Files) => {
    const [connector] = read(files).sendConnectors.filter((c) => c.name === 'Internet')
    return [connector?.fqdn.state, connector?.properties.Comment?.state]
  }
  expect(states(clixml('rehydrated'))).toEqual(['null', 'empty'])
  expect(states(json('7'))).toEqual(['null', 'empty'])
  expect(states(formatList({ culture: 'en-US' }))).toEqual(['empty', 'empty'])
})

it('Export-Csv of Windows PowerShell writes ASCII: a name with a question mark is not taken for another', () => {
  const files = Object.fromEntries(
    Object.entries(csv('5.1', 'en-US', ', ')).map(([name, text]) => [name, asAscii(text)]),
  )
  const config = read({ ...files, ...clixml('rehydrated') })
  expect(config.receiveConnectors.length).toBe(best.receiveConnectors.length)
  expect(config.receiveConnectors.map((c) => c.tlsCertificateName)).toEqual(
    best.receiveConnectors.map((c) => expect.objectContaining({ state: c.tlsCertificateName.state })),
  )
})
