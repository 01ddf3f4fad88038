import fc from 'fast-check'
import { expect, it } from 'vitest'
import { analyse } from '../analyse'
import { runRule, stateOf } from '../analyse/run'
import type { Config } from '../model'
import { testDay } from '../testing/check'
import { ANY, accessRow, type ConnectorSpec, configOf, receiveConnector } from '../testing/objects'
import { powershellProblems } from '../testing/powershell'
import { reductions } from '../testing/without'
import { rules } from './index'

const oneOf = <T>(...values: readonly T[]) => fc.constantFrom(...values)
const maybe = <T>(arb: fc.Arbitrary<T>) => fc.option(arb, { nil: null, freq: 6 })

const connector: fc.Arbitrary<ConnectorSpec> = fc.record({
  name: oneOf('Default Frontend EX01', 'Default EX01', 'Relay', 'Internet', "O'Brien; <x>"),
  server: oneOf('EX01', 'EX02'),
  side: oneOf('on-premises' as const, 'edge' as const),
  enabled: maybe(oneOf(true, true, true, false)),
  bindings: maybe(oneOf(['0.0.0.0:25'], ['[::]:25', '0.0.0.0:25'], ['10.0.0.5:25'], ['0.0.0.0:2525'])),
  ranges: maybe(
    oneOf<readonly string[]>(
      ANY,
      ['10.0.0.0/8'],
      ['10.0.0.1'],
      ['198.51.100.0/24'],
      ['40.92.0.0/15', '10.1.0.0/16'],
      [],
    ),
  ),
  cut: fc.boolean(),
  auth: maybe(oneOf(['Tls'], ['Tls', 'ExternalAuthoritative'], ['None'])),
  groups: maybe(oneOf(['AnonymousUsers'], ['AnonymousUsers', 'Custom'], ['ExchangeServers'], ['Custom'], [])),
  role: maybe(oneOf('FrontendTransport', 'HubTransport')),
})

const row = fc.record({
  sid: oneOf('S-1-5-7', 'S-1-1-0', 'S-1-5-11', null),
  rights: maybe(oneOf(['ms-exch-smtp-accept-any-recipient'], ['ms-exch-smtp-submit'])),
  deny: maybe(fc.boolean()),
  inherited: maybe(fc.boolean()),
})

/** Connectors as no cmdlet would leave them, with and without access lists. */
const anyConfig: fc.Arbitrary<Config> = fc
  .tuple(
    fc.uniqueArray(fc.tuple(connector, fc.array(row, { maxLength: 3 })), {
      minLength: 1,
      maxLength: 4,
      selector: ([{ server, name }]) => `${server} ${name}`,
    }),
    fc.boolean(),
  )
  .map(([specs, withLists]) => {
    // Exchange works PermissionGroups out of the list: rows beside the groups show as Custom.
    const agrees = (spec: ConnectorSpec) => !spec.groups || spec.groups.includes('Custom')
    const made = specs.map(([spec, rows]) => ({ c: receiveConnector(spec), rows: agrees(spec) ? rows : [] }))
    const lists = made.flatMap(({ c, rows }) => rows.map((r) => accessRow(c, r)))
    return configOf({ receiveConnectors: made.map((m) => m.c), ...(withLists ? { adPermissions: lists } : {}) })
  })

const contextOf = (config: Config) => ({ config, asOf: testDay, answers: {} })
const statesOf = (config: Config) => rules.map((rule) => `${rule.id} ${stateOf(runRule(rule, contextOf(config)))}`)

it('says something sound of any connectors', () => {
  fc.assert(
    fc.property(anyConfig, (config) => {
      const { findings, crashes } = analyse(contextOf(config), () => 'text')
      expect(crashes.map((c) => `${c.rule}: ${String(c.cause)}`)).toEqual([])
      for (const f of findings) {
        expect(f.evidence.length).toBeGreaterThan(0)
        expect((f.fix?.steps ?? []).flatMap((s) => powershellProblems(s.powershell))).toEqual([])
      }
    }),
    { numRuns: 200 },
  )
}, 60_000)

/** A disabled connector is nobody's concern. Where it may be enabled and has no fault, that is no more of an all-clear. */
const isIdle = (before: ReadonlySet<string>, state: string, what: string): boolean =>
  /\.Enabled /.test(what) && !before.has(state.replace(/ pass$/, ' fail'))

it('never passes because something is missing, unreadable or cut', () => {
  fc.assert(
    fc.property(anyConfig, (config) => {
      const before = new Set(statesOf(config))
      for (const less of reductions(config))
        for (const state of statesOf(less.config))
          if (state.endsWith(' pass') && !isIdle(before, state, less.what)) expect(before, less.what).toContain(state)
    }),
    { numRuns: 80 },
  )
}, 60_000)
