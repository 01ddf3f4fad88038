import { kindOf } from '../../mailflow/connector-kind'
import { connectorsOfMembers } from '../../mailflow/connectors-of'
import { cloneKey, refOf } from '../../mailflow/object-ref'
import { anonSubmit } from '../../mailflow/permissions'
import { numberOf } from '../../mailflow/property-of'
import { takesAny, takesPublic } from '../../mailflow/ranges'
import { evidenceOf, exposureOf, missingFor } from '../../mailflow/receive-evidence'
import { and, isTrue, known, type ReceiveConnector, type Tri, tri } from '../../model'
import { setProperties, str } from '../../remediation'
import { defineRule, evidence, type Fail, type RuleContext, type Verdict } from '../define-rule'

export const rule = defineRule({
  id: 'tarpit-disabled',
  family: 'relay',
  question: 1,
  severities: ['low'],
  needs: ['receiveConnectors'],
  optional: ['adPermissions'],
  reads: {
    receiveConnectors: ['Enabled', 'TarpitInterval', 'PermissionGroups', 'RemoteIPRanges', 'Bindings', 'TransportRole'],
    adPermissions: ['User', 'ExtendedRights', 'Deny', 'IsInherited'],
  },
  references: [
    'https://learn.microsoft.com/powershell/module/exchange/set-receiveconnector#-tarpitinterval',
    'https://learn.microsoft.com/exchange/mail-flow/connectors/receive-connectors',
  ],
  frameworks: { STIG: ['V-259621'] },
  absorbs: [],
  check,
  fix: (members, { config }) =>
    setProperties(connectorsOfMembers(config, members), {
      set: () => ({ TarpitInterval: str('00:00:05') }),
      effect: 'none',
      minutes: 5,
    }),
})

const tarpitOf = (c: ReceiveConnector) => numberOf(c, 'TarpitInterval')

function isOff(c: ReceiveConnector): Tri {
  const seconds = known(tarpitOf(c))
  return seconds === undefined ? 'unknown' : tri(seconds === 0)
}

function* check({ config }: RuleContext): Iterable<Verdict> {
  for (const c of config.receiveConnectors) {
    const enabled = isTrue(c.enabled)
    // Setup leaves the tarpit of this one off: only servers of the organisation come here.
    const judged = tri(kindOf(config, c) !== 'OutboundProxy')
    const open = and(enabled, judged, isOff(c), takesPublic(c))
    const submit = open === 'no' ? 'no' : anonSubmit(config, c)
    const value = and(open, submit)
    if (value === 'yes') yield failure(c)
    else if (value === 'no') yield { state: 'pass', object: refOf(c) }
    else
      yield {
        state: 'not-assessed',
        object: refOf(c),
        missing: missingFor(c, [enabled, isOff(c), takesPublic(c)], submit),
      }
  }
}

function failure(c: ReceiveConnector): Fail {
  const [groups] = evidenceOf(c.permissionGroups)
  return {
    state: 'fail',
    key: cloneKey(c),
    side: c.side,
    severity: 'low',
    confidence: 'proven',
    proof: 'configuration',
    exposure: exposureOf(c),
    objects: [refOf(c)],
    params: { connector: c.id, any: takesAny(c) },
    evidence: [evidence(tarpitOf(c)), ...evidenceOf(c.permissionGroups, c.remoteIPRanges)],
    conditions: [
      { key: 'tarpit', value: 'yes', evidence: evidence(tarpitOf(c)) },
      { key: 'anonymous', value: 'yes', ...(groups ? { evidence: groups } : {}) },
      { key: 'public', value: 'yes', evidence: evidence(c.remoteIPRanges) },
    ],
  }
}
