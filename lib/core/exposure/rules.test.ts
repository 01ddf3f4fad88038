import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { analyse } from '../analyse'
import { type AuditFile, parseQuestion, runAudit, trace } from '../index'
import { isListedWhole } from '../mailflow/listing'
import { publicParts } from '../mailflow/ranges'
import { type Config, formatIp, known, type ReceiveConnector } from '../model'
import { rules } from '../rules/index'
import { acceptedDomain, accessRow, block, configOf, receiveConnector } from '../testing/objects'
import { exposureOf } from './exposure'
import type { ExposureClass, ListenerExposure } from './types'

/*
 * Rules and the simulator must tell the same story: where a rule says that public addresses can relay, the exposure has such an
 * address and the trace from it ends with a message that is relayed; where the theorem says that there is none, no rule says so.
 */

const root = path.resolve(import.meta.dirname, '../../..')
const load = (dir: string): AuditFile[] =>
  readdirSync(dir, { recursive: true, withFileTypes: true }).flatMap((entry) => {
    if (!entry.isFile() || entry.name === 'expected.json') return []
    const at = path.join(entry.parentPath, entry.name)
    return [{ name: path.relative(dir, at).replaceAll('\\', '/'), bytes: new Uint8Array(readFileSync(at)) }]
  })

const fixtures = path.join(root, 'lib/core/fixtures')
const folders = readdirSync(fixtures, { withFileTypes: true })
  .filter((e) => e.isDirectory())
  .map((e): readonly [string, string] => [e.name, path.join(fixtures, e.name)])
const cases = [['sample', path.join(root, 'samples/contoso')] as const, ...folders]

const relayRules = [
  'open-relay-anonymous',
  'relay-on-default-connector',
  'externally-secured-connector',
  'relay-grant-covers-exchange-online',
]

/** A foreign recipient is foreign where the whole list of accepted domains is there. */
const withDomains = (config: Config): Config => ({
  ...config,
  acceptedDomains: [acceptedDomain('contoso.com')],
  exports: [...config.exports.filter((b) => b.collection !== 'acceptedDomains'), block('acceptedDomains')],
})

type Place = { readonly listener: ListenerExposure; readonly of: ExposureClass; readonly address: string }

/** Where a connector answers public addresses, or may. */
const placesOf = (config: Config, c: ReceiveConnector): readonly Place[] =>
  exposureOf(config).listeners.flatMap((listener) =>
    listener.classes.flatMap((of): Place[] => {
      if (of.connector !== c && !of.ambiguous.includes(c)) return []
      const [open] = publicParts(of.ranges)
      return open === undefined ? [] : [{ listener, of, address: formatIp(open.family, open.lo) }]
    }),
  )

function traceFrom(config: Config, c: ReceiveConnector, { listener, address }: Place) {
  const asked = parseQuestion({
    ...{ from: address, to: listener.server, port: listener.port, mailFrom: 'a@example.net', rcptTo: 'b@example.org' },
    ...(listener.localAddress === null ? {} : { localIp: formatIp(listener.family, listener.localAddress) }),
    tls: known(c.requireTLS) === true ? 'starttls' : 'none',
  })
  if (!('question' in asked)) throw new Error('not a question')
  return trace({ config, asOf: new Date('2026-11-21T00:00:00Z'), answers: {} }, asked.question)
}

let claims = 0
let traced = 0

describe.each(cases)('%s', (_name, dir) => {
  const now = new Date('2026-11-21T00:00:00Z')
  const { report, config: read } = runAudit(load(dir), { now, asOf: now })
  const config = withDomains(read)
  const claimed = report.findings.filter((f) => relayRules.includes(f.rule) && f.exposure !== 'internal')
  const connectors = config.receiveConnectors.filter((c) =>
    claimed.some((f) => f.objects.some((o) => o.kind === 'receiveConnector' && o.id === c.id)),
  )

  it('what a rule says can relay, can', () => {
    for (const c of connectors) {
      claims++
      const places = placesOf(config, c)
      expect(places.length, c.id).toBeGreaterThan(0)
      const whole = c.server !== null && isListedWhole(config, 'receiveConnectors', c.server) === 'yes'
      const sure = places.filter((p) => p.of.connector === c)
      for (const p of sure) expect([c.id, p.address, p.of.relay]).toEqual([c.id, p.address, 'yes'])
      if (whole)
        expect(
          places.some((p) => p.of.relay === 'yes'),
          c.id,
        ).toBe(true)
      for (const p of places.filter((x) => x.of.relay === 'yes')) {
        traced++
        const { disposition, branches } = traceFrom(config, c, p)
        const ends = branches.length > 0 ? branches.map((b) => b.disposition) : [disposition]
        expect([c.id, p.address, ...new Set(ends)]).toEqual([c.id, p.address, 'relayed'])
      }
    }
  })

  it('where no public address can relay, no rule says so', () => {
    const { publicRelay } = exposureOf(config).theorem
    if (publicRelay === 'none') expect(claimed.map((f) => f.id)).toEqual([])
    if (publicRelay === 'exists') expect(connectors.length).toBeGreaterThan(0)
  })
})

it('was about something', () => {
  expect(claims).toBeGreaterThan(5)
  expect(traced).toBeGreaterThan(5)
})

function random(seed: number): (below: number) => number {
  let state = seed >>> 0
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

const spaces = ['0.0.0.0-255.255.255.255', '203.0.113.0/24', '203.0.113.9', '198.51.100.0/25', '10.0.0.0/8', '10.1.2.3']

function organisation(next: (below: number) => number): Config {
  const made = Array.from({ length: 1 + next(6) }, (_, i) => {
    const secured = next(6) === 0
    return receiveConnector({
      ...{ name: `Relay ${i}`, server: `EX0${1 + next(2)}`, enabled: next(6) > 0 },
      ranges: Array.from({ length: 1 + next(2) }, () => spaces[next(spaces.length)] ?? ''),
      auth: secured ? ['Tls', 'ExternalAuthoritative'] : ['Tls'],
      groups: secured ? ['ExchangeServers'] : next(3) > 0 ? ['AnonymousUsers'] : ['ExchangeUsers'],
    })
  })
  return configOf({
    receiveConnectors: made,
    adPermissions: made.filter(() => next(3) === 0).map((c) => accessRow(c)),
    exports: [
      block('receiveConnectors'),
      block('adPermissions', { connectors: made.map((c) => c.id), listing: 'named' }),
    ],
  })
}

it('hold for three hundred organisations', () => {
  const asOf = new Date('2026-11-21T00:00:00Z')
  const own = rules.filter((r) => relayRules.includes(r.id))
  const differences: string[] = []
  let claimed = 0
  for (let n = 0; n < 300; n++) {
    const config = organisation(random(n))
    const { findings, outcomes } = analyse({ config, asOf, answers: {} }, () => 'x', own)
    if (outcomes.some((o) => o.state === 'crashed')) differences.push(`${n}: a rule crashed`)
    const says = findings.filter((f) => f.exposure !== 'internal')
    claimed += says.length
    const { publicRelay } = exposureOf(config).theorem
    if (publicRelay === 'none' && says.length > 0) differences.push(`${n}: none, and ${says.map((f) => f.rule)}`)
    if (publicRelay === 'exists' && says.length === 0) differences.push(`${n}: exists, and no rule says so`)
  }
  expect(differences).toEqual([])
  expect(claimed).toBeGreaterThan(100)
})
