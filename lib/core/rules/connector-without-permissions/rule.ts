import { defaultOf } from '../../defaults/receive-connectors'
import { accessListOf, accessListSupplied } from '../../mailflow/access-list'
import { momentOf } from '../../mailflow/certificate-facts'
import { kindOf } from '../../mailflow/connector-kind'
import { connectorsOfMembers } from '../../mailflow/connectors-of'
import { cloneKey, refOf } from '../../mailflow/object-ref'
import { textOf } from '../../mailflow/property-of'
import { evidenceOf, exposureOf, missingFor } from '../../mailflow/receive-evidence'
import { rightNames } from '../../mailflow/rights'
import { and, type Config, contains, isTrue, not, or, type ReceiveConnector, type Tri, tri } from '../../model'
import { comment, setAccess } from '../../remediation'
import { defineRule, evidence, type Fail, type RuleContext, type Verdict } from '../define-rule'

const DAY_MS = 86_400_000

export const rule = defineRule({
  id: 'connector-without-permissions',
  family: 'selection',
  question: 6,
  severities: ['medium', 'info'],
  needs: ['receiveConnectors'],
  optional: ['adPermissions'],
  reads: {
    receiveConnectors: ['Enabled', 'PermissionGroups', 'RemoteIPRanges', 'Bindings', 'TransportRole', 'WhenCreated'],
    adPermissions: ['User', 'ExtendedRights', 'Deny'],
  },
  references: [
    'https://learn.microsoft.com/exchange/mail-flow/connectors/receive-connectors',
    'https://learn.microsoft.com/powershell/module/exchange/set-receiveconnector#-permissiongroups',
  ],
  frameworks: { BSI: ['APP.5.2.A9'] },
  absorbs: [],
  check,
  fix,
})

const hasNoGroup = (c: ReceiveConnector): Tri => not(contains(c.permissionGroups, (g) => g.toLowerCase() !== 'none'))

/** Full control of administrators is no right of a session: only the right by its name counts. */
const letsSubmit = (config: Config, c: ReceiveConnector): Tri =>
  or(
    ...accessListOf(config, c).map((row) =>
      and(
        contains(row.extendedRights, (r) => r.toLowerCase() === rightNames.submit),
        not(isTrue(row.deny)),
      ),
    ),
  )

function* check({ config, asOf }: RuleContext): Iterable<Verdict> {
  for (const c of config.receiveConnectors) {
    const enabled = isTrue(c.enabled)
    const submit = letsSubmit(config, c)
    const value = and(enabled, hasNoGroup(c), not(submit))
    const object = refOf(c)
    if (value === 'yes') yield failure(config, c, asOf)
    else if (value === 'no') yield { state: 'pass', object }
    else yield { state: 'not-assessed', object, missing: missingFor(c, [enabled, hasNoGroup(c)], submit) }
  }
}

/** It was made within a day before the audit: somebody may be at it. A time without an offset leaves half a day open. */
function isNew(c: ReceiveConnector, asOf: Date): Tri {
  const created = momentOf(textOf(c, 'WhenCreated'))
  if (created === undefined) return 'unknown'
  const age = asOf.getTime() - created.at
  return tri(Math.abs(age) < DAY_MS)
}

function failure(config: Config, c: ReceiveConnector, asOf: Date): Fail {
  const fresh = isNew(c, asOf)
  const [created] = evidenceOf(textOf(c, 'WhenCreated'))
  const supplied = accessListSupplied(config, c)
  return {
    state: 'fail',
    key: cloneKey(c),
    side: c.side,
    severity: fresh === 'yes' ? 'info' : 'medium',
    confidence: 'proven',
    proof: 'configuration',
    exposure: exposureOf(c),
    objects: [refOf(c)],
    params: { connector: c.id, fresh },
    evidence: [evidence(c.permissionGroups), ...evidenceOf(c.remoteIPRanges, c.bindings)],
    conditions: [
      { key: 'no-group', value: 'yes', evidence: evidence(c.permissionGroups) },
      { key: 'no-row', value: supplied ? 'yes' : 'unknown' },
      { key: 'new', value: fresh, ...(created ? { evidence: created } : {}) },
    ],
  }
}

function fix(members: readonly [Fail, ...Fail[]], { config }: RuleContext) {
  const groups = (c: ReceiveConnector) => {
    const kind = kindOf(config, c)
    return kind === 'Custom' || kind === 'unknown' ? ['AnonymousUsers'] : defaultOf(kind).permissionGroups
  }
  return setAccess(connectorsOfMembers(config, members), (c) => ({ PermissionGroups: groups(c) }), [
    comment('AnonymousUsers lets the hosts in the ranges deliver to your own domains, and nothing else.'),
    comment(
      'If nobody needs the connector: disable it instead. Its hosts then reach the one with the next wider range.',
    ),
  ])
}
