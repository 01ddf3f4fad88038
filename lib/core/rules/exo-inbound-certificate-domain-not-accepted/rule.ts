import { type CertificateDomainFit, certificateDomainFit } from '../../mailflow/accepted-domains'
import { failOfInbound, hybridInboundReads, onInbound, shownToExchangeOnline } from '../../mailflow/cloud-inbound'
import { isHybridPair } from '../../mailflow/hybrid-connectors'
import { exportOf, exportOfObject } from '../../mailflow/missing'
import { evidenceOf } from '../../mailflow/receive-evidence'
import { domainKey, isUnset, known, type Tri } from '../../model'
import { comment, fixInbound, objectsOf, shownNamesByFit, str } from '../../remediation'
import { defineRule, evidence, type Fail, type RuleContext, type Severity, type Verdict } from '../define-rule'

export const rule = defineRule({
  id: 'exo-inbound-certificate-domain-not-accepted',
  family: 'exo-inbound',
  question: 4,
  severities: ['high', 'medium', 'info'],
  needs: ['inboundConnectors', 'acceptedDomains'],
  optional: [],
  reads: {
    inboundConnectors: [...hybridInboundReads, 'TlsSenderCertificateName'],
    acceptedDomains: ['DomainName', 'MatchSubDomains'],
  },
  references: [
    'https://support.microsoft.com/topic/4019940',
    'https://learn.microsoft.com/exchange/mail-flow-best-practices/use-connectors-to-configure-mail-flow/set-up-connectors-to-route-mail',
    'https://techcommunity.microsoft.com/blog/exchange/updated-requirements-for-smtp-relay-through-exchange-online/3851357',
  ],
  frameworks: {},
  absorbs: [{ rule: 'log-exo-attribution-rejected', same: 'connector' }],
  check,
  fix,
})

function* check({ config }: RuleContext): Iterable<Verdict> {
  yield* onInbound(config, isHybridPair, (c, applies) => {
    // Without a name it is known by its addresses.
    if (isUnset(c.tlsSenderCertificateName) === 'yes') return null
    const name = domainKey(known(c.tlsSenderCertificateName) ?? '')
    const fit = name === '' ? 'unknown' : certificateDomainFit(config, name)
    const bad: Tri = fit === 'unknown' ? 'unknown' : fit === 'strong' ? 'no' : 'yes'
    return {
      bad,
      missing: [name === '' ? exportOfObject(c) : exportOf('acceptedDomains', 'exchange-online')],
      fail: () =>
        failOfInbound(c, applies, {
          severity: levelOf(fit, name),
          confidence: 'likely',
          exposure: 'none',
          params: { name, domain: domainOf(name), relation: levelOf(fit, name) === 'info' ? 'parent' : fit },
          evidence: evidenceOf(c.tlsSenderCertificateName),
          conditions: [
            { key: 'name', value: 'yes', evidence: evidence(c.tlsSenderCertificateName) },
            { key: 'not-accepted', value: 'yes' },
          ],
        }),
    }
  })
}

/** `*.contoso.com` stands for its hosts: the domain itself must be accepted, one above it is farther away. */
const levelOf = (fit: CertificateDomainFit, name: string): Severity =>
  fit === 'none' ? 'high' : fit === 'parent' && !name.startsWith('*.') ? 'info' : 'medium'

const domainOf = (name: string): string => (name.startsWith('*.') ? name.slice(2) : name.slice(name.indexOf('.') + 1))

/** Another name of the certificate that the servers show may do; a domain can only be added by who owns its DNS. */
function fix(members: readonly [Fail, ...Fail[]], { config, asOf }: RuleContext) {
  const [best] = shownNamesByFit(config, asOf)
  const { missing } = shownToExchangeOnline(config, asOf)
  if (best === undefined || missing.length > 0 || certificateDomainFit(config, best) !== 'strong') return null
  return fixInbound(
    objectsOf(config.inboundConnectors, 'inboundConnector', members),
    () => ({ TlsSenderCertificateName: str(best) }),
    { before: [comment('The certificate that the servers show holds this name as well, and its domain is accepted.')] },
  )
}
