import { hasService } from '../../mailflow/certificate-facts'
import { bearsName, isValid, starttlsSearch } from '../../mailflow/certificate-selection'
import { inventoryOf } from '../../mailflow/certificate-uses'
import { connectorsOfMembers } from '../../mailflow/connectors-of'
import { normHost } from '../../mailflow/exchange-online-names'
import { anyOf, fact } from '../../mailflow/fact'
import { hybridRecv } from '../../mailflow/hybrid'
import { exportOf } from '../../mailflow/missing'
import { takesPublic } from '../../mailflow/ranges'
import { connectorOf, evidenceOf, exposureOf, nonEmpty } from '../../mailflow/receive-evidence'
import { serverKey } from '../../mailflow/server-names'
import { transportRole } from '../../mailflow/transport-role'
import { failOn, verdictOn } from '../../mailflow/verdict-on'
import {
  and,
  type Certificate,
  type Config,
  isTrue,
  known,
  not,
  or,
  type Property,
  type ReceiveConnector,
  type Tri,
} from '../../model'
import { ask, comment, setProperties, str, wizardRemark } from '../../remediation'
import { defineRule, evidence, type Fail, type RuleContext, type Verdict } from '../define-rule'

export const rule = defineRule({
  id: 'starttls-certificate-missing',
  family: 'receive-tls',
  question: 4,
  severities: ['critical', 'high'],
  needs: ['receiveConnectors', 'certificates'],
  optional: ['servers'],
  reads: {
    receiveConnectors: [
      'Enabled',
      'AuthMechanism',
      'TlsCertificateName',
      'Fqdn',
      'TransportRole',
      'RemoteIPRanges',
      'TlsDomainCapabilities',
    ],
    certificates: [
      'Subject',
      'Issuer',
      'CertificateDomains',
      'HasPrivateKey',
      'IsSelfSigned',
      'Services',
      'Status',
      'NotBefore',
      'NotAfter',
    ],
    servers: ['Fqdn', 'AdminDisplayVersion'],
  },
  references: [
    'https://learn.microsoft.com/exchange/mail-flow/mail-routing/inbound-starttls-certificates-selection',
    'https://learn.microsoft.com/powershell/module/exchange/set-receiveconnector#-tlscertificatename',
  ],
  frameworks: { BSI: ['APP.5.2.A11', 'APP.5.3.A2'], CIS: ['1.12'], STIG: ['V-259641'] },
  absorbs: [
    { rule: 'hybrid-receive-certificate-name-unset', same: 'connector' },
    { rule: 'receive-certificate-name-mismatch', same: 'connector' },
    { rule: 'exo-outbound-tls-domain-mismatch', same: 'connector' },
    { rule: 'log-exo-session-plaintext', same: 'connector' },
  ],
  check,
  fix,
})

/** Is there a certificate that the server can offer under this name? no only where all of its certificates were listed. */
function fits(config: Config, server: string, host: string): Tri {
  const known = answers.get(config) ?? new Map<string, Tri>()
  answers.set(config, known)
  const key = `${serverKey(server)} ${normHost(host)}`
  const answer = known.get(key) ?? search(config, server, host)
  known.set(key, answer)
  return answer
}

/** Many connectors of a server look for the same name. */
const answers = new WeakMap<Config, Map<string, Tri>>()

function search(config: Config, server: string, host: string): Tri {
  const { certificates, whole } = inventoryOf(config, server)
  const found = or(...certificates.map((x) => and(bearsName(x, host), isTrue(x.hasPrivateKey))))
  return found === 'no' && whole !== 'yes' ? 'unknown' : found
}

/** Behind the front end the internal certificate is taken, which no name selects. */
const isFront = (config: Config, c: ReceiveConnector): Tri => {
  const role = transportRole(config, c)
  return role === 'unknown' ? 'unknown' : role === 'hub' ? 'no' : 'yes'
}

