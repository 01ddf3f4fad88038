import { and, type Config, isTrue, knownPart, type Property, type SendConnector, type Tri } from '../model'
import {
  type Condition,
  type EvidenceRef,
  evidence,
  type Fail,
  type Missing,
  type Params,
  type Severity,
  type Verdict,
} from '../rules/define-rule'
import { firstOf } from './certificate-usage'
import { allOf, type Fact, fact } from './fact'
import { hybridEvidenceMissing, strongHybridEvidence } from './hybrid'
import { hybridSend, sendConnectorsOf } from './hybrid-connectors'
import { isListedWhole } from './listing'
import { exportOf, exportOfObject } from './missing'
import { cloneKey, refOf } from './object-ref'
import { nonEmpty } from './receive-evidence'
import { majorVersion } from './transport-role'

/** What hybridSend and Enabled are read from. */
export const hybridSendReads = ['Enabled', 'AddressSpaces', 'SmartHosts', 'CloudServicesMailEnabled'] as const

/** Is it enabled, and does the test hold for it? */
export const enabledAnd = (s: SendConnector, test: (s: SendConnector) => Fact): Fact =>
  allOf([fact(isTrue(s.enabled), s.enabled), test(s)])

/** Do only servers with Exchange 2010 send by it? That version has neither CloudServicesMailEnabled nor TlsCertificateName. */
export function sendsFrom2010(config: Config, s: SendConnector): boolean {
  const sources = knownPart(s.sourceTransportServers) ?? []
  return sources.length > 0 && sources.every((server) => majorVersion(config, server) === 14)
}

/** What a rule says of one connector: `null` where it does not speak of it. */
export type SendJudgement = {
  /** Does the condition of the rule hold, apart from what makes the connector one that the rule is about? */
  readonly bad: Tri
  readonly fail: () => Fail
  /** What would answer, if it is not the connector's own properties. */
  readonly missing?: Missing
}

/**
 * Verdicts of a rule about send connectors to Exchange Online, those that are not disabled: one for each that is or may be one. A pass
 * needs certainty that it is one. Where there is none, the rule does not apply if the listing is whole and the organisation's design is
 * known, and else it is open.
 */
export function* onHybridSend(
  config: Config,
  judge: (s: SendConnector, applies: Fact) => SendJudgement | null,
  test: (s: SendConnector) => Fact = hybridSend,
): Iterable<Verdict> {
  let found = false
  for (const s of sendConnectorsOf(config)) {
    const applies = enabledAnd(s, test)
    if (applies.value === 'no') continue
    found = true
    const answer = judge(s, applies)
    if (!answer) continue
    const value = and(applies.value, answer.bad)
    if (value === 'yes') yield answer.fail()
    else if (applies.value === 'yes' && value === 'no') yield { state: 'pass', object: refOf(s) }
    else
      yield {
        state: 'not-assessed',
        object: refOf(s),
        missing: [applies.value === 'yes' && answer.missing ? answer.missing : exportOfObject(s)],
      }
  }
  if (!found) yield* withoutHybridSend(config)
}

/** Nothing to judge: the design is not hybrid, or its connector is missing, which is another rule's matter, or it was not exported. */
export function* withoutHybridSend(config: Config): Iterable<Verdict> {
  const hybrid = strongHybridEvidence(config).value
  if (hybrid === 'no') return
  if (hybrid === 'unknown') yield { state: 'not-assessed', missing: hybridEvidenceMissing(config) }
  else if (isListedWhole(config, 'sendConnectors') !== 'yes')
    yield { state: 'not-assessed', missing: [exportOf('sendConnectors')] }
}

/** A failure of one send connector. The lines that make it a connector to Exchange Online come after those of the fault. */
export const failOfSend = (
  s: SendConnector,
  applies: Fact,
  fault: {
    readonly severity: Severity
    readonly confidence?: Fail['confidence']
    readonly params?: Params
    readonly evidence: readonly EvidenceRef[]
    readonly conditions: readonly Condition[]
    readonly couldRaise?: readonly Missing[]
  },
): Fail => ({
  state: 'fail',
  key: cloneKey(s),
  side: s.side,
  severity: fault.severity,
  confidence: fault.confidence ?? 'proven',
  proof: 'configuration',
  exposure: 'none',
  objects: [refOf(s)],
  params: { connector: s.name, ...fault.params },
  evidence: nonEmpty([...fault.evidence, ...applies.evidence]),
  conditions: [{ key: 'hybrid', value: 'yes', ...firstOf(applies.evidence.slice(-1)) }, ...fault.conditions],
  ...(fault.couldRaise ? { couldRaise: fault.couldRaise } : {}),
})

/** The value of a condition, with the property that tells a yes. */
export const toldBy = (value: Tri, p: Property<unknown>): Pick<Condition, 'value' | 'evidence'> =>
  value === 'yes' && p.state !== 'missing' ? { value, evidence: evidence(p) } : { value }
