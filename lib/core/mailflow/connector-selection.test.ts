import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Config, formatIp, type ReceiveConnector, wholeSpace } from '../model'
import { block, type ConnectorSpec, configOf, prop, receiveConnector } from '../testing/objects'
import {
  everAnswers,
  type Listener,
  listenersOf,
  type Selection,
  selectionAt,
  selectionWithin,
  winsWithin,
} from './connector-selection'

const FRONT: Listener = { server: 'EX01', port: 25, family: 4, localAddress: null }
const ip = (text: string) => text.split('.').reduce((n, part) => n * 256n + BigInt(part), 0n)
const setup = (...specs: readonly ConnectorSpec[]) => configOf({ receiveConnectors: specs.map(receiveConnector) })
const at = (config: Config, address: string, listener = FRONT) => summary(selectionAt(config, listener, ip(address)))
const summary = (s: Selection): string => {
  if (s.state === 'winner') return s.connector.name
  return s.state === 'none' ? 'none' : s.state === 'ambiguous' ? s.reason : `unknown: ${s.reasons.join(' ')}`
}

const front = { name: 'Front' }

describe('selectionAt', () => {
  it('prefers the most specific range', () => {
    const config = setup(
      front,
      { name: 'Net', ranges: ['192.168.1.0/24'] },
      { name: 'Host', ranges: ['192.168.1.75', '10.0.0.0/8'] },
    )
    expect(['192.168.1.75', '192.168.1.74', '10.1.1.1', '8.8.8.8'].map((a) => at(config, a))).toEqual([
      'Host',
      'Net',
      'Host',
      'Front',
    ])
  })

  it('does not choose between equal or crossing ranges', () => {
    expect(
      at(
        setup(front, { name: 'A', ranges: ['10.0.0.0/24'] }, { name: 'B', ranges: ['10.0.0.0-10.0.0.255'] }),
        '10.0.0.1',
      ),
    ).toBe('equal-ranges')
    const crossing = setup(
      front,
      { name: 'A', ranges: ['10.0.0.0-10.0.0.20'] },
      { name: 'B', ranges: ['10.0.0.10-10.0.0.40'] },
    )
    expect(['10.0.0.5', '10.0.0.15', '10.0.0.30'].map((a) => at(crossing, a))).toEqual(['A', 'crossing-ranges', 'B'])
  })

  it('leaves out what does not listen there', () => {
    const config = setup(
      front,
      { name: 'Off', ranges: ['10.0.0.1'], enabled: false },
      { name: 'Other port', ranges: ['10.0.0.1'], bindings: ['0.0.0.0:587'] },
      { name: 'Other server', server: 'EX02', ranges: ['10.0.0.1'] },
    )
    expect(at(config, '10.0.0.1')).toBe('Front')
  })

  it('gives an address to the binding that names it', () => {
    const config = setup(front, { name: 'Bound', bindings: ['10.0.0.5:25'], ranges: ['10.0.0.0/8'] })
    const named = { ...FRONT, localAddress: ip('10.0.0.5') }
    expect(listenersOf(config, 'ex01', 25)).toHaveLength(2)
    expect([at(config, '10.1.1.1'), at(config, '10.1.1.1', named), at(config, '8.8.8.8', named)]).toEqual([
      'Front',
      'Bound',
      'none',
    ])
  })

  it('stops where two roles share a binding', () => {
    expect(at(setup(front, { name: 'Hub', role: 'HubTransport', ranges: ['10.0.0.1'] }), '8.8.8.8')).toBe(
      'transport-role-conflict',
    )
  })

  it('says what it would have to know', () => {
    const cut = setup(front, { name: 'Relay', ranges: ['10.0.0.0/24'], cut: true })
    expect(at(cut, '8.8.8.8')).toBe('unknown: ranges-not-whole')
    expect(at(cut, '10.0.0.1')).toBe('Relay') // what was cut off is Relay's own: it can only make Relay more specific
    const cutWithHost = setup(
      front,
      { name: 'Relay', ranges: ['10.0.0.0/24'], cut: true },
      { name: 'Host', ranges: ['10.0.0.1'] },
    )
    expect(at(cutWithHost, '10.0.0.1')).toBe('Host') // nothing beats a single address
    expect(at(setup(front, { name: 'Maybe', ranges: ['10.0.0.1'], enabled: null }), '10.0.0.1')).toBe(
      'unknown: enabled-unknown',
    )
    expect(at(setup(front, { name: 'Maybe', ranges: ['10.0.0.1'], enabled: null }), '10.0.0.2')).toBe('Front')
    expect(at(setup(front, { name: 'Maybe', ranges: ['10.0.0.1'], bindings: null }), '10.0.0.1')).toBe(
      'unknown: bindings-not-whole',
    )
    expect(at({ ...setup(front), exports: [block('receiveConnectors', { listing: 'named' })] }, '10.0.0.1')).toBe(
      'unknown: listing-not-whole',
    )
  })
})

describe('winsWithin', () => {
  it('finds the connector that answers for a part of a network', () => {
    const config = setup(front, { name: 'Relay', ranges: ['198.51.100.7'] })
    const [all, relay] = config.receiveConnectors
    const net = [{ family: 4, lo: ip('198.51.100.0'), hi: ip('198.51.100.255'), text: '' }] as const
    expect(relay && winsWithin(config, relay, 25, net)).toBe('yes')
    expect(all && winsWithin(config, all, 25, net)).toBe('yes')
    expect(relay && winsWithin(config, relay, 25, [wholeSpace(6)])).toBe('no')
    expect(relay && winsWithin(config, relay, 587, net)).toBe('no')
  })
})