function* check({ config }: RuleContext): Iterable<Verdict> {
  for (const c of config.receiveConnectors) {
    const enabled = isTrue(c.enabled)
    const wanted = starttlsSearch(c, config)
    const front = isFront(config, c)
    // A name that is set, and no TLS at all, are matters of other rules.
    if (enabled === 'no' || front === 'no' || wanted.by === 'name' || wanted.by === 'nothing') continue
    const matters = or(takesPublic(c), hybridRecv(c).value)
    const found = wanted.by === 'host' && c.server !== null ? fits(config, c.server, wanted.host) : 'unknown'
    const value = and(enabled, matters, front, not(found))
    const servers = c.server === null ? [] : [c.server]
    const missing = [
      ...(wanted.by === 'unknown' ? [{ cmdlet: wanted.cmdlet, side: c.side, servers }] : []),
      ...(wanted.by === 'host' && found === 'unknown' ? [exportOf('certificates', c.side, servers)] : []),
      ...(and(enabled, matters, front) === 'unknown' ? [connectorOf(c)] : []),
    ]
    yield verdictOn(
      c,
      value,
      () => failure(config, c, wanted.by === 'host' ? wanted : { host: '', from: null }),
      missing,
    )
  }
}

function failure(
  config: Config,
  c: ReceiveConnector,
  { host, from }: { readonly host: string; readonly from: Property<unknown> | null },
): Fail {
  const hybrid = hybridRecv(c)
  const reach = anyOf([fact(takesPublic(c), c.remoteIPRanges), hybrid])
  const mechanisms = evidence(c.authMechanism)
  const [name] = evidenceOf(from ?? undefined)
  const [reached] = reach.evidence
  const own = c.server === null ? [] : inventoryOf(config, c.server).certificates
  return failOn(c, {
    severity: hybrid.value === 'yes' ? 'critical' : 'high',
    exposure: exposureOf(c),
    params: {
      connector: c.id,
      server: c.server ?? '?',
      host,
      hybrid: hybrid.value,
      certificates: own.length,
    },
    evidence: nonEmpty([
      ...(name ? [name] : [mechanisms]),
      ...evidenceOf(c.tlsCertificateName),
      ...own.slice(0, 5).flatMap((x) => evidenceOf(x.subject, x.certificateDomains)),
    ]),
    conditions: [
      { key: 'tls', value: 'yes', evidence: mechanisms },
      { key: 'by-host', value: 'yes', ...(name ? { evidence: name } : {}) },
      { key: 'reach', value: 'yes', ...(reached ? { evidence: reached } : {}) },
      { key: 'none-fits', value: 'yes' },
      { key: 'hybrid', value: hybrid.value, ...(hybrid.evidence[0] ? { evidence: hybrid.evidence[0] } : {}) },
    ],
    ...(hybrid.value === 'unknown' ? { couldRaise: [connectorOf(c)] } : {}),
  })
}

/** The certificate of an authority that the server has for mail, where there is just one. */
function certificateFor(config: Config, c: ReceiveConnector, asOf: Date): Certificate | undefined {
  const own = c.server === null ? [] : inventoryOf(config, c.server).certificates
  const [first, ...more] = own.filter(
    (x) => and(isValid(x, asOf), isTrue(x.hasPrivateKey), hasService(x, 'SMTP'), not(isTrue(x.isSelfSigned))) === 'yes',
  )
  return more.length === 0 ? first : undefined
}

function nameOf(config: Config, c: ReceiveConnector, asOf: Date) {
  const certificate = certificateFor(config, c, asOf)
  const [issuer, subject] = [certificate && known(certificate.issuer), certificate && known(certificate.subject)]
  if (issuer && subject) return str(`<I>${issuer}<S>${subject}`)
  return ask('certificate-name', {
    en: 'Issuer and subject of the certificate to offer, in quotes, as <I>…<S>…',
    de: 'Aussteller und Antragsteller des anzubietenden Zertifikats, in Anführungszeichen, als <I>…<S>…',
  })
}

function fix(members: readonly [Fail, ...Fail[]], { config, asOf }: RuleContext) {
  return setProperties(connectorsOfMembers(config, members), {
    set: (c) => ({ TlsCertificateName: nameOf(config, c, asOf) }),
    alsoShow: ['Fqdn', 'AuthMechanism'],
    before: [
      comment(
        'The certificate must be on this server, with its private key, and enabled for SMTP. Fqdn of a connector for Exchange servers cannot be changed to another name.',
      ),
    ],
    after: [wizardRemark],
    effect: 'reconnect',
    minutes: 15,
  })
}
