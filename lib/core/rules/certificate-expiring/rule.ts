import {
  endsWithin,
  hasPassed,
  isAuthCertificate,
  isSetupCertificate,
  momentOf,
  renewalWindow,
} from '../../mailflow/certificate-facts'
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
import { nonEmpty } from '../../mailflow/receive-evidence'
import { and, type Certificate, type Config, known, not, or, type Tri } from '../../model'
import { replaceCertificates } from '../../remediation'
import { defineRule, evidence, type Fail, type Missing, type RuleContext, type Verdict } from '../define-rule'

export const rule = defineRule({
  id: 'certificate-expiring',
  family: 'certificates',
  question: 5,
  severities: ['high', 'medium'],
  needs: ['certificates'],
  optional: ['receiveConnectors', 'sendConnectors', 'hybridConfigurations', 'transportServices', 'servers'],
  reads: {
    ...certificateReads,
    hybridConfigurations: ['TlsCertificateName'],
    transportServices: ['InternalTransportCertificateThumbprint'],
  },
  references: [
    'https://learn.microsoft.com/exchange/architecture/client-access/renew-certificates',
    'https://microsoft.github.io/CSS-Exchange/Diagnostics/HealthChecker/CertificateCheck/',
    'https://cabforum.org/working-groups/server/baseline-requirements/',
  ],
  frameworks: { BSI: ['APP.5.2.A11'], STIG: ['V-259649', 'V-259578'] },
  absorbs: [],
  check,
  fix,
})

function* check(context: RuleContext): Iterable<Verdict> {
  for (const c of context.config.certificates) {
    const verdict = judge(c, context)
    if (verdict) yield verdict
  }
  for (const missing of withoutInventory(context.config)) yield { state: 'not-assessed', missing: [missing] }
}

/** The Auth certificate and the one between the own servers have rules of their own, the latter unless a connector names it. */
function isExempt(config: Config, c: Certificate, usage: Usage): Tri {
  const internal = isInternalTransport(config, c)
  const mayBe = internal === 'unknown' && isSetupCertificate(c) === 'no' ? 'no' : internal
  return or(isAuthCertificate(c), and(mayBe, not(usage.named.value)))
}

/** Inside the window, and for how long yet. A certificate that may have run out today is still told as one that runs out. */
function judge(c: Certificate, { config, asOf }: RuleContext): Verdict | undefined {
  const object = refOf(c)
  const passed = hasPassed(c.notAfter, asOf)
  const window = renewalWindow(c)
  if (passed === 'yes') return undefined
  const due = window === undefined ? 'unknown' : endsWithin(c.notAfter, asOf, window)
  if (due === 'no') return { state: 'pass', object }
  if (due === 'unknown' || window === undefined) return { state: 'not-assessed', object, missing: [exportOfObject(c)] }
  if (validTwin(config, asOf, c)) return { state: 'pass', object }
  const usage = usageOf(config, asOf, c)
  const exempt = isExempt(config, c, usage)
  if (exempt === 'yes') return undefined
  if (exempt === 'unknown')
    return {
      state: 'not-assessed',
      object,
      missing: [isAuthCertificate(c) === 'unknown' ? exportOfObject(c) : transportService(c)],
    }
  if (usage.inUse.value === 'no') return { state: 'pass', object }
  if (usage.inUse.value === 'unknown') return { state: 'not-assessed', object, missing: nonEmpty(usage.missing) }
  return failure(c, usage, window, asOf)
}

const transportService = (c: Certificate): Missing =>
  exportOf('transportServices', c.side, c.server === null ? [] : [c.server])

function failure(c: Certificate, usage: Usage, window: number, asOf: Date): Fail {
  const until = momentOf(c.notAfter)?.at ?? 0
  const urgent = endsWithin(c.notAfter, asOf, window / 2) === 'yes'
  return {
    state: 'fail',
    key: c.thumbprint,
    side: c.side,
    severity: urgent ? 'high' : 'medium',
    confidence: 'proven',
    proof: 'configuration',
    exposure: 'none',
    objects: [refOf(c)],
    params: {
      subject: known(c.subject) ?? c.thumbprint,
      server: c.server ?? '?',
      until,
      asOf: asOf.getTime(),
      days: Math.max(0, Math.floor((until - asOf.getTime()) / 86_400_000)),
      window: Math.round(window),
      use: usage.hybrid === 'yes' ? 'hybrid' : 'other',
      connector: usage.connectors[0]?.id ?? '',
    },
    evidence: [evidence(c.notAfter), evidence(c.notBefore), ...usage.inUse.evidence.slice(0, 8)],
    conditions: [
      { key: 'in-window', value: 'yes', evidence: evidence(c.notAfter) },
      { key: 'half-window', value: urgent ? 'yes' : 'no', evidence: evidence(c.notAfter) },
      { key: 'in-use', value: 'yes', ...firstOf(usage.inUse.evidence) },
      { key: 'no-twin', value: 'yes' },
    ],
  }
}

function fix(members: readonly [Fail, ...Fail[]], { config, asOf }: RuleContext) {
  const ids = new Set(members.map((m) => m.objects[0].id))
  const certificates = config.certificates.filter((c) => ids.has(c.id))
  const connectors = [...new Set(certificates.flatMap((c) => usageOf(config, asOf, c).connectors))]
  return replaceCertificates({ certificates, connectors })
}
