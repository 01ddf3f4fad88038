import type { Place } from '../model'
import type { Finding } from '../report/schema'
import type { Condition, EvidenceRef, Fail, Fix, ObjectRef, Params, RuleContext } from '../rules/define-rule'
import type { RuleText } from '../rules/rule-text'
import { bilingual, type Language } from '../rules/texts'
import type { Part } from './precedence'
import { mergeMissing } from './run'

/** Names that a sentence can hold; the list of objects has them all. */
const MEMBERS_NAMED = 3

/** The words of rules. */
export type TextOf = (rule: string, language: Language) => RuleText

export type Draft = Omit<Finding, 'absorbs' | 'absorbedBy'>

/** What findings are written with: the context of the run, the originals, the words. */
export type Desk = {
  readonly context: RuleContext
  readonly evidenceText: (place: Place) => string
  readonly textOf: TextOf
}

/** A finding of the members of a part, the worst of them leading its words, and its fix as it was put together. */
export function findingOf(
  id: string,
  part: Part,
  { context, evidenceText, textOf }: Desk,
): { readonly draft: Draft; readonly fix: Fix | null } {
  const { rule } = part.group
  const [lead, ...others] = part.members
  const fails: readonly [Fail, ...Fail[]] = [lead.fail, ...others.map((m) => m.fail)]
  const { severity, confidence, proof, exposure, conditions } = lead.fail
  const objects = unite(
    fails.flatMap((f) => f.objects),
    keyOfObject,
  )
  const evidence = unite(
    [...fails.flatMap((f) => f.evidence), ...conditions.flatMap((c) => (c.evidence ? [c.evidence] : []))],
    keyOfEvidence,
  )
  const params = paramsOf(fails)
  const words = (language: Language) => textOf(rule.id, language)
  const fix = rule.fix(fails, context)
  const draft: Draft = {
    id,
    rule: rule.id,
    severity,
    confidence,
    proof,
    exposure,
    question: rule.question,
    objects: objects.map((o) => ({ ...o })),
    title: bilingual(words, (t) => t.headline, params),
    message: bilingual(words, (t) => t.finding, params),
    conditions: conditions.map((c) => conditionOf(words, c, params, evidence)),
    couldRaise: mergeMissing(fails.flatMap((f) => f.couldRaise ?? [])),
    evidence: evidence.map(({ property, place }) => ({
      source: place.source,
      lines: [...place.lines],
      property,
      text: evidenceText(place),
    })),
    fix: copyOfFix(fix),
  }
  return { draft, fix }
}

type MutableFix = NonNullable<Finding['fix']>
function copyOfFix(fix: Fix | null): MutableFix | null {
  if (!fix) return null
  const { effect, minutes, runsOn } = fix
  const steps = fix.steps.map((s) => ({ ...s }))
  return { steps, effect, minutes, runsOn, placeholders: fix.placeholders.map((p) => ({ ...p })) }
}

function paramsOf([lead, ...others]: readonly [Fail, ...Fail[]]): Params {
  const names = unite(
    [lead, ...others].map((f) => f.objects[0]),
    keyOfObject,
  ).map((o) => o.id)
  return {
    count: names.length,
    members: names.slice(0, MEMBERS_NAMED).join(', '),
    more: Math.max(0, names.length - MEMBERS_NAMED),
    ...lead.params,
  }
}

function conditionOf(
  words: (language: Language) => RuleText,
  c: Condition,
  params: Params,
  evidence: readonly EvidenceRef[],
): Finding['conditions'][number] {
  const text = bilingual(words, (t) => conditionText(t.conditions, c.key), params)
  const at = c.evidence ? evidence.findIndex((e) => c.evidence && keyOfEvidence(e) === keyOfEvidence(c.evidence)) : -1
  return { key: c.key, value: c.value, text, ...(at >= 0 ? { evidence: at } : {}) }
}

function conditionText(texts: Readonly<Record<string, string>>, key: string): string {
  const text = texts[key]
  if (text === undefined) throw new Error(`No text for condition ${key}`)
  return text
}

const keyOfObject = (o: ObjectRef) => `${o.kind} ${o.id}`
const keyOfEvidence = ({ property, place }: EvidenceRef) => `${place.source} ${place.lines.join('-')} ${property}`

function unite<T>(items: readonly T[], keyOf: (item: T) => string): readonly T[] {
  const byKey = new Map<string, T>()
  for (const item of items) if (!byKey.has(keyOf(item))) byKey.set(keyOf(item), item)
  return [...byKey.values()]
}
