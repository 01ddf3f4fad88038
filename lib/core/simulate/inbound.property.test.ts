import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { accessListOf, denies } from '../mailflow/access-list'
import { type Config, formatIp } from '../model'
import { configFrom } from '../testing/config-from'
import { receiveConnector } from '../testing/objects'
import { reductions } from '../testing/without'
import { inboundRows } from './fixtures/inbound'
import { parseQuestion } from './question'
import { trace } from './trace'
import type { Because, Trace, TraceQuestion, TraceStep } from './types'

const asOf = new Date('2026-11-21T00:00:00Z')
const answer = (config: Config, q: TraceQuestion): Trace => trace({ config, asOf, answers: {} }, q)

const organisations = inboundRows.map((row) => {
  const parsed = parseQuestion(row.ask)
  if (!('question' in parsed)) throw new Error(row.name)
  return { row, config: configFrom(row.exports), question: parsed.question }
})

/** Ends of all ranges and the addresses beside them, and some that are in none. */
function addressesOf(config: Config): readonly string[] {
  const ends = config.receiveConnectors.flatMap((c) =>
    'value' in c.remoteIPRanges
      ? c.remoteIPRanges.value.flatMap((r) => [r.lo - 1n, r.lo, r.hi, r.hi + 1n].map((v) => [r.family, v] as const))
      : [],
  )
  const inside = ends.filter(([family, v]) => v >= 0n && v < 1n << (family === 4 ? 32n : 128n))
  return [...new Set([...inside.map(([family, v]) => formatIp(family, v)), '203.0.113.7', '40.92.0.10', '2001:db8::5'])]
}

const asked = fc.constantFrom(...organisations).chain(({ config, question, row }) =>
  fc
    .record({
      from: fc.constantFrom(question.from, ...addressesOf(config)),
      to: fc.constantFrom(question.to, 'EX01', null),
      port: fc.constantFrom(question.port, 25, 587, 2525),
      tls: fc.constantFrom<TraceQuestion['tls']>('none', 'starttls'),
      auth: fc.constantFrom<TraceQuestion['auth']>(question.auth, 'none', 'user', 'exchange-server'),
      peerCert: fc.constantFrom(question.peerCert, null, 'mail.protection.outlook.com'),
      originator: fc.constantFrom(question.originator, null, 'contoso.com', 'fabrikam.onmicrosoft.com'),
      mailFrom: fc.constantFrom(question.mailFrom, null, '', 'u@contoso.com', 'x@fabrikam.com'),
      rcptTo: fc.constantFrom(question.rcptTo, null, 'b@contoso.com', 'x@fabrikam.com'),
      size: fc.constantFrom(null, 1, 40_000_000),
    })
    .map((more) => ({ config, row, question: { ...question, ...more } })),
)

const sorted = <T>(all: readonly T[]): readonly T[] =>
  [...all].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))
const plainStep = (s: TraceStep) => ({ ...s, notChosen: sorted(s.notChosen), because: sorted(s.because) })
const hopsOf = (hops: Trace['hops']) => hops.map((h) => ({ ...h, steps: h.steps.map(plainStep) }))
const plain = (t: Trace) => ({
  ...{ ...t, hops: hopsOf(t.hops) },
  branches: t.branches.map((b) => ({ ...b, hops: hopsOf(b.hops) })),
})
const stepsOf = (t: Trace): readonly TraceStep[] =>
  [...t.hops, ...t.branches.flatMap((b) => b.hops)].flatMap((h) => h.steps)

