import {
  and,
  type Certificate,
  type Config,
  domainKey,
  type InboundConnector,
  isTrue,
  isUnset,
  known,
  or,
  type Tri,
} from '../model'
import type { Condition, EvidenceRef, Fail, Missing, Verdict } from '../rules/define-rule'
import { certificateNames } from './certificate-selection'
import { certificateUses } from './certificate-uses'
import { matchesCertificate } from './cloud-attribution'
import { allOf, type Fact, fact } from './fact'
import { hybridSend, isOnPremisesType, sendConnectorsOf } from './hybrid-connectors'
import { isListedWhole } from './listing'
import { exportOf, exportOfObject } from './missing'
import { refOf } from './object-ref'
import { once } from './once'
import { nonEmpty } from './receive-evidence'
import { failOn } from './verdict-on'

/** Is the inbound connector enabled? */
export const isEnabledInbound = (c: InboundConnector): Fact => fact(isTrue(c.enabled), c.enabled)

/** Is it an enabled one for the own servers, which gives special rights to what comes through it? */
export const isOnPremisesInbound = (c: InboundConnector): Fact => allOf([isEnabledInbound(c), isOnPremisesType(c)])

/** What isOnPremisesInbound is read from. */
export const onPremisesInboundReads = ['Enabled', 'ConnectorType'] as const

/** What isHybridPair is read from. */
export const hybridInboundReads = ['Enabled', 'ConnectorType', 'ConnectorSource', 'CloudServicesMailEnabled'] as const

/** What a rule says of one inbound connector. */
export type InboundJudgement = {
  /** Does the condition of the rule hold, apart from what makes the connector one that the rule is about? */
  readonly bad: Tri
  readonly fail: () => Fail
  /** What would answer, if it is not the connector's own properties. */
  readonly missing?: readonly Missing[]
}

/**
 * Verdicts of a rule about inbound connectors for which `test` holds: one for each that is or may be one. `null` where the rule does not
 * speak of it. A pass needs certainty that it is one; without any the rule does not apply, if the listing is whole.
 */
export function* onInbound(
  config: Config,
  test: (c: InboundConnector) => Fact,
  judge: (c: InboundConnector, applies: Fact) => InboundJudgement | null,
): Iterable<Verdict> {
  let found = false
  for (const c of config.inboundConnectors) {
    const applies = test(c)
    if (applies.value === 'no') continue
    found = true
    const answer = judge(c, applies)
    if (!answer) continue
    const value = and(applies.value, answer.bad)
    const [first = exportOfObject(c), ...rest] = applies.value === 'yes' ? (answer.missing ?? []) : []
    if (value === 'yes') yield answer.fail()
    else if (applies.value === 'yes' && value === 'no') yield { state: 'pass', object: refOf(c) }
    else yield { state: 'not-assessed', object: refOf(c), missing: [first, ...rest] }
  }
  if (!found && isListedWhole(config, 'inboundConnectors') !== 'yes')
    yield { state: 'not-assessed', missing: [exportOf('inboundConnectors')] }
}

/** A failure of one inbound connector. The lines that make it one that the rule is about come after those of the fault. */
export const failOfInbound = (
  c: InboundConnector,
  applies: Fact,
  fault: Pick<Fail, 'severity' | 'exposure' | 'params'> & {
    readonly confidence?: Fail['confidence']
    readonly variant?: string
    readonly evidence: readonly EvidenceRef[]
    readonly conditions: readonly Condition[]
    readonly couldRaise?: readonly Missing[] | undefined
  },
): Fail => {
  const [last] = applies.evidence.slice(-1)
  const { couldRaise = [], ...own } = fault
  return failOn(c, {
    ...own,
    params: { connector: c.name, ...fault.params },
    evidence: nonEmpty([...fault.evidence, ...applies.evidence]),
    conditions: [{ key: 'applies', value: 'yes', ...(last ? { evidence: last } : {}) }, ...fault.conditions],
    ...(couldRaise.length > 0 ? { couldRaise } : {}),
  })
}

