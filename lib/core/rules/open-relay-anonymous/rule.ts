import { isBuiltIn } from '../../mailflow/connector-kind'
import { connectorsOfMembers } from '../../mailflow/connectors-of'
import { isOpenToStrangers } from '../../mailflow/firewall'
import { cloneKey, refOf } from '../../mailflow/object-ref'
import { anonRelayTri, relayRows } from '../../mailflow/permissions'
import { publicParts, takesAny, takesPublic } from '../../mailflow/ranges'
import {
  connectorOf,
  evidenceOf,
  missingFor,
  nonEmpty,
  rangeParams,
  relaySids,
  rowEvidence,
} from '../../mailflow/receive-evidence'
import { and, type Config, isTrue, type ReceiveConnector, tri } from '../../model'
import { revokeRelayRight } from '../../remediation'
import { type Answers, defineRule, type Fail, type RuleContext, type Verdict } from '../define-rule'

export const rule = defineRule({
  id: 'open-relay-anonymous',
  family: 'relay',
  question: 1,
  severities: ['critical', 'high'],
  needs: ['receiveConnectors'],
  optional: ['adPermissions'],
  reads: {
    receiveConnectors: ['Enabled', 'Bindings', 'RemoteIPRanges', 'PermissionGroups', 'TransportRole'],
    adPermissions: ['User', 'ExtendedRights', 'Deny', 'IsInherited'],
  },
  references: [
    'https://learn.microsoft.com/exchange/mail-flow/connectors/allow-anonymous-relay',
    'https://learn.microsoft.com/exchange/mail-flow/connectors/receive-connectors',
  ],
  frameworks: { BSI: ['APP.5.2.A9', 'APP.5.3.A2'], STIG: ['V-259687', 'V-259622'], 'MITRE ATT&CK': ['T1672'] },
  absorbs: [
    { rule: 'relay-right-for-broad-principal', same: 'connector' },
    { rule: 'relay-range-contains-infrastructure', same: 'connector' },
    { rule: 'custom-permissions-unverified', same: 'connector' },
    { rule: 'log-anonymous-relay-observed', same: 'connector' },
    { rule: 'log-relay-right-unauthenticated', same: 'connector' },
  ],
  check,
  fix: (members, { config }) => {
    return revokeRelayRight(connectorsOfMembers(config, members), (c) => relaySids(config, c))
  },
})

function* check({ config, answers }: RuleContext): Iterable<Verdict> {
  for (const c of config.receiveConnectors) {
    const enabled = isTrue(c.enabled)
    const relay = anonRelayTri(config, c)
    const open = takesPublic(c)
    // A connector that cannot be told from a built-in one counts as an own one: it relays either way.
    const value = and(enabled, tri(isBuiltIn(config, c) !== 'yes'), relay, open)
    const object = refOf(c)
    if (value === 'yes') yield failure(config, c, answers)
    else if (value === 'no') yield { state: 'pass', object }
    else yield { state: 'not-assessed', object, missing: missingFor(c, [enabled, open], relay) }
  }
}

function failure(config: Config, c: ReceiveConnector, answers: Answers): Fail {
  const any = takesAny(c)
  const row = nonEmpty(relayRows(config, c).flatMap(rowEvidence))
  const [ranges] = evidenceOf(c.remoteIPRanges)
  return {
    state: 'fail',
    key: cloneKey(c),
    side: c.side,
    severity: any === 'yes' ? 'critical' : 'high',
    confidence: 'proven',
    proof: 'configuration',
    exposure: 'internet',
    objects: [refOf(c)],
    params: { connector: c.id, any, ...rangeParams(c, (r) => publicParts([r]).length > 0) },
    evidence: [...row, ...evidenceOf(c.remoteIPRanges, c.permissionGroups, c.bindings)],
    conditions: [
      { key: 'relay-right', value: 'yes', evidence: row[0] },
      { key: 'public', value: 'yes', ...(ranges ? { evidence: ranges } : {}) },
      { key: 'any-address', value: any, ...(ranges ? { evidence: ranges } : {}) },
      { key: 'reachable', value: isOpenToStrangers(answers) },
    ],
    ...(any === 'unknown' ? { couldRaise: [connectorOf(c)] } : {}),
  }
}
