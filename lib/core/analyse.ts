import { type Desk, type Draft, findingOf, type TextOf } from './analyse/finding'
import { shortHash } from './analyse/fingerprint'
import { applyPrecedence, type Group, type Member, type Part } from './analyse/precedence'
import { type Crash, crashed, failsOf, missingOfRun, type RuleRun, runRule, stateOf } from './analyse/run'
import { summarise, worstOf } from './analyse/summary'
import type { Place } from './model'
import { worstFirst } from './report/order'
import type { Finding, Outcome, Report } from './report/schema'
import { type Fail, type Fix, type Rule, type RuleContext, severities } from './rules/define-rule'
import { rules as allRules } from './rules/index'
import { ruleText } from './rules/texts'

export type { Crash } from './analyse/run'

export type Analysis = {
  readonly outcomes: Outcome[]
  readonly findings: Finding[]
  readonly summary: Report['summary']
  /** The fix of each finding as it was put together, by the finding's id. */
  readonly fixes: ReadonlyMap<string, Fix>
  /** What rules threw, for a log. The report has only the ids. */
  readonly crashes: readonly Crash[]
}

/**
 * Runs the rules, makes failures into findings, and lets one cause be one finding. `evidenceText` gives the lines of a place in the
 * decoded text of its source. Same config, same analysis: nothing here depends on the clock or on the order of the files.
 */
export function analyse(
  context: RuleContext,
  evidenceText: (place: Place) => string,
  rules: readonly Rule[] = allRules,
  textOf: TextOf = ruleText,
): Analysis {
  const desk = { context, evidenceText, textOf }
  const first = rules.map((rule) => runRule(rule, context))
  const tried = draft(first, desk)
  // A rule whose words or fix throw is crashed as well: the others are put together again without it.
  const runs = first.map((run) => tried.broken.get(run.rule) ?? run)
  const { drafts, parts, fixes } = tried.broken.size > 0 ? draft(runs, desk) : tried
  const findings = linked(drafts, parts)
  const outcomes = runs.map((run) => outcomeOf(run, findings)).sort((a, b) => (a.rule < b.rule ? -1 : 1))
  return {
    outcomes,
    findings,
    fixes,
    summary: summarise(context.config, rules, outcomes, findings),
    crashes: runs.flatMap((run) => (run.crash ? [run.crash] : [])),
  }
}

type Drafted = {
  readonly parts: ReadonlyMap<string, Part>
  readonly drafts: readonly Draft[]
  readonly fixes: ReadonlyMap<string, Fix>
  readonly broken: ReadonlyMap<Rule, RuleRun>
}

function draft(runs: readonly RuleRun[], desk: Desk): Drafted {
  const parts = identified(applyPrecedence(runs.flatMap(groupsOf)))
  const broken = new Map<Rule, RuleRun>()
  const drafts: Draft[] = []
  const fixes = new Map<string, Fix>()
  for (const [id, part] of parts) {
    try {
      const { draft, fix } = findingOf(id, part, desk)
      drafts.push(draft)
      if (fix) fixes.set(id, fix)
    } catch (cause) {
      broken.set(part.group.rule, crashed(part.group.rule, cause))
    }
  }
  return { parts, drafts, fixes, broken }
}

const worseMember = (a: Fail, b: Fail): number =>
  severities.indexOf(a.severity) - severities.indexOf(b.severity) || (a.objects[0].id < b.objects[0].id ? -1 : 1)

function groupsOf(run: RuleRun): readonly Group[] {
  const byKey = new Map<string, { identity: readonly string[]; fails: Fail[] }>()
  for (const fail of failsOf(run)) {
    const identity = [run.rule.id, fail.side, fail.key.toLowerCase(), fail.variant ?? '']
    const key = JSON.stringify(identity)
    const entry = byKey.get(key) ?? { identity, fails: [] }
    entry.fails.push(fail)
    byKey.set(key, entry)
  }
  const used = new Set<string>()
  return [...byKey.values()].map(({ identity, fails }) => {
    const id = unused(run.rule, identity, used)
    const members: Member[] = fails.sort(worseMember).map((fail) => ({ fail, group: () => group }))
    const group: Group = { id, rule: run.rule, members }
    return group
  })
}

/** Two of a billion fingerprints can meet: the later one then takes the next characters of its hash. */
function unused(rule: Rule, identity: readonly string[], used: Set<string>): string {
  for (let from = 0; from < 40; from++) {
    const id = `${rule.id}.${shortHash(identity, from)}`
    if (!used.has(id)) {
      used.add(id)
      return id
    }
  }
  throw new Error(`No free id for ${identity.join(', ')}`)
}

/**
 * Ids of the parts. What stays of a group keeps its fingerprint, and so does a group that went under one lead as a whole; what was
 * split off says in its fingerprint where it went.
 */
function identified(parts: readonly Part[]): ReadonlyMap<string, Part> {
  const taken = new Map<string, Part>()
  const leadId = (p: Part) => p.lead?.id ?? ''
  const ownFirst = [...parts].sort((a, b) => (leadId(a) < leadId(b) ? -1 : leadId(a) > leadId(b) ? 1 : 0))
  for (const part of ownFirst) {
    const { id, rule } = part.group
    taken.set(taken.has(id) ? `${rule.id}.${shortHash([id, part.lead?.id ?? ''])}` : id, part)
  }
  return taken
}

/** Leads name what they absorb and take the highest level of it. */
function linked(drafts: readonly Draft[], parts: ReadonlyMap<string, Part>): Finding[] {
  const absorbedBy = (d: Draft): string | null => parts.get(d.id)?.lead?.id ?? null
  const under = new Map<string, Draft[]>()
  for (const d of drafts) {
    const lead = absorbedBy(d)
    if (lead === null) continue
    const mine = under.get(lead)
    if (mine) mine.push(d)
    else under.set(lead, [d])
  }
  const findings = drafts.map((d): Finding => {
    const mine = under.get(d.id) ?? []
    const severity = worstOf([d.severity, ...mine.map((m) => m.severity)])
    return { ...d, severity, absorbs: mine.map((m) => m.id).sort(), absorbedBy: absorbedBy(d) }
  })
  // What goes under a lead comes last: it counts nowhere.
  return findings.sort((a, b) => Number(a.absorbedBy !== null) - Number(b.absorbedBy !== null) || worstFirst(a, b))
}

function outcomeOf(run: RuleRun, findings: readonly Finding[]): Outcome {
  return {
    rule: run.rule.id,
    state: stateOf(run),
    findings: findings.filter((f) => f.rule === run.rule.id).map((f) => f.id),
    missing: missingOfRun(run),
    ...(run.crash ? { error: run.crash.id } : {}),
  }
}
