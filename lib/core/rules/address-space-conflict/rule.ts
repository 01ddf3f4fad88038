import { exportOf, exportOfObject } from '../../mailflow/missing'
import { cloneKey, refOf } from '../../mailflow/object-ref'
import { evidenceOf, nonEmpty } from '../../mailflow/receive-evidence'
import { isSendListed, organisationSend } from '../../mailflow/source-servers'
import { conflictsBetween, type SpaceConflict, spaceConflicts } from '../../mailflow/space-conflicts'
import { type Config, isTrue, known, or, type SendConnector } from '../../model'
import { list, setProperties, wholeList, wizardSendRemark } from '../../remediation'
import { defineRule, evidence, type Fail, type RuleContext, type Verdict } from '../define-rule'

export const rule = defineRule({
  id: 'address-space-conflict',
  family: 'send-routing',
  question: 6,
  severities: ['high', 'medium'],
  needs: ['sendConnectors'],
  optional: ['servers', 'edgeSubscriptions'],
  reads: {
    sendConnectors: [
      'Enabled',
      'AddressSpaces',
      'SourceTransportServers',
      'IsScopedConnector',
      'CloudServicesMailEnabled',
    ],
    servers: ['Site'],
    edgeSubscriptions: ['Site'],
  },
  references: [
    'https://learn.microsoft.com/exchange/mail-flow/mail-routing/connector-selection',
    'https://learn.microsoft.com/exchange/mail-flow/connectors/send-connectors',
  ],
  frameworks: {},
  absorbs: [],
  check,
  fix,
})

const pairOf = ({ winner, loser }: SpaceConflict): string =>
  [winner, loser]
    .map((c) => cloneKey(c.connector))
    .sort()
    .join(' & ')

/** One verdict a pair, whatever the number of spaces that it shares. */
function* check({ config }: RuleContext): Iterable<Verdict> {
  const connectors = organisationSend(config)
  const pairs = new Map<string, SpaceConflict[]>()
  let isOpen = false
  for (const conflict of spaceConflicts(config)) {
    const [first = exportOf('servers'), ...rest] = conflict.missing
    if (conflict.value === 'yes') {
      const group = pairs.get(pairOf(conflict))
      if (group) group.push(conflict)
      else pairs.set(pairOf(conflict), [conflict])
    } else if (conflict.value === 'unknown') {
      isOpen = true
      yield { state: 'not-assessed', object: refOf(conflict.loser.connector), missing: [first, ...rest] }
    }
  }
  for (const [key, conflicts] of pairs) yield* failures(key, conflicts)
  for (const s of connectors)
    if (isTrue(s.enabled) !== 'no' && known(s.addressSpaces) === undefined) {
      isOpen = true
      yield { state: 'not-assessed', object: refOf(s), missing: [exportOfObject(s)] }
    }
  if (pairs.size > 0 || isOpen || connectors.length === 0) return
  yield isSendListed(config) === 'yes'
    ? { state: 'pass' }
    : { state: 'not-assessed', missing: [exportOf('sendConnectors')] }
}

function* failures(key: string, conflicts: readonly SpaceConflict[]): Iterable<Fail> {
  const lead = conflicts.find((c) => c.lost === 'yes') ?? conflicts[0]
  if (!lead) return
  const { winner, loser } = lead
  const spaces = [evidence(winner.connector.addressSpaces), evidence(loser.connector.addressSpaces)] as const
  const [cloud] = evidenceOf(winner.connector.cloudServicesMailEnabled)
  const unsure = lead.lost === 'unknown'
  yield {
    state: 'fail',
    key,
    side: winner.connector.side,
    severity: lead.lost === 'yes' ? 'high' : 'medium',
    confidence: 'proven',
    proof: 'configuration',
    exposure: 'none',
    objects: [refOf(winner.connector), refOf(loser.connector)],
    params: {
      winner: winner.connector.name,
      loser: loser.connector.name,
      space: lead.winner.space.text.replace(/;\d+$/, ''),
      moreSpaces: conflicts.length - 1,
      cost: winner.space.cost,
      otherCost: loser.space.cost,
      lost: lead.lost === 'yes' ? 'yes' : 'no',
    },
    evidence: nonEmpty([
      ...spaces,
      ...evidenceOf(
        winner.connector.cloudServicesMailEnabled,
        winner.connector.sourceTransportServers,
        loser.connector.sourceTransportServers,
      ),
    ]),
    conditions: [
      { key: 'same-space', value: 'yes', evidence: spaces[1] },
      { key: 'tie', value: lead.tie, evidence: spaces[0] },
      { key: 'lost', value: lead.lost, ...(cloud ? { evidence: cloud } : {}) },
    ],
    ...(unsure ? { couldRaise: [exportOfObject(winner.connector)] } : {}),
  }
}

/** Costs go from 1 to 100. */
const STEP = 10
const MAX_COST = 100

/** The connector that is to lose its claims on the spaces that the two share, and the cost at which it does. */
function demotion(config: Config, [member]: readonly [Fail, ...Fail[]]) {
  const ids = member.objects.map((o) => o.id)
  const conflicts = conflictsBetween(config, ids).filter((c) => c.value === 'yes')
  const lost = or(...conflicts.map((c) => c.lost)) === 'yes'
  const [lead] = conflicts
  if (!lead) return undefined
  const [demoted, kept] = lost ? [lead.winner, lead.loser] : [lead.loser, lead.winner]
  // Where neither keeps the headers, the order of the two changes nothing.
  if (lost && isTrue(kept.connector.cloudServicesMailEnabled) !== 'yes') return undefined
  const highest = Math.max(...conflicts.flatMap((c) => [c.winner.space.cost, c.loser.space.cost]))
  const cost = Math.min(MAX_COST, highest + STEP)
  return cost === highest
    ? undefined
    : { connector: demoted.connector, domains: new Set(conflicts.map((c) => c.winner.space.domain)), cost, lost }
}

function fix(members: readonly [Fail, ...Fail[]], { config }: RuleContext) {
  const plan = demotion(config, members)
  const spaces = plan && known(plan.connector.addressSpaces)
  if (!plan || !spaces) return null
  const texts = spaces.map((a) => (plan.domains.has(a.domain) ? `${a.text.replace(/;\d+$/, '')};${plan.cost}` : a.text))
  return setProperties<SendConnector>([plan.connector], {
    set: () => ({ AddressSpaces: list(texts) }),
    alsoShow: ['SourceTransportServers'],
    before: [wholeList('AddressSpaces')],
    after: plan.lost ? [wizardSendRemark] : [],
    effect: 'none',
    minutes: 10,
  })
}
