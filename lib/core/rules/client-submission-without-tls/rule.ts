import { connectorsOfMembers } from '../../mailflow/connectors-of'
import { hasMechanism } from '../../mailflow/permissions'
import { exposureOf, flags } from '../../mailflow/receive-evidence'
import { listensOn } from '../../mailflow/receive-ports'
import { failOn, openOn, verdictOn } from '../../mailflow/verdict-on'
import { and, isTrue, not, type ReceiveConnector } from '../../model'
import { comment, fixMechanisms, mechanismsWith } from '../../remediation'
import { defineRule, evidence, type Fail, type RuleContext, type Verdict } from '../define-rule'

export const rule = defineRule({
  id: 'client-submission-without-tls',
  family: 'receive-tls',
  question: 2,
  severities: ['high'],
  needs: ['receiveConnectors'],
  optional: [],
  reads: { receiveConnectors: ['Enabled', 'Bindings', 'AuthMechanism'] },
  references: [
    'https://learn.microsoft.com/exchange/clients/pop3-and-imap4/configure-authenticated-smtp',
    'https://learn.microsoft.com/exchange/mail-flow/connectors/receive-connectors',
    'https://www.rfc-editor.org/rfc/rfc8314',
  ],
  frameworks: { BSI: ['APP.5.2.A11', 'APP.5.3.A2'], CIS: ['1.12'], STIG: ['V-259595'] },
  absorbs: [
    { rule: 'basic-auth-without-tls', same: 'connector' },
    { rule: 'invalid-auth-combination', same: 'connector' },
    { rule: 'log-auth-without-tls', same: 'connector' },
  ],
  check,
  fix,
})

/** Connectors for submission only: the others have rules of their own. */
function* check({ config }: RuleContext): Iterable<Verdict> {
  for (const c of config.receiveConnectors) {
    const enabled = isTrue(c.enabled)
    const submits = listensOn(c, 587).value
    if (enabled === 'no' || submits === 'no') continue
    const value = and(enabled, not(hasMechanism(c, 'Tls')))
    yield submits === 'yes' ? verdictOn(c, value, () => failure(c)) : openOn(c)
  }
}

function failure(c: ReceiveConnector): Fail {
  const mechanisms = evidence(c.authMechanism)
  const bindings = evidence(c.bindings)
  return failOn(c, {
    severity: 'high',
    exposure: exposureOf(c),
    params: {
      connector: c.id,
      basic: hasMechanism(c, 'BasicAuth'),
      mechanisms: flags(c.authMechanism) || 'None',
    },
    evidence: [mechanisms, bindings],
    conditions: [
      { key: 'port', value: 'yes', evidence: bindings },
      { key: 'no-tls', value: 'yes', evidence: mechanisms },
    ],
  })
}

function fix(members: readonly [Fail, ...Fail[]], { config }: RuleContext) {
  const wanted = (c: ReceiveConnector) =>
    hasMechanism(c, 'BasicAuth') === 'yes' ? mechanismsWith(c, 'Tls', 'BasicAuthRequireTLS') : mechanismsWith(c, 'Tls')
  return fixMechanisms(connectorsOfMembers(config, members), wanted, {
    before: [
      comment(
        'Clients need a certificate that they trust: TlsCertificateName names it, or the one that bears Fqdn is taken.',
      ),
    ],
  })
}
