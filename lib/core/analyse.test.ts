import { describe, expect, it } from 'vitest'
import { analyse } from './analyse'
import { shortHash } from './analyse/fingerprint'
import { runRule, stateOf } from './analyse/run'
import type { ReceiveConnector } from './model'
import { defineRule, evidence, type Fail, type Rule, type Verdict } from './rules/define-rule'
import type { RuleText } from './rules/rule-text'
import { block, configOf, receiveConnector } from './testing/objects'

const text: RuleText = {
  title: 'T',
  headline: '{connector} and {count}',
  finding: '{members}',
  conditions: { open: 'Open' },
  checks: '',
  why: '',
  fix: '',
  ignore: '',
  examples: [],
}

const failing = (c: ReceiveConnector, more: Partial<Fail> = {}): Fail => ({
  state: 'fail',
  key: c.name,
  side: 'on-premises',
  severity: 'medium',
  confidence: 'proven',
  proof: 'configuration',
  exposure: 'internal',
  objects: [{ kind: 'receiveConnector', id: c.id, server: c.server }],
  params: { connector: c.id },
  evidence: [evidence(c.enabled)],
  conditions: [{ key: 'open', value: 'yes', evidence: evidence(c.remoteIPRanges) }],
  ...more,
})

const ruleOf = (id: string, check: (c: ReceiveConnector) => Verdict | null, more: Partial<Rule> = {}): Rule =>
  defineRule({
    id,
    family: 'f',
    question: 1,
    severities: ['critical', 'high', 'medium', 'low', 'info'],
    needs: ['receiveConnectors'],
    optional: [],
    reads: {},
    references: [],
    frameworks: {},
    absorbs: [],
    check: ({ config }) => config.receiveConnectors.flatMap((c) => check(c) ?? []),
    fix: () => null,
    ...more,
  })

const a = receiveConnector({ name: 'A' })
const b = receiveConnector({ name: 'B' })
const config = configOf({ receiveConnectors: [a, b] })
const run = (rules: readonly Rule[], of = config) =>
  analyse(
    { config: of, asOf: new Date(0), answers: {} },
    (p) => `line ${p.lines[0]}`,
    rules,
    () => text,
  )
const brief = (rules: readonly Rule[]) =>
  run(rules).findings.map((f) => [
    f.rule,
    f.objects.map((o) => o.id.slice(5)).join(),
    f.severity,
    f.absorbedBy?.split('.')[0] ?? null,
  ])

describe('outcomes', () => {
  const pass: Verdict = { state: 'pass' }
  const open: Verdict = {
    state: 'not-assessed',
    missing: [{ cmdlet: 'Get-ADPermission', side: 'on-premises', servers: ['EX01'] }],
  }

  it.each([
    ['fail', (c: ReceiveConnector) => (c === a ? failing(c) : open)],
    ['not-assessed', (c: ReceiveConnector) => (c === a ? open : pass)],
    ['pass', () => pass],
    ['not-applicable', () => null],
  ] as const)('%s', (state, check) => expect(run([ruleOf('r', check)]).outcomes[0]?.state).toBe(state))

  it('names what a rule needs and was not exported, without running it', () => {
    const rule = ruleOf('r', () => pass, { needs: ['receiveConnectors', 'certificates', 'outboundConnectors'] })
    expect(run([rule]).outcomes[0]).toMatchObject({
      state: 'not-assessed',
      missing: [
        { cmdlet: 'Get-ExchangeCertificate', side: 'on-premises' },
        { cmdlet: 'Get-OutboundConnector', side: 'exchange-online' },
      ],
    })
  })

  it('needs one of two inputs where one is enough', () => {
    const state = (eitherOf: Rule['eitherOf']) =>
      run([ruleOf('r', () => pass, { needs: [], ...(eitherOf ? { eitherOf } : {}) })]).outcomes[0]
    expect(state(['receiveConnectors', 'sendConnectors'])?.state).toBe('pass')
    expect(state(['certificates', 'sendConnectors'])?.missing.map((m) => m.cmdlet)).toEqual([
      'Get-ExchangeCertificate',
      'Get-SendConnector',
    ])
  })

  it.each([
    ['of all that gave none', 'inboundConnectors', { listing: 'all' }, 'not-applicable'],
    ['of some that gave none', 'inboundConnectors', { listing: 'named' }, 'not-assessed'],
    ['of connectors that gave none', 'outboundConnectors', { listing: 'all', part: 'plain' }, 'not-applicable'],
    [
      'of scoped connectors that gave none',
      'outboundConnectors',
      { listing: 'all', part: 'rule-scoped' },
      'not-assessed',
    ],
  ] as const)('tells a listing %s from one that says nothing', (_, collection, more, state) => {
    const config = { ...configOf({}), exports: [block(collection, { side: 'exchange-online', objects: 0, ...more })] }
    const rule = ruleOf('r', () => null, { needs: [collection] })
    expect(stateOf(runRule(rule, { config, answers: {}, asOf: new Date(0) }))).toBe(state)
  })

  it('does not pass for a server that is known and was not exported', () => {
    const hybrid = { edgeTransportServers: { state: 'ok', name: 'E', raw: '', value: ['EDGE01'], place: a.place } }
    // Only the names of the servers are read here.
    const known = {
      ...config,
      hybridConfigurations: [{ ...hybrid, receivingTransportServers: { state: 'missing', name: 'R' } }],
    }
    const outcome = run([ruleOf('r', () => pass)], known as unknown as typeof config).outcomes[0]
    expect(outcome?.state).toBe('not-assessed')
    expect(outcome?.missing).toEqual([{ cmdlet: 'Get-ReceiveConnector', side: 'edge', servers: ['EDGE01'] }])
    // Nothing to judge on the other servers does not mean that there is nothing on this one.
    const none = (family: Rule['family']) =>
      run([{ ...ruleOf('r', () => pass), family, check: () => [] }], known as unknown as typeof config).outcomes[0]
        ?.state
    expect([none('receive-tls'), none('hybrid-receive')]).toEqual(['not-assessed', 'not-applicable'])
  })

  it('keeps a crash to its rule, also one in its fix', () => {
    const bad = ruleOf('bad', () => {
      throw new Error('boom')
    })
    const badFix = ruleOf('bad-fix', (c) => failing(c), {
      fix: () => {
        throw new Error('boom')
      },
    })
    const result = run([bad, badFix, ruleOf('good', (c) => failing(c))])
    expect(result.outcomes.map((o) => [o.rule, o.state, o.findings.length])).toEqual([
      ['bad', 'crashed', 0],
      ['bad-fix', 'crashed', 0],
      ['good', 'fail', 2],
    ])
    expect(result.crashes.map((c) => c.id)).toEqual(result.outcomes.slice(0, 2).map((o) => o.error))
    expect(result.summary.outcomes).toMatchObject({ crashed: 2, fail: 1 })
  })
})

