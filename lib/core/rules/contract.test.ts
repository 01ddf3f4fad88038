import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { IntlMessageFormat } from 'intl-messageformat'
import { describe, expect, it } from 'vitest'
import { analyse } from '../analyse'
import { missingOfRun, runRule, stateOf } from '../analyse/run'
import { runAudit } from '../audit'
import { pristineReceiveConnectors, type ServerGeneration } from '../defaults/receive-connectors'
import { effectOf } from '../effects/effect'
import { type CollectionName, type Config, cmdletOf } from '../model'
import { type Finding, reportSchema } from '../report/schema'
import { configFrom } from '../testing/config-from'
import { printFormatList } from '../testing/format-list'
import { powershellProblems } from '../testing/powershell'
import { reductions } from '../testing/without'
import { type Answers, type Rule, severities } from './define-rule'
import { rules } from './index'
import { registeredRules } from './registered'
import { expandExample, type RuleExample } from './rule-text'
import { languages, ruleText } from './texts'

/** The day on which the examples are judged; `asof=` in a fence says otherwise. */
const now = new Date('2026-11-21T00:00:00Z')

const folders = readdirSync(import.meta.dirname, { withFileTypes: true }).filter((e) => e.isDirectory())

it('has a complete folder for every rule, and a rule for every folder', () => {
  expect(rules.map((r) => r.id)).toEqual(folders.map((f) => f.name).sort())
  for (const { name } of folders)
    for (const file of ['rule.ts', 'text.en.md', 'text.de.md', 'rule.test.ts'])
      expect(existsSync(path.join(import.meta.dirname, name, file)), `${name}/${file}`).toBe(true)
})

const answersOf = (example: RuleExample): Answers => {
  const pairs = (example.options.answers ?? '').split(',').filter((p) => p !== '')
  return Object.fromEntries(pairs.map((p) => [p.slice(0, p.indexOf('=')), p.slice(p.indexOf('=') + 1)]))
}
const auditExample = (example: RuleExample) => {
  const asOf = example.options.asof === undefined ? now : new Date(example.options.asof)
  const file = { name: 'example.txt', bytes: new TextEncoder().encode(expandExample(example.text)) }
  return runAudit([file], { now, asOf, answers: answersOf(example) }).report
}
const examplesOf = (rule: Rule, kind: RuleExample['kind']) => {
  // The languages may show different files; mostly it is the same one.
  const all = languages.flatMap((l) => ruleText(rule.id, l).examples).filter((e) => e.kind === kind)
  return [...new Map(all.map((e) => [e.text, e])).values()]
}

/** Arguments of an ICU message. */
function argumentsOf(message: string): string[] {
  const found = new Set<string>()
  const walk = (node: unknown): void => {
    if (Array.isArray(node)) for (const n of node) walk(n)
    else if (typeof node === 'object' && node !== null) {
      // 0 is literal text, 7 the # of a plural; everything else names an argument.
      if ('type' in node && 'value' in node && node.type !== 0 && node.type !== 7) found.add(String(node.value))
      if ('options' in node && typeof node.options === 'object')
        for (const o of Object.values(node.options ?? {})) walk(o)
      if ('value' in node && typeof node.value === 'object') walk(node.value)
    }
  }
  walk(new IntlMessageFormat(message, 'en', undefined, { ignoreTag: true }).getAst())
  return [...found].sort()
}

/** Conditions of a finding that may be answered no: they stand beside those that make it. All others hold wherever there is a finding. */
const mayBeNo: Readonly<Record<string, readonly string[]>> = {
  'address-space-conflict': ['lost', 'tie'],
  'basic-auth-without-tls': ['public'],
  'connector-without-permissions': ['new'],
  'default-connector-missing': ['substitute'],
  'domain-security-incomplete': ['proxied', 'wildcard'],
  'edgesync-inbound-altered': ['dns'],
  'exchange-server-auth-removed': ['no-group'],
  'exo-inbound-certificate-name-mismatch': ['refused'],
  'exo-inbound-ip-authentication': ['shared'],
  'externally-secured-connector': ['wide'],
  'frontend-proxy-misuse': ['no-front-end'],
  'hybrid-receive-servers-inconsistent': ['cloud', 'ranges'],
  'hybrid-send-connector-missing': ['disabled-twin'],
  'hybrid-send-tls-not-required': ['not-required', 'starttls-ignored'],
  'ignore-starttls': ['partner'],
  'internal-relay-without-send-connector': ['handed-over'],
  'internet-send-connector-missing': ['disabled'],
  'open-relay-anonymous': ['any-address'],
  'relay-on-default-connector': ['secured'],
  'relay-right-for-broad-principal': ['any-sender'],
  'remote-domain-target-delivery': ['stranger'],
  'send-tls-validation-cannot-succeed': ['address', 'one-domain'],
  'starttls-certificate-missing': ['hybrid'],
  'tls-certificate-name-stale': ['expired'],
  'x-anonymoustls-suppressed': ['own-connector', 'scoped'],
}