describe('sessions to a server', () => {
  it('end', () => {
    fc.assert(
      fc.property(asked, ({ config, question }) => {
        const found = answer(config, question)
        expect(found.hops.length).toBeLessThanOrEqual(20)
        expect(found.confidence === 'unknown').toBe(['insufficient-info', 'ambiguous'].includes(found.disposition))
      }),
      { numRuns: 600 },
    )
  })

  it('do not depend on the order of objects', () => {
    fc.assert(
      fc.property(asked, fc.nat(), ({ config, question }, seed) => {
        const turned = (all: readonly unknown[]) =>
          [...all.slice(seed % (all.length || 1)), ...all.slice(0, seed % (all.length || 1))].reverse()
        const entries = Object.entries(config).map(([key, value]) => [key, turned(value)])
        const other = Object.fromEntries(entries) as Config
        expect(plain(answer(other, question))).toEqual(plain(answer(config, question)))
      }),
      { numRuns: 400 },
    )
  })

  const unrelated = [
    ['of another server', { name: 'Other', server: 'EX77', groups: ['AnonymousUsers'] }],
    ['on another port', { name: 'Other', bindings: ['0.0.0.0:26'] }],
    ['that is disabled', { name: 'Other', enabled: false, bindings: ['0.0.0.0:25', '[::]:25'] }],
  ] as const

  it.each(unrelated)('do not depend on a connector %s', (_, spec) => {
    const more = receiveConnector(spec)
    const without = (t: Trace) => {
      const { hops, branches, ...rest } = plain(t)
      const ways = [hops, ...branches.map((b) => b.hops)]
      const steps = ways.flat().flatMap((h) => h.steps)
      return { rest, steps: steps.map((s) => ({ ...s, notChosen: s.notChosen.filter((n) => n.id !== more.id) })) }
    }
    fc.assert(
      fc.property(asked, ({ config, question }) => {
        // Which server is meant must be said, else the other one is none that has nothing to do with it.
        fc.pre(
          question.to !== null && question.port !== 26 && config.receiveConnectors.some((c) => c.server === 'EX01'),
        )
        const other = { ...config, receiveConnectors: [...config.receiveConnectors, more] }
        expect(without(answer(other, question))).toEqual(without(answer(config, question)))
      }),
      { numRuns: 250 },
    )
  })
})

describe('what a session shows as its reasons', () => {
  const tight = (text: string) => text.replace(/\s+/g, '')

  it('stands in the file at that place', () => {
    let seen = 0
    for (const { row, config, question } of organisations) {
      const lines = row.exports.split('\n')
      const check = (b: Because) => {
        const [from, to] = b.place.lines
        const text = lines.slice(from - 1, to).join(' ')
        expect(text.trimStart().startsWith(b.property)).toBe(true)
        expect(tight(text)).toContain(tight(b.value))
        seen += 1
      }
      for (const s of stepsOf(answer(config, question))) {
        s.because.forEach(check)
        for (const n of s.notChosen) if (n.because) check(n.because)
      }
    }
    expect(seen).toBeGreaterThan(1000)
  })
})

const asks = ['receiveConnectors', 'certificates', 'adPermissions', 'acceptedDomains', 'remoteDomains', 'servers']
const taken = ['accepted', 'relayed']
/** What a session reads; the other properties cannot change its answer. */
const read = new Set(
  `Enabled Bindings RemoteIPRanges AuthMechanism PermissionGroups TransportRole Fqdn TlsCertificateName RequireTLS
  TlsDomainCapabilities MaxMessageSize SuppressXAnonymousTls DomainSecureEnabled Subject Issuer CertificateDomains NotBefore NotAfter
  Status IsSelfSigned HasPrivateKey Services ExtendedRights Deny IsInherited AccessRights DomainName DomainType
  TrustedMailInboundEnabled ServerRole AdminDisplayVersion`.split(/\s+/),
)

describe('an input that is gone', () => {
  it('never makes an answer out of none, nor turns a certain one round', () => {
    const wrong: string[] = []
    for (const { row, config, question } of organisations) {
      const full = answer(config, question)
      for (const { what, config: less } of reductions(
        config,
        (collection, name) => asks.includes(collection) && read.has(name),
      )) {
        const part = answer(less, question)
        const definite = !['insufficient-info', 'ambiguous'].includes(part.disposition)
        const isTaken = taken.includes(part.disposition)
        if (full.disposition === 'insufficient-info' && definite)
          wrong.push(`${row.name}, ${what}: made up ${part.disposition}`)
        if (full.confidence !== 'certain') continue
        if (full.disposition === 'rejected' && isTaken) wrong.push(`${row.name}, ${what}: taken ${part.confidence}`)
        if (taken.includes(full.disposition) && part.disposition === 'rejected' && part.confidence === 'certain')
          wrong.push(`${row.name}, ${what}: refused`)
      }
    }
    expect(wrong).toEqual([])
  })

  it('is about access lists that take rights away, too', () => {
    const denied = organisations.filter(({ config }) =>
      config.receiveConnectors.some((c) =>
        accessListOf(config, c).some((r) => denies(r, 'ms-exch-smtp-submit') === 'yes'),
      ),
    )
    expect(denied.length).toBeGreaterThan(0)
  })
})
