import { isBuiltIn } from '../../mailflow/connector-kind'
import { everAnswers } from '../../mailflow/connector-selection'
import { connectorsOfMembers } from '../../mailflow/connectors-of'
import { cloneKey, refOf } from '../../mailflow/object-ref'
import { knownRanges } from '../../mailflow/ranges'
import { connectorOf, evidenceOf } from '../../mailflow/receive-evidence'
import { segmentAt, selectionIndex } from '../../mailflow/selection-index'
import {
  and,
  type Config,
  type IpRange,
  isTrue,
  known,
  knownPart,
  not,
  type ReceiveConnector,
  type Tri,
} from '../../model'
import { switchOff } from '../../remediation'
import { defineRule, evidence, type Fail, type RuleContext, type Verdict } from '../define-rule'

export const rule = defineRule({
  id: 'shadowed-connector',
  family: 'selection',
  question: 6,
  severities: ['low'],
  needs: ['receiveConnectors'],
  optional: [],
  reads: { receiveConnectors: ['Enabled', 'Bindings', 'RemoteIPRanges', 'TransportRole'] },
  references: ['https://learn.microsoft.com/exchange/mail-flow/connectors/receive-connectors'],
  frameworks: {},
  absorbs: [],
  check,
  fix: (members, { config }) => switchOff(connectorsOfMembers(config, members)),
})

/** Ranges that meet a binding of their family: for those, some connector answers where this one listens. */
const claims = (
  c: ReceiveConnector,
): readonly { readonly range: IpRange; readonly port: number; readonly address: bigint | null }[] =>
  (knownPart(c.bindings) ?? []).flatMap((b) =>
    (knownPart(c.remoteIPRanges) ?? [])
      .filter((r) => r.family === b.family)
      .map((range) => ({ range, port: b.port, address: b.address })),
  )

function claimsSomething(c: ReceiveConnector): Tri {
  if (claims(c).length > 0) return 'yes'
  const whole = [c.bindings, c.remoteIPRanges].every((p) => known<readonly unknown[]>(p) !== undefined)
  return whole ? 'no' : 'unknown'
}

/** What was cut off a list of ranges may be all that is left of the connector: then nothing is said, neither way. */
function isDead(config: Config, c: ReceiveConnector): Tri {
  const answers = everAnswers(config, c)
  return answers === 'yes' && !knownRanges(c.remoteIPRanges).whole ? 'unknown' : not(answers)
}

function* check({ config }: RuleContext): Iterable<Verdict> {
  for (const c of config.receiveConnectors) {
    const value = and(isTrue(c.enabled), not(isBuiltIn(config, c)), isDead(config, c), claimsSomething(c))
    const object = refOf(c)
    if (value === 'yes') yield failure(config, c)
    else if (value === 'no') yield { state: 'pass', object }
    else yield { state: 'not-assessed', object, missing: [connectorOf(c)] }
  }
}

/** Steps through the answers for a range; a few names are enough for a sentence. */
const STEPS_MAX = 1000
const NAMED_MAX = 3

/** Who answers in its place, by order of address. */
function winnersOver(config: Config, c: ReceiveConnector): readonly ReceiveConnector[] {
  const found = new Set<ReceiveConnector>()
  for (const { range, port, address } of claims(c)) {
    const local = address === null ? null : { value: address }
    const { segments } = selectionIndex(config, c.server ?? '', port, range.family, local)
    let at = range.lo
    for (let step = 0; at <= range.hi && step < STEPS_MAX && found.size <= NAMED_MAX; step++) {
      const segment = segmentAt(segments, at)
      if (segment === undefined) break
      if (segment.selection.state === 'winner') found.add(segment.selection.connector)
      else if ('candidates' in segment.selection) for (const o of segment.selection.candidates) found.add(o)
      at = segment.range.hi + 1n
    }
  }
  found.delete(c)
  return [...found]
}

function failure(config: Config, c: ReceiveConnector): Fail {
  const winners = winnersOver(config, c)
  const named = winners.slice(0, NAMED_MAX)
  return {
    state: 'fail',
    key: cloneKey(c),
    side: c.side,
    severity: 'low',
    confidence: 'likely',
    proof: 'configuration',
    exposure: 'none',
    objects: [refOf(c)],
    params: {
      connector: c.id,
      others: named.map((o) => o.id).join(', ') + (winners.length > NAMED_MAX ? ', …' : ''),
    },
    evidence: [evidence(c.remoteIPRanges), ...evidenceOf(c.bindings, ...named.map((o) => o.remoteIPRanges))],
    conditions: [
      { key: 'enabled', value: 'yes', evidence: evidence(c.enabled) },
      { key: 'own', value: 'yes' },
      { key: 'covered', value: 'yes', evidence: evidence(c.remoteIPRanges) },
    ],
  }
}