/**
 * Where another input would answer as well, or is asked for first: what a rule wants to know where these collections say less. Everywhere
 * else it asks for the very export that lacks something.
 */
const asksForAnother: Readonly<Record<string, readonly CollectionName[]>> = {
  'accepted-domain-missing-counterpart': ['hybridConfigurations', 'sendConnectors'],
  'accepted-domain-relay-loop': ['outboundConnectors'],
  'address-space-conflict': ['sendConnectors'],
  'anonymous-on-hub-connector': ['receiveConnectors'],
  'anonymous-relay-wide-range': ['receiveConnectors'],
  'certificate-without-smtp-service': ['sendConnectors'],
  'closed-domain-not-covered': ['inboundConnectors'],
  'exo-inbound-certificate-name-mismatch': ['inboundConnectors'],
  'exo-inbound-lockdown-missing': ['inboundConnectors'],
  'exo-inbound-unexpected-onpremises': ['certificates'],
  'exo-outbound-mx-self-loop': ['outboundConnectors'],
  'hybrid-send-connector-missing': ['sendConnectors'],
  'open-relay-anonymous': ['receiveConnectors'],
  'relay-on-default-connector': ['receiveConnectors'],
  'remote-domain-target-delivery': ['sendConnectors'],
  'tarpit-disabled': ['receiveConnectors'],
  'tls-domain-capability-legacy': ['receiveConnectors'],
}

describe.each(rules.map((r) => [r.id, r] as const))('%s', (id, rule) => {
  const en = ruleText(id, 'en')
  const de = ruleText(id, 'de')

  it('says the same in both languages', () => {
    expect(argumentsOf(de.headline)).toEqual(argumentsOf(en.headline))
    expect(argumentsOf(de.finding)).toEqual(argumentsOf(en.finding))
    expect(Object.keys(de.conditions)).toEqual(Object.keys(en.conditions))
    for (const key of Object.keys(en.conditions))
      expect(argumentsOf(de.conditions[key] ?? '')).toEqual(argumentsOf(en.conditions[key] ?? ''))
    expect(de.title).not.toBe(en.title)
  })

  it('speaks in the voice of the product', () => {
    for (const text of [en, de])
      for (const part of [text.title, text.headline, text.finding, text.checks, text.why, text.fix, text.ignore]) {
        expect(part).not.toMatch(/!(?!=)/)
        expect(part).not.toMatch(/, (?:date|time)\}/) // without a style it would be told in the time zone of the host
      }
    for (const text of [en, de]) expect(`${text.title}${text.headline}`).not.toContain('`')
    // German quotes open low; the typographic English ones must not close around German text.
    for (const part of [de.title, de.headline, de.finding, de.checks, de.why, de.fix, de.ignore])
      expect((part.match(/„/g) ?? []).length).toBe((part.match(/“/g) ?? []).length)
  })

  it('declares what it is', () => {
    expect(rule.family).not.toBe('')
    expect(rule.references.length).toBeGreaterThan(0)
    for (const url of rule.references) expect(url).toMatch(/^https:\/\//)
    expect([...rule.severities].sort((a, b) => severities.indexOf(a) - severities.indexOf(b))).toEqual(rule.severities)
    const inputs = [...rule.needs, ...rule.optional]
    for (const collection of [...Object.keys(rule.reads), ...(rule.eitherOf ?? [])])
      expect(inputs).toContain(collection)
    expect(registeredRules[rule.family]).toContain(id)
    for (const { rule: absorbed } of rule.absorbs) expect(Object.values(registeredRules).flat()).toContain(absorbed)
  })

  const bad = examplesOf(rule, 'bad')
  const good = examplesOf(rule, 'good')
  it('has an example of each kind', () => expect([bad.length > 0, good.length > 0]).toEqual([true, true]))

  const failures = bad.map((example) => ({ example, report: auditExample(example) }))
  const findings = failures.flatMap(({ report }) => report.findings.filter((f) => f.rule === id))

  it('fails each bad example and passes each good one', () => {
    const state = (example: RuleExample) => auditExample(example).outcomes.find((o) => o.rule === id)?.state
    expect(bad.map(state)).toEqual(bad.map(() => 'fail'))
    expect(good.map(state)).toEqual(good.map(() => 'pass'))
  })

  it('points at text that shows the property', () => {
    for (const { example, report } of failures) {
      const lines = expandExample(example.text).split('\n')
      for (const finding of report.findings.filter((f) => f.rule === id))
        for (const e of finding.evidence) {
          expect(e.text).toContain(e.property)
          const whole = lines.slice(e.lines[0] - 1, e.lines[1]).join('\n')
          // A list of thousands is shown by its beginning.
          const shown = e.text.endsWith('…') ? e.text.slice(0, -1) : `${e.text}\n`
          expect(`${whole}\n`.slice(0, shown.length)).toBe(shown)
        }
    }
  })

  it('stays within its levels and its report within the schema', () => {
    for (const { report } of failures) expect(reportSchema.safeParse(report).error).toBeUndefined()
    for (const f of findings) if (f.absorbs.length === 0) expect(rule.severities).toContain(f.severity)
  })

  it('gives its reasons', () => {
    for (const f of findings) {
      expect(f.conditions.length).toBeGreaterThan(0)
      expect(f.conditions.some((c) => c.value === 'yes' && c.evidence !== undefined)).toBe(true)
    }
    const told = new Set(findings.flatMap((f) => f.conditions.map((c) => c.key)))
    expect([...told].sort()).toEqual(Object.keys(en.conditions).sort())
    const saidNo = new Set(findings.flatMap((f) => f.conditions.filter((c) => c.value === 'no').map((c) => c.key)))
    expect([...saidNo].sort()).toEqual(mayBeNo[id] ?? [])
  })

  it('has a fix after which the finding is gone and no new one has come', () => {
    for (const { example, report } of failures)
      for (const finding of report.findings.filter((f) => f.rule === id)) expectProof(example, finding)
  })

  it('has a fix that parses, tries what it changes, and names what is to be filled in', () => {
    for (const f of findings) expectSoundFix(f)
  })
})

