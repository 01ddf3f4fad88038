import { allOf, anyOf, type Fact, fact } from '../../mailflow/fact'
import { hybridSend, saysWord, sendConnectorsOf, takesEverything } from '../../mailflow/hybrid-connectors'
import { flagOf } from '../../mailflow/property-of'
import { evidenceOf } from '../../mailflow/receive-evidence'
import { hasPublicSmartHost, onlyHostName } from '../../mailflow/send-hosts'
import { failOn, openOn, verdictOn } from '../../mailflow/verdict-on'
import { type Config, isTrue, isUnset, known, not, type SendConnector } from '../../model'
import { askTlsDomain, comment, objectsOf, setProperties, str } from '../../remediation'
import { defineRule, evidence, type Fail, type RuleContext, type Verdict } from '../define-rule'

export const rule = defineRule({
  id: 'send-tls-peer-not-authenticated',
  family: 'send-tls',
  question: 4,
  severities: ['medium'],
  needs: ['sendConnectors'],
  optional: ['servers'],
  reads: {
    sendConnectors: [
      'Enabled',
      'RequireTLS',
      'TlsAuthLevel',
      'DomainSecureEnabled',
      'AddressSpaces',
      'SmartHosts',
      'CloudServicesMailEnabled',
    ],
  },
  references: [
    'https://learn.microsoft.com/powershell/module/exchange/set-sendconnector#-tlsauthlevel',
    'https://learn.microsoft.com/exchange/mail-flow/connectors/send-connectors',
  ],
  frameworks: { BSI: ['APP.5.2.A11'], STIG: ['V-228409', 'V-259708'] },
  absorbs: [],
  check,
  fix,
})

const weak = (s: SendConnector): Fact =>
  anyOf([fact(isUnset(s.tlsAuthLevel), s.tlsAuthLevel), saysWord(s.tlsAuthLevel, 'EncryptionOnly')])

/** Somebody outside is meant: a smart host, or certain domains. To everybody by MX more than encryption cannot be asked for. */
function isForSomebody(config: Config, s: SendConnector): Fact {
  const everything = takesEverything(s)
  return anyOf([hasPublicSmartHost(config, s), { ...everything, value: not(everything.value) }])
}

/** Connectors to Exchange Online have rules of their own. */
function* check({ config }: RuleContext): Iterable<Verdict> {
  for (const s of sendConnectorsOf(config)) {
    const enabled = isTrue(s.enabled)
    const hybrid = hybridSend(s).value
    if (enabled === 'no' || hybrid === 'yes') continue
    const mutual = flagOf(s, 'DomainSecureEnabled')
    const somebody = isForSomebody(config, s)
    const { value } = allOf([
      fact(enabled, s.enabled),
      fact(isTrue(s.requireTLS), s.requireTLS),
      weak(s),
      fact(not(isTrue(mutual)), mutual),
      somebody,
    ])
    yield hybrid === 'no' ? verdictOn(s, value, () => failure(s, somebody)) : openOn(s)
  }
}

function failure(s: SendConnector, somebody: Fact): Fail {
  const required = evidence(s.requireTLS)
  const level = evidence(s.tlsAuthLevel)
  const [to] = somebody.evidence
  const hosts = known(s.smartHosts) ?? []
  const domains = (known(s.addressSpaces) ?? []).map((a) => a.domain)
  return failOn(s, {
    severity: 'medium',
    exposure: 'partner',
    params: {
      connector: s.name,
      level: known(s.tlsAuthLevel) || 'none',
      via: hosts.length > 0 ? 'hosts' : 'domains',
      peer: (hosts.length > 0 ? hosts : domains).slice(0, 3).join(', '),
    },
    evidence: [required, level, ...evidenceOf(s.smartHosts, s.addressSpaces)],
    conditions: [
      { key: 'required', value: 'yes', evidence: required },
      { key: 'unchecked', value: 'yes', evidence: level },
      { key: 'somebody', value: 'yes', ...(to ? { evidence: to } : {}) },
    ],
  })
}

function fix(members: readonly [Fail, ...Fail[]], { config }: RuleContext) {
  return setProperties(objectsOf(config.sendConnectors, 'sendConnector', members), {
    set: (s) => {
      const host = onlyHostName(s)
      return { TlsAuthLevel: str('DomainValidation'), TlsDomain: host === undefined ? askTlsDomain : str(host) }
    },
    alsoShow: ['SmartHosts', 'RequireTLS'],
    before: [
      comment(
        'Look at the certificate of the other side first: it must bear the name in TlsDomain and come from an authority that this server trusts, and its revocation list must be reachable.',
      ),
    ],
    effect: 'reconnect',
    minutes: 20,
  })
}