describe('grouping', () => {
  it('makes failures with equal key one finding, the worst leading', () => {
    const rule = ruleOf('r', (c) => failing(c, { key: 'Clone', severity: c === b ? 'high' : 'low' }))
    const [finding, ...others] = run([rule]).findings
    expect(others).toEqual([])
    expect(finding).toMatchObject({
      severity: 'high',
      title: { en: 'EX01\\B and 2' },
      message: { en: 'EX01\\B, EX01\\A' },
    })
    expect(finding?.evidence).toHaveLength(3)
    expect(finding?.evidence[finding.conditions[0]?.evidence ?? -1]?.property).toBe('RemoteIPRanges')
  })

  it('takes the id from rule, side, key and variant, never from values', () => {
    const idOf = (more: Partial<Fail>) => run([ruleOf('r', (c) => (c === a ? failing(c, more) : null))]).findings[0]?.id
    expect(idOf({})).toBe(`r.${shortHash(['r', 'on-premises', 'a', ''])}`)
    expect(idOf({ severity: 'critical', params: { connector: 'x' } })).toBe(idOf({ key: 'a' }))
    expect(new Set([idOf({}), idOf({ side: 'edge' }), idOf({ key: 'b' }), idOf({ variant: 'v' })]).size).toBe(4)
    expect(idOf({})).toMatch(/^r\.[0-9a-hjkmnp-tv-z]{6}$/)
  })
})

