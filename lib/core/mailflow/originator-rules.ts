import { type Config, type ConfigObject, known, type ReportValue, type Tri } from '../model'
import type { EvidenceRef } from '../rules/define-rule'
import { allOf, anyOf, type Fact, fact } from './fact'

const HEADER = 'x-originatororg'
const conditions = [
  'HeaderContainsMessageHeader',
  'HeaderMatchesMessageHeader',
  'ExceptIfHeaderContainsMessageHeader',
  'ExceptIfHeaderMatchesMessageHeader',
]

const find = (rule: ConfigObject, name: string) =>
  Object.values(rule.properties).find((p) => p.name.toLowerCase() === name.toLowerCase())

const texts = (value: ReportValue | undefined): readonly string[] =>
  value === undefined ? [] : (Array.isArray(value) ? value : [value]).map((v) => String(v).trim().toLowerCase())

/** Does a transport rule look at the header that tells one tenant from another? */
function namesOriginator(rule: ConfigObject): Fact {
  const shown = conditions.flatMap((name) => find(rule, name) ?? [])
  const hit = shown.find((p) => texts(known(p)).includes(HEADER))
  if (hit) return fact('yes', hit)
  const described = find(rule, 'Description')
  if (described && texts(known(described)).some((t) => t.includes(HEADER))) return fact('yes', described)
  const all = shown.length === conditions.length && shown.every((p) => ['ok', 'empty', 'null'].includes(p.state))
  return fact(all ? 'no' : 'unknown', ...shown)
}

function isOn(rule: ConfigObject): Fact {
  const state = find(rule, 'State')
  const [value] = texts(state && known(state))
  if (!state || value === undefined) return { value: 'unknown', evidence: [] }
  return fact(value === 'enabled' ? 'yes' : 'no', state)
}

export type OriginatorRules = {
  /** Does an enabled transport rule of the servers look at X-OriginatorOrg? */
  readonly tested: Tri
  /** Were the rules of the servers supplied at all? */
  readonly supplied: boolean
  readonly evidence: readonly EvidenceRef[]
}

/** Transport rules exist on both sides with the same properties: those of Exchange Online say nothing about the servers. */
export function originatorRules(config: Config): OriginatorRules {
  const blocks = config.exports.filter((b) => b.collection === 'transportRules' && b.side === 'on-premises')
  const rules = config.transportRules.filter((r) => r.side === 'on-premises')
  const found = anyOf(rules.map((r) => allOf([isOn(r), namesOriginator(r)])))
  const named = blocks.length > 0 && blocks.every((b) => b.listing === 'named')
  return {
    tested: found.value,
    supplied: blocks.length > 0 && !named,
    evidence: found.evidence,
  }
}
