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
import { anonRelayTri, externallySecured } from '../../mailflow/permissions'
import { knownRanges, rangesWithout } from '../../mailflow/ranges'
import {
  connectorOf,
  evidenceOf,
  exposureOf,
  missingFor,
  nonEmpty,
  relayEvidence,
} from '../../mailflow/receive-evidence'
import { and, type Config, isTrue, or, type ReceiveConnector, type Tri } from '../../model'
import { ask, list, replaceRanges } from '../../remediation'
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
  id: 'relay-range-contains-infrastructure',
  family: 'relay',
  question: 1,
  severities: ['high'],
  needs: ['receiveConnectors'],
  optional: ['adPermissions', 'sendConnectors', 'servers', 'hybridConfigurations', 'edgeSubscriptions'],
  reads: {
    receiveConnectors: ['Enabled', 'Bindings', 'RemoteIPRanges', 'AuthMechanism', 'PermissionGroups'],
    adPermissions: ['User', 'ExtendedRights', 'Deny', 'IsInherited'],
    servers: ['ServerRole'],
  },
  references: [
    'https://learn.microsoft.com/exchange/mail-flow/connectors/allow-anonymous-relay',
    'https://learn.microsoft.com/exchange/mail-flow/connectors/receive-connectors',
  ],
  frameworks: { BSI: ['APP.5.2.A9'] },
  absorbs: [],
  check,
  fix,
})

const taken = (config: Config, c: ReceiveConnector, answers: Answers): readonly OwnAddress[] =>
  takenBy(c, ownAddresses(config, answers))

/**
 * Does it take addresses of servers, load balancers or gateways? no only where those of every server were told, and at least one
 * that stands in front of them: who has told nothing of these has not been asked.
 */
function takesInfrastructure(config: Config, c: ReceiveConnector, answers: Answers): Tri {
  if (taken(config, c, answers).length > 0) return 'yes'
  const front = ownAddresses(config, answers).some((a) => a.role !== 'exchange')
  const told = front && addressesMissing(config, answers).length === 0
  return told && knownRanges(c.remoteIPRanges).whole ? 'no' : 'unknown'
}

/** Load balancers and gateways stand in no export. */
function openAddresses(config: Config, answers: Answers): readonly [Missing, ...Missing[]] {
  const [first, ...rest] = addressesMissing(config, answers)
  return [first ?? addressesOf([]), ...rest]
}

function* check({ config, answers }: RuleContext): Iterable<Verdict> {
  for (const c of config.receiveConnectors) {
    const enabled = isTrue(c.enabled)
    const [secured, relay] = [externallySecured(c), anonRelayTri(config, c)]
    const trusts = or(secured, relay)
    const takes = and(enabled, trusts) === 'no' ? 'no' : takesInfrastructure(config, c, answers)
    const value = and(enabled, trusts, takes)
    const object = refOf(c)
    if (value === 'yes') yield failure(config, c, answers)
    else if (value === 'no') yield { state: 'pass', object }
    else if (and(enabled, trusts) === 'yes' && knownRanges(c.remoteIPRanges).whole)
      yield { state: 'not-assessed', object, missing: openAddresses(config, answers) }
    else {
      const whole: Tri = knownRanges(c.remoteIPRanges).whole ? 'yes' : 'unknown'
      yield {
        state: 'not-assessed',
        object,
        missing: missingFor(c, [enabled, secured, whole], trusts === 'yes' ? 'yes' : relay),
      }
    }
  }
}

function failure(config: Config, c: ReceiveConnector, answers: Answers): Fail {
  const found = taken(config, c, answers)
  const secured = externallySecured(c)
  const proof = nonEmpty(relayEvidence(config, c))
  const roles = new Set(found.map((a) => a.role))
  const front = roles.has('load-balancer') || roles.has('gateway')
  const named = found.flatMap((a) => a.evidence)
  return {
    state: 'fail',
    key: cloneKey(c),
    side: c.side,
    severity: 'high',
    confidence: 'proven',
    proof: 'configuration',
    exposure: front ? 'internet' : exposureOf(c),
    objects: [refOf(c)],
    params: {
      connector: c.id,
      addresses:
        found
          .slice(0, 3)
          .map((a) => a.text)
          .join(', ') + (found.length > 3 ? ', …' : ''),
      addressCount: found.length,
      role: roles.has('load-balancer') ? 'balancer' : roles.has('gateway') ? 'gateway' : 'exchange',
      mode: secured === 'yes' ? 'secured' : 'relay',
    },
    evidence: [...proof, evidence(c.remoteIPRanges), ...named.slice(0, 5), ...evidenceOf(c.permissionGroups)],
    conditions: [
      { key: 'relays', value: 'yes', evidence: proof[0] },
      { key: 'covers', value: 'yes', evidence: evidence(c.remoteIPRanges) },
      { key: 'entrance', value: front ? 'yes' : 'unknown' },
    ],
    ...(knownRanges(c.remoteIPRanges).whole ? {} : { couldRaise: [connectorOf(c)] }),
  }
}

function fix(members: readonly [Fail, ...Fail[]], { config, answers }: RuleContext) {
  const hosts = ask('relay-hosts', {
    en: 'Addresses of the hosts that may relay, without Exchange servers, load balancers and gateways, each in quotes, with commas between them',
    de: 'Adressen der Hosts, die weiterleiten dürfen, ohne Exchange-Server, Lastenausgleich und Gateways, je in Anführungszeichen und durch Kommas getrennt',
  })
  return replaceRanges(connectorsOfMembers(config, members), (c) => {
    const left = rangesWithout(c, taken(config, c, answers).map(asRange)) ?? []
    return left.length > 0 ? list(left) : hosts
  })
}
