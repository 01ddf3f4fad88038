import { type Language, questionNumbers, type RuleMeta, ruleText, type Severity, severities } from '@/lib/core'

export type RulesQuery = { readonly q: string; readonly sev: Severity | null; readonly topic: number | null }
export type IgnoredFilter = { readonly key: string; readonly value: string }
type Params = Readonly<Record<string, string | readonly string[] | undefined>>

const one = (value: string | readonly string[] | undefined): string =>
  typeof value === 'string' ? value : (value?.[0] ?? '')

/** Filters of the catalogue. What no filter knows is ignored, and said. */
export function parseRulesQuery(params: Params): { query: RulesQuery; ignored: IgnoredFilter[] } {
  const [sevText, topicText] = [one(params.sev), one(params.topic)]
  const sev = severities.find((level) => level === sevText) ?? null
  const topic = questionNumbers.find((n) => String(n) === topicText) ?? null
  const ignored = [
    ...(sevText !== '' && sev === null ? [{ key: 'sev', value: sevText.slice(0, 60) }] : []),
    ...(topicText !== '' && topic === null ? [{ key: 'topic', value: topicText.slice(0, 60) }] : []),
  ]
  return { query: { q: one(params.q).trim().slice(0, 200), sev, topic }, ignored }
}

/** Every word of the search has to occur in the rule's id, its texts or the names of what it needs. */
export function matchesRule(rule: RuleMeta, query: RulesQuery, lang: Language): boolean {
  if (query.sev !== null && !rule.severities.includes(query.sev)) return false
  if (query.topic !== null && rule.question !== query.topic) return false
  const text = ruleText(rule.id, lang)
  const reads = Object.values(rule.reads).flat()
  const all = [rule.id, text.title, text.checks, text.why, ...reads].join(' ').toLowerCase()
  return query.q
    .toLowerCase()
    .split(/\s+/)
    .every((word) => all.includes(word))
}
