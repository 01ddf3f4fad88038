import { isBuiltIn } from '../../mailflow/connector-kind'
import { connectorsOfMembers } from '../../mailflow/connectors-of'
import { cloneKey, refOf } from '../../mailflow/object-ref'
import { anonRelayTri, relayRows } from '../../mailflow/permissions'
import { knownRanges, subtractRanges, takesAny, takesMoreThan, takesPublic, takesWide } from '../../mailflow/ranges'
import {
  connectorOf,
  evidenceOf,
  missingFor,
  nonEmpty,
  rangeParams,
  rowEvidence,
} from '../../mailflow/receive-evidence'
import { and, type Config, isTrue, not, or, parseIpRange, type ReceiveConnector, type Tri, tri } from '../../model'
import { ask, replaceRanges } from '../../remediation'
import { type Answers, defineRule, type Fail, type RuleContext, type Verdict } from '../define-rule'

/** A list of hosts that somebody can know by heart. */
const HOSTS_MAX = 16

export const rule = defineRule({
  id: 'anonymous-relay-wide-range',
  family: 'relay',
  question: 1,
  severities: ['high', 'medium', 'low'],
  needs: ['receiveConnectors'],
  optional: ['adPermissions'],
  reads: {
    receiveConnectors: ['Enabled', 'Bindings', 'RemoteIPRanges', 'PermissionGroups', 'TransportRole'],
    adPermissions: ['User', 'ExtendedRights', 'Deny', 'IsInherited'],
  },
  references: [
    'https://learn.microsoft.com/exchange/mail-flow/connectors/allow-anonymous-relay',
    'https://learn.microsoft.com/powershell/module/exchange/set-receiveconnector',
  ],
  frameworks: { BSI: ['APP.5.2.A9', 'APP.5.3.A2'], STIG: ['V-259687', 'V-259622'], 'MITRE ATT&CK': ['T1672'] },
  absorbs: [
    { rule: 'relay-range-contains-infrastructure', same: 'connector' },
    { rule: 'relay-right-for-broad-principal', same: 'connector' },
    { rule: 'custom-permissions-unverified', same: 'connector' },
    { rule: 'log-anonymous-relay-observed', same: 'connector' },
  ],
  check,
  fix: (members, { config }) => {
    const hosts = ask('relay-hosts', {
      en: 'Addresses of the hosts that may relay, each in quotes, with commas between them',
      de: 'Adressen der Hosts, die weiterleiten dürfen, je in Anführungszeichen und durch Kommas getrennt',
    })
    return replaceRanges(connectorsOfMembers(config, members), () => hosts)
  },
})

function* check({ config, answers }: RuleContext): Iterable<Verdict> {
  for (const c of config.receiveConnectors) {
    const enabled = isTrue(c.enabled)
    const relay = anonRelayTri(config, c)
    const range = and(not(takesAny(c)), not(takesPublic(c)), or(takesWide(c), takesMoreThan(c, HOSTS_MAX)))
    const value = and(enabled, tri(isBuiltIn(config, c) !== 'yes'), relay, range)
    const object = refOf(c)
    if (value === 'yes') yield failure(config, c, answers)
    else if (value === 'no') yield { state: 'pass', object }
    else yield { state: 'not-assessed', object, missing: missingFor(c, [enabled, range], relay) }
  }
}

/** Every address lies in a network that a person has named as one of servers. */
function inServerNetwork(c: ReceiveConnector, answers: Answers): Tri {
  const networks = Object.entries(answers).flatMap(([key, value]) => {
    const range = key.startsWith('server-network:') && value === 'yes' ? parseIpRange(key.slice(15)) : undefined
    return range ? [range] : []
  })
  if (networks.length === 0) return 'unknown'
  return tri(subtractRanges(knownRanges(c.remoteIPRanges).ranges, networks).length === 0)
}

function failure(config: Config, c: ReceiveConnector, answers: Answers): Fail {
  const tagged = inServerNetwork(c, answers)
  const wide = takesWide(c)
  const row = nonEmpty(relayRows(config, c).flatMap(rowEvidence))
  const [ranges] = evidenceOf(c.remoteIPRanges)
  return {
    state: 'fail',
    key: cloneKey(c),
    side: c.side,
    severity: tagged === 'yes' ? 'low' : wide === 'yes' ? 'high' : 'medium',
    confidence: 'proven',
    proof: 'configuration',
    exposure: 'internal',
    objects: [refOf(c)],
    params: { connector: c.id, ...rangeParams(c) },
    evidence: [...row, ...evidenceOf(c.remoteIPRanges, c.permissionGroups, c.bindings)],
    conditions: [
      { key: 'relay-right', value: 'yes', evidence: row[0] },
      { key: 'wide', value: wide, ...(ranges ? { evidence: ranges } : {}) },
      { key: 'many', value: takesMoreThan(c, HOSTS_MAX), ...(ranges ? { evidence: ranges } : {}) },
      { key: 'server-network', value: tagged },
    ],
    ...(wide === 'unknown' ? { couldRaise: [connectorOf(c)] } : {}),
  }
}
