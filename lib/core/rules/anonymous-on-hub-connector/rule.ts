import { EVERYONE } from '../../mailflow/access-list'
import { connectorsOfMembers } from '../../mailflow/connectors-of'
import { exportOf } from '../../mailflow/missing'
import { cloneKey, refOf } from '../../mailflow/object-ref'
import { ANONYMOUS_LOGON, anonSubmit, hasGroup } from '../../mailflow/permissions'
import { evidenceOf, exposureOf, missingFor, nonEmpty, rowEvidence } from '../../mailflow/receive-evidence'
import { grantTo } from '../../mailflow/rights'
import { isSince2013, transportRole } from '../../mailflow/transport-role'
import { and, type Config, isTrue, knownPart, type ReceiveConnector, type Tri, tri } from '../../model'
import { comment, groupsWithout, revokeRights, setAccess } from '../../remediation'
import { defineRule, type Fail, type Missing, type RuleContext, type Verdict } from '../define-rule'

export const rule = defineRule({
  id: 'anonymous-on-hub-connector',
  family: 'relay',
  question: 3,
  severities: ['high'],
  needs: ['receiveConnectors'],
  optional: ['servers', 'adPermissions'],
  reads: {
    receiveConnectors: ['Enabled', 'TransportRole', 'PermissionGroups', 'Bindings', 'RemoteIPRanges'],
    servers: ['AdminDisplayVersion'],
    adPermissions: ['User', 'ExtendedRights', 'Deny', 'IsInherited'],
  },
  references: ['https://learn.microsoft.com/exchange/mail-flow/connectors/receive-connectors'],
  frameworks: { BSI: ['APP.5.2.A9'], STIG: ['V-259687'] },
  absorbs: [],
  check,
  fix,
})

/** Who has not signed in counts as both. */
const ANYBODY = [ANONYMOUS_LOGON, EVERYONE]

/** Behind a front end, which came with Exchange 2013; an Edge has none behind it. */
function isBackEnd(config: Config, c: ReceiveConnector): Tri {
  if (c.side === 'edge') return 'no'
  const role = transportRole(config, c)
  return role === 'unknown' ? 'unknown' : and(tri(role === 'hub'), isSince2013(config, c))
}

function* check({ config }: RuleContext): Iterable<Verdict> {
  for (const c of config.receiveConnectors) {
    const enabled = isTrue(c.enabled)
    const role = isBackEnd(config, c)
    const submit = and(enabled, role) === 'no' ? 'no' : anonSubmit(config, c)
    const value = and(enabled, role, submit)
    const object = refOf(c)
    if (value === 'yes') yield failure(config, c)
    else if (value === 'no') yield { state: 'pass', object }
    else {
      // Without its groups the access list is the smaller part of what is open.
      const groups: Tri = knownPart(c.permissionGroups) === undefined ? 'unknown' : 'yes'
      const versions: readonly Missing[] = role === 'unknown' ? [exportOf('servers')] : []
      const [first, ...rest] = missingFor(c, [enabled, role, groups], groups === 'unknown' ? 'yes' : submit)
      yield { state: 'not-assessed', object, missing: [first, ...rest, ...versions] }
    }
  }
}

function failure(config: Config, c: ReceiveConnector): Fail {
  const rows = grantTo(config, c, ANYBODY, 'submit').rows.flatMap(rowEvidence)
  const proof = nonEmpty([...evidenceOf(c.permissionGroups), ...rows])
  const by = hasGroup(c, 'AnonymousUsers') === 'yes' ? proof[0] : (rows[0] ?? proof[0])
  const [role] = evidenceOf(c.transportRole)
  return {
    state: 'fail',
    key: cloneKey(c),
    side: c.side,
    severity: 'high',
    confidence: 'proven',
    proof: 'configuration',
    exposure: exposureOf(c),
    objects: [refOf(c)],
    params: {
      connector: c.id,
      ports: [...new Set((knownPart(c.bindings) ?? []).map((b) => b.port))].join(', ') || 'unknown',
    },
    evidence: [...proof, ...evidenceOf(c.transportRole, c.bindings, c.remoteIPRanges)],
    conditions: [
      { key: 'back-end', value: 'yes', ...(role ? { evidence: role } : {}) },
      { key: 'anonymous', value: 'yes', evidence: by },
    ],
  }
}

function fix(members: readonly [Fail, ...Fail[]], { config }: RuleContext) {
  const connectors = connectorsOfMembers(config, members)
  const remark = comment('What delivers here without signing in belongs on port 25 of the front end.')
  if (connectors.every((c) => hasGroup(c, 'AnonymousUsers') !== 'yes'))
    return revokeRights(
      connectors,
      (c) =>
        [...new Map(grantTo(config, c, ANYBODY, 'submit').rows.map((row) => [row.user, row])).values()].map((row) => ({
          row,
          rights: ['ms-Exch-SMTP-Submit'],
        })),
      [remark],
    )
  return setAccess(connectors, (c) => ({ PermissionGroups: groupsWithout(c, 'AnonymousUsers') }), [remark])
}
