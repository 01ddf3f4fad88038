import { hasService, isAuthCertificate } from '../../mailflow/certificate-facts'
import { canServe, withoutInventory } from '../../mailflow/certificate-usage'
import { certificateUses, inventoryOf, sideOf } from '../../mailflow/certificate-uses'
import { exportOf } from '../../mailflow/missing'
import { refOf } from '../../mailflow/object-ref'
import { sameServer, serverKey } from '../../mailflow/server-names'
import { serverNames } from '../../mailflow/transport-servers'
import { and, type Certificate, type Config, isTrue, not, or, type Tri } from '../../model'
import { enableForSmtp } from '../../remediation'
import { defineRule, evidence, type Fail, type ObjectRef, type RuleContext, type Verdict } from '../define-rule'

export const rule = defineRule({
  id: 'no-smtp-certificate',
  family: 'certificates',
  question: 4,
  severities: ['high'],
  needs: ['certificates'],
  optional: ['servers', 'receiveConnectors', 'sendConnectors'],
  reads: { certificates: ['Thumbprint', 'Services', 'HasPrivateKey', 'Subject'] },
  references: [
    'https://learn.microsoft.com/exchange/architecture/client-access/certificates',
    'https://learn.microsoft.com/powershell/module/exchange/enable-exchangecertificate',
  ],
  frameworks: { BSI: ['APP.5.2.A11'] },
  absorbs: [],
  check,
  fix,
})

/** Servers whose certificates were exported; where a file does not tell, the one there is. */
function serversOf(config: Config): readonly string[] {
  const names = [...serverNames(config), ...config.certificates.flatMap((c) => c.server ?? [])]
  const found = [...new Map(names.map((n) => [serverKey(n), n])).values()]
  return found.length > 0 ? found : ['?']
}

/** The Auth certificate carries SMTP, but has no host name and is never taken. */
const servesSmtp = (c: Certificate): Tri =>
  and(hasService(c, 'SMTP'), isTrue(c.hasPrivateKey), not(isAuthCertificate(c)))

function* check(context: RuleContext): Iterable<Verdict> {
  const { config } = context
  for (const server of serversOf(config)) {
    const { certificates, uploaded, whole } = inventoryOf(config, server)
    if (!uploaded) continue
    const object: ObjectRef = { kind: 'server', id: server, server: server === '?' ? null : server }
    const served = or(...certificates.map(servesSmtp))
    if (served === 'yes') yield { state: 'pass', object }
    else if (served === 'no' && whole === 'yes' && certificates.length > 0)
      yield failure(object, server, certificates, context)
    else yield { state: 'not-assessed', object, missing: [exportOf('certificates', sideOf(config, server), [server])] }
  }
  for (const missing of withoutInventory(config)) yield { state: 'not-assessed', missing: [missing] }
}

function failure(
  object: ObjectRef,
  server: string,
  certificates: readonly Certificate[],
  { config, asOf }: RuleContext,
): Fail {
  const lines = certificates.flatMap((c) => (c.services.state === 'missing' ? [] : [evidence(c.services)]))
  const used = certificateUses(config, asOf).filter((u) => sameServer(u.server, server))
  const taken = [...new Map(used.flatMap((u) => u.picked).map((c) => [c.id, c])).values()]
  const keyless = certificates.find((c) => hasService(c, 'SMTP') === 'yes' && isAuthCertificate(c) === 'no')
  const [line, ...more] =
    lines.length > 0 ? lines : certificates.flatMap((c) => (c.subject.state === 'missing' ? [] : [evidence(c.subject)]))
  if (!line) throw new Error('a whole list of certificates without a line')
  return {
    state: 'fail',
    key: '',
    side: sideOf(config, server),
    severity: 'high',
    confidence: 'likely',
    proof: 'configuration',
    exposure: 'none',
    objects: [object, ...taken.map(refOf)],
    params: { server, certificates: certificates.length, keyless: keyless ? 'yes' : 'no' },
    evidence: [line, ...more.slice(0, 9)],
    conditions: [
      { key: 'whole-list', value: 'yes', evidence: line },
      { key: 'none-bound', value: 'yes', evidence: line },
    ],
  }
}

/** What the connectors take, else the one that is fit for it and lasts longest. */
function choose(config: Config, asOf: Date, member: Fail): readonly Certificate[] {
  const server = member.objects[0].id
  const own = inventoryOf(config, server).certificates.filter(
    (c) => isAuthCertificate(c) === 'no' && isTrue(c.hasPrivateKey) === 'yes',
  )
  const taken = new Set(member.objects.map((o) => o.id))
  const wanted = own.filter((c) => taken.has(c.id))
  if (wanted.length > 0) return wanted
  const end = (c: Certificate) => (c.notAfter.state === 'ok' ? c.notAfter.value : '')
  const rank = (c: Certificate) => `${isTrue(c.isSelfSigned) === 'no' ? 1 : 0}${end(c)}`
  return own
    .filter((c) => canServe(c, asOf) === 'yes')
    .sort((a, b) => (rank(a) < rank(b) ? 1 : -1))
    .slice(0, 1)
}

function fix(members: readonly [Fail, ...Fail[]], { config, asOf }: RuleContext) {
  return enableForSmtp(members.flatMap((m) => choose(config, asOf, m)))
}