it('does not conclude from a cut list of bindings that a connector answers nowhere', () => {
  const whole = receiveConnector({ name: 'Relay', bindings: ['[::]:25'], ranges: ['198.51.100.7'] })
  const cut = {
    ...whole,
    bindings: prop('Bindings', 'value' in whole.bindings ? whole.bindings.value : [], 'truncated'),
  }
  const net = [{ family: 4, lo: ip('198.51.100.0'), hi: ip('198.51.100.255'), text: '' }] as const
  const answer = (c: ReceiveConnector) =>
    winsWithin(configOf({ receiveConnectors: [c, receiveConnector(front)] }), c, 25, net)
  expect([answer(whole), answer(cut)]).toEqual(['no', 'unknown'])
})

/** The rule of the documentation, address by address. */
function naive(connectors: readonly ReceiveConnector[], n: bigint): string {
  const found = connectors.flatMap((c) => {
    const around = ('value' in c.remoteIPRanges ? c.remoteIPRanges.value : []).filter((r) => r.lo <= n && n <= r.hi)
    const best = around.sort((a, b) => Number(a.hi - a.lo - (b.hi - b.lo)) || Number(a.lo - b.lo))[0]
    return best ? [{ name: c.name, r: best }] : []
  })
  const inside = (a: { lo: bigint; hi: bigint }, b: { lo: bigint; hi: bigint }) =>
    b.lo <= a.lo && a.hi <= b.hi && b.hi - b.lo > a.hi - a.lo
  const winners = found.filter((f) => found.every((o) => o === f || inside(f.r, o.r)))
  return found.length === 0 ? 'none' : (winners[0]?.name ?? 'open')
}

it('agrees with a walk over every address', () => {
  const ranges = fc.array(
    fc
      .tuple(fc.nat(40), fc.nat(40))
      .map(([a, b]) => `${formatIp(4, BigInt(Math.min(a, b)))}-${formatIp(4, BigInt(Math.max(a, b)))}`),
    { minLength: 1, maxLength: 3 },
  )
  fc.assert(
    fc.property(fc.array(ranges, { minLength: 1, maxLength: 5 }), (lists) => {
      const config = setup(...lists.map((l, i) => ({ name: `C${i}`, ranges: l })))
      const segments = selectionWithin(config, FRONT, { family: 4, lo: 0n, hi: 45n, text: '' })
      for (let n = 0n; n <= 45n; n++) {
        const here = segments.filter((s) => s.range.lo <= n && n <= s.range.hi)
        expect(here).toHaveLength(1)
        const got = here[0] ? summary(here[0].selection) : ''
        expect(got.endsWith('ranges') ? 'open' : got).toBe(naive(config.receiveConnectors, n))
      }
    }),
  )
})

it('stays quick on a server that nobody has', () => {
  const nested = Array.from({ length: 3000 }, (_, i) => ({
    name: `N${i}`,
    ranges: [`${formatIp(4, BigInt(i))}-${formatIp(4, 100_000n - BigInt(i))}`],
  }))
  const config = setup(...nested)
  const segments = selectionWithin(config, FRONT, wholeSpace(4))
  expect(segments.at(-1)?.range.hi).toBe(wholeSpace(4).hi)
  expect(segments.some((s) => s.selection.state === 'unknown')).toBe(true)
})

describe('everAnswers', () => {
  const answers = (own: Partial<ConnectorSpec>, others: readonly ConnectorSpec[], listing: 'all' | 'named' = 'all') => {
    const config = configOf({
      receiveConnectors: [{ name: 'Own', ...own }, ...others].map(receiveConnector),
      exports: [block('receiveConnectors', { listing })],
    })
    return config.receiveConnectors[0] && everAnswers(config, config.receiveConnectors[0])
  }
  const halves = [
    { name: 'A', ranges: ['10.0.0.0/25'] },
    { name: 'B', ranges: ['10.0.0.128/25'] },
  ]
  const net = { ranges: ['10.0.0.0/24'] }

  it.each([
    ['narrower ones cover it', net, halves, 'no'],
    ['a gap is left', net, halves.slice(1), 'yes'],
    ['equal ranges leave it open', net, [{ name: 'A', ranges: ['10.0.0.0/24'] }], 'yes'],
    ['a disabled one covers nothing', net, [halves[0], { ...halves[1], enabled: false }], 'yes'],
    ['whether one is enabled is open', net, [halves[0], { ...halves[1], enabled: null }], 'unknown'],
    ['another port answers', { ...net, bindings: ['0.0.0.0:25', '0.0.0.0:2525'] }, halves, 'yes'],
    ['its own ranges are cut', { ...net, cut: true }, halves, 'unknown'],
    ['its bindings are not known', { ...net, bindings: null }, halves, 'unknown'],
    ['it is disabled', { ...net, enabled: false }, [], 'no'],
    ['others listen on one address', net, halves.map((h) => ({ ...h, bindings: ['10.9.9.9:25'] })), 'yes'],
  ] as const)('%s: %s', (_, own, others, expected) => {
    expect(answers(own, others as readonly ConnectorSpec[])).toBe(expected)
  })

  it('knows without a whole listing that one is covered, not that one is not', () => {
    expect(answers(net, halves, 'named')).toBe('no')
    expect(answers(net, [], 'named')).toBe('unknown')
    expect(answers({ ranges: ['10.0.0.1'] }, [], 'named')).toBe('yes')
  })
})
