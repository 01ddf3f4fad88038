import { hasService } from '../../mailflow/certificate-facts'
import { bearsName, isNamedBy, pairOfName } from '../../mailflow/certificate-selection'
import {
  type Connector,
  canServe,
  isHybridConnector,
  isSend,
  isUnnamed,
  namingConnectors,
  serversOfConnector,
} from '../../mailflow/certificate-usage'
import { inventoryOf, sideOf } from '../../mailflow/certificate-uses'
import { verdictOnUnseen } from '../../mailflow/known-servers'
import { exportOf, exportOfObject } from '../../mailflow/missing'
import { cloneKey, refOf } from '../../mailflow/object-ref'
import { type Certificate, type Config, isTrue, or, type TlsCertificateName, type Tri } from '../../model'
import {
  ask,
  backupCertificate,
  certificateName,
  comment,
  copyCertificate,
  fixOf,
  forEachObject,
  setProperties,
  showCertificate,
  str,
  wizardRemark,
} from '../../remediation'
import {
  defineRule,
  type EvidenceRef,
  evidence,
  type Fail,
  type ObjectRef,
  type RuleContext,
  type Verdict,
} from '../define-rule'

export const rule = defineRule({
  id: 'tls-certificate-name-unresolved',
  family: 'certificates',
  question: 4,
  severities: ['critical', 'high'],
  needs: ['certificates'],
  optional: ['receiveConnectors', 'sendConnectors', 'servers'],
  eitherOf: ['receiveConnectors', 'sendConnectors'],
  reads: {
    certificates: [
      'Thumbprint',
      'Subject',
      'Issuer',
      'CertificateDomains',
      'NotBefore',
      'NotAfter',
      'Status',
      'HasPrivateKey',
      'Services',
    ],
    receiveConnectors: ['Enabled', 'TlsCertificateName', 'TransportRole', 'TlsDomainCapabilities'],
    sendConnectors: [
      'Enabled',
      'TlsCertificateName',
      'SourceTransportServers',
      'AddressSpaces',
      'SmartHosts',
      'CloudServicesMailEnabled',
    ],
    servers: ['AdminDisplayVersion'],
  },
  references: [
    'https://learn.microsoft.com/powershell/module/exchange/set-sendconnector#-tlscertificatename',
    'https://learn.microsoft.com/exchange/mail-flow/mail-routing/inbound-starttls-certificates-selection',
    'https://microsoft.github.io/CSS-Exchange/Diagnostics/HealthChecker/CloudConnectorCheck/',
  ],
  frameworks: {},
  absorbs: [
    { rule: 'hybrid-certificate-name-drift', same: 'connector' },
    { rule: 'hybrid-receive-servers-inconsistent', same: 'connector' },
    { rule: 'exo-outbound-tls-domain-mismatch', same: 'connector' },
    { rule: 'exo-inbound-certificate-name-mismatch', same: 'connector' },
  ],
  check,
  fix,
})

type OnServer = { readonly server: string; readonly found: Tri }
type Judged = { readonly c: Connector; readonly name: TlsCertificateName; readonly servers: readonly OnServer[] }

/** Absence is proven by a whole listing only. */
function onServer(config: Config, name: TlsCertificateName, server: string): OnServer {
  const inventory = inventoryOf(config, server)
  const isThere = inventory.byPair.has(pairOfName(name))
  const found = isThere ? 'yes' : or(...inventory.withoutPair.map((x) => isNamedBy(x, name)))
  return { server, found: found === 'no' && inventory.whole !== 'yes' ? 'unknown' : found }
}

const lacks = (j: Judged) => j.servers.filter((s) => s.found === 'no')
const assessed = (j: Judged) => j.servers.filter((s) => s.found !== 'unknown')

function* check({ config }: RuleContext): Iterable<Verdict> {
  const judged: Judged[] = []
  for (const c of namingConnectors(config)) {
    const p = c.tlsCertificateName
    const enabled = isTrue(c.enabled)
    if (enabled === 'no' || isUnnamed(config, c) === 'yes') continue
    if (p.state === 'ok' && p.value.syntax !== 'standard') continue
    if (p.state !== 'ok' || enabled === 'unknown') {
      yield { state: 'not-assessed', object: refOf(c), missing: [exportOfObject(c)] }
      continue
    }
    const servers = serversOfConnector(c).map((s) => onServer(config, p.value, s))
    judged.push({ c, name: p.value, servers })
  }
  // Receive connectors of the same name are one connector: it is gone altogether only where no server has the certificate.
  const isGone = (j: Judged): boolean => {
    const all = isSend(j.c) ? [j] : judged.filter((o) => !isSend(o.c) && cloneKey(o.c) === cloneKey(j.c))
    return all.flatMap(assessed).every((s) => s.found === 'no')
  }
  for (const j of judged) yield* verdicts(j, config, isGone)
  yield* verdictOnUnseen(config)
}

function* verdicts(j: Judged, config: Config, isGone: (j: Judged) => boolean): Iterable<Verdict> {
  const object = refOf(j.c)
  const whole = isSend(j.c) ? j.c.sourceTransportServers.state === 'ok' : j.c.server !== null
  if (!whole || j.servers.length === 0) yield { state: 'not-assessed', object, missing: [exportOfObject(j.c)] }
  for (const { server, found } of j.servers) {
    if (found === 'yes') yield { state: 'pass', object }
    if (found === 'unknown')
      yield { state: 'not-assessed', object, missing: [exportOf('certificates', sideOf(config, server), [server])] }
  }
  if (lacks(j).length > 0) yield failure(j, config, isGone(j))
}