/** The names of a certificate, as far as they are known. */
export type ShownNames = { readonly names: readonly string[]; readonly whole: boolean }

type Shown = { readonly shown: readonly ShownNames[]; readonly missing: readonly Missing[] }
const shownOf = new WeakMap<Config, { readonly asOf: number; readonly found: Shown }>()

export const namesOf = (c: Certificate): ShownNames => ({
  names: certificateNames(c),
  whole: c.subject.state === 'ok' && (c.certificateDomains.state === 'ok' || c.certificateDomains.state === 'empty'),
})

/**
 * The certificates that enabled send connectors to Exchange Online take, each once. `missing`: what keeps the list from being known to its
 * end. A connector that names no certificate shows none for certain.
 */
export function shownToExchangeOnline(config: Config, asOf: Date): Shown {
  const known = shownOf.get(config)
  if (known && known.asOf === asOf.getTime()) return known.found
  const found = collectShown(config, asOf)
  shownOf.set(config, { asOf: asOf.getTime(), found })
  return found
}

function collectShown(config: Config, asOf: Date): Shown {
  const senders = sendConnectorsOf(config)
    .map((s) => ({ s, value: and(isTrue(s.enabled), hybridSend(s).value) }))
    .filter(({ value }) => value !== 'no')
  const own = new Set<unknown>(senders.map(({ s }) => s))
  const uses = certificateUses(config, asOf).filter((u) => own.has(u.connector))
  const shown = [...new Set(uses.flatMap((u) => u.picked))].map(namesOf)
  const unsure = senders.filter(({ value }) => value === 'unknown').map(({ s }) => exportOfObject(s))
  const unlisted = isListedWhole(config, 'sendConnectors') === 'yes' ? [] : [exportOf('sendConnectors')]
  const sources = senders.filter(({ s }) => s.sourceTransportServers.state !== 'ok').map(({ s }) => exportOfObject(s))
  return { shown, missing: [...unlisted, ...unsure, ...sources, ...uses.flatMap((u) => u.missing ?? [])] }
}

/** Is the connector found by a certificate that the servers show to Exchange Online? no only where all of these are known. */
export function matchesOwnServers(config: Config, asOf: Date, c: InboundConnector): Tri {
  if (isUnset(c.tlsSenderCertificateName) === 'yes') return 'no'
  const { shown, missing } = shownToExchangeOnline(config, asOf)
  const found = or(...shown.map((s) => namesFit(c, s)))
  return found === 'no' && missing.length > 0 ? 'unknown' : found
}

/** Does the connector name the certificate? unknown as long as a name that was not printed might do. */
export function namesFit(c: InboundConnector, { names, whole }: ShownNames): Tri {
  const fits = matchesCertificate(c, names)
  return fits === 'no' && !whole && isUnset(c.tlsSenderCertificateName) !== 'yes' ? 'unknown' : fits
}

/** The names of all certificates that were exported, and the domains above them, for a look at each connector. */
const everyName = once((config) => {
  const all = config.certificates.map(namesOf)
  const names = new Set(all.flatMap((c) => c.names.map(domainKey)))
  const parents = new Set([...names].map(parentOf))
  return { names, parents, whole: all.every((c) => c.whole) }
})

const parentOf = (name: string): string => (name.includes('.') ? name.slice(name.indexOf('.') + 1) : '')

/** Does any certificate of the exported servers hold the name of the connector? A wildcard on either side stands for one label. */
export function isNameOfServers(config: Config, c: InboundConnector): Tri {
  if (isUnset(c.tlsSenderCertificateName) === 'yes') return 'no'
  const wanted = domainKey(known(c.tlsSenderCertificateName) ?? '')
  if (wanted === '') return 'unknown'
  const { names, parents, whole } = everyName(config)
  const byWildcard = wanted.startsWith('*.') ? parents.has(wanted.slice(2)) : names.has(`*.${parentOf(wanted)}`)
  return names.has(wanted) || byWildcard ? 'yes' : whole ? 'no' : 'unknown'
}
