import { connectorsOfMembers } from '../../mailflow/connectors-of'
import { mxLeadsHere } from '../../mailflow/mx'
import { anonSubmit } from '../../mailflow/permissions'
import { takesAny } from '../../mailflow/ranges'
import { evidenceOf } from '../../mailflow/receive-evidence'
import { listensOn } from '../../mailflow/receive-ports'
import { failOn, verdictOn } from '../../mailflow/verdict-on'
import { and, isTrue, type ReceiveConnector, type Tri } from '../../model'
import { bool, setProperties, wizardRemark } from '../../remediation'
import { defineRule, evidence, type Fail, type RuleContext, type Verdict } from '../define-rule'

export const rule = defineRule({
  id: 'require-tls-on-internet-connector',
  family: 'receive-tls',
  question: 5,
  severities: ['medium'],
  needs: ['receiveConnectors'],
  optional: [],
  reads: { receiveConnectors: ['Enabled', 'RequireTLS', 'Bindings', 'RemoteIPRanges', 'PermissionGroups'] },
  references: [
    'https://www.rfc-editor.org/rfc/rfc3207#section-4',
    'https://learn.microsoft.com/powershell/module/exchange/set-receiveconnector#-requiretls',
  ],
  frameworks: {},
  absorbs: [],
  check,
  fix,
})

/** Where the MX leads elsewhere, whoever delivers here is known, and may be held to TLS. */
function* check({ config, answers }: RuleContext): Iterable<Verdict> {
  const mx = mxLeadsHere(answers)
  if (mx === 'no') return
  for (const c of config.receiveConnectors) {
    const enabled = isTrue(c.enabled)
    if (enabled === 'no') continue
    const entrance = and(listensOn(c, 25).value, takesAny(c), anonSubmit(config, c))
    yield verdictOn(c, and(enabled, isTrue(c.requireTLS), entrance), () => failure(c, mx))
  }
}

function failure(c: ReceiveConnector, mx: Tri): Fail {
  const ranges = evidence(c.remoteIPRanges)
  const bindings = evidence(c.bindings)
  const required = evidence(c.requireTLS)
  const [groups] = evidenceOf(c.permissionGroups)
  return failOn(c, {
    severity: 'medium',
    exposure: 'internet',
    params: { connector: c.id, mx },
    evidence: [required, bindings, ranges, ...evidenceOf(c.permissionGroups)],
    conditions: [
      { key: 'required', value: 'yes', evidence: required },
      { key: 'port', value: 'yes', evidence: bindings },
      { key: 'any-address', value: 'yes', evidence: ranges },
      { key: 'anonymous', value: 'yes', ...(groups ? { evidence: groups } : {}) },
      { key: 'mx-here', value: mx },
    ],
  })
}

function fix(members: readonly [Fail, ...Fail[]], { config }: RuleContext) {
  return setProperties(connectorsOfMembers(config, members), {
    set: () => ({ RequireTLS: bool(false) }),
    alsoShow: ['AuthMechanism', 'RemoteIPRanges'],
    after: [wizardRemark],
    effect: 'reconnect',
    minutes: 5,
  })
}
