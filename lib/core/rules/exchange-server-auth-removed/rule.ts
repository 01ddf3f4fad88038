import { type BuiltInKind, defaultOf } from '../../defaults/receive-connectors'
import { type ConnectorKind, kindOf } from '../../mailflow/connector-kind'
import { connectorsOfMembers } from '../../mailflow/connectors-of'
import { isListedWhole } from '../../mailflow/listing'
import { exportOf } from '../../mailflow/missing'
import { cloneKey, refOf } from '../../mailflow/object-ref'
import { hasGroup, hasMechanism } from '../../mailflow/permissions'
import { connectorOf, evidenceOf } from '../../mailflow/receive-evidence'
import { majorVersion } from '../../mailflow/transport-role'
import { edgeNames } from '../../mailflow/transport-servers'
import {
  and,
  type Config,
  contains,
  isTrue,
  known,
  not,
  or,
  type Property,
  type ReceiveConnector,
  type Tri,
} from '../../model'
import { type Access, comment, groupsWithout, mechanismsWith, setAccess } from '../../remediation'
import { defineRule, type Fail, type RuleContext, type Verdict } from '../define-rule'

export const rule = defineRule({
  id: 'exchange-server-auth-removed',
  family: 'selection',
  question: 5,
  severities: ['high', 'medium'],
  needs: ['receiveConnectors'],
  optional: ['edgeSubscriptions', 'servers'],
  reads: {
    receiveConnectors: ['Enabled', 'AuthMechanism', 'PermissionGroups', 'Bindings', 'RemoteIPRanges', 'TransportRole'],
    servers: ['ServerRole', 'AdminDisplayVersion'],
  },
  references: [
    'https://learn.microsoft.com/exchange/mail-flow/connectors/receive-connectors',
    'https://learn.microsoft.com/exchange/mail-flow/mail-flow',
    'https://learn.microsoft.com/exchange/architecture/edge-transport-servers/edge-subscriptions',
  ],
  frameworks: { BSI: ['APP.5.2.A11'] },
  absorbs: [
    { rule: 'invalid-auth-combination', same: 'connector' },
    { rule: 'log-edge-exchange-auth-missing', same: 'connector' },
  ],
  check,
  fix,
})

/** Those at which servers arrive, from the front end, from each other or from an Edge. */
const forServers: readonly ConnectorKind[] = [
  'DefaultHub',
  'DefaultFrontend',
  'ClientProxy',
  'OutboundProxy',
  'EdgeDefault',
]

const noMechanism = (c: ReceiveConnector): Tri => not(hasMechanism(c, 'ExchangeServer'))
const noGroup = (c: ReceiveConnector): Tri => not(hasGroup(c, 'ExchangeServers'))

/** A Default connector of which no role was printed may be that of Exchange 2010, or that of a hub. */
function serverKind(config: Config, c: ReceiveConnector): ConnectorKind {
  const kind = kindOf(config, c)
  if (known(c.transportRole) !== undefined) return kind
  if (kind === 'Default2010') return majorVersion(config, c.server) === 14 ? kind : 'unknown'
  return kind === 'DefaultHub' && contains(c.bindings, (b) => b.port === 25) === 'unknown' ? 'unknown' : kind
}

function* check({ config }: RuleContext): Iterable<Verdict> {
  for (const c of config.receiveConnectors) {
    const kind = serverKind(config, c)
    if (kind !== 'unknown' && !forServers.includes(kind)) continue
    const value = and(isTrue(c.enabled), kind === 'unknown' ? 'unknown' : 'yes', or(noMechanism(c), noGroup(c)))
    if (value === 'yes') yield failure(config, c, kind)
    else if (value === 'no') {
      if (kind !== 'unknown') yield { state: 'pass', object: refOf(c) }
    } else yield { state: 'not-assessed', object: refOf(c), missing: [connectorOf(c)] }
  }
}

/** Servers that send to port 25 of the front end: Edges, and those of Exchange 2010. */
const sendersToPort25 = (config: Config): readonly string[] => [
  ...edgeNames(config),
  ...config.servers.map((s) => s.name).filter((name) => majorVersion(config, name) === 14),
]

const shown = (p: Property<unknown>) => {
  const [ref] = evidenceOf(p)
  return ref ? { evidence: ref } : {}
}

function failure(config: Config, c: ReceiveConnector, kind: ConnectorKind): Fail {
  const [mechanism, group] = [noMechanism(c), noGroup(c)]
  const senders = sendersToPort25(config)
  const harmless = kind === 'DefaultFrontend' && senders.length === 0
  const asked = (['edgeSubscriptions', 'servers'] as const).filter((of) => isListedWhole(config, of) !== 'yes')
  const [first, ...more] = evidenceOf(
    mechanism === 'yes' ? c.authMechanism : c.permissionGroups,
    mechanism === 'yes' ? c.permissionGroups : c.authMechanism,
    c.bindings,
  )
  if (first === undefined) throw new Error('Neither mechanisms nor groups were printed')
  return {
    state: 'fail',
    key: cloneKey(c),
    side: c.side,
    severity: harmless ? 'medium' : 'high',
    confidence: 'proven',
    proof: 'configuration',
    exposure: 'none',
    objects: [refOf(c)],
    params: {
      connector: c.id,
      builtIn: kind,
      kind:
        kind === 'EdgeDefault'
          ? 'edge'
          : kind === 'DefaultFrontend'
            ? 'frontend'
            : kind === 'DefaultHub'
              ? 'hub'
              : 'proxy',
      lacks: mechanism === 'yes' ? (group === 'yes' ? 'both' : 'mechanism') : 'group',
      senders: senders.length > 0 ? 'known' : 'none',
    },
    evidence: [first, ...more],
    conditions: [
      { key: 'built-in', value: 'yes' },
      { key: 'no-mechanism', value: mechanism, ...shown(c.authMechanism) },
      { key: 'no-group', value: group, ...shown(c.permissionGroups) },
      { key: 'servers-arrive', value: harmless ? 'unknown' : 'yes' },
    ],
    ...(harmless && asked.length > 0 ? { couldRaise: asked.map((of) => exportOf(of)) } : {}),
  }
}

/** What was recorded, with what is missing. ExternalAuthoritative stands beside nothing but Tls: then, and where nothing is known, as setup has it. */
function access(c: ReceiveConnector, kind: BuiltInKind): Access {
  const standard = defaultOf(kind)
  const keep = known(c.authMechanism) !== undefined && hasMechanism(c, 'ExternalAuthoritative') === 'no'
  const groups = groupsWithout(c, 'ExchangeServers').filter((g) => g !== 'None')
  return {
    ...(noMechanism(c) === 'yes'
      ? {
          AuthMechanism: keep
            ? mechanismsWith(c, 'ExchangeServer').filter((m) => m !== 'None')
            : standard.authMechanism,
        }
      : {}),
    ...(noGroup(c) === 'yes'
      ? { PermissionGroups: groups.length > 0 ? [...groups, 'ExchangeServers'] : standard.permissionGroups }
      : {}),
  }
}

function fix(members: readonly [Fail, ...Fail[]], { config }: RuleContext) {
  const kind = (c: ReceiveConnector): BuiltInKind => {
    const found = kindOf(config, c)
    return found === 'Custom' || found === 'unknown' ? 'DefaultFrontend' : found
  }
  return setAccess(connectorsOfMembers(config, members), (c) => access(c, kind(c)), [
    comment('Fqdn has to be the name of the server before ExchangeServer is set; the cmdlet refuses it otherwise.'),
  ])
}
