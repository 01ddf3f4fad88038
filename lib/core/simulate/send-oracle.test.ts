import { describe, expect, it } from 'vitest'
import { selectSendConnector } from '../mailflow/send-selection'
import type { Config, SendConnector } from '../model'
import { configOf, cut, exported, ok, send, server } from '../testing/small-organisation'

/** A generator of its own: the same organisations on every run. */
function random(seed: number): (below: number) => number {
  let state = seed >>> 0
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}
type Next = (below: number) => number

type Space = { readonly text: string; readonly cost: number }
type Made = {
  readonly name: string
  readonly enabled: boolean | null
  readonly scoped: boolean
  readonly limit: number
  readonly sources: readonly string[]
  readonly spaces: readonly Space[]
  readonly isCut: boolean
}

const sites: Readonly<Record<string, string>> = { EX01: 'A', EX02: 'A', EX11: 'B', EX12: 'B', EX21: 'C' }
const names = Object.keys(sites)
const domains = ['a.test', 'x.a.test', 'y.x.a.test', 'b.test', 'x.b.test', 'other.example', 'test']
const patterns = ['*', ...domains, ...domains.map((d) => `*.${d}`), '*.example', '*a.test']
const pick = <T>(next: Next, from: readonly T[], fallback: T): T => from[next(from.length)] ?? fallback

function make(next: Next, clean: boolean): Made[] {
  return Array.from({ length: 1 + next(7) }, (_, i) => ({
    name: `${pick(next, ['b', 'A', 'c'], 'd')}${i}`,
    enabled: next(8) === 0 ? false : !clean && next(6) === 0 ? null : true,
    scoped: next(5) === 0,
    limit: pick(next, [5, 10, 35, Number.POSITIVE_INFINITY], 35),
    sources: [...new Set(Array.from({ length: 1 + next(2) }, () => pick(next, names, 'EX01')))],
    spaces: Array.from({ length: 1 + next(3) }, () => ({ text: pick(next, patterns, '*'), cost: 1 + next(3) * 40 })),
    isCut: !clean && next(8) === 0,
  }))
}

function connectorOf(m: Made): SendConnector {
  const parsed = m.spaces.map(({ text, cost }) => {
    const includeSubDomains = text.startsWith('*')
    return { type: 'SMTP', domain: text, includeSubDomains, cost, text: `SMTP:${text};${cost}` }
  })
  const base = send({ name: m.name, sources: m.sources })
  return {
    ...base,
    enabled: m.enabled === null ? { state: 'missing', name: 'Enabled' } : ok('Enabled', m.enabled),
    addressSpaces: m.isCut ? cut('AddressSpaces', parsed) : ok('AddressSpaces', parsed),
    properties: {
      IsScopedConnector: ok('IsScopedConnector', m.scoped),
      MaxMessageSize: ok('MaxMessageSize', m.limit === Number.POSITIVE_INFINITY ? 'unlimited' : m.limit),
    },
  }
}

const organisation = (made: readonly Made[], withSites: boolean): Config =>
  configOf({
    servers: withSites ? names.map((n) => server(n, sites[n])) : [],
    sendConnectors: made.map(connectorOf),
    exports: [exported('sendConnectors', 'on-premises')],
  })

// --- a walk that shares nothing with the code under test ---------------------------------------------------------------

type Link = Readonly<Record<string, number>>
type Decided = Omit<Made, 'enabled' | 'isCut'> & { readonly enabled: boolean }

/** Labels in common, and one more for the domain itself; -1: no match. */
function closeness(pattern: string, domain: string): number {
  if (pattern === domain) return 100
  if (pattern === '*') return 0
  const match = /^\*\.(.+)$/.exec(pattern)
  const suffix = match?.[1] ?? ''
  return suffix !== '' && `.${domain}`.endsWith(`.${suffix}`) ? suffix.split('.').length : -1
}

function walk(made: readonly Decided[], from: string, domain: string, size: number, link: Link): string | null {
  let best: { key: readonly (number | string)[]; name: string } | null = null
  for (const m of made) {
    if (!m.enabled || m.limit < size) continue
    const near = m.sources.includes(from) ? 0 : m.sources.some((s) => sites[s] === sites[from]) ? 1 : 2
    if (m.scoped && near === 2) continue
    const far = near < 2 ? 0 : Math.min(...m.sources.map((s) => link[sites[s] ?? ''] ?? 0))
    for (const s of m.spaces) {
      const close = closeness(s.text, domain)
      if (close < 0) continue
      const key = [-close, s.cost + far, near, m.name.toLowerCase()]
      const wins =
        best === null ||
        key.some((k, i) => k < (best?.key[i] ?? 0) && key.slice(0, i).every((x, j) => x === best?.key[j]))
      if (wins) best = { key, name: m.name }
    }
  }
  return best?.name ?? null
}

