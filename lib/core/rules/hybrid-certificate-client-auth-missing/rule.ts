import { allowsClientAuth, keyUsagesOf } from '../../mailflow/certificate-strength'
import { certificateReads, hybridPicks, isSend, openHybrid, usageOf } from '../../mailflow/certificate-usage'
import { exportOfObject } from '../../mailflow/missing'
import { refOf } from '../../mailflow/object-ref'
import { nonEmpty } from '../../mailflow/receive-evidence'
import { and, type Certificate, known, knownPart, not } from '../../model'
import { comment, replaceCertificates } from '../../remediation'
import { defineRule, type EvidenceRef, evidence, type Fail, type RuleContext, type Verdict } from '../define-rule'

export const rule = defineRule({
  id: 'hybrid-certificate-client-auth-missing',
  family: 'certificates',
  question: 5,
  severities: ['medium', 'info'],
  needs: ['certificates', 'sendConnectors'],
  optional: ['receiveConnectors', 'hybridConfigurations', 'inboundConnectors', 'outboundConnectors', 'servers'],
  reads: {
    ...certificateReads,
    certificates: [...certificateReads.certificates, 'EnhancedKeyUsageList', 'EnhancedKeyUsages'],
    hybridConfigurations: ['Features'],
    inboundConnectors: ['Enabled', 'ConnectorType', 'ConnectorSource', 'CloudServicesMailEnabled'],
    outboundConnectors: ['Enabled', 'ConnectorType', 'ConnectorSource', 'CloudServicesMailEnabled'],
  },
  references: [
    'https://googlechrome.github.io/chromerootprogram/',
    'https://letsencrypt.org/2025/05/14/ending-tls-client-authentication',
    'https://learn.microsoft.com/exchange/certificate-requirements',
  ],
  frameworks: {},
  absorbs: [],
  check,
  fix,
})

function* check({ config, asOf }: RuleContext): Iterable<Verdict> {
  const failing = new Map<Certificate, { readonly connector: string; readonly lines: readonly EvidenceRef[] }>()
  let seen = false
  for (const { connector, sure, picked, missing, evidence: lines } of hybridPicks(config, asOf)) {
    if (!isSend(connector)) continue
    seen = true
    const lacks = picked.map((c) => not(allowsClientAuth(c)))
    if (picked.length === 0 && missing.length === 0) continue
    if (picked.length > 0 && missing.length === 0 && and(...lacks, sure) === 'yes') {
      for (const c of picked) if (!failing.has(c)) failing.set(c, { connector: connector.id, lines })
    } else if (picked.length > 0 && missing.length === 0 && lacks.every((l) => l === 'no'))
      yield { state: 'pass', object: refOf(connector) }
    else
      yield {
        state: 'not-assessed',
        object: refOf(connector),
        missing: nonEmpty([...missing, ...picked.map(exportOfObject)]),
      }
  }
  for (const [c, { connector, lines }] of failing) yield failure(c, connector, lines)
  const open = seen ? [] : openHybrid(config)
  if (open.length > 0) yield { state: 'not-assessed', missing: nonEmpty(open) }
}

function failure(c: Certificate, connector: string, lines: readonly EvidenceRef[]): Fail {
  const usages = keyUsagesOf(c)
  const line = evidence(usages)
  return {
    state: 'fail',
    key: c.thumbprint,
    side: c.side,
    severity: 'info',
    confidence: 'likely',
    proof: 'configuration',
    exposure: 'cloud',
    objects: [refOf(c)],
    params: {
      subject: known(c.subject) ?? c.thumbprint,
      server: c.server ?? '?',
      connector,
      usages: (knownPart(usages) ?? []).join(', '),
    },
    evidence: [line, ...lines.slice(0, 5)],
    conditions: [
      { key: 'hybrid', value: 'yes', ...(lines[0] ? { evidence: lines[0] } : {}) },
      { key: 'no-client-auth', value: 'yes', evidence: line },
      { key: 'refused', value: 'unknown' },
    ],
  }
}

function fix(members: readonly [Fail, ...Fail[]], { config, asOf }: RuleContext) {
  const ids = new Set(members.map((m) => m.objects[0].id))
  const certificates = config.certificates.filter((c) => ids.has(c.id))
  const connectors = [...new Set(certificates.flatMap((c) => usageOf(config, asOf, c).connectors))]
  return replaceCertificates({
    certificates,
    connectors,
    fromAuthority: true,
    before: [
      comment(
        'Only needed if Exchange Online refuses the certificate. Ask the authority for one with client authentication (1.3.6.1.5.5.7.3.2).',
      ),
    ],
  })
}
