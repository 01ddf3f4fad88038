import { isBuiltIn } from '../../mailflow/connector-kind'
import { winsWithin } from '../../mailflow/connector-selection'
import { connectorsOfMembers } from '../../mailflow/connectors-of'
import { cloneKey, refOf } from '../../mailflow/object-ref'
import {
  addressesMissing,
  addressesOf,
  asRange,
  type OwnAddress,
  ownAddresses,
  takenBy,
} from '../../mailflow/own-addresses'
import { hasGroup, hasMechanism } from '../../mailflow/permissions'
import { knownRanges, rangesWithout } from '../../mailflow/ranges'
import { connectorOf, evidenceOf } from '../../mailflow/receive-evidence'
import {
  and,
  type Config,
  contains,
  isTrue,
  not,
  or,
  type Property,
  type ReceiveConnector,
  type Tri,
} from '../../model'
import { ask, comment, list, replaceRanges, switchOff } from '../../remediation'
import {
  type Answers,
  defineRule,
  evidence,
  type Fail,
  type Missing,
  type RuleContext,
  type Verdict,
} from '../define-rule'

export const rule = defineRule({
  id: 'exchange-servers-on-custom-connector',
  family: 'selection',
  question: 5,
  severities: ['high'],
  needs: ['receiveConnectors'],
  optional: ['servers', 'sendConnectors', 'hybridConfigurations', 'edgeSubscriptions'],
  reads: {
    receiveConnectors: ['Enabled', 'Bindings', 'RemoteIPRanges', 'AuthMechanism', 'PermissionGroups', 'TransportRole'],
    servers: ['ServerRole'],
  },
  references: [
    'https://learn.microsoft.com/exchange/mail-flow/connectors/receive-connectors',
    'https://learn.microsoft.com/exchange/mail-flow/mail-flow',
  ],
  frameworks: { BSI: ['APP.5.2.A11'] },
  absorbs: [{ rule: 'log-edge-exchange-auth-missing', same: 'connector' }],
  check,
  fix,
})

/** Where servers talk to each other: Edge and front end on 25, transport behind it on 2525 (Mail flow and the transport pipeline). */
const SERVER_PORTS: readonly number[] = [25, 2525]

/** Servers that arrive at it cannot prove that they are servers, or gain nothing by it. */
const refusesServers = (c: ReceiveConnector): Tri =>
  or(not(hasMechanism(c, 'ExchangeServer')), not(hasGroup(c, 'ExchangeServers')))

/** Where it listens itself: a server does not come to its own port 25. */
const isItsListener = (c: ReceiveConnector, a: OwnAddress): boolean =>
  a.evidence.length > 0 &&
  contains(c.bindings, (b) => b.port === 25 && b.family === a.family && b.address === a.value) === 'yes'

/** Known addresses of servers in its ranges, without those for which another connector is known to answer. */
function captured(config: Config, c: ReceiveConnector, answers: Answers): readonly OwnAddress[] {
  const servers = ownAddresses(config, answers).filter((a) => a.role === 'exchange' && !isItsListener(c, a))
  const ports = SERVER_PORTS.filter((p) => contains(c.bindings, (b) => b.port === p) === 'yes')
  return takenBy(c, servers).filter((a) => ports.some((p) => winsWithin(config, c, p, [asRange(a)]) !== 'no'))
}

function capturesServers(config: Config, c: ReceiveConnector, answers: Answers): Tri {
  if (captured(config, c, answers).length > 0) return 'yes'
  const port = contains(c.bindings, (b) => SERVER_PORTS.includes(b.port))
  if (port !== 'yes') return port
  return addressesMissing(config, answers).length === 0 && knownRanges(c.remoteIPRanges).whole ? 'no' : 'unknown'
}

function* check({ config, answers }: RuleContext): Iterable<Verdict> {
  for (const c of config.receiveConnectors) {
    const own = and(isTrue(c.enabled), not(isBuiltIn(config, c)), refusesServers(c))
    const captures = own === 'no' ? 'no' : capturesServers(config, c, answers)
    const value = and(own, captures)
    const object = refOf(c)
    if (value === 'yes') yield failure(config, c, answers)
    else if (value === 'no') yield { state: 'pass', object }
    else yield { state: 'not-assessed', object, missing: missingOf(config, c, answers, own) }
  }
}

function missingOf(config: Config, c: ReceiveConnector, answers: Answers, own: Tri): readonly [Missing, ...Missing[]] {
  const printed =
    contains(c.bindings, (b) => SERVER_PORTS.includes(b.port)) === 'yes' && knownRanges(c.remoteIPRanges).whole
  if (own === 'unknown' || !printed) return [connectorOf(c)]
  const [first, ...rest] = addressesMissing(config, answers)
  return [first ?? addressesOf([]), ...rest]
}

function failure(config: Config, c: ReceiveConnector, answers: Answers): Fail {
  const found = captured(config, c, answers)
  const noMechanism = not(hasMechanism(c, 'ExchangeServer'))
  const noGroup = not(hasGroup(c, 'ExchangeServers'))
  const servers = [...new Set(found.flatMap((a) => a.server ?? []))]
  return {
    state: 'fail',
    key: cloneKey(c),
    side: c.side,
    severity: 'high',
    confidence: 'proven',
    proof: 'configuration',
    exposure: 'none',
    objects: [refOf(c)],
    params: {
      connector: c.id,
      addresses:
        found
          .slice(0, 3)
          .map((a) => a.text)
          .join(', ') + (found.length > 3 ? ', …' : ''),
      addressCount: found.length,
      servers: servers.slice(0, 3).join(', ') || 'unknown',
      lacks: noMechanism === 'yes' ? (noGroup === 'yes' ? 'both' : 'mechanism') : 'group',
    },
    evidence: [
      evidence(c.remoteIPRanges),
      ...evidenceOf(c.authMechanism, c.permissionGroups, c.bindings),
      ...found.flatMap((a) => a.evidence).slice(0, 5),
    ],
    conditions: [
      { key: 'covers', value: 'yes', evidence: evidence(c.remoteIPRanges) },
      { key: 'port', value: 'yes', evidence: evidence(c.bindings) },
      { key: 'no-mechanism', value: noMechanism, ...first(c.authMechanism) },
      { key: 'no-group', value: noGroup, ...first(c.permissionGroups) },
    ],
  }
}

function first(p: Property<unknown>) {
  const [shown] = evidenceOf(p)
  return shown ? { evidence: shown } : {}
}

function fix(members: readonly [Fail, ...Fail[]], { config, answers }: RuleContext) {
  const connectors = connectorsOfMembers(config, members)
  const left = (c: ReceiveConnector) => rangesWithout(c, captured(config, c, answers).map(asRange))
  // Nobody else comes here: without the connector the servers reach the one that setup made for them.
  if (connectors.every((c) => left(c)?.length === 0)) return switchOff(connectors)
  const hosts = ask('hosts', {
    en: 'Addresses of the hosts that this connector is for, without Exchange and Edge servers, each in quotes, with commas between them',
    de: 'Adressen der Hosts, für die dieser Connector da ist, ohne Exchange- und Edge-Transport-Server, je in Anführungszeichen und durch Kommas getrennt',
  })
  return replaceRanges(
    connectors,
    (c) => {
      const kept = left(c) ?? []
      return kept.length > 0 ? list(kept) : hosts
    },
    [comment('The servers then reach the connector that setup made for them.')],
  )
}