const costs = [1, 50, 100, 9999]
const links: Link[] = costs.flatMap((A) => costs.flatMap((B) => costs.map((C) => ({ A, B, C }))))
const usual: Link = { A: 100, B: 100, C: 100 }

/** Everything that a connector may be where its state or the rest of its spaces is not known. */
function variants(m: Made, domain: string): Decided[] {
  const enabled = m.enabled === null ? [true, false] : [m.enabled]
  // A domain stands once in a list.
  const exact = m.spaces.some((s) => s.text === domain) ? [] : [[{ text: domain, cost: 1 }]]
  const hidden: Space[][] = m.isCut ? [[], ...exact, [{ text: '*', cost: 1 }]] : [[]]
  return enabled.flatMap((e) => hidden.map((more) => ({ ...m, enabled: e, spaces: [...m.spaces, ...more] })))
}
const worldsOf = (made: readonly Made[], domain: string): Decided[][] =>
  made.reduce<Decided[][]>((all, m) => all.flatMap((w) => variants(m, domain).map((v) => [...w, v])), [[]])

describe('the choice of a send connector equals a naive walk', () => {
  it('for 200 organisations, every domain, server and size', () => {
    const wrong: string[] = []
    for (let seed = 1; seed <= 200; seed++) {
      const next = random(seed * 7919)
      const made = make(next, true)
      const config = organisation(made, true)
      for (const domain of domains)
        for (const from of names)
          for (const size of [null, 4, 8, 20, 99]) {
            const route = selectSendConnector(config, { server: from, domain, size, edge: false })
            const decided = made.map((m) => ({ ...m, enabled: m.enabled === true }))
            const expected = walk(decided, from, domain, size ?? 0, usual)
            const got = route.state === 'winner' ? route.connector.name : null
            if (got !== expected) wrong.push(`${seed} ${domain} ${from} ${size}: ${got}, not ${expected}`)
            if (route.state === 'none' && route.tooSmall !== (walk(decided, from, domain, 0, usual) !== null))
              wrong.push(`${seed} ${domain} ${from} ${size}: too small?`)
            const always = new Set(links.map((l) => walk(decided, from, domain, size ?? 0, l))).size === 1
            if (route.state === 'winner' && size !== 4 && route.certain !== always)
              wrong.push(`${seed} ${domain} ${from}: certain ${route.certain}`)
          }
    }
    expect(wrong.slice(0, 10)).toEqual([])
  })

  it('and where something is not known, holds in every possible world, and names all who may win', () => {
    const wrong: string[] = []
    const seen = { winner: 0, several: 0, none: 0, unknown: 0 }
    for (let seed = 1; seed <= 200; seed++) {
      const next = random(seed * 104_729)
      const made = make(next, false).slice(0, 5)
      const config = organisation(made, true)
      for (const domain of domains) {
        const route = selectSendConnector(config, { server: 'EX01', domain, size: 8, edge: false })
        seen[route.state]++
        const worlds = worldsOf(made, domain)
        const winners = [...new Set(worlds.map((w) => walk(w, 'EX01', domain, 8, usual)))].map(String).sort()
        const got =
          route.state === 'winner'
            ? [route.connector.name]
            : route.state === 'none'
              ? ['null']
              : route.state === 'several'
                ? [...route.choices.map((c) => c.connector.name), ...(route.orNone ? ['null'] : [])].sort()
                : ['?']
        if (JSON.stringify(got) !== JSON.stringify(winners)) wrong.push(`${seed} ${domain}: ${got}, not ${winners}`)
      }
    }
    expect(wrong.slice(0, 10)).toEqual([])
    expect(seen.winner).toBeGreaterThan(200)
    expect(seen.several).toBeGreaterThan(100)
    expect(seen.none).toBeGreaterThan(50)
  })

  it('and without sites, a winner is one wherever the servers stand', () => {
    const wrong: string[] = []
    for (let seed = 1; seed <= 200; seed++) {
      const made = make(random(seed * 31_337), true).map((m) => ({ ...m, scoped: false }))
      const config = organisation(made, false)
      for (const domain of domains) {
        const route = selectSendConnector(config, { server: 'EX01', domain, size: null, edge: false })
        const decided = made.map((m) => ({ ...m, enabled: m.enabled === true }))
        const expected = walk(decided, 'EX01', domain, 0, usual)
        const names =
          route.state === 'several'
            ? route.choices.map((c) => c.connector.name)
            : route.state === 'winner'
              ? [route.connector.name]
              : []
        if (expected !== null && !names.includes(expected)) wrong.push(`${seed} ${domain}: ${names}, not ${expected}`)
        if (expected === null && route.state !== 'none') wrong.push(`${seed} ${domain}: ${route.state}`)
      }
    }
    expect(wrong.slice(0, 10)).toEqual([])
  })
})
