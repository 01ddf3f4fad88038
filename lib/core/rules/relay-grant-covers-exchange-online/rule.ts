import {
  exchangeOnlineCidrs,
  exchangeOnlineRanges,
  exchangeOnlineRangesAreStale,
  touchesExchangeOnline,
} from '../../defaults/exchange-online-ranges'
import { isBuiltIn } from '../../mailflow/connector-kind'
import { winsWithin } from '../../mailflow/connector-selection'
import { connectorsOfMembers } from '../../mailflow/connectors-of'
import { cloneKey, refOf } from '../../mailflow/object-ref'
import { anonRelayTri, externallySecured } from '../../mailflow/permissions'
import { knownRanges, subtractRanges, takesAny, takesPublic } from '../../mailflow/ranges'
import { connectorOf, evidenceOf, missingFor, nonEmpty, relayEvidence } from '../../mailflow/receive-evidence'
import {
  and,
  type Config,
  formatIp,
  type IpRange,
  isTrue,
  known,
  not,
  or,
  type ReceiveConnector,
  type Tri,
  tri,
} from '../../model'
import { ask, list, replaceRanges, switchOff } from '../../remediation'
import { defineRule, type Fail, type Missing, type RuleContext, type Verdict } from '../define-rule'

export const rule = defineRule({
  id: 'relay-grant-covers-exchange-online',
  family: 'relay',
  question: 1,
  severities: ['critical'],
  needs: ['receiveConnectors'],
  optional: ['adPermissions'],
  reads: {
    receiveConnectors: ['Enabled', 'Bindings', 'RemoteIPRanges', 'AuthMechanism', 'PermissionGroups', 'TransportRole'],
    adPermissions: ['User', 'ExtendedRights', 'Deny', 'IsInherited'],
  },
  references: [
    'https://learn.microsoft.com/exchange/transport-routing',
    'https://learn.microsoft.com/microsoft-365/enterprise/urls-and-ip-address-ranges',
    'https://learn.microsoft.com/exchange/mail-flow/connectors/receive-connectors',
  ],
  frameworks: { BSI: ['APP.5.2.A9', 'APP.5.3.A2'], STIG: ['V-259687', 'V-259622'], 'MITRE ATT&CK': ['T1672'] },
  absorbs: [
    { rule: 'open-relay-anonymous', same: 'connector' },
    { rule: 'externally-secured-connector', same: 'connector' },
    { rule: 'hybrid-receive-exo-range-shadowed', same: 'connector' },
    { rule: 'relay-range-contains-infrastructure', same: 'connector' },
    { rule: 'custom-permissions-unverified', same: 'connector' },
    { rule: 'log-anonymous-relay-observed', same: 'connector' },
  ],
  check,
  fix,
})

const newerRanges: Missing = {
  cmdlet:
    'Invoke-RestMethod "https://endpoints.office.com/endpoints/Worldwide?ServiceAreas=Exchange&ClientRequestId=$(New-Guid)"',
  side: 'exchange-online',
  servers: [],
}

function* check({ config, asOf }: RuleContext): Iterable<Verdict> {
  for (const c of config.receiveConnectors) {
    const enabled = isTrue(c.enabled)
    const relay = anonRelayTri(config, c)
    const secured = externallySecured(c)
    const trusts = or(relay, secured)
    const own = and(enabled, tri(isBuiltIn(config, c) !== 'yes'), not(takesAny(c)))
    const wins = and(own, trusts) === 'no' ? 'no' : answersCloud(config, c)
    const value = and(own, trusts, wins)
    const object = refOf(c)
    if (value === 'yes') yield failure(config, c)
    else if (value === 'no') {
      // The list of addresses is of a certain day: a public range that it does not hold may be new.
      const byList = and(own, trusts) !== 'no' && takesPublic(c) !== 'no' && exchangeOnlineRangesAreStale(asOf)
      yield byList ? { state: 'not-assessed', object, missing: [newerRanges] } : { state: 'pass', object }
    } else
      yield {
        state: 'not-assessed',
        object,
        missing: missingFor(c, [enabled, secured, takesAny(c), wins], trusts === 'yes' ? 'yes' : relay),
      }
  }
}

/** Is this the connector that answers sessions of Exchange Online? Ranges that do not touch its addresses settle it at once. */
function answersCloud(config: Config, c: ReceiveConnector): Tri {
  const { ranges, whole } = knownRanges(c.remoteIPRanges)
  if (!ranges.some(touchesExchangeOnline)) return whole ? 'no' : 'unknown'
  return winsWithin(config, c, 25, exchangeOnlineCidrs)
}

function failure(config: Config, c: ReceiveConnector): Fail {
  const secured = externallySecured(c)
  const relay = anonRelayTri(config, c)
  const proof = nonEmpty(relayEvidence(config, c))
  const [ranges] = evidenceOf(c.remoteIPRanges)
  const cloud = knownRanges(c.remoteIPRanges).ranges.filter(touchesExchangeOnline)
  return {
    state: 'fail',
    key: cloneKey(c),
    side: c.side,
    severity: 'critical',
    confidence: 'proven',
    proof: 'configuration',
    exposure: 'cloud',
    objects: [refOf(c)],
    params: {
      connector: c.id,
      mode: secured === 'yes' ? 'secured' : 'relay',
      ranges: cloud
        .slice(0, 3)
        .map((r) => r.text)
        .join(', '),
      moreRanges: Math.max(0, cloud.length - 3),
      recordedOn: Date.parse(exchangeOnlineRanges.recordedOn),
    },
    evidence: [...proof, ...evidenceOf(c.remoteIPRanges, c.bindings, c.permissionGroups)],
    conditions: [
      { key: 'cloud', value: 'yes', ...(ranges ? { evidence: ranges } : {}) },
      { key: 'wins', value: 'yes' },
      { key: 'secured', value: secured, ...(secured === 'yes' ? { evidence: proof[0] } : {}) },
      { key: 'relay-right', value: relay, ...(relay === 'yes' && secured !== 'yes' ? { evidence: proof[0] } : {}) },
    ],
    ...(knownRanges(c.remoteIPRanges).whole ? {} : { couldRaise: [connectorOf(c)] }),
  }
}

const print = ({ family, lo, hi }: IpRange): string =>
  lo === hi ? formatIp(family, lo) : `${formatIp(family, lo)}-${formatIp(family, hi)}`

/** What the connector keeps when the addresses of Exchange Online go. Undefined where that is not known or nothing. */
function rest(c: ReceiveConnector): readonly string[] | undefined {
  const kept = known(c.remoteIPRanges)?.flatMap((r) =>
    touchesExchangeOnline(r) ? subtractRanges([r], exchangeOnlineCidrs).map(print) : [r.text],
  )
  return kept && kept.length > 0 ? kept : undefined
}

function fix(members: readonly [Fail, ...Fail[]], { config }: RuleContext) {
  const connectors = connectorsOfMembers(config, members)
  if (connectors.every((c) => known(c.remoteIPRanges) && !rest(c))) return switchOff(connectors)
  const hosts = ask('own-hosts', {
    en: 'Addresses of your own hosts that use the connector, each in quotes, with commas between them',
    de: 'Adressen Ihrer eigenen Hosts, die den Connector benutzen, je in Anführungszeichen und durch Kommas getrennt',
  })
  return replaceRanges(connectors, (c) => {
    const kept = rest(c)
    return kept ? list(kept) : hosts
  })
}
