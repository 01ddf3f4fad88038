import { isServiceDomain, normHost } from '../../mailflow/exchange-online-names'
import { hybridEvidenceReads } from '../../mailflow/hybrid'
import { saysWord } from '../../mailflow/hybrid-connectors'
import { failOfSend, hybridSendReads, onHybridSend, toldBy } from '../../mailflow/hybrid-send'
import { evidenceOf } from '../../mailflow/receive-evidence'
import { and, isUnset, known, type Property, type SendConnector, type Side } from '../../model'
import { fixSendConnectors, serviceNameFor, str } from '../../remediation'
import { defineRule, type Fail, type Missing, type RuleContext, type Verdict } from '../define-rule'

export const rule = defineRule({
  id: 'hybrid-send-tls-domain-wrong',
  family: 'hybrid-send',
  question: 4,
  severities: ['high', 'medium'],
  needs: ['sendConnectors'],
  optional: ['hybridConfigurations', 'receiveConnectors', 'inboundConnectors', 'outboundConnectors'],
  reads: { ...hybridEvidenceReads, sendConnectors: [...hybridSendReads, 'TlsAuthLevel', 'TlsDomain'] },
  references: [
    'https://learn.microsoft.com/powershell/module/exchange/set-sendconnector',
    'https://learn.microsoft.com/exchange/transport-routing',
  ],
  frameworks: { BSI: ['APP.5.2.A11'], STIG: ['V-228409', 'V-259708'] },
  absorbs: [{ rule: 'log-tls-handshake-failed', same: 'connector' }],
  check,
  fix,
})

/**
 * Does a name stand in the certificate of Exchange Online? `below`: a host or a wildcard under the right name, which it may carry too.
 * Whether it carries names of `mx.microsoft` is not documented.
 */
type Fit = 'right' | 'below' | 'wrong' | 'empty' | 'unknown'

function fitOf(p: Property<string>): Fit {
  if (isUnset(p) === 'yes') return 'empty'
  const name = normHost(known(p) ?? '')
  if (name === '' || name === 'mx.microsoft' || name.endsWith('.mx.microsoft')) return 'unknown'
  if (isServiceDomain(name)) return 'right'
  return isServiceDomain(name.slice(name.indexOf('.') + 1)) ? 'below' : 'wrong'
}

/** The names in the certificate that Exchange Online showed: they stand in the log of a session. */
const sessions = (side: Side): Missing => ({
  cmdlet: 'Get-ChildItem (Get-TransportService).SendProtocolLogPath',
  side,
  servers: [],
})

function* check({ config }: RuleContext): Iterable<Verdict> {
  yield* onHybridSend(config, (s, applies) => {
    const asked = saysWord(s.tlsAuthLevel, 'DomainValidation').value
    const fit = fitOf(s.tlsDomain)
    const wrong = fit === 'unknown' ? 'unknown' : fit === 'right' ? 'no' : 'yes'
    return {
      bad: and(asked, wrong),
      ...(asked === 'yes' && s.tlsDomain.state === 'ok' ? { missing: sessions(s.side) } : {}),
      fail: () =>
        failOfSend(s, applies, {
          severity: fit === 'below' ? 'medium' : 'high',
          params: { fit, domain: known(s.tlsDomain) ?? '', expected: serviceNameFor(s), by: routeOf(s) },
          evidence: evidenceOf(s.tlsDomain, s.tlsAuthLevel),
          conditions: [
            { key: 'asks', ...toldBy(asked, s.tlsAuthLevel) },
            { key: 'wrong', ...toldBy(wrong, s.tlsDomain) },
          ],
        }),
    }
  })
}

/** Without a name the certificate is held against the smart host, or against the domain of the recipient. */
const routeOf = (s: SendConnector): string => (known(s.smartHosts)?.length ? 'host' : 'dns')

function fix(members: readonly [Fail, ...Fail[]], { config }: RuleContext) {
  return fixSendConnectors(config, members, (s) => ({ TlsDomain: str(serviceNameFor(s)) }), {
    alsoShow: ['TlsAuthLevel'],
  })
}
