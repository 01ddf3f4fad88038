import { hasService } from '../../mailflow/certificate-facts'
import { bearsName } from '../../mailflow/certificate-selection'
import { canServe, firstOf, isUnnamed, takesNamed } from '../../mailflow/certificate-usage'
import { certificateUses, inventoryOf, type Use } from '../../mailflow/certificate-uses'
import { connectorsOfMembers } from '../../mailflow/connectors-of'
import { hybridRecv } from '../../mailflow/hybrid'
import { exportOfObject } from '../../mailflow/missing'
import { mxPlace, mxServers } from '../../mailflow/mx'
import { refOf } from '../../mailflow/object-ref'
import { takesAny } from '../../mailflow/ranges'
import { evidenceOf, nonEmpty } from '../../mailflow/receive-evidence'
import { sameServer } from '../../mailflow/server-names'
import {
  and,
  type Certificate,
  type Config,
  contains,
  isTrue,
  known,
  not,
  or,
  type ReceiveConnector,
  type Tri,
} from '../../model'
import { ask, certificateName, comment, setProperties, str, wizardRemark } from '../../remediation'
import { defineRule, evidence, type Fail, type RuleContext, type Verdict } from '../define-rule'

export const rule = defineRule({
  id: 'receive-certificate-name-mismatch',
  family: 'certificates',
  question: 4,
  severities: ['medium', 'info'],
  needs: ['receiveConnectors', 'certificates'],
  optional: ['servers', 'edgeSubscriptions', 'acceptedDomains'],
  reads: {
    receiveConnectors: [
      'Enabled',
      'AuthMechanism',
      'Bindings',
      'RemoteIPRanges',
      'TlsCertificateName',
      'TlsDomainCapabilities',
      'Fqdn',
      'TransportRole',
    ],
    certificates: [
      'Thumbprint',
      'Subject',
      'CertificateDomains',
      'IsSelfSigned',
      'HasPrivateKey',
      'NotBefore',
      'NotAfter',
      'Status',
      'Services',
      'Issuer',
    ],
    servers: ['Fqdn', 'AdminDisplayVersion'],
  },
  references: [
    'https://learn.microsoft.com/exchange/mail-flow/mail-routing/inbound-starttls-certificates-selection',
    'https://learn.microsoft.com/powershell/module/exchange/set-receiveconnector#-tlscertificatename',
  ],
  frameworks: {},
  absorbs: [],
  check,
  fix,
})

function* check(context: RuleContext): Iterable<Verdict> {
  const uses = new Map(certificateUses(context.config, context.asOf).map((u) => [u.connector, u]))
  for (const c of context.config.receiveConnectors) {
    if (!takesNamed(context.config, c)) continue
    const verdict = judge(c, uses.get(c), context)
    if (verdict) yield verdict
  }
}

/** Does everybody on the Internet meet it: enabled, port 25, every address? */
const isEntrance = (c: ReceiveConnector): Tri =>
  and(
    isTrue(c.enabled),
    contains(c.bindings, (b) => b.port === 25),
    takesAny(c),
  )

function judge(c: ReceiveConnector, use: Use | undefined, context: RuleContext): Verdict | undefined {
  const object = refOf(c)
  const entrance = isEntrance(c)
  if (entrance === 'no') return undefined
  const unnamed = and(isUnnamed(context.config, c), not(hybridRecv(c).value))
  if (unnamed === 'no') return entrance === 'yes' ? { state: 'pass', object } : undefined
  if (entrance === 'unknown' || unnamed === 'unknown')
    return { state: 'not-assessed', object, missing: [exportOfObject(c)] }
  if (!use) return undefined
  if (use.missing) return { state: 'not-assessed', object, missing: [use.missing] }
  const [first] = use.picked
  // No certificate at all is another rule's matter.
  if (!first) return undefined
  const host = use.search.by === 'host' ? known(c.fqdn) || use.search.host : ''
  const bad = use.picked.map((x) => or(isTrue(x.isSelfSigned), not(bearsName(x, host))))
  if (bad.every((b) => b === 'yes')) return failure(c, first, host, context)
  if (bad.every((b) => b === 'no')) return { state: 'pass', object }
  return { state: 'not-assessed', object, missing: nonEmpty(use.picked.map(exportOfObject)) }
}

/** Does an MX point at the server of the connector? */
function mxHere(c: ReceiveConnector, { config, answers }: RuleContext): Tri {
  const place = mxPlace(config, answers)
  if (place === 'unknown') return 'unknown'
  return place === 'here' && mxServers(config).some((s) => sameServer(s, c.server)) ? 'yes' : 'no'
}

function failure(c: ReceiveConnector, picked: Certificate, host: string, context: RuleContext): Fail {
  const mx = mxHere(c, context)
  const selfSigned = isTrue(picked.isSelfSigned)
  const shown = evidence(selfSigned === 'yes' ? picked.isSelfSigned : picked.subject)
  return {
    state: 'fail',
    key: '',
    side: c.side,
    severity: mx === 'yes' ? 'medium' : 'info',
    confidence: 'proven',
    proof: 'configuration',
    exposure: 'internet',
    objects: [refOf(c)],
    params: {
      connector: c.id,
      host,
      subject: known(picked.subject) ?? picked.thumbprint,
      self: selfSigned === 'yes' ? 'yes' : 'no',
      mx,
    },
    evidence: [shown, ...evidenceOf(c.tlsCertificateName, c.fqdn)],
    conditions: [
      { key: 'no-name', value: 'yes', ...firstOf(evidenceOf(c.tlsCertificateName)) },
      { key: 'entrance', value: 'yes', evidence: evidence(c.remoteIPRanges) },
      { key: 'mismatch', value: 'yes', evidence: shown },
      { key: 'mx-here', value: mx },
    ],
  }
}

/** The certificate of an authority that is bound to SMTP and lasts longest: what the server is known by outside. */
function publicOf(config: Config, asOf: Date, c: ReceiveConnector): string | undefined {
  const end = (x: Certificate) => known(x.notAfter) ?? ''
  const [best] = inventoryOf(config, c.server ?? '')
    .certificates.filter(
      (x) => canServe(x, asOf) === 'yes' && isTrue(x.isSelfSigned) === 'no' && hasService(x, 'SMTP') === 'yes',
    )
    .sort((a, b) => (end(a) < end(b) ? 1 : -1))
  return best && certificateName(best)
}

/** The shipped state asks for nothing, unless the certificate that would cure it is there already. */
function fix(members: readonly [Fail, ...Fail[]], { config, asOf }: RuleContext) {
  const all = connectorsOfMembers(config, members)
  const isNote = members.every((m) => m.severity === 'info')
  const connectors = isNote ? all.filter((c) => publicOf(config, asOf, c) !== undefined) : all
  const name = ask('certificate-name', {
    en: 'Issuer and subject of a public certificate on this server, as <I>issuer<S>subject, in quotes',
    de: 'Aussteller und Antragsteller eines öffentlichen Zertifikats auf diesem Server, als <I>Aussteller<S>Antragsteller, in Anführungszeichen',
  })
  return setProperties(connectors, {
    set: (o) => {
      const found = publicOf(config, asOf, o as ReceiveConnector)
      return { TlsCertificateName: found === undefined ? name : str(found) }
    },
    before: [
      comment(
        'Fqdn stays as it is: Exchange does not let it change while ExchangeServer is among the authentication mechanisms.',
      ),
    ],
    after: [wizardRemark],
    effect: 'reconnect',
    minutes: 10,
  })
}
