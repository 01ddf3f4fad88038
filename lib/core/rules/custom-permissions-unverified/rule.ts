import { cloneKey, refOf } from '../../mailflow/object-ref'
import { accessListSupplied, hasCustomPermissions } from '../../mailflow/permissions'
import { takesPublic } from '../../mailflow/ranges'
import { accessListFor, connectorOf, evidenceOf, exposureOf } from '../../mailflow/receive-evidence'
import { and, isTrue, not, type ReceiveConnector, tri } from '../../model'
import { defineRule, evidence, type Fail, type RuleContext, type Verdict } from '../define-rule'

export const rule = defineRule({
  id: 'custom-permissions-unverified',
  family: 'relay',
  question: 1,
  severities: ['medium', 'info'],
  needs: ['receiveConnectors'],
  optional: ['adPermissions'],
  reads: {
    receiveConnectors: ['Enabled', 'RemoteIPRanges', 'PermissionGroups'],
    adPermissions: ['User', 'ExtendedRights'],
  },
  references: [
    'https://learn.microsoft.com/exchange/mail-flow/connectors/receive-connectors',
    'https://learn.microsoft.com/exchange/mail-flow/connectors/allow-anonymous-relay',
  ],
  frameworks: { BSI: ['APP.5.2.A9'] },
  absorbs: [],
  check,
  // Nothing to change: the finding asks for a file. The text has the command.
  fix: () => null,
})

function* check({ config }: RuleContext): Iterable<Verdict> {
  for (const c of config.receiveConnectors) {
    const enabled = isTrue(c.enabled)
    const value = and(enabled, hasCustomPermissions(c), not(tri(accessListSupplied(config, c))))
    if (value === 'yes') yield failure(c)
    else if (value === 'no') yield { state: 'pass', object: refOf(c) }
    else yield { state: 'not-assessed', object: refOf(c), missing: [connectorOf(c)] }
  }
}

function failure(c: ReceiveConnector): Fail {
  const open = takesPublic(c)
  const [ranges] = evidenceOf(c.remoteIPRanges)
  return {
    state: 'fail',
    key: cloneKey(c),
    side: c.side,
    severity: open === 'yes' ? 'medium' : 'info',
    confidence: 'likely',
    proof: 'inferred',
    exposure: exposureOf(c),
    objects: [refOf(c)],
    params: { connector: c.id, open },
    evidence: [evidence(c.permissionGroups), ...evidenceOf(c.remoteIPRanges)],
    conditions: [
      { key: 'custom', value: 'yes', evidence: evidence(c.permissionGroups) },
      { key: 'no-access-list', value: 'yes' },
      { key: 'public', value: open, ...(ranges ? { evidence: ranges } : {}) },
      { key: 'relay-right', value: 'unknown' },
    ],
    couldRaise: [accessListFor(c), ...(open === 'unknown' ? [connectorOf(c)] : [])],
  }
}
