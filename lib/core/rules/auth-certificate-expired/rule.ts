import { endsWithin, hasPassed, isAuthCertificate, momentOf } from '../../mailflow/certificate-facts'
import { withoutInventory } from '../../mailflow/certificate-usage'
import { exportOfObject } from '../../mailflow/missing'
import { refOf } from '../../mailflow/object-ref'
import type { Certificate } from '../../model'
import { ask, bool, command, comment, fixOf, run, str } from '../../remediation'
import { defineRule, evidence, type Fail, type RuleContext, type Verdict } from '../define-rule'

export const rule = defineRule({
  id: 'auth-certificate-expired',
  family: 'certificates',
  question: 5,
  severities: ['high', 'medium'],
  needs: ['certificates'],
  optional: ['servers', 'receiveConnectors', 'sendConnectors'],
  reads: { certificates: ['Thumbprint', 'Subject', 'NotBefore', 'NotAfter'] },
  references: [
    'https://learn.microsoft.com/exchange/troubleshoot/administration/cannot-access-owa-or-ecp-if-oauth-expired',
    'https://microsoft.github.io/CSS-Exchange/Admin/MonitorExchangeAuthCertificate/',
  ],
  frameworks: {},
  absorbs: [],
  check,
  fix,
})

/** Renewal takes up to a day to reach every server, and is easily put off. */
const DUE_DAYS = 60

const startOf = (c: Certificate): number | undefined => momentOf(c.notBefore)?.at

/** Get-AuthConfig would name the active one; without it the newest is taken. Every server holds a copy of it. */
function activeOf(certificates: readonly Certificate[]): readonly Certificate[] {
  const newest = Math.max(...certificates.map((c) => startOf(c) ?? 0))
  const active = certificates.find((c) => startOf(c) === newest)
  return certificates.filter((c) => c.thumbprint === active?.thumbprint)
}

function* check({ config, asOf }: RuleContext): Iterable<Verdict> {
  const answers = config.certificates.map((c) => ({ c, is: isAuthCertificate(c) }))
  const found = answers.filter((a) => a.is === 'yes').map((a) => a.c)
  const open = [...answers.filter((a) => a.is === 'unknown').map((a) => a.c), ...found.filter((c) => !startOf(c))]
  for (const c of open) yield { state: 'not-assessed', object: refOf(c), missing: [exportOfObject(c)] }
  for (const missing of withoutInventory(config)) yield { state: 'not-assessed', missing: [missing] }
  // One of which too little is known may be the newest.
  if (open.length > 0) return
  const [first, ...copies] = activeOf(found)
  if (!first) return
  const expired = hasPassed(first.notAfter, asOf)
  const due = endsWithin(first.notAfter, asOf, DUE_DAYS)
  if (due === 'yes') yield failure([first, ...copies], expired === 'yes', asOf)
  else if (due === 'no') yield { state: 'pass', object: refOf(first) }
  else yield { state: 'not-assessed', object: refOf(first), missing: [exportOfObject(first)] }
}

function failure(certificates: readonly [Certificate, ...Certificate[]], expired: boolean, asOf: Date): Fail {
  const [first, ...copies] = certificates
  const end = evidence(first.notAfter)
  return {
    state: 'fail',
    key: '',
    side: first.side,
    severity: expired ? 'high' : 'medium',
    confidence: 'proven',
    proof: 'configuration',
    exposure: 'internal',
    objects: [refOf(first), ...copies.map(refOf)],
    params: {
      until: momentOf(first.notAfter)?.at ?? 0,
      asOf: asOf.getTime(),
      expired: expired ? 'yes' : 'no',
      thumbprint: first.thumbprint,
      copies: certificates.length,
    },
    evidence: [end, evidence(first.subject), evidence(first.notBefore)],
    conditions: [
      { key: 'auth-certificate', value: 'yes', evidence: evidence(first.subject) },
      { key: 'newest', value: 'yes', evidence: evidence(first.notBefore) },
      { key: 'ends', value: 'yes', evidence: end },
      { key: 'active', value: 'unknown' },
    ],
  }
}

function fix([{ params }]: readonly [Fail, ...Fail[]]) {
  const thumbprint = ask('new-thumbprint', {
    en: 'Thumbprint that New-ExchangeCertificate prints, in quotes',
    de: 'Fingerabdruck, den New-ExchangeCertificate ausgibt, in Anführungszeichen',
  })
  const name = 'Microsoft Exchange Server Auth Certificate'
  const config = run(
    command('Get-AuthConfig'),
    command('Export-Clixml', { Path: str('.\\postern-backup_authconfig.xml') }),
  )
  return fixOf({
    backup: [config],
    change: [
      comment('Answer No when asked whether to overwrite the default SMTP certificate.'),
      run(
        command('New-ExchangeCertificate', {
          KeySize: str('2048'),
          PrivateKeyExportable: bool(true),
          SubjectName: str(`CN=${name}`),
          FriendlyName: str(name),
          DomainName: { code: '@()', placeholders: [] },
        }),
      ),
      run(
        command('Set-AuthConfig', {
          NewCertificateThumbprint: thumbprint,
          NewCertificateEffectiveDate: { code: '(Get-Date)', placeholders: [] },
        }),
      ),
      run(command('Set-AuthConfig', { PublishCertificate: true })),
      run(command('Set-AuthConfig', { ClearPreviousCertificate: true })),
      comment('Then run the Hybrid Configuration Wizard, so that Exchange Online learns the new certificate.'),
    ],
    check: [
      run(command('Get-AuthConfig')),
      comment('It may take a day until every server has the new one; restarting IIS on each shortens that.'),
    ],
    rollback: [
      run(
        command('Set-AuthConfig', {
          NewCertificateThumbprint: str(String(params.thumbprint)),
          NewCertificateEffectiveDate: { code: '(Get-Date)', placeholders: [] },
        }),
      ),
      run(command('Set-AuthConfig', { PublishCertificate: true })),
    ],
    effect: 'restart',
    minutes: 30,
    runsOn: 'exchange-management-shell',
  })
}