describe('precedence', () => {
  const lead = (rule: string, severity: Fail['severity'] = 'low', only = a) =>
    ruleOf('lead', (c) => (c === only ? failing(c, { severity }) : { state: 'pass' }), {
      absorbs: [{ rule, same: 'connector' }],
    })

  it('puts a finding under its lead, which takes the higher level', () => {
    expect(brief([lead('other'), ruleOf('other', (c) => (c === a ? failing(c, { severity: 'high' }) : null))])).toEqual(
      [
        ['lead', 'A', 'high', null],
        ['other', 'A', 'high', 'lead'],
      ],
    )
  })

  it('counts leads only', () => {
    const { summary, findings, outcomes } = run([lead('other'), ruleOf('other', (c) => failing(c))])
    expect(summary.bySeverity).toEqual({ critical: 0, high: 0, medium: 2, low: 0, info: 0 })
    expect(findings.find((f) => f.rule === 'lead')?.absorbs).toHaveLength(1)
    expect(outcomes.map((o) => o.state)).toEqual(['fail', 'fail'])
  })

  it('leaves members outside its reach a finding of their own, which keeps the id', () => {
    const other = ruleOf('other', (c) => failing(c, { key: '' }))
    expect(brief([lead('other'), other])).toEqual([
      ['lead', 'A', 'medium', null],
      ['other', 'B', 'medium', null],
      ['other', 'A', 'medium', 'lead'],
    ])
    const alone = run([other]).findings[0]?.id
    const split = run([lead('other'), other]).findings.filter((f) => f.rule === 'other')
    expect(split.find((f) => f.absorbedBy === null)?.id).toBe(alone)
    expect(new Set(split.map((f) => f.id)).size).toBe(2)
  })

  it('is transitive', () => {
    const middle = ruleOf('middle', (c) => (c === a ? failing(c) : null), {
      absorbs: [{ rule: 'last', same: 'organisation' }],
    })
    const last = ruleOf('last', (c) => (c === b ? failing(c, { severity: 'critical' }) : null))
    expect(brief([lead('middle'), middle, last])).toEqual([
      ['lead', 'A', 'critical', null],
      ['last', 'B', 'critical', 'lead'],
      ['middle', 'A', 'medium', 'lead'],
    ])
  })

  it('does not absorb for a lead that is not assessed', () => {
    const open = ruleOf(
      'lead',
      () => ({ state: 'not-assessed', missing: [{ cmdlet: 'X', side: 'edge', servers: [] }] }),
      {
        absorbs: [{ rule: 'other', same: 'organisation' }],
      },
    )
    expect(brief([open, ruleOf('other', (c) => (c === a ? failing(c) : null))])).toEqual([
      ['other', 'A', 'medium', null],
    ])
  })
})

describe('questions', () => {
  const answer = (...verdicts: readonly (Verdict | null)[]) => {
    const rules = verdicts.map((v, i) => ruleOf(`r${i}`, (c) => (c === a ? v : null)))
    return run(rules).summary.questions[0]?.answer
  }
  const open: Verdict = { state: 'not-assessed', missing: [{ cmdlet: 'X', side: 'edge', servers: [] }] }

  it('never says no', () => {
    expect(answer(failing(a, { severity: 'high' }), open)).toBe('yes')
    expect(answer(failing(a, { severity: 'low' }), open)).toBe('partly')
    expect(answer(failing(a, { severity: 'info' }), { state: 'pass' }, null)).toBe('none-found')
    expect(answer({ state: 'pass' }, open)).toBe('cannot-tell')
    expect(answer(null, null)).toBe('cannot-tell')
    expect(run([]).summary.questions.map((q) => q.question)).toEqual([1, 2, 3, 4, 5, 6])
  })

  it('is no all-clear while a missing input could raise a note', () => {
    const raise = [{ cmdlet: 'X', side: 'edge', servers: [] }] as const
    expect(answer(failing(a, { severity: 'info', couldRaise: raise }), { state: 'pass' })).toBe('cannot-tell')
    const unsettled: Fail['conditions'] = [{ key: 'open', value: 'unknown' }]
    expect(answer(failing(a, { severity: 'info', conditions: unsettled }), { state: 'pass' })).toBe('cannot-tell')
  })

  it('is no all-clear while a check has seen a part of its objects', () => {
    const partly = ruleOf('r', (c) => (c === a ? failing(c, { severity: 'info' }) : open))
    expect(run([partly]).summary.questions[0]?.answer).toBe('cannot-tell')
  })

  it('is no all-clear while connectors may be unlisted', () => {
    const rule = ruleOf('r', () => ({ state: 'pass' }))
    const listed = (listing: 'all' | 'named') => ({ ...config, exports: [{ ...block('receiveConnectors'), listing }] })
    expect(run([rule], listed('all')).summary.questions[0]?.answer).toBe('none-found')
    expect(run([rule], listed('named')).summary.questions[0]?.answer).toBe('cannot-tell')
  })

  it('never calls hybrid mail proven where something was found', () => {
    const rule = ruleOf('r', (c) => (c === a ? failing(c, { severity: 'critical' }) : null), { question: 4 })
    expect(run([rule]).summary.questions[3]?.answer).toBe('partly')
  })

  it('is not silent about a fault that another question leads', () => {
    const lead = ruleOf('lead', (c) => (c === a ? failing(c) : null), {
      absorbs: [{ rule: 'other', same: 'connector' }],
      question: 2,
    })
    const other = ruleOf('other', (c) => (c === a ? failing(c) : null))
    expect(run([lead, other]).summary.questions[0]?.answer).toBe('partly')
  })
})

it('gives the same report whatever the order of the objects', () => {
  const rule = ruleOf('r', (c) => failing(c, { key: '' }))
  const turned = { ...configOf({ receiveConnectors: [b, a] }), exports: [block('receiveConnectors')] }
  expect(run([rule], turned)).toEqual(run([rule]))
})
