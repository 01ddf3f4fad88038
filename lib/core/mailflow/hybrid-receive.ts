import { and, type Config, contains, isTrue, type ReceiveConnector, type Tri } from '../model'
import type { Fail, Missing, Verdict } from '../rules/define-rule'
import { allOf, type Fact, fact } from './fact'
import { hybridEvidenceMissing, hybridRecv, strongHybridEvidence } from './hybrid'
import { isListedWhole } from './listing'
import { exportOf, exportOfObject } from './missing'
import { refOf } from './object-ref'

/** Does it answer Exchange Online: enabled, on port 25, with the entry that recognises it? */
export const answersExchangeOnline = (c: ReceiveConnector): Fact =>
  allOf([
    fact(isTrue(c.enabled), c.enabled),
    fact(
      contains(c.bindings, (b) => b.port === 25),
      c.bindings,
    ),
    hybridRecv(c),
  ])

/** Is it enabled, and does it recognise Exchange Online, whatever its port? */
export const recognisesExchangeOnline = (c: ReceiveConnector): Fact =>
  allOf([fact(isTrue(c.enabled), c.enabled), hybridRecv(c)])

export type ReceiveJudgement = {
  /** Does the condition of the rule hold, apart from what makes the connector one that the rule is about? */
  readonly bad: Tri
  readonly fail: () => Fail
  /** What would answer, if it is not the connector's own properties. */
  readonly missing?: Missing
}

/**
 * Verdicts of a rule about receive connectors for Exchange Online, those that are not disabled: one for each that is or may be one, as
 * `onHybridSend` gives them for send connectors.
 */
export function* onHybridReceive(
  config: Config,
  judge: (c: ReceiveConnector, applies: Fact) => ReceiveJudgement | null,
  test: (c: ReceiveConnector) => Fact = recognisesExchangeOnline,
): Iterable<Verdict> {
  let found = false
  for (const c of config.receiveConnectors) {
    const applies = test(c)
    if (applies.value === 'no') continue
    found = true
    const answer = judge(c, applies)
    if (!answer) continue
    const value = and(applies.value, answer.bad)
    if (value === 'yes') yield answer.fail()
    else if (applies.value === 'yes' && value === 'no') yield { state: 'pass', object: refOf(c) }
    else
      yield {
        state: 'not-assessed',
        object: refOf(c),
        missing: [applies.value === 'yes' && answer.missing ? answer.missing : exportOfObject(c)],
      }
  }
  if (!found) yield* withoutHybridReceive(config)
}

/** No connector recognises Exchange Online: not hybrid, or another rule's matter, or not exported. */
export function* withoutHybridReceive(config: Config): Iterable<Verdict> {
  const hybrid = strongHybridEvidence(config).value
  if (hybrid === 'no') return
  if (hybrid === 'unknown') yield { state: 'not-assessed', missing: hybridEvidenceMissing(config) }
  else if (isListedWhole(config, 'receiveConnectors') !== 'yes')
    yield { state: 'not-assessed', missing: [exportOf('receiveConnectors')] }
}
