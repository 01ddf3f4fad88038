import { hasPassed, isAuthCertificate, isSetupCertificate, momentOf } from '../../mailflow/certificate-facts'
import {
  certificateReads,
  firstOf,
  isInternalTransport,
  type Usage,
  usageOf,
  validTwin,
  withoutInventory,
} from '../../mailflow/certificate-usage'
import { exportOf, exportOfObject } from '../../mailflow/missing'
import { refOf } from '../../mailflow/object-ref'
import { and, type Certificate, known, not, or, type Tri } from '../../model'
import { removeCertificates, replaceCertificates } from '../../remediation'
import { defineRule, evidence, type Fail, type RuleContext, type Severity, type Verdict } from '../define-rule'

export const rule = defineRule({
  id: 'certificate-expired',
  family: 'certificates',
  question: 5,
  severities: ['critical', 'high', 'low'],
  needs: ['certificates'],
  optional: ['receiveConnectors', 'sendConnectors', 'hybridConfigurations', 'transportServices', 'servers'],
  reads: {
    ...certificateReads,
    hybridConfigurations: ['TlsCertificateName'],
    transportServices: ['InternalTransportCertificateThumbprint'],
  },
  references: [
    'https://learn.microsoft.com/exchange/architecture/client-access/renew-certificates',
    'https://learn.microsoft.com/exchange/mail-flow/mail-routing/inbound-starttls-certificates-selection',
    'https://microsoft.github.io/CSS-Exchange/Diagnostics/HealthChecker/CertificateCheck/',
  ],
  frameworks: { BSI: ['APP.5.2.A11'], STIG: ['V-259649', 'V-259578'] },
  absorbs: [
    { rule: 'certificate-untrusted', same: 'certificate', when: (_, a) => a.params.status === 'Invalid' },
    { rule: 'internal-transport-certificate-invalid', same: 'certificate' },
    { rule: 'log-expired-certificate-offered', same: 'certificate' },
    // The names are judged anew once there is a certificate that can be used.
    { rule: 'exo-outbound-tls-domain-mismatch', same: 'connector', when: isCritical },
    { rule: 'exo-inbound-certificate-name-mismatch', same: 'connector', when: isCritical },
  ],
  check,
  fix,
})

function isCritical(lead: Fail): boolean {
  return lead.severity === 'critical'
}

function* check(context: RuleContext): Iterable<Verdict> {
  for (const c of context.config.certificates) {
    const verdict = judge(c, context)
    if (verdict) yield verdict
  }
  for (const missing of withoutInventory(context.config)) yield { state: 'not-assessed', missing: [missing] }
}

/**
 * The Auth certificate has a rule of its own. So has the one for the traffic between the own servers, unless a connector names it; where
 * nothing tells which one that is, it may be the one that setup made.
 */
function isExempt(c: Certificate, usage: Usage, { config }: RuleContext): Tri {
  const internal = isInternalTransport(config, c)
  const mayBe = internal === 'unknown' && isSetupCertificate(c) === 'no' ? 'no' : internal
  return or(isAuthCertificate(c), and(mayBe, not(usage.named.value)))
}

function judge(c: Certificate, context: RuleContext): Verdict | undefined {
  const { config, asOf } = context
  const object = refOf(c)
  const expired = hasPassed(c.notAfter, asOf)
  if (expired === 'no') return { state: 'pass', object }
  if (expired === 'unknown') return { state: 'not-assessed', object, missing: [exportOfObject(c)] }
  const usage = usageOf(config, asOf, c)
  const exempt = isExempt(c, usage, context)
  if (exempt === 'yes') return undefined
  if (exempt === 'unknown') {
    const service = exportOf('transportServices', c.side, c.server === null ? [] : [c.server])
    return {
      state: 'not-assessed',
      object,
      missing: [isAuthCertificate(c) === 'unknown' ? exportOfObject(c) : service],
    }
  }
  return failure(c, usage, context)
}

function severityOf(usage: Usage, twin: boolean): Severity {
  if (twin || usage.inUse.value === 'no') return 'low'
  return usage.hybrid === 'yes' ? 'critical' : 'high'
}

function failure(c: Certificate, usage: Usage, { config, asOf }: RuleContext): Fail {
  const twin = validTwin(config, asOf, c)
  const severity = severityOf(usage, twin !== undefined)
  const used = usage.inUse.value
  return {
    state: 'fail',
    key: c.thumbprint,
    side: c.side,
    severity,
    confidence: 'proven',
    proof: 'configuration',
    exposure: 'none',
    objects: [refOf(c), ...(severity === 'critical' ? usage.connectors.map(refOf) : [])],
    params: {
      subject: known(c.subject) ?? c.thumbprint,
      server: c.server ?? '?',
      until: momentOf(c.notAfter)?.at ?? 0,
      asOf: asOf.getTime(),
      twin: twin ? 'yes' : 'no',
      use: twin ? 'twin' : usage.hybrid === 'yes' ? 'hybrid' : used,
      connector: usage.connectors[0]?.id ?? '',
    },
    evidence: [evidence(c.notAfter), ...usage.inUse.evidence.slice(0, 8)],
    conditions: [
      { key: 'expired', value: 'yes', evidence: evidence(c.notAfter) },
      { key: 'in-use', value: used, ...firstOf(usage.inUse.evidence) },
      { key: 'no-twin', value: twin ? 'no' : 'yes', ...(twin ? { evidence: evidence(twin.notAfter) } : {}) },
      { key: 'hybrid', value: usage.hybrid, ...firstOf(usage.named.evidence) },
    ],
    ...(severity === 'high' && usage.hybrid === 'unknown' ? { couldRaise: usage.missing } : {}),
  }
}

function fix(members: readonly [Fail, ...Fail[]], { config, asOf }: RuleContext) {
  const ids = new Set(members.map((m) => m.objects[0].id))
  const certificates = config.certificates.filter((c) => ids.has(c.id))
  const connectors = [...new Set(certificates.flatMap((c) => usageOf(config, asOf, c).connectors))]
  return members.every((m) => m.severity === 'low')
    ? removeCertificates(certificates, connectors)
    : replaceCertificates({ certificates, connectors })
}
