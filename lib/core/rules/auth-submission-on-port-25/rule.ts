import { defaultOf } from '../../defaults/receive-connectors'
import { kindOf } from '../../mailflow/connector-kind'
import { connectorsOfMembers } from '../../mailflow/connectors-of'
import { exportOf } from '../../mailflow/missing'
import { cloneKey, refOf } from '../../mailflow/object-ref'
import { hasGroup, hasMechanism } from '../../mailflow/permissions'
import { takesAny } from '../../mailflow/ranges'
import { connectorOf, evidenceOf } from '../../mailflow/receive-evidence'
import { transportRole } from '../../mailflow/transport-role'
import { and, type Config, contains, isTrue, type ReceiveConnector, type Tri, tri } from '../../model'
import { comment, groupsWithout, setAccess } from '../../remediation'
import { defineRule, evidence, type Fail, type Missing, type RuleContext, type Verdict } from '../define-rule'

export const rule = defineRule({
  id: 'auth-submission-on-port-25',
  family: 'relay',
  question: 1,
  severities: ['medium'],
  needs: ['receiveConnectors'],
  optional: ['servers'],
  reads: {
    receiveConnectors: ['Enabled', 'TransportRole', 'Bindings', 'RemoteIPRanges', 'PermissionGroups', 'AuthMechanism'],
    servers: ['AdminDisplayVersion'],
  },
  references: [
    'https://learn.microsoft.com/exchange/mail-flow/connectors/receive-connectors',
    'https://learn.microsoft.com/exchange/clients/pop3-and-imap4/configure-authenticated-smtp',
  ],
  frameworks: { 'MITRE ATT&CK': ['T1110'] },
  absorbs: [],
  check,
  fix,
})

/** Exchange 2010 has no front end, and an Edge knows no users. */
function isFrontEnd(config: Config, c: ReceiveConnector): Tri {
  const role = transportRole(config, c)
  return role === 'unknown' ? 'unknown' : tri(role === 'front-end' && c.side !== 'edge')
}

function* check({ config }: RuleContext): Iterable<Verdict> {
  for (const c of config.receiveConnectors) {
    const role = isFrontEnd(config, c)
    const value = and(
      isTrue(c.enabled),
      role,
      contains(c.bindings, (b) => b.port === 25),
      takesAny(c),
      hasGroup(c, 'ExchangeUsers'),
      hasMechanism(c, 'Integrated', 'BasicAuth'),
    )
    const object = refOf(c)
    const versions: readonly Missing[] = role === 'unknown' ? [exportOf('servers')] : []
    if (value === 'yes') yield failure(c)
    else if (value === 'no') yield { state: 'pass', object }
    else yield { state: 'not-assessed', object, missing: [connectorOf(c), ...versions] }
  }
}

function failure(c: ReceiveConnector): Fail {
  const basic = hasMechanism(c, 'BasicAuth')
  return {
    state: 'fail',
    key: cloneKey(c),
    side: c.side,
    severity: 'medium',
    confidence: 'proven',
    proof: 'configuration',
    exposure: 'internet',
    objects: [refOf(c)],
    params: { connector: c.id, basic },
    evidence: [
      evidence(c.permissionGroups),
      evidence(c.authMechanism),
      ...evidenceOf(c.remoteIPRanges, c.bindings, c.transportRole),
    ],
    conditions: [
      { key: 'port', value: 'yes', evidence: evidence(c.bindings) },
      { key: 'any-address', value: 'yes', evidence: evidence(c.remoteIPRanges) },
      { key: 'users', value: 'yes', evidence: evidence(c.permissionGroups) },
      { key: 'mechanism', value: 'yes', evidence: evidence(c.authMechanism) },
    ],
  }
}

function fix(members: readonly [Fail, ...Fail[]], { config }: RuleContext) {
  const groups = (c: ReceiveConnector) =>
    kindOf(config, c) === 'DefaultFrontend'
      ? defaultOf('DefaultFrontend').permissionGroups
      : groupsWithout(c, 'ExchangeUsers')
  return setAccess(connectorsOfMembers(config, members), (c) => ({ PermissionGroups: groups(c) }), [
    comment('Clients that sign in on port 25 have to move to port 587 (Client Frontend) before.'),
  ])
}
