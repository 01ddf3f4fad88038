import { isBuiltInCertificate } from '../../mailflow/certificate-facts'
import { keyWeakness, signatureWeakness } from '../../mailflow/certificate-strength'
import { certificateReads, firstOf, type Usage, usageOf, withoutInventory } from '../../mailflow/certificate-usage'
import { exportOfObject } from '../../mailflow/missing'
import { refOf } from '../../mailflow/object-ref'
import { numberOf, textOf } from '../../mailflow/property-of'
import { nonEmpty } from '../../mailflow/receive-evidence'
import { type Certificate, type Config, known, or } from '../../model'
import { replaceCertificates } from '../../remediation'
import { defineRule, type EvidenceRef, evidence, type Fail, type RuleContext, type Verdict } from '../define-rule'

export const rule = defineRule({
  id: 'certificate-weak',
  family: 'certificates',
  question: 4,
  severities: ['high', 'medium'],
  needs: ['certificates'],
  optional: ['receiveConnectors', 'sendConnectors', 'hybridConfigurations', 'servers'],
  reads: {
    ...certificateReads,
    certificates: [...certificateReads.certificates, 'PublicKeySize', 'PublicKeyAlgorithm', 'SignatureAlgorithm'],
    hybridConfigurations: ['TlsCertificateName'],
  },
  references: [
    'https://microsoft.github.io/CSS-Exchange/Diagnostics/HealthChecker/CertificateCheck/',
    'https://cabforum.org/working-groups/server/baseline-requirements/',
  ],
  frameworks: { BSI: ['APP.5.2.A11'], STIG: ['V-259649', 'V-259578'] },
  absorbs: [],
  check,
  fix,
})

function* check({ config, asOf }: RuleContext): Iterable<Verdict> {
  for (const c of config.certificates) {
    const verdict = judge(c, config, asOf)
    if (verdict) yield verdict
  }
  for (const missing of withoutInventory(config)) yield { state: 'not-assessed', missing: [missing] }
}

function judge(c: Certificate, config: Config, asOf: Date): Verdict | undefined {
  const object = refOf(c)
  const [key, signature] = [keyWeakness(c), signatureWeakness(c)]
  const weak = or(key, signature)
  if (weak === 'no') return { state: 'pass', object }
  const builtIn = isBuiltInCertificate(c)
  if (builtIn === 'yes') return undefined
  const usage = usageOf(config, asOf, c)
  if (usage.inUse.value === 'no') return { state: 'pass', object }
  if (weak === 'yes' && builtIn === 'no' && usage.inUse.value === 'yes')
    return failure(c, usage, key === 'yes', key === 'unknown')
  const own = weak === 'unknown' || builtIn === 'unknown' ? [exportOfObject(c)] : usage.missing
  return { state: 'not-assessed', object, missing: nonEmpty(own) }
}

function failure(c: Certificate, usage: Usage, weakKey: boolean, open: boolean): Fail {
  const size = numberOf(c, 'PublicKeySize')
  const signature = textOf(c, 'SignatureAlgorithm')
  const shown = weakKey ? size : signature
  const line: EvidenceRef = evidence(shown)
  return {
    state: 'fail',
    key: c.thumbprint,
    side: c.side,
    severity: weakKey ? 'high' : 'medium',
    confidence: 'proven',
    proof: 'configuration',
    exposure: 'none',
    objects: [refOf(c)],
    params: {
      subject: known(c.subject) ?? c.thumbprint,
      server: c.server ?? '?',
      kind: weakKey ? 'key' : 'signature',
      bits: known(size) ?? 0,
      algorithm: known(signature) ?? '',
    },
    evidence: [line, ...usage.inUse.evidence.slice(0, 8)],
    conditions: [
      { key: 'weak', value: 'yes', evidence: line },
      { key: 'in-use', value: 'yes', ...firstOf(usage.inUse.evidence) },
      { key: 'not-built-in', value: 'yes' },
    ],
    ...(open ? { couldRaise: [exportOfObject(c)] } : {}),
  }
}

function fix(members: readonly [Fail, ...Fail[]], { config, asOf }: RuleContext) {
  const ids = new Set(members.map((m) => m.objects[0].id))
  const certificates = config.certificates.filter((c) => ids.has(c.id))
  const connectors = [...new Set(certificates.flatMap((c) => usageOf(config, asOf, c).connectors))]
  return replaceCertificates({ certificates, connectors })
}
