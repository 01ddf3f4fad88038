import { hybridEvidenceReads } from '../../mailflow/hybrid'
import { failOfSend, hybridSendReads, onHybridSend, sendsFrom2010, toldBy } from '../../mailflow/hybrid-send'
import { pairToName, publicCertificateReads, publicCertificatesFor } from '../../mailflow/public-certificate'
import { evidenceOf } from '../../mailflow/receive-evidence'
import { type Config, isUnset, known, knownPart, type SendConnector } from '../../model'
import { ask, fixSendConnectors, str } from '../../remediation'
import { defineRule, type Fail, type RuleContext, type Verdict } from '../define-rule'

export const rule = defineRule({
  id: 'hybrid-send-certificate-name-unset',
  family: 'hybrid-send',
  question: 4,
  severities: ['medium', 'low'],
  needs: ['sendConnectors'],
  optional: [
    'certificates',
    'hybridConfigurations',
    'receiveConnectors',
    'inboundConnectors',
    'outboundConnectors',
    'servers',
  ],
  reads: {
    ...hybridEvidenceReads,
    sendConnectors: [...hybridSendReads, 'TlsCertificateName', 'SourceTransportServers', 'Fqdn'],
    certificates: publicCertificateReads,
    servers: ['AdminDisplayVersion'],
  },
  references: [
    'https://learn.microsoft.com/powershell/module/exchange/set-sendconnector',
    'https://microsoft.github.io/CSS-Exchange/Diagnostics/HealthChecker/ExchangeOnlineConnectorCheck/',
  ],
  frameworks: {},
  absorbs: [],
  check,
  fix,
})

/** Is there, on every source server, one certificate only that Exchange can take for the name it shows? */
function isDecided(config: Config, s: SendConnector, asOf: Date): boolean {
  const [host, sources] = [known(s.fqdn), known(s.sourceTransportServers)]
  if (!host || !sources || sources.length === 0) return false
  return sources.every((server) => {
    const { certain, open } = publicCertificatesFor(config, server, host, asOf)
    return certain.length === 1 && !open
  })
}

function* check({ config, asOf }: RuleContext): Iterable<Verdict> {
  yield* onHybridSend(config, (s, applies) => {
    const unset = isUnset(s.tlsCertificateName)
    if (unset === 'unknown' && sendsFrom2010(config, s)) return null
    return {
      bad: unset,
      fail: () => {
        const decided = isDecided(config, s, asOf)
        return failOfSend(s, applies, {
          severity: decided ? 'low' : 'medium',
          confidence: 'likely',
          params: { host: known(s.fqdn) ?? '', decided: decided ? 'yes' : 'no' },
          evidence: evidenceOf(s.tlsCertificateName, s.fqdn),
          conditions: [
            { key: 'unset', ...toldBy(unset, s.tlsCertificateName) },
            { key: 'undecided', value: decided ? 'no' : 'yes' },
          ],
        })
      },
    }
  })
}

function fix(members: readonly [Fail, ...Fail[]], { config, asOf }: RuleContext) {
  const asked = ask('certificate-name', {
    en: 'Issuer and subject of the public certificate in the form <I>issuer<S>subject, in quotes',
    de: 'Aussteller und Antragsteller des öffentlichen Zertifikats in der Form <I>Aussteller<S>Antragsteller, in Anführungszeichen',
  })
  return fixSendConnectors(config, members, (s) => {
    const pair = pairToName(config, knownPart(s.sourceTransportServers) ?? [], known(s.fqdn), asOf)
    return { TlsCertificateName: pair === undefined ? asked : str(pair) }
  })
}
