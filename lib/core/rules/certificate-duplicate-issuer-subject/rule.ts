import { hasPassed, hasService, isBuiltInCertificate, momentOf } from '../../mailflow/certificate-facts'
import { pairOf } from '../../mailflow/certificate-selection'
import { type Usage, usageOf, withoutInventory } from '../../mailflow/certificate-usage'
import { exportOfObject } from '../../mailflow/missing'
import { refOf } from '../../mailflow/object-ref'
import { nonEmpty } from '../../mailflow/receive-evidence'
import { serverKey } from '../../mailflow/server-names'
import { and, type Certificate, known, not, or, type Tri, tri } from '../../model'
import { removeCertificates } from '../../remediation'
import { defineRule, evidence, type Fail, type RuleContext, type Verdict } from '../define-rule'

export const rule = defineRule({
  id: 'certificate-duplicate-issuer-subject',
  family: 'certificates',
  question: 6,
  severities: ['medium', 'low'],
  needs: ['certificates'],
  optional: ['receiveConnectors', 'sendConnectors', 'hybridConfigurations', 'servers'],
  reads: {
    certificates: [
      'Thumbprint',
      'Subject',
      'Issuer',
      'CertificateDomains',
      'NotBefore',
      'NotAfter',
      'Services',
      'Status',
      'IsSelfSigned',
    ],
    receiveConnectors: ['Enabled', 'TlsCertificateName', 'TransportRole'],
    sendConnectors: ['Enabled', 'TlsCertificateName', 'SourceTransportServers'],
    hybridConfigurations: ['TlsCertificateName'],
  },
  references: [
    'https://learn.microsoft.com/exchange/troubleshoot/mailflow/cannot-remove-installed-certificate',
    'https://learn.microsoft.com/exchange/mail-flow/mail-routing/inbound-starttls-certificates-selection',
  ],
  frameworks: {},
  absorbs: [
    {
      rule: 'certificate-expired',
      same: 'certificate',
      when: (_, absorbed) => absorbed.severity === 'low' && absorbed.params.twin === 'yes',
    },
  ],
  check,
  fix,
})

/** After a renewal both may be there for a while. */
const RENEWAL_DAYS = 30

type Group = { readonly certificates: Certificate[] }

function groups(certificates: readonly Certificate[]): readonly Group[] {
  const found = new Map<string, Group>()
  for (const c of certificates) {
    const pair = pairOf(c)
    if (pair === undefined || isPending(c)) continue
    const key = `${c.server === null ? '' : serverKey(c.server)} ${pair}`
    const group = found.get(key) ?? { certificates: [] }
    group.certificates.push(c)
    found.set(key, group)
  }
  return [...found.values()]
}

const isPending = (c: Certificate): boolean => known(c.status)?.toLowerCase() === 'pendingrequest'

function* check(context: RuleContext): Iterable<Verdict> {
  const { certificates } = context.config
  for (const c of certificates)
    if (pairOf(c) === undefined) yield { state: 'not-assessed', object: refOf(c), missing: [exportOfObject(c)] }
  for (const group of groups(certificates)) {
    const sorted = [...group.certificates].sort(
      (a, b) => (momentOf(b.notBefore)?.at ?? 0) - (momentOf(a.notBefore)?.at ?? 0),
    )
    const [newest, ...older] = sorted
    if (!newest) continue
    if (older.length === 0) yield { state: 'pass', object: refOf(newest) }
    for (const c of older) yield judge(c, newest, context)
  }
  for (const missing of withoutInventory(context.config)) yield { state: 'not-assessed', missing: [missing] }
}

/** Connectors find it by its names, or it is offered by host name because SMTP is bound to it. */
const serves = (c: Certificate, usage: Usage): Tri => or(hasService(c, 'SMTP'), usage.named.value)

function judge(older: Certificate, newest: Certificate, { config, asOf }: RuleContext): Verdict {
  const usage = usageOf(config, asOf, older)
  const start = momentOf(newest.notBefore)
  const settled = start ? hasPassed(newest.notBefore, new Date(asOf.getTime() - RENEWAL_DAYS * 86_400_000)) : 'unknown'
  const dated = tri(start !== undefined && momentOf(older.notBefore) !== undefined)
  const holds = and(
    serves(older, usage),
    serves(newest, usage),
    // Setup and the Auth certificate are renewed under their old names as a matter of course.
    or(not(isBuiltInCertificate(older)), usage.named.value),
    settled,
    dated === 'no' ? 'unknown' : 'yes',
  )
  const object = refOf(older)
  if (holds === 'no') return { state: 'pass', object }
  const expired = hasPassed(older.notAfter, asOf)
  if (holds === 'unknown' || expired === 'unknown')
    return { state: 'not-assessed', object, missing: nonEmpty([exportOfObject(older), ...usage.missing]) }
  return failure(older, newest, usage, expired === 'yes', asOf)
}

function failure(older: Certificate, newest: Certificate, usage: Usage, expired: boolean, asOf: Date): Fail {
  const subject = evidence(older.subject)
  return {
    state: 'fail',
    key: [older.thumbprint, newest.thumbprint].sort().join(' '),
    side: older.side,
    severity: expired ? 'medium' : 'low',
    confidence: 'proven',
    proof: 'configuration',
    exposure: 'none',
    objects: [refOf(older), refOf(newest)],
    params: {
      subject: known(older.subject) ?? '',
      issuer: known(older.issuer) ?? '',
      server: older.server ?? '?',
      older: older.thumbprint,
      newest: newest.thumbprint,
      until: momentOf(older.notAfter)?.at ?? 0,
      asOf: asOf.getTime(),
      expired: expired ? 'yes' : 'no',
      connector: usage.connectors[0]?.id ?? '',
      named: usage.connectors.length > 0 ? 'yes' : 'no',
    },
    evidence: [
      subject,
      evidence(newest.subject),
      evidence(older.notAfter),
      evidence(newest.notBefore),
      ...usage.named.evidence.slice(0, 8),
    ],
    conditions: [
      { key: 'same-names', value: 'yes', evidence: subject },
      { key: 'in-use', value: 'yes', ...(usage.named.evidence[0] ? { evidence: usage.named.evidence[0] } : {}) },
      { key: 'older-expired', value: expired ? 'yes' : 'no', evidence: evidence(older.notAfter) },
      { key: 'settled', value: 'yes', evidence: evidence(newest.notBefore) },
    ],
  }
}

function fix(members: readonly [Fail, ...Fail[]], { config, asOf }: RuleContext) {
  const ids = new Set(members.map((m) => m.objects[0].id))
  const certificates = config.certificates.filter((c) => ids.has(c.id))
  const connectors = [...new Set(certificates.flatMap((c) => usageOf(config, asOf, c).connectors))]
  return removeCertificates(certificates, connectors)
}
