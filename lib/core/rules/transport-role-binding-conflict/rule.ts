import { isBuiltIn } from '../../mailflow/connector-kind'
import { connectorsOf, connectorsOfMembers } from '../../mailflow/connectors-of'
import { isListedWhole } from '../../mailflow/listing'
import { cloneKey, refOf } from '../../mailflow/object-ref'
import { connectorOf, evidenceOf } from '../../mailflow/receive-evidence'
import { openRoles, printedRole, type RoleConflict, roleConflicts } from '../../mailflow/role-conflicts'
import { serverKey } from '../../mailflow/server-names'
import { type Config, isTrue, known, type ReceiveConnector, type Tri } from '../../model'
import { comment, setProperties, str } from '../../remediation'
import { defineRule, evidence, type Fail, type Missing, type RuleContext, type Verdict } from '../define-rule'

export const rule = defineRule({
  id: 'transport-role-binding-conflict',
  family: 'selection',
  question: 5,
  severities: ['high', 'medium'],
  needs: ['receiveConnectors'],
  optional: ['servers'],
  reads: {
    receiveConnectors: ['Enabled', 'TransportRole', 'Bindings', 'RemoteIPRanges'],
    servers: ['AdminDisplayVersion'],
  },
  references: [
    'https://learn.microsoft.com/powershell/module/exchange/set-receiveconnector#-transportrole',
    'https://learn.microsoft.com/exchange/mail-flow/connectors/receive-connectors',
  ],
  frameworks: { BSI: ['APP.5.2.A9'] },
  absorbs: [
    { rule: 'anonymous-on-hub-connector', same: 'connector' },
    { rule: 'overlapping-remote-ranges', same: 'connector-pair' },
    { rule: 'shadowed-connector', same: 'connector' },
    { rule: 'hybrid-receive-exo-range-shadowed', same: 'connector' },
  ],
  check,
  fix,
})

function* check({ config }: RuleContext): Iterable<Verdict> {
  const servers = new Map<string, string>()
  for (const c of config.receiveConnectors) {
    if (c.server === null) yield { state: 'not-assessed', object: refOf(c), missing: [connectorOf(c)] }
    else if (!servers.has(serverKey(c.server))) servers.set(serverKey(c.server), c.server)
  }
  for (const server of servers.values()) yield* checkServer(config, server)
}

function* checkServer(config: Config, server: string): Iterable<Verdict> {
  const connectors = connectorsOf(config, server)
  // An Edge and Exchange 2010 have one transport service: there is nothing that could conflict.
  if (connectors.every((c) => printedRole(config, c) === null)) {
    yield { state: 'pass', object: { kind: 'server', id: server, server } }
    return
  }
  const missing: Missing = {
    cmdlet: 'Get-ReceiveConnector',
    side: connectors[0]?.side ?? 'on-premises',
    servers: [server],
  }
  const open = openRoles(config, server)
  // A connector that was not listed may sit on the port of a listed one.
  let settled = isListedWhole(config, 'receiveConnectors', server) === 'yes' && open.length === 0
  for (const c of open) yield { state: 'not-assessed', object: refOf(c), missing: [missing] }
  for (const conflict of roleConflicts(config, server)) {
    const enabled = [isTrue(conflict.a.enabled), isTrue(conflict.b.enabled)]
    if (enabled.every((e) => e === 'no')) continue
    if (enabled.includes('yes')) yield failure(config, conflict)
    else settled = false
  }
  const object = { kind: 'server', id: server, server }
  if (settled) yield { state: 'pass', object }
  else yield { state: 'not-assessed', object, missing: [missing] }
}

const isHub = (config: Config, c: ReceiveConnector): boolean => printedRole(config, c) === 'hubtransport'

/** The one to change first: not the one that setup made; of two own ones that of the hub, where clients have no business. */
function inOrder(config: Config, { a, b }: RoleConflict): readonly [ReceiveConnector, ReceiveConnector] {
  const [ofA, ofB] = [isBuiltIn(config, a) === 'yes', isBuiltIn(config, b) === 'yes']
  if (ofA !== ofB) return ofA ? [b, a] : [a, b]
  return isHub(config, b) ? [b, a] : [a, b]
}

function failure(config: Config, conflict: RoleConflict): Fail {
  const [own, other] = inOrder(config, conflict)
  const enabled: readonly Tri[] = [isTrue(own.enabled), isTrue(other.enabled)]
  const both = enabled.every((e) => e === 'yes')
  return {
    state: 'fail',
    key: [cloneKey(own), cloneKey(other)].join(' | '),
    side: own.side,
    severity: both ? 'high' : 'medium',
    confidence: 'proven',
    proof: 'configuration',
    exposure: 'none',
    objects: [refOf(own), refOf(other)],
    params: {
      connector: own.id,
      other: other.id,
      role: known(own.transportRole) ?? '',
      otherRole: known(other.transportRole) ?? '',
      port: String(conflict.port),
      enabled: both ? 'both' : enabled.includes('unknown') ? 'unknown' : 'one',
    },
    evidence: [
      evidence(own.transportRole),
      evidence(other.transportRole),
      ...evidenceOf(own.bindings, other.bindings, own.enabled, other.enabled),
    ],
    conditions: [
      { key: 'roles', value: 'yes', evidence: evidence(own.transportRole) },
      { key: 'socket', value: 'yes', evidence: evidence(own.bindings) },
      { key: 'enabled', value: both ? 'yes' : enabled.includes('no') ? 'no' : 'unknown' },
    ],
    ...(enabled.includes('unknown') ? { couldRaise: [connectorOf(own)] } : {}),
  }
}

function fix(members: readonly [Fail, ...Fail[]], { config }: RuleContext) {
  const roles = new Map(members.map((m) => [m.objects[0].id, String(m.params.otherRole)]))
  return setProperties(connectorsOfMembers(config, members), {
    set: (o) => ({ TransportRole: str(roles.get(o.id) ?? 'FrontendTransport') }),
    alsoShow: ['Bindings', 'RemoteIPRanges'],
    before: [
      comment(
        'If the cmdlet refuses it, the ranges are equal or cross: narrow RemoteIPRanges of this connector first.',
      ),
    ],
    after: [
      comment('Restart-Service MSExchangeFrontEndTransport, MSExchangeTransport: only then the port has one owner.'),
    ],
    effect: 'restart',
    minutes: 20,
  })
}
