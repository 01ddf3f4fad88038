import { type Connector, certificateReads, hybridPicks, openHybrid, usageOf } from '../../mailflow/certificate-usage'
import { verdictOnUnseen } from '../../mailflow/known-servers'
import { exportOfObject } from '../../mailflow/missing'
import { refOf } from '../../mailflow/object-ref'
import { nonEmpty } from '../../mailflow/receive-evidence'
import { type Certificate, isTrue, known, type Tri } from '../../model'
import { comment, replaceCertificates } from '../../remediation'
import {
  defineRule,
  type EvidenceRef,
  evidence,
  type Fail,
  type RuleContext,
  type Severity,
  type Verdict,
} from '../define-rule'

export const rule = defineRule({
  id: 'hybrid-certificate-not-public',
  family: 'certificates',
  question: 4,
  severities: ['critical', 'high', 'medium'],
  needs: ['certificates'],
  optional: [
    'sendConnectors',
    'receiveConnectors',
    'hybridConfigurations',
    'inboundConnectors',
    'outboundConnectors',
    'servers',
  ],
  eitherOf: ['sendConnectors', 'receiveConnectors'],
  reads: {
    ...certificateReads,
    certificates: [...certificateReads.certificates, 'RootCAType'],
    hybridConfigurations: ['Features'],
    inboundConnectors: ['Enabled', 'ConnectorType', 'ConnectorSource', 'CloudServicesMailEnabled'],
    outboundConnectors: ['Enabled', 'ConnectorType', 'ConnectorSource', 'CloudServicesMailEnabled'],
  },
  references: [
    'https://learn.microsoft.com/exchange/certificate-requirements',
    'https://learn.microsoft.com/exchange/hybrid-deployment-prerequisites',
  ],
  frameworks: { BSI: ['APP.5.2.A11'], STIG: ['V-259649', 'V-259578'] },
  absorbs: [{ rule: 'certificate-untrusted', same: 'certificate' }],
  check,
  fix,
})

/** Where the root of the chain comes from: the list of public authorities, the own one, or by hand. undefined: not known. */
type Root = 'public' | 'self-signed' | 'enterprise' | 'other' | undefined

function rootOf(c: Certificate): Root {
  const selfSigned = isTrue(c.isSelfSigned)
  if (selfSigned === 'yes') return 'self-signed'
  const type = known(c.rootCAType)?.toLowerCase()
  if (selfSigned === 'unknown' || !type) return undefined
  if (type === 'thirdparty') return 'public'
  return type === 'enterprise' ? 'enterprise' : 'other'
}

const levels: Readonly<Record<Exclude<Root, 'public' | undefined>, Severity>> = {
  'self-signed': 'critical',
  enterprise: 'high',
  other: 'medium',
}

type Found = { readonly connectors: Set<Connector>; readonly evidence: EvidenceRef[] }

function* check({ config, asOf }: RuleContext): Iterable<Verdict> {
  const failing = new Map<Certificate, Found>()
  let seen = false
  for (const { connector, sure, picked, missing, evidence: lines } of hybridPicks(config, asOf)) {
    seen = true
    const roots = picked.map(rootOf)
    const isPublic: Tri = roots.every((r) => r === 'public')
      ? 'yes'
      : roots.some((r) => r === undefined || r === 'public')
        ? 'unknown'
        : 'no'
    const gaps = [
      ...missing,
      ...picked.filter((c) => rootOf(c) === undefined || isPublic === 'unknown').map(exportOfObject),
    ]
    if (picked.length === 0 && gaps.length === 0) continue
    if (picked.length > 0 && isPublic === 'no' && sure === 'yes' && missing.length === 0)
      for (const c of picked) {
        const found = failing.get(c) ?? { connectors: new Set(), evidence: [] }
        found.connectors.add(connector)
        found.evidence.push(...lines)
        failing.set(c, found)
      }
    else if (picked.length > 0 && isPublic === 'yes' && missing.length === 0)
      yield { state: 'pass', object: refOf(connector) }
    else yield { state: 'not-assessed', object: refOf(connector), missing: nonEmpty(gaps) }
  }
  for (const [c, found] of failing) yield* failure(c, found)
  if (seen) yield* verdictOnUnseen(config)
  const open = seen ? [] : openHybrid(config)
  if (open.length > 0) yield { state: 'not-assessed', missing: nonEmpty(open) }
}

function* failure(c: Certificate, { connectors, evidence: lines }: Found): Iterable<Verdict> {
  const root = rootOf(c)
  if (root === undefined || root === 'public') return
  const line = evidence(root === 'self-signed' ? c.isSelfSigned : c.rootCAType)
  const [first] = connectors
  const fail: Fail = {
    state: 'fail',
    key: c.thumbprint,
    side: c.side,
    severity: levels[root],
    confidence: 'proven',
    proof: 'configuration',
    exposure: 'cloud',
    objects: [refOf(c)],
    params: {
      subject: known(c.subject) ?? c.thumbprint,
      server: c.server ?? '?',
      root: root === 'self-signed' ? 'self' : root,
      type: known(c.rootCAType) ?? '',
      connector: first?.id ?? '',
      uses: connectors.size,
    },
    evidence: [line, ...lines.slice(0, 9)],
    conditions: [
      { key: 'hybrid', value: 'yes', ...(lines[0] ? { evidence: lines[0] } : {}) },
      { key: 'not-public', value: 'yes', evidence: line },
    ],
  }
  yield fail
}

function fix(members: readonly [Fail, ...Fail[]], { config, asOf }: RuleContext) {
  const ids = new Set(members.map((m) => m.objects[0].id))
  const certificates = config.certificates.filter((c) => ids.has(c.id))
  const connectors = [...new Set(certificates.flatMap((c) => usageOf(config, asOf, c).connectors))]
  return replaceCertificates({
    certificates,
    connectors,
    fromAuthority: true,
    before: [comment('The request has to be signed by a public certification authority that Microsoft trusts.')],
  })
}
