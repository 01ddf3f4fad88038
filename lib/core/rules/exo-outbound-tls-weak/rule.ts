import { firstOf } from '../../mailflow/certificate-usage'
import { saysWord } from '../../mailflow/hybrid-connectors'
import { certificateNameOfServers, hybridPairReads, onHybridOut } from '../../mailflow/hybrid-outbound'
import { textOf } from '../../mailflow/property-of'
import { failOn } from '../../mailflow/verdict-on'
import { isUnset, known, or } from '../../model'
import { ask, objectsOf, setProperties, str } from '../../remediation'
import { defineRule, evidence, type Fail, type RuleContext, type Verdict } from '../define-rule'

export const rule = defineRule({
  id: 'exo-outbound-tls-weak',
  family: 'exo-outbound',
  question: 4,
  severities: ['high'],
  needs: ['outboundConnectors'],
  optional: [],
  reads: { outboundConnectors: [...hybridPairReads, 'TlsSettings'] },
  references: [
    'https://learn.microsoft.com/powershell/module/exchange/set-outboundconnector#-tlssettings',
    'https://learn.microsoft.com/exchange/transport-routing',
  ],
  frameworks: {},
  absorbs: [],
  check,
  fix,
})

function* check({ config }: RuleContext): Iterable<Verdict> {
  yield* onHybridOut(config, (c, applies) => {
    const tls = textOf(c, 'TlsSettings')
    return {
      bad: or(isUnset(tls), saysWord(tls, 'EncryptionOnly').value),
      fail: () =>
        failOn(c, {
          severity: 'high',
          exposure: 'internet',
          params: { connector: c.id, settings: known(tls) === undefined ? 'none' : 'EncryptionOnly' },
          evidence: [evidence(tls), ...applies.evidence],
          conditions: [
            { key: 'hybrid', value: 'yes', ...firstOf(applies.evidence.slice(-1)) },
            { key: 'weak', value: 'yes', evidence: evidence(tls) },
          ],
        }),
    }
  })
}

function fix(members: readonly [Fail, ...Fail[]], { config }: RuleContext) {
  const asked = ask('tls-domain', {
    en: 'The name in the certificate of your servers, in quotes, for example "mail.contoso.com"',
    de: 'Der Name im Zertifikat Ihrer Server, in Anführungszeichen, zum Beispiel "mail.contoso.com"',
  })
  const name = certificateNameOfServers(config)
  return setProperties(objectsOf(config.outboundConnectors, 'outboundConnector', members), {
    set: (c) => {
      const present = known(c.tlsDomain)
      const tlsDomain = present ? {} : { TlsDomain: name === undefined ? asked : str(name) }
      return { TlsSettings: str('DomainValidation'), ...tlsDomain }
    },
    alsoShow: ['TlsDomain', 'SmartHosts'],
    effect: 'reconnect',
    minutes: 15,
  })
}
