import fc from 'fast-check'
import { expect, it } from 'vitest'
import { buildConfig, type ParsedSource } from '../build'
import { type Config, collections, type RawBlock, type RawObject } from '../model'
import { rawBlock } from '../testing/raw-block'

/** What a Config says, without where it stands. */
function facts(config: Config): unknown {
  return collections.flatMap((c) =>
    config[c]
      .map((o) =>
        JSON.stringify([
          c,
          o.id,
          o.server,
          o.side,
          Object.values(o.properties)
            .map((p) => [p.name, p.state, 'value' in p ? p.value : null])
            .sort(),
        ]),
      )
      .sort(),
  )
}

const build = (sources: readonly ParsedSource[]) => facts(buildConfig(sources, () => undefined).config)

const value = fc.constantFrom(
  '',
  'a',
  'b',
  '{10.0.0.1, 10.0.0.2}',
  '{10.0.0.1...}',
  'System.Object[]',
  'True',
  '1/2/2026',
  '13/2/2026',
)
const takenAt = fc.constantFrom(undefined, '2026-11-20T10:00:00', '2026-11-21T10:00:00')
const block: fc.Arbitrary<RawBlock> = fc
  .record({
    collection: fc.constantFrom(
      'receiveConnectors',
      'sendConnectors',
      'acceptedDomains',
      'certificates',
    ) as fc.Arbitrary<'receiveConnectors' | 'sendConnectors' | 'acceptedDomains' | 'certificates'>,
    objects: fc.array(
      fc.record({
        id: fc.constantFrom('EX01\\Relay', 'ex01\\relay', 'EX02\\Relay', 'Relay', 'contoso.com'),
        a: value,
        b: value,
        date: value,
      }),
      { maxLength: 4 },
    ),
    completeness: fc.constantFrom('full', 'projection', 'table') as fc.Arbitrary<RawBlock['completeness']>,
    side: fc.constantFrom('unknown', 'on-premises', 'exchange-online') as fc.Arbitrary<RawBlock['side']>,
    at: takenAt,
  })
  .map(({ collection, objects, completeness, side, at }) =>
    rawBlock(
      collection,
      objects.map(({ id, a, b, date }) => ({ Identity: id, RemoteIPRanges: a, Fqdn: b, WhenCreated: date })),
      { completeness, side, ...(at ? { takenAt: at } : {}) },
    ),
  )
const sources = fc
  .array(fc.array(block, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 4 })
  .map((files) => files.map((blocks, i): ParsedSource => ({ id: `s${i + 1}`, name: `file-${i}.txt`, blocks })))

it('the order in which sources are read changes nothing', () => {
  fc.assert(
    fc.property(sources, (s) => {
      expect(build([...s].reverse())).toEqual(build(s))
    }),
  )
})

it('a file of something else changes nothing', () => {
  const other = rawBlock('transportServices', [
    { Name: 'EX77', ReceiveProtocolLogPath: 'D:\\Logs', InternalDNSAdapterEnabled: 'True' },
  ])
  const without = (all: unknown) => (all as string[]).filter((o) => !o.includes('EX77'))
  fc.assert(
    fc.property(sources, (s) => {
      expect(without(build([...s, { id: 's99', name: 'zzz.txt', blocks: [other] }]))).toEqual(build(s))
    }),
  )
})

/** The same objects in two outputs. */
function halves(b: RawBlock): [RawBlock, RawBlock] {
  const middle = Math.ceil(b.objects.length / 2)
  const half = (objects: readonly RawObject[]): RawBlock => ({ ...b, objects })
  return [half(b.objects.slice(0, middle)), half(b.objects.slice(middle))]
}

it('an export split into two files is the same export', () => {
  // Without dates whose order only a neighbour proves: that knowledge stays in its file.
  const whole = rawBlock(
    'receiveConnectors',
    Array.from({ length: 9 }, (_, i) => ({
      Identity: `EX0${(i % 3) + 1}\\Relay ${i}`,
      Bindings: '{0.0.0.0:25}',
      RemoteIPRanges: `{10.0.0.${i}}`,
      WhenCreated: `1${i}.02.2026 10:00:00`,
    })),
  )
  const [a, b] = halves(whole)
  expect(
    build([
      { id: 's1', name: 'a.txt', blocks: [a] },
      { id: 's2', name: 'b.txt', blocks: [b] },
    ]),
  ).toEqual(build([{ id: 's1', name: 'a.txt', blocks: [whole] }]))
})
