import { certificateUses, type Use } from '../../mailflow/certificate-uses'
import { verdictOnUnseen } from '../../mailflow/known-servers'
import { refOf } from '../../mailflow/object-ref'
import { type Certificate, contains, isTrue, known, type Tri } from '../../model'
import { command, comment, fixOf, forEachObject, list, run, str } from '../../remediation'
import {
  defineRule,
  type EvidenceRef,
  evidence,
  type Fail,
  type Missing,
  type RuleContext,
  type Verdict,
} from '../define-rule'

export const rule = defineRule({
  id: 'certificate-without-smtp-service',
  family: 'certificates',
  question: 4,
  severities: ['critical', 'high', 'medium'],
  needs: ['certificates'],
  optional: ['receiveConnectors', 'sendConnectors', 'servers'],
  eitherOf: ['receiveConnectors', 'sendConnectors'],
  reads: {
    certificates: [
      'Thumbprint',
      'Services',
      'Subject',
      'Issuer',
      'CertificateDomains',
      'NotBefore',
      'NotAfter',
      'Status',
      'IsSelfSigned',
      'HasPrivateKey',
    ],
    receiveConnectors: ['Enabled', 'AuthMechanism', 'TlsCertificateName', 'Fqdn', 'TransportRole'],
    sendConnectors: ['Enabled', 'TlsCertificateName', 'SourceTransportServers'],
  },
  references: [
    'https://learn.microsoft.com/exchange/mail-flow/mail-routing/inbound-starttls-certificates-selection',
    'https://learn.microsoft.com/powershell/module/exchange/enable-exchangecertificate',
    'https://support.microsoft.com/help/4051498',
  ],
  frameworks: { BSI: ['APP.5.2.A11'] },
  absorbs: [
    { rule: 'log-tls-unknown-credentials', same: 'certificate' },
    { rule: 'no-smtp-certificate', same: 'certificate' },
  ],
  check,
  fix,
})

const hasSmtp = (c: Certificate): Tri => contains(c.services, (s) => s.toLowerCase() === 'smtp')

type Used = { readonly certificate: Certificate; readonly uses: Use[] }

function* check({ config, asOf }: RuleContext): Iterable<Verdict> {
  const failing = new Map<string, Used>()
  const uses = certificateUses(config, asOf)
  for (const use of uses) {
    const answers = use.picked.map(hasSmtp)
    const [first] = use.picked
    if (isTrue(use.connector.enabled) === 'yes' && first && !use.missing && answers.every((a) => a === 'no')) {
      for (const certificate of use.picked) collect(failing, certificate, use)
    } else if (answers.length > 0 && answers.every((a) => a === 'yes')) {
      // The one that is picked is bound to SMTP, whichever it is.
      if (first) yield use.missing ? notAssessed(use, use.missing) : { state: 'pass', object: refOf(first) }
    } else if (first || use.missing) yield notAssessed(use, use.missing ?? undefined)
  }
  for (const used of failing.values()) yield failure(used)
  // One kind of connectors is enough to judge the certificates that it uses, not to know that none is used.
  if (uses.every((use) => use.picked.length === 0)) yield* verdictOnUnseen(config)
}

function notAssessed(use: Use, missing: Missing | undefined): Verdict {
  const own: Missing = { cmdlet: 'Get-ExchangeCertificate', side: use.connector.side, servers: [use.server] }
  return { state: 'not-assessed', object: refOf(use.picked[0] ?? use.connector), missing: [missing ?? own] }
}

function collect(failing: Map<string, Used>, certificate: Certificate, use: Use): void {
  const found = failing.get(certificate.id)
  if (found) found.uses.push(use)
  else failing.set(certificate.id, { certificate, uses: [use] })
}

const named = (use: Use): boolean => use.search.by === 'name'

/** The property by which the connector comes to the certificate. */
const proofOf = (use: Use): readonly EvidenceRef[] =>
  (use.search.by === 'name' || use.search.by === 'host') && use.search.from ? [evidence(use.search.from)] : []

function failure({ certificate, uses }: Used): Fail {
  const lead = uses.find(named) ?? uses[0]
  const proof = [...uses].sort((a, b) => Number(named(b)) - Number(named(a))).flatMap(proofOf)
  const services = known(certificate.services) ?? []
  return {
    state: 'fail',
    key: certificate.thumbprint,
    side: certificate.side,
    severity: 'medium',
    confidence: 'likely',
    proof: 'configuration',
    exposure: 'none',
    objects: [refOf(certificate)],
    params: {
      subject: known(certificate.subject) ?? certificate.thumbprint,
      server: certificate.server ?? lead?.server ?? '?',
      connector: lead?.connector.id ?? '',
      uses: new Set(uses.map((u) => u.connector.id)).size,
      via: lead && named(lead) ? 'name' : 'host',
      host: lead?.search.by === 'host' ? lead.search.host : '',
      services: services.length > 0 ? services.join(', ') : 'None',
    },
    evidence: [evidence(certificate.services), evidence(certificate.subject), ...proof.slice(0, 8)],
    conditions: [
      { key: 'used', value: 'yes', ...(proof[0] ? { evidence: proof[0] } : {}) },
      { key: 'no-smtp', value: 'yes', evidence: evidence(certificate.services) },
      { key: 'no-success', value: 'unknown' },
    ],
  }
}

const get = (server: string | null) => (server === null ? {} : { Server: str(server) })

function fix(members: readonly [Fail, ...Fail[]], { config }: RuleContext) {
  const ids = new Set(members.map((m) => m.objects[0].id))
  const certificates = config.certificates.filter((c) => ids.has(c.id))
  if (certificates.length === 0) return null
  const edge = certificates.every((c) => c.side === 'edge')
  const on = (c: Certificate) => get(edge ? null : c.server)
  const show = (c: Certificate) => command('Get-ExchangeCertificate', { Thumbprint: str(c.thumbprint), ...on(c) })
  return fixOf({
    backup: forEachObject(certificates, (c) => [
      run(
        show(c),
        command('Export-Clixml', {
          Path: str(`.\\postern-backup_${c.thumbprint.replace(/[^0-9A-Za-z]/g, '').slice(0, 40)}_certificate.xml`),
        }),
      ),
    ]),
    change: [
      comment('Answer No when asked whether to overwrite the default SMTP certificate. -Force would answer Yes.'),
      ...forEachObject(certificates, (c) => [
        run(command('Enable-ExchangeCertificate', { Thumbprint: str(c.thumbprint), Services: str('SMTP'), ...on(c) })),
      ]),
    ],
    check: [
      ...forEachObject(certificates, (c) => [
        run(show(c), command('Format-List', { Property: list(['Subject', 'Thumbprint', 'Services', 'Status']) })),
      ]),
      comment(
        'An unchanged Services line is no proof of failure: the protocol logs show whether TLS is negotiated from now on.',
      ),
      comment('A later run of the Hybrid Configuration Wizard does not change this.'),
    ],
    rollback: [
      comment(
        'A service cannot be withdrawn from a certificate. The only way back is to remove the certificate, which no connector may name then.',
      ),
      ...forEachObject(certificates, (c) => [run(show(c))]),
    ],
    effect: 'reconnect',
    minutes: 10,
    runsOn: edge ? 'edge' : 'exchange-management-shell',
  })
}