/** Certificates that look like the one that is meant: the same subject, or one that carries its name. */
function similar(config: Config, name: TlsCertificateName, server: string): readonly Certificate[] {
  const cn = /CN=("?)([^",]+)\1/i.exec(name.subject)?.[2]?.trim()
  return inventoryOf(config, server).certificates.filter((x) => cn !== undefined && bearsName(x, cn) === 'yes')
}

const serverRef = (server: string): ObjectRef => ({ kind: 'server', id: server, server })

function failure(j: Judged, config: Config, gone: boolean): Fail {
  const { c, name } = j
  const missing = lacks(j).map((s) => s.server)
  const hybrid = isHybridConnector(c)
  const line = evidence(c.tlsCertificateName)
  const near = missing.flatMap((s) => similar(config, name, s)).slice(0, 3)
  const nearLines: EvidenceRef[] = near.flatMap((x) =>
    [x.issuer, x.subject].filter((p) => p.state !== 'missing').map(evidence),
  )
  return {
    state: 'fail',
    key: cloneKey(c),
    side: c.side,
    severity: hybrid.value === 'yes' && gone ? 'critical' : 'high',
    confidence: 'proven',
    proof: 'configuration',
    exposure: 'none',
    objects: [refOf(c), ...missing.map(serverRef)],
    params: {
      connector: c.id,
      kind: isSend(c) ? 'send' : 'receive',
      hybrid: hybrid.value,
      issuer: name.issuer,
      subject: name.subject,
      servers: missing.join(', '),
      gone: gone ? 'yes' : 'no',
      similar: near[0] ? (certificateName(near[0]) ?? near[0].thumbprint) : '',
      near: near.length > 0 ? 'yes' : 'no',
    },
    evidence: [line, ...nearLines, ...hybrid.evidence],
    conditions: [
      { key: 'named', value: 'yes', evidence: line },
      { key: 'not-found', value: 'yes' },
      { key: 'hybrid', value: hybrid.value, ...(hybrid.evidence[0] ? { evidence: hybrid.evidence[0] } : {}) },
      { key: 'everywhere', value: gone ? 'yes' : 'no' },
    ],
    ...(gone && hybrid.value === 'unknown' ? { couldRaise: [exportOfObject(c)] } : {}),
  }
}

/** A certificate that every server of the connector has under one name and that can take the place of the named one. */
function substitute(config: Config, asOf: Date, c: Connector, name: TlsCertificateName): string | undefined {
  const servers = serversOfConnector(c)
  const fitting = (server: string) =>
    similar(config, name, server)
      .filter((x) => canServe(x, asOf) === 'yes' && hasService(x, 'SMTP') === 'yes' && isTrue(x.isSelfSigned) === 'no')
      .flatMap((x) => certificateName(x) ?? [])
  return fitting(servers[0] ?? '').find((n) => servers.every((s) => fitting(s).includes(n)))
}

function fix(members: readonly [Fail, ...Fail[]], { config, asOf }: RuleContext) {
  const ids = new Set(members.map((m) => `${m.objects[0].kind} ${m.objects[0].id}`))
  const connectors = namingConnectors(config).filter((c) => ids.has(`${refOf(c).kind} ${c.id}`))
  const nameOf = (c: Connector) => (c.tlsCertificateName.state === 'ok' ? c.tlsCertificateName.value : undefined)
  const elsewhere = connectors.flatMap((c) => {
    const name = nameOf(c)
    return name
      ? config.certificates.filter((x) => isNamedBy(x, name) === 'yes' && isTrue(x.hasPrivateKey) !== 'no').slice(0, 1)
      : []
  })[0]
  // Where another server has the certificate it is brought to those that lack it; else the connectors name the one that is there.
  if (elsewhere) {
    const lacking = [...new Set(members.flatMap((m) => m.objects.filter((o) => o.kind === 'server').map((o) => o.id)))]
    return fixOf({
      backup: [backupCertificate(elsewhere)],
      change: forEachObject(lacking, (s) => copyCertificate(elsewhere, s, sideOf(config, s) === 'edge')),
      check: forEachObject(lacking, (s) => [showCertificate({ ...elsewhere, server: s, side: sideOf(config, s) })]),
      rollback: [
        comment(
          'The certificate disturbs nothing where it was imported; Remove-ExchangeCertificate takes it away again.',
        ),
        showCertificate(elsewhere),
      ],
      effect: 'reconnect',
      minutes: 20,
      runsOn: 'exchange-management-shell',
    })
  }
  const wanted = ask('certificate-name', {
    en: 'Issuer and subject of a certificate that all servers of the connector have, as <I>issuer<S>subject, in quotes',
    de: 'Aussteller und Antragsteller eines Zertifikats, das alle Server des Connectors haben, als <I>Aussteller<S>Antragsteller, in Anführungszeichen',
  })
  const wantedBy = (c: Connector) => {
    const name = nameOf(c)
    const found = name && substitute(config, asOf, c, name)
    return found === undefined ? wanted : str(found)
  }
  return setProperties(connectors, {
    set: (o) => ({ TlsCertificateName: wantedBy(o as Connector) }),
    before: [
      comment(
        'Every server of a connector needs the certificate that it names, with its private key and bound to SMTP.',
      ),
    ],
    after: [wizardRemark],
    effect: 'reconnect',
    minutes: 15,
  })
}
