import { usualSide } from './mailflow/known-servers'
import { type CollectionName, cmdletOf } from './model'
import type { ReportBlock } from './report/schema'
import { type Missing, type Question, questionNumbers, type Rule } from './rules/define-rule'
import { rules as allRules } from './rules/index'

/** One of the six questions, whether the files can answer it, and what is missing for that. */
export type Answerable = {
  readonly question: Question
  /** yes: every input of every check is there. partly: at least one check can be done. */
  readonly answer: 'yes' | 'partly' | 'no'
  /** What would be asked for, the most useful first. */
  readonly missing: readonly Missing[]
}

/** A table shows three columns of an object, a list of identities none: neither answers what rules ask. */
const isUsable = (b: ReportBlock) => b.completeness === 'full' || b.completeness === 'projection'

/** What the files that were read so far can answer, before anything is analysed. */
export function answerable(blocks: readonly ReportBlock[], rules: readonly Rule[] = allRules): Answerable[] {
  const there = new Set<CollectionName>(blocks.filter(isUsable).flatMap((b) => b.collection ?? []))
  const isThere = (c: CollectionName) => there.has(c)
  return questionNumbers.map((question) => {
    const asked = rules.filter((r) => r.question === question)
    const possible = asked.filter((r) => r.needs.every(isThere) && (!r.eitherOf || r.eitherOf.some(isThere)))
    const missing = countMissing(asked, there)
    const answer = possible.length === 0 ? 'no' : missing.length === 0 ? 'yes' : 'partly'
    return { question, answer, missing: missing.map((c) => ({ cmdlet: cmdletOf[c], side: usualSide(c), servers: [] })) }
  })
}

/** Inputs that are not there: those that most rules cannot do without come first. */
function countMissing(rules: readonly Rule[], there: ReadonlySet<CollectionName>): readonly CollectionName[] {
  const weight = new Map<CollectionName, number>()
  const add = (c: CollectionName, n: number) => weight.set(c, (weight.get(c) ?? 0) + n)
  for (const rule of rules) {
    for (const c of rule.needs) add(c, 10)
    for (const c of rule.optional) add(c, 1)
  }
  return [...weight]
    .filter(([c]) => !there.has(c))
    .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
    .map(([c]) => c)
}
