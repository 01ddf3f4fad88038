import { allOf, type Fact, fact } from '../../mailflow/fact'
import { hybridSend, saysWord, sendConnectorsOf } from '../../mailflow/hybrid-connectors'
import { exportOfObject } from '../../mailflow/missing'
import { textOf } from '../../mailflow/property-of'
import { evidenceOf, nonEmpty } from '../../mailflow/receive-evidence'
import { hasLiteralSmartHost, isAddressLiteral, isForOneDomain, onlyHostName } from '../../mailflow/send-hosts'
import { failOn, openOn, verdictOn } from '../../mailflow/verdict-on'
import { and, isTrue, isUnset, known, or, type SendConnector } from '../../model'
import { askSmartHosts, askTlsDomain, comment, objectsOf, setProperties, str, wholeList } from '../../remediation'
import { defineRule, type Fail, type RuleContext, type Verdict } from '../define-rule'

export const rule = defineRule({
  id: 'send-tls-validation-cannot-succeed',
  family: 'send-tls',
  question: 5,
  severities: ['high', 'medium'],
  needs: ['sendConnectors'],
  optional: [],
  reads: {
    sendConnectors: [
      'Enabled',
      'TlsAuthLevel',
      'TlsDomain',
      'SmartHostAuthMechanism',
      'SmartHosts',
      'AddressSpaces',
      'DNSRoutingEnabled',
      'CloudServicesMailEnabled',
    ],
  },
  references: [
    'https://learn.microsoft.com/powershell/module/exchange/set-sendconnector#-tlsdomain',
    'https://learn.microsoft.com/powershell/module/exchange/set-sendconnector#-smarthostauthmechanism',
  ],
  frameworks: {},
  absorbs: [],
  check,
  fix,
})

/** The certificate would have to bear each recipient's domain. */
const withoutName = (s: SendConnector): Fact =>
  allOf([saysWord(s.tlsAuthLevel, 'DomainValidation'), fact(isUnset(s.tlsDomain), s.tlsDomain)])

/** The certificate would have to bear an address. */
const byAddress = (s: SendConnector): Fact =>
  allOf([saysWord(textOf(s, 'SmartHostAuthMechanism'), 'BasicAuthRequireTLS'), hasLiteralSmartHost(s)])

/** Connectors to Exchange Online have rules of their own. */
function* check({ config }: RuleContext): Iterable<Verdict> {
  for (const s of sendConnectorsOf(config)) {
    const enabled = isTrue(s.enabled)
    const hybrid = hybridSend(s).value
    if (enabled === 'no' || hybrid === 'yes') continue
    const value = and(enabled, or(withoutName(s).value, byAddress(s).value))
    yield hybrid === 'no' ? verdictOn(s, value, () => failure(s)) : openOn(s)
  }
}

function failure(s: SendConnector): Fail {
  const nameless = withoutName(s)
  const literal = byAddress(s)
  const one = isForOneDomain(s)
  const [proof] = nameless.evidence
  const [address] = [...literal.evidence].reverse()
  const [single] = one.evidence
  const certain = literal.value === 'yes' || one.value === 'no'
  return failOn(s, {
    severity: certain ? 'high' : 'medium',
    confidence: 'likely',
    exposure: 'partner',
    params: {
      connector: s.name,
      cause: literal.value === 'yes' ? 'address' : 'name',
      single: one.value,
      hosts: (known(s.smartHosts) ?? []).filter(isAddressLiteral).join(', '),
    },
    evidence: nonEmpty([
      ...(nameless.value === 'yes' ? nameless.evidence : []),
      ...(literal.value === 'yes' ? literal.evidence : []),
      ...evidenceOf(s.addressSpaces),
    ]),
    conditions: [
      { key: 'no-name', value: nameless.value, ...(proof ? { evidence: proof } : {}) },
      { key: 'address', value: literal.value, ...(address ? { evidence: address } : {}) },
      { key: 'one-domain', value: one.value, ...(single ? { evidence: single } : {}) },
    ],
    ...(!certain && one.value === 'unknown' ? { couldRaise: [exportOfObject(s)] } : {}),
  })
}

function fix(members: readonly [Fail, ...Fail[]], { config }: RuleContext) {
  const connectors = objectsOf(config.sendConnectors, 'sendConnector', members)
  const renames = connectors.some((s) => byAddress(s).value === 'yes')
  return setProperties(connectors, {
    set: (s) => {
      const host = onlyHostName(s)
      return {
        ...(withoutName(s).value === 'yes' ? { TlsDomain: host === undefined ? askTlsDomain : str(host) } : {}),
        ...(byAddress(s).value === 'yes' ? { SmartHosts: askSmartHosts } : {}),
      }
    },
    alsoShow: ['TlsAuthLevel', 'SmartHostAuthMechanism', 'SmartHosts'],
    before: [
      ...(renames ? [wholeList('SmartHosts')] : []),
      comment(
        'Every source server must be able to resolve the name, and the certificate of the other side must bear it.',
      ),
    ],
    effect: 'reconnect',
    minutes: 15,
  })
}