/** Does the change do what it promises? Worked out on the model, where nobody has to fill in a value first. */
function expectProof(example: RuleExample, finding: Finding): void {
  if (finding.absorbedBy !== null) return
  const asOf = example.options.asof === undefined ? now : new Date(example.options.asof)
  const context = { config: configFrom(expandExample(example.text)), asOf, answers: answersOf(example) }
  const effect = effectOf(
    context,
    analyse(context, () => ''),
    finding.id,
  )
  if (effect.state === 'unknown') expect(effect.reason).not.toBe('command')
  else {
    expect(effect.isResolved, finding.fix?.steps[2]?.powershell).toBe(true)
    expect(effect.added.filter((f) => f.severity !== 'info').map((f) => f.id)).toEqual([])
  }
}

function expectSoundFix(finding: Finding): void {
  if (!finding.fix) return
  const { steps, placeholders } = finding.fix
  expect(steps.map((s) => s.kind)).toEqual(['backup', 'try', 'change', 'check', 'rollback'])
  for (const step of steps) expect(powershellProblems(step.powershell), step.powershell).toEqual([])
  const [backup, tried, change, , rollback] = steps.map((s) => s.powershell)
  expect(backup).toContain('Export-Clixml')
  expect(tried).toContain('-WhatIf')
  expect(change).not.toContain('-WhatIf')
  expect(rollback).toMatch(/^(?!#)/m)
  const used = new Set(steps.flatMap((s) => s.powershell.match(/<[a-z][a-z0-9-]*>/g) ?? []))
  expect([...used].sort()).toEqual(placeholders.map((p) => `<${p.name}>`).sort())
}

const contextOf = (config: Config, answers: Answers = {}) => ({ config, asOf: now, answers })
const statesOf = (config: Config, answers: Answers, of: readonly Rule[]) =>
  new Map(of.map((rule) => [rule.id, stateOf(runRule(rule, contextOf(config, answers)))]))

const fixtures = path.join(import.meta.dirname, '../fixtures')
const goldenCases = readdirSync(fixtures, { withFileTypes: true }).filter((e) => e.isDirectory())
const readCase = (name: string): Config => {
  const files = readdirSync(path.join(fixtures, name), { recursive: true, encoding: 'utf8' }).filter((f) =>
    f.endsWith('.txt'),
  )
  return configFrom(Object.fromEntries(files.map((f) => [f, readFileSync(path.join(fixtures, name, f), 'utf8')])))
}

const isReadBy =
  (of: readonly Rule[]) =>
  (collection: CollectionName, property: string): boolean =>
    of.some((r) => r.reads[collection]?.includes(property))

/** Where one of two inputs is enough, the other may be gone as a whole. */
const isAlternative = (id: string, what: string): boolean =>
  rules.some((r) => r.id === id && r.eitherOf?.some((collection) => what === `without ${collection}`))

describe('less input', () => {
  const pristine = printFormatList(
    'Get-ReceiveConnector',
    pristineReceiveConnectors('mailbox', 'EX01', 'EX01.contoso.local'),
  )
  /** Cases with the objects and properties of another one: all that they have more is entries of lists, or another version. */
  const alike = new Set(['closed-system-2300', 'full-2016', 'full-2019', 'full-hcw-2016', 'full-hcw-2019'])
  /** All rules on whole organisations, and each on its own examples. */
  const whole = [
    { name: 'an untouched server', config: configFrom(pristine), answers: {}, of: rules },
    ...goldenCases
      .filter(({ name }) => !alike.has(name))
      .map(({ name }) => ({ name, config: readCase(name), answers: {}, of: rules })),
    ...rules.flatMap((r) =>
      languages
        .flatMap((l) => ruleText(r.id, l).examples)
        .filter((e, i, all) => all.findIndex((other) => other.text === e.text) === i)
        .map((e, i) => ({
          name: `${r.id} ${e.kind} ${i}`,
          config: configFrom(expandExample(e.text)),
          answers: answersOf(e),
          of: [r],
        })),
    ),
  ]

  it.each(whole.map((w) => [w.name, w] as const))('never makes a rule pass, and is asked for: %s', (_, {
    config,
    answers,
    of,
  }) => {
    const before = statesOf(config, answers, of)
    // On its own examples a rule loses every property, also those that it does not say it reads.
    const isOwn = of.length === 1
    for (const less of isOwn ? reductions(config) : reductions(config, isReadBy(of)))
      for (const rule of of) {
        const run = runRule(rule, contextOf(less.config, answers))
        const state = stateOf(run)
        const was = before.get(rule.id)
        expect(`${rule.id} ${state}`, less.what).not.toBe(`${rule.id} crashed`)
        if (state === 'pass' && !isAlternative(rule.id, less.what))
          expect(`${rule.id} ${was}`, less.what).toBe(`${rule.id} pass`)
        const asks = !asksForAnother[rule.id]?.includes(less.collection)
        if (of.length === 1 && state === 'not-assessed' && was !== 'not-assessed' && asks)
          expect(
            missingOfRun(run)
              .map((m) => m.cmdlet)
              .join(),
            less.what,
          ).toContain(cmdletOf[less.collection])
      }
  })
})

describe('an installation that nobody has touched', () => {
  it.each(['mailbox', 'edge', '2010'] satisfies ServerGeneration[])('%s: nothing above info', (generation) => {
    const text = printFormatList(
      'Get-ReceiveConnector',
      pristineReceiveConnectors(generation, 'EX01', 'EX01.contoso.local'),
    )
    const { findings, outcomes } = runAudit([{ name: 'ex01.txt', bytes: new TextEncoder().encode(text) }], {
      now,
    }).report
    expect(findings.filter((f) => f.severity !== 'info')).toEqual([])
    expect(outcomes.filter((o) => o.state === 'crashed')).toEqual([])
    expect(outcomes.some((o) => o.state === 'pass')).toBe(true)
  })
})

describe('hostile names', () => {
  const names = [
    `x'; Remove-Item C:\\ #`,
    '\u2019; iex \u2018',
    '</script><script>x</script>',
    '{count}',
    "=cmd|' /C calc'!A0",
    '$(whoami)\n`r',
  ]

  it.each(names)('stay in their quotes: %j', (name) => {
    for (const rule of rules)
      for (const example of examplesOf(rule, 'bad')) {
        const config = renamed(configFrom(expandExample(example.text)), name)
        const { findings, crashes } = analyse(contextOf(config, answersOf(example)), () => 'text')
        expect(crashes.map((c) => String(c.cause))).toEqual([])
        const steps = findings.flatMap((f) => f.fix?.steps ?? [])
        expect(steps.flatMap((s) => powershellProblems(s.powershell))).toEqual([])
      }
  })
})

/** All names of objects with a hostile end, consistently. */
function renamed(config: Config, suffix: string): Config {
  const id = <T extends { readonly id: string; readonly name: string }>(o: T): T => ({
    ...o,
    id: `${o.id}${suffix}`,
    name: `${o.name}${suffix}`,
  })
  return {
    ...config,
    receiveConnectors: config.receiveConnectors.map((c) => ({ ...id(c), server: c.server })),
    sendConnectors: config.sendConnectors.map(id),
    acceptedDomains: config.acceptedDomains.map(id),
    adPermissions: config.adPermissions.map((r) => ({ ...id(r), connector: `${r.connector}${suffix}` })),
  }
}
