import { connectorsOfMembers } from '../../mailflow/connectors-of'
import { exportOfObject } from '../../mailflow/missing'
import { hasGroup, hasMechanism } from '../../mailflow/permissions'
import { takesPublic } from '../../mailflow/ranges'
import { evidenceOf, exposureOf, flags } from '../../mailflow/receive-evidence'
import { failOn, verdictOn } from '../../mailflow/verdict-on'
import { and, isTrue, not, type ReceiveConnector, type Tri } from '../../model'
import { comment, fixMechanisms, mechanismsWith } from '../../remediation'
import { defineRule, evidence, type Fail, type RuleContext, type Severity, type Verdict } from '../define-rule'

export const rule = defineRule({
  id: 'basic-auth-without-tls',
  family: 'receive-tls',
  question: 2,
  severities: ['high', 'medium', 'low'],
  needs: ['receiveConnectors'],
  optional: [],
  reads: { receiveConnectors: ['Enabled', 'AuthMechanism', 'RequireTLS', 'PermissionGroups', 'RemoteIPRanges'] },
  references: [
    'https://learn.microsoft.com/powershell/module/exchange/set-receiveconnector#-authmechanism',
    'https://learn.microsoft.com/exchange/mail-flow/connectors/receive-connectors',
  ],
  frameworks: { BSI: ['APP.5.2.A11', 'APP.5.3.A2'], CIS: ['1.12'], STIG: ['V-259595'] },
  absorbs: [{ rule: 'log-auth-without-tls', same: 'connector' }],
  check,
  fix,
})

function* check({ config }: RuleContext): Iterable<Verdict> {
  for (const c of config.receiveConnectors) {
    const enabled = isTrue(c.enabled)
    if (enabled === 'no') continue
    const clear = and(
      hasMechanism(c, 'BasicAuth'),
      not(hasMechanism(c, 'BasicAuthRequireTLS')),
      not(isTrue(c.requireTLS)),
    )
    yield verdictOn(c, and(enabled, clear), () => failure(c))
  }
}

/** The highest level that is proven: who may log on decides before the ranges do. */
function severityOf(users: Tri, outside: Tri): Severity {
  if (users !== 'yes') return 'low'
  return outside === 'yes' ? 'high' : 'medium'
}

function failure(c: ReceiveConnector): Fail {
  const users = hasGroup(c, 'ExchangeUsers')
  const outside = takesPublic(c)
  const mayBeWorse = users === 'unknown' || (users === 'yes' && outside === 'unknown')
  const mechanisms = evidence(c.authMechanism)
  const [groups] = evidenceOf(c.permissionGroups)
  const [ranges] = evidenceOf(c.remoteIPRanges)
  return failOn(c, {
    severity: severityOf(users, outside),
    exposure: exposureOf(c),
    params: {
      connector: c.id,
      users,
      reach: outside === 'yes' ? 'public' : 'private',
      mechanisms: flags(c.authMechanism),
    },
    evidence: [mechanisms, ...evidenceOf(c.requireTLS, c.permissionGroups, c.remoteIPRanges)],
    conditions: [
      { key: 'basic-in-clear', value: 'yes', evidence: mechanisms },
      { key: 'tls-not-required', value: 'yes', evidence: evidence(c.requireTLS) },
      { key: 'users', value: users, ...(groups ? { evidence: groups } : {}) },
      { key: 'public', value: outside, ...(ranges ? { evidence: ranges } : {}) },
    ],
    ...(mayBeWorse ? { couldRaise: [exportOfObject(c)] } : {}),
  })
}

function fix(members: readonly [Fail, ...Fail[]], { config }: RuleContext) {
  return fixMechanisms(
    connectorsOfMembers(config, members),
    (c) => mechanismsWith(c, 'Tls', 'BasicAuth', 'BasicAuthRequireTLS'),
    {
      before: [comment('Clients that log on and cannot do TLS stop sending: look for them in the protocol log first.')],
    },
  )
}
