import { EVERYONE } from '../../mailflow/access-list'
import { connectorsOfMembers } from '../../mailflow/connectors-of'
import { cloneKey, refOf } from '../../mailflow/object-ref'
import { accessListFor, connectorOf, exposureOf, nonEmpty, rowEvidence } from '../../mailflow/receive-evidence'
import { type Grant, grantTo } from '../../mailflow/rights'
import { and, type Config, isTrue, or, type ReceiveConnector } from '../../model'
import { revokeRights } from '../../remediation'
import { defineRule, type Fail, type RuleContext, type Verdict } from '../define-rule'

const AUTHENTICATED_USERS = 'S-1-5-11'

export const rule = defineRule({
  id: 'relay-right-for-broad-principal',
  family: 'relay',
  question: 1,
  severities: ['high'],
  needs: ['receiveConnectors', 'adPermissions'],
  optional: [],
  reads: {
    receiveConnectors: ['Enabled', 'RemoteIPRanges'],
    adPermissions: ['User', 'ExtendedRights', 'Deny', 'IsInherited', 'AccessRights'],
  },
  references: [
    'https://learn.microsoft.com/exchange/mail-flow/connectors/receive-connectors',
    'https://learn.microsoft.com/exchange/mail-flow/connectors/allow-anonymous-relay',
  ],
  frameworks: { BSI: ['APP.5.2.A9'] },
  absorbs: [],
  check,
  fix,
})

/** To send to every domain: for everybody. Users who have signed in may, by their permission group. */
const toRelay = (config: Config, c: ReceiveConnector): Grant => grantTo(config, c, [EVERYONE], 'anyRecipient')
/** To send as every address: for everybody, or for every user. */
const toPoseAsAnyone = (config: Config, c: ReceiveConnector): Grant =>
  grantTo(config, c, [EVERYONE, AUTHENTICATED_USERS], 'anySender')

function* check({ config }: RuleContext): Iterable<Verdict> {
  for (const c of config.receiveConnectors) {
    const enabled = isTrue(c.enabled)
    const [relay, pose] = [toRelay(config, c), toPoseAsAnyone(config, c)]
    const granted = or(relay.value, pose.value)
    const value = and(enabled, granted)
    const object = refOf(c)
    if (value === 'yes') yield failure(c, relay, pose)
    else if (value === 'no') yield { state: 'pass', object }
    else yield { state: 'not-assessed', object, missing: [granted === 'unknown' ? accessListFor(c) : connectorOf(c)] }
  }
}

function failure(c: ReceiveConnector, relay: Grant, pose: Grant): Fail {
  const shown = (g: Grant) => g.rows.flatMap(rowEvidence)
  const proof = nonEmpty([...shown(relay), ...shown(pose)])
  const of = (g: Grant) => (g.rows.length > 0 ? { evidence: nonEmpty(shown(g))[0] } : {})
  const users = [...new Set([...relay.rows, ...pose.rows].map((row) => row.user))]
  return {
    state: 'fail',
    key: cloneKey(c),
    side: c.side,
    severity: 'high',
    confidence: 'likely',
    proof: 'configuration',
    exposure: exposureOf(c),
    objects: [refOf(c)],
    params: {
      connector: c.id,
      accounts: users.join(', '),
      right: relay.value === 'yes' ? (pose.value === 'yes' ? 'both' : 'relay') : 'sender',
    },
    evidence: proof,
    conditions: [
      { key: 'relay', value: relay.value, ...of(relay) },
      { key: 'any-sender', value: pose.value, ...of(pose) },
    ],
  }
}

function fix(members: readonly [Fail, ...Fail[]], { config }: RuleContext) {
  const held = (grant: Grant, right: string) =>
    [...new Map(grant.rows.map((row) => [row.user, row])).values()].map((row) => ({ row, rights: [right] }))
  return revokeRights(connectorsOfMembers(config, members), (c) => [
    ...held(toRelay(config, c), 'ms-Exch-SMTP-Accept-Any-Recipient'),
    ...held(toPoseAsAnyone(config, c), 'ms-Exch-SMTP-Accept-Any-Sender'),
  ])
}
