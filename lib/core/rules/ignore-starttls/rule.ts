import { fact } from '../../mailflow/fact'
import { hybridSend, sendConnectorsOf, takesEverything } from '../../mailflow/hybrid-connectors'
import { evidenceOf } from '../../mailflow/receive-evidence'
import { failOn, openOn, verdictOn } from '../../mailflow/verdict-on'
import { and, contains, isTrue, known, or, type SendConnector, type Tri } from '../../model'
import { bool, comment, objectsOf, setProperties } from '../../remediation'
import { type Answers, defineRule, evidence, type Fail, type RuleContext, type Verdict } from '../define-rule'

export const rule = defineRule({
  id: 'ignore-starttls',
  family: 'send-tls',
  question: 4,
  severities: ['high', 'medium'],
  needs: ['sendConnectors'],
  optional: [],
  reads: { sendConnectors: ['Enabled', 'IgnoreSTARTTLS', 'AddressSpaces', 'SmartHosts', 'CloudServicesMailEnabled'] },
  references: [
    'https://learn.microsoft.com/powershell/module/exchange/set-sendconnector#-ignorestarttls',
    'https://learn.microsoft.com/exchange/mail-flow/connectors/send-connectors',
  ],
  frameworks: { BSI: ['APP.5.2.A11'], CIS: ['2.2.9'], STIG: ['V-259642'] },
  absorbs: [
    {
      rule: 'send-tls-settings-contradict',
      same: 'connector',
      // Turning IgnoreSTARTTLS off resolves nothing but pairs of which it is a part.
      when: (_, absorbed) => absorbed.params.ignored === 'only',
    },
  ],
  check,
  fix,
})

/** Connectors to Exchange Online have rules of their own. */
function* check({ config, answers }: RuleContext): Iterable<Verdict> {
  for (const s of sendConnectorsOf(config)) {
    const enabled = isTrue(s.enabled)
    const hybrid = hybridSend(s).value
    if (enabled === 'no' || hybrid === 'yes') continue
    const value = and(enabled, isTrue(s.ignoreSTARTTLS))
    yield hybrid === 'no' ? verdictOn(s, value, () => failure(s, answers)) : openOn(s)
  }
}

const isPartner = (answers: Answers, domain: string): boolean =>
  answers[`partner:${domain.replace(/^\*\./, '')}`] === 'yes'

/** Does it send to a domain that a person has declared a partner? */
const sendsToPartner = (s: SendConnector, answers: Answers): Tri =>
  contains(s.addressSpaces, (a) => a.type === 'SMTP' && isPartner(answers, a.domain))

function failure(s: SendConnector, answers: Answers): Fail {
  const everything = takesEverything(s).value
  const partner = sendsToPartner(s, answers)
  const flag = evidence(s.ignoreSTARTTLS)
  const [spaces] = evidenceOf(s.addressSpaces)
  const domains = (known(s.addressSpaces) ?? []).map((a) => a.domain)
  return failOn(s, {
    severity: or(everything, partner) === 'yes' ? 'high' : 'medium',
    exposure: 'internet',
    params: {
      connector: s.name,
      reach: everything === 'yes' ? 'everything' : 'some',
      domains: domains.slice(0, 3).join(', ') || '?',
      moreDomains: Math.max(0, domains.length - 3),
    },
    evidence: [flag, ...fact('yes', s.addressSpaces).evidence],
    conditions: [
      { key: 'ignored', value: 'yes', evidence: flag },
      { key: 'everything', value: everything, ...(spaces ? { evidence: spaces } : {}) },
      { key: 'partner', value: partner },
    ],
  })
}

function fix(members: readonly [Fail, ...Fail[]], { config }: RuleContext) {
  return setProperties(objectsOf(config.sendConnectors, 'sendConnector', members), {
    set: () => ({ IgnoreSTARTTLS: bool(false) }),
    alsoShow: ['RequireTLS', 'TlsAuthLevel', 'AddressSpaces'],
    before: [
      comment(
        'If one receiving server fails as soon as TLS is tried, give its domain a connector of its own and leave the switch on there.',
      ),
    ],
    effect: 'reconnect',
    minutes: 5,
  })
}
