import { isBuiltInCertificate } from '../../mailflow/certificate-facts'
import { certificateReads, firstOf, type Usage, usageOf, withoutInventory } from '../../mailflow/certificate-usage'
import { exportOfObject } from '../../mailflow/missing'
import { refOf } from '../../mailflow/object-ref'
import { nonEmpty } from '../../mailflow/receive-evidence'
import { type Certificate, type Config, known } from '../../model'
import { comment, replaceCertificates } from '../../remediation'
import { defineRule, evidence, type Fail, type RuleContext, type Severity, type Verdict } from '../define-rule'

export const rule = defineRule({
  id: 'certificate-untrusted',
  family: 'certificates',
  question: 4,
  severities: ['critical', 'high', 'medium'],
  needs: ['certificates'],
  optional: ['receiveConnectors', 'sendConnectors', 'hybridConfigurations', 'servers'],
  reads: {
    ...certificateReads,
    certificates: [...certificateReads.certificates, 'RootCAType'],
    hybridConfigurations: ['TlsCertificateName'],
  },
  references: [
    'https://learn.microsoft.com/powershell/module/exchange/get-exchangecertificate',
    'https://learn.microsoft.com/exchange/architecture/client-access/certificates',
  ],
  frameworks: { BSI: ['APP.5.2.A11'], STIG: ['V-259649', 'V-259578'] },
  absorbs: [],
  check,
  fix,
})

const levels: Readonly<Record<string, Severity>> = {
  revoked: 'critical',
  untrusted: 'high',
  invalid: 'high',
  revocationcheckfailure: 'medium',
}

/** What says nothing against the certificate: expiry has a rule of its own, a request is not in use yet. */
const fine: readonly string[] = ['valid', 'dateinvalid', 'pendingrequest']

function* check({ config, asOf }: RuleContext): Iterable<Verdict> {
  for (const c of config.certificates) {
    const verdict = judge(c, config, asOf)
    if (verdict) yield verdict
  }
  for (const missing of withoutInventory(config)) yield { state: 'not-assessed', missing: [missing] }
}

function judge(c: Certificate, config: Config, asOf: Date): Verdict | undefined {
  const object = refOf(c)
  const status = known(c.status)?.toLowerCase()
  if (status !== undefined && fine.includes(status)) return { state: 'pass', object }
  const builtIn = isBuiltInCertificate(c)
  if (builtIn === 'yes') return undefined
  const usage = usageOf(config, asOf, c)
  if (usage.inUse.value === 'no') return { state: 'pass', object }
  const severity = levels[status ?? '']
  if (severity && builtIn === 'no' && usage.inUse.value === 'yes') return failure(c, usage, severity)
  const own = !severity || builtIn === 'unknown' ? [exportOfObject(c)] : usage.missing
  return { state: 'not-assessed', object, missing: nonEmpty(own) }
}

function failure(c: Certificate, usage: Usage, severity: Severity): Fail {
  const line = evidence(c.status)
  return {
    state: 'fail',
    key: c.thumbprint,
    side: c.side,
    severity,
    confidence: 'proven',
    proof: 'configuration',
    exposure: 'none',
    objects: [refOf(c)],
    params: {
      subject: known(c.subject) ?? c.thumbprint,
      server: c.server ?? '?',
      status: known(c.status) ?? '',
      kind: severity === 'critical' ? 'revoked' : severity === 'medium' ? 'unchecked' : 'untrusted',
    },
    evidence: [line, ...usage.inUse.evidence.slice(0, 8)],
    conditions: [
      { key: 'status', value: 'yes', evidence: line },
      { key: 'in-use', value: 'yes', ...firstOf(usage.inUse.evidence) },
      { key: 'not-built-in', value: 'yes' },
    ],
  }
}

/** Where only the check of revocation failed, the server needs a way out, which no cmdlet for certificates gives it. */
function fix(members: readonly [Fail, ...Fail[]], { config, asOf }: RuleContext) {
  const ids = new Set(members.filter((m) => m.severity !== 'medium').map((m) => m.objects[0].id))
  const certificates = config.certificates.filter((c) => ids.has(c.id))
  const connectors = [...new Set(certificates.flatMap((c) => usageOf(config, asOf, c).connectors))]
  return replaceCertificates({
    certificates,
    connectors,
    before: [
      comment(
        'If only the chain is broken, importing the intermediate certificates of the authority on each server is enough.',
      ),
    ],
  })
}
