import { isStale } from '../../defaults/exchange-builds'
import { exchangeLimits } from '../../defaults/exchange-limits'
import { isListedWhole } from '../../mailflow/listing'
import { exportOf, newerLimits } from '../../mailflow/missing'
import { refOf } from '../../mailflow/object-ref'
import { listOf, numberOf } from '../../mailflow/property-of'
import { evidenceOf, nonEmpty } from '../../mailflow/receive-evidence'
import { type Config, type ConfigObject, known, knownPart, type Tri, tri } from '../../model'
import { defineRule, type Fail, type RuleContext, type Verdict } from '../define-rule'

/** Limits of a tenant, and from where on they are near. */
const limits = {
  count: { limit: exchangeLimits.transportRules, near: 270 },
  size: { limit: exchangeLimits.transportRuleCharacters, near: 7500 },
  patterns: { limit: exchangeLimits.transportRulePatternBytes, near: 18 * 1024 },
} as const
type Limit = keyof typeof limits

const patternProperties = [
  'Subject',
  'SubjectOrBody',
  'Header',
  'FromAddress',
  'RecipientAddress',
  'AttachmentName',
].flatMap((what) => [`${what}MatchesPatterns`, `ExceptIf${what}MatchesPatterns`])
/** Without these an export was made of chosen columns, and may hold patterns that it does not show. */
const always = ['HeaderMatchesPatterns', 'SubjectOrBodyMatchesPatterns', 'FromAddressMatchesPatterns']

export const rule = defineRule({
  id: 'transport-rule-limits',
  family: 'closed-mail',
  question: 5,
  severities: ['medium'],
  needs: ['transportRules'],
  optional: [],
  reads: { transportRules: ['Size', 'Name', ...patternProperties] },
  references: [
    'https://learn.microsoft.com/office365/servicedescriptions/exchange-online-service-description/exchange-online-limits#journal-transport-and-inbox-rule-limits',
    'https://support.microsoft.com/help/3003043',
  ],
  frameworks: {},
  absorbs: [],
  check,
  // Which rules can go, or become one, only their owners know.
  fix: () => null,
})

type Measured = { readonly value: number; readonly rules: readonly ConfigObject[]; readonly whole: Tri }

function countOf(rules: readonly ConfigObject[], isWhole: boolean): Measured {
  return { value: rules.length, rules, whole: tri(isWhole) }
}

function sizeOf(rules: readonly ConfigObject[], isWhole: boolean): Measured {
  const sizes = rules.map((r) => ({ r, size: known(numberOf(r, 'Size')) }))
  const largest = Math.max(0, ...sizes.map((s) => s.size ?? 0))
  return {
    value: largest,
    rules: sizes.filter((s) => (s.size ?? 0) >= limits.size.near).map((s) => s.r),
    whole: tri(isWhole && sizes.every((s) => s.size !== undefined)),
  }
}

function patternsOf(rules: readonly ConfigObject[], isWhole: boolean): Measured {
  const lists = rules.map((r) => ({ r, all: patternProperties.map((name) => listOf(r, name)) }))
  const lengths = lists.map(({ r, all }) => ({
    r,
    length: all.flatMap((p) => knownPart(p) ?? []).reduce((sum, pattern) => sum + pattern.length, 0),
  }))
  const isComplete = lists.every(
    ({ r, all }) =>
      always.every((name) => listOf(r, name).state !== 'missing') &&
      all.every((p) => p.state === 'ok' || p.state === 'empty' || p.state === 'null' || p.state === 'missing'),
  )
  return {
    value: lengths.reduce((sum, l) => sum + l.length, 0),
    rules: lengths.filter((l) => l.length > 0).map((l) => l.r),
    whole: tri(isWhole && isComplete),
  }
}

const measures: Readonly<Record<Limit, (rules: readonly ConfigObject[], isWhole: boolean) => Measured>> = {
  count: countOf,
  size: sizeOf,
  patterns: patternsOf,
}

/** The limits are those of Exchange Online; the servers have none. */
const isListed = (config: Config): boolean =>
  isListedWhole(config, 'transportRules') === 'yes' &&
  config.exports.some((b) => b.collection === 'transportRules' && b.side === 'exchange-online' && b.listing === 'all')

function* check({ config, asOf }: RuleContext): Iterable<Verdict> {
  const rules = config.transportRules.filter((r) => r.side !== 'on-premises')
  const isWhole = isListed(config)
  for (const limit of ['count', 'size', 'patterns'] as const) {
    const measured = measures[limit](rules, isWhole)
    if (measured.value >= limits[limit].near) yield failure(limit, measured)
    else if (measured.whole === 'yes' && isStale(exchangeLimits, asOf))
      yield { state: 'not-assessed', missing: [newerLimits] }
    else if (measured.whole === 'yes') yield { state: 'pass' }
    else yield { state: 'not-assessed', missing: [exportOf('transportRules', 'exchange-online')] }
  }
}

const proofOf = (limit: Limit, r: ConfigObject) => {
  if (limit === 'size') return evidenceOf(numberOf(r, 'Size'))
  if (limit === 'patterns')
    return evidenceOf(...patternProperties.map((n) => listOf(r, n)).filter((p) => knownPart(p)?.length))
  // That there is a rule shows in any line of it, best in the one with its name.
  const lines = [r.properties.Name, r.properties.Identity, ...Object.values(r.properties)]
  return evidenceOf(lines.find((p) => p && p.state !== 'missing'))
}

function failure(limit: Limit, { value, rules }: Measured): Fail {
  const [first, ...rest] = rules.map(refOf)
  const proof = nonEmpty(rules.flatMap((r) => proofOf(limit, r)).slice(0, 20))
  return {
    state: 'fail',
    key: '',
    variant: limit,
    side: 'exchange-online',
    severity: 'medium',
    confidence: limit === 'count' ? 'proven' : 'likely',
    proof: 'configuration',
    exposure: 'none',
    objects: first ? [first, ...rest] : [{ kind: 'transportRule', id: '', server: null }],
    params: {
      what: limit,
      value: limit === 'patterns' ? Math.round((value / 1024) * 10) / 10 : value,
      limit: limit === 'patterns' ? limits.patterns.limit / 1024 : limits[limit].limit,
      rule: first?.id ?? '',
      recordedOn: Date.parse(exchangeLimits.recordedOn),
    },
    evidence: proof,
    conditions: [{ key: 'near', value: 'yes', evidence: proof[0] }],
  }
}
