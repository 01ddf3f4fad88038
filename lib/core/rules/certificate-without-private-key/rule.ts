import { hasService } from '../../mailflow/certificate-facts'
import { firstOf, type Usage, usageOf, withoutInventory } from '../../mailflow/certificate-usage'
import { exportOfObject } from '../../mailflow/missing'
import { refOf } from '../../mailflow/object-ref'
import { nonEmpty } from '../../mailflow/receive-evidence'
import { type Certificate, type Config, isTrue, known, or } from '../../model'
import {
  backupCertificate,
  comment,
  copyCertificate,
  enableLine,
  fixOf,
  forEachObject,
  importWithKey,
  showCertificate,
} from '../../remediation'
import { defineRule, evidence, type Fail, type RuleContext, type Verdict } from '../define-rule'

export const rule = defineRule({
  id: 'certificate-without-private-key',
  family: 'certificates',
  question: 4,
  severities: ['high'],
  needs: ['certificates'],
  optional: ['receiveConnectors', 'sendConnectors', 'hybridConfigurations', 'servers'],
  reads: {
    certificates: ['Thumbprint', 'HasPrivateKey', 'Services', 'Subject', 'Issuer'],
    receiveConnectors: ['Enabled', 'TlsCertificateName', 'TransportRole'],
    sendConnectors: ['Enabled', 'TlsCertificateName', 'SourceTransportServers'],
    hybridConfigurations: ['TlsCertificateName'],
  },
  references: [
    'https://learn.microsoft.com/powershell/module/exchange/import-exchangecertificate',
    'https://learn.microsoft.com/windows-server/administration/windows-commands/certutil#-repairstore',
  ],
  frameworks: { BSI: ['APP.5.2.A11'] },
  absorbs: [
    { rule: 'certificate-without-smtp-service', same: 'certificate' },
    { rule: 'log-tls-unknown-credentials', same: 'certificate' },
    { rule: 'exo-outbound-tls-domain-mismatch', same: 'connector' },
    { rule: 'exo-inbound-certificate-name-mismatch', same: 'connector' },
  ],
  check,
  fix,
})

function* check({ config, asOf }: RuleContext): Iterable<Verdict> {
  for (const c of config.certificates) yield judge(c, config, asOf)
  for (const missing of withoutInventory(config)) yield { state: 'not-assessed', missing: [missing] }
}

function judge(c: Certificate, config: Config, asOf: Date): Verdict {
  const object = refOf(c)
  const key = isTrue(c.hasPrivateKey)
  if (key === 'yes') return { state: 'pass', object }
  const usage = usageOf(config, asOf, c)
  const smtp = hasService(c, 'SMTP')
  const matters = or(smtp, usage.named.value)
  if (matters === 'no') return { state: 'pass', object }
  if (matters === 'unknown' || key === 'unknown')
    return {
      state: 'not-assessed',
      object,
      missing: nonEmpty([...(key === 'unknown' ? [exportOfObject(c)] : usage.missing)]),
    }
  return failure(c, usage, smtp === 'yes')
}

function failure(c: Certificate, usage: Usage, smtp: boolean): Fail {
  const line = evidence(c.hasPrivateKey)
  const uses = [...usage.named.evidence, ...(smtp ? [evidence(c.services)] : [])]
  return {
    state: 'fail',
    key: c.thumbprint,
    side: c.side,
    severity: 'high',
    confidence: 'proven',
    proof: 'configuration',
    exposure: 'none',
    objects: [refOf(c), ...usage.connectors.map(refOf)],
    params: {
      subject: known(c.subject) ?? c.thumbprint,
      server: c.server ?? '?',
      connector: usage.connectors[0]?.id ?? '',
      via: usage.connectors.length > 0 ? 'connector' : smtp ? 'smtp' : 'hybrid',
    },
    evidence: [line, ...uses.slice(0, 9)],
    conditions: [
      { key: 'no-key', value: 'yes', evidence: line },
      { key: 'used', value: 'yes', ...firstOf(uses) },
    ],
  }
}

/** The same certificate with its key on another server. */
const donorOf = (config: Config, c: Certificate): Certificate | undefined =>
  config.certificates.find((x) => x.thumbprint === c.thumbprint && x.id !== c.id && isTrue(x.hasPrivateKey) === 'yes')

function fix(members: readonly [Fail, ...Fail[]], { config }: RuleContext) {
  const ids = new Set(members.map((m) => m.objects[0].id))
  const certificates = config.certificates.filter((c) => ids.has(c.id))
  const change = (c: Certificate) => {
    const donor = donorOf(config, c)
    return donor && c.server !== null
      ? copyCertificate(donor, c.server, c.side === 'edge')
      : [...importWithKey(c), enableLine(c)]
  }
  return fixOf({
    backup: forEachObject(certificates, (c) => [backupCertificate(c)]),
    change: [
      comment(
        'If the key is still on the server, certutil -repairstore my with the serial number may join the two again.',
      ),
      ...forEachObject(certificates, change),
    ],
    check: forEachObject(certificates, (c) => [showCertificate(c)]),
    rollback: [
      comment('A certificate with its key replaces the same one without; there is nothing to take back.'),
      ...forEachObject(certificates, (c) => [showCertificate(c)]),
    ],
    effect: 'reconnect',
    minutes: 20,
    runsOn: certificates.every((c) => c.side === 'edge') ? 'edge' : 'exchange-management-shell',
  })
}
