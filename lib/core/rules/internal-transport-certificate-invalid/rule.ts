import { endsWithin, hasPassed, momentOf } from '../../mailflow/certificate-facts'
import { inventoryOf, sideOf } from '../../mailflow/certificate-uses'
import { isListedWhole } from '../../mailflow/listing'
import { exportOf, exportOfObject } from '../../mailflow/missing'
import { refOf } from '../../mailflow/object-ref'
import { textOf } from '../../mailflow/property-of'
import { nonEmpty } from '../../mailflow/receive-evidence'
import {
  and,
  type Certificate,
  type Config,
  type ConfigObject,
  isTrue,
  isUnset,
  known,
  not,
  type Tri,
  tri,
} from '../../model'
import { ask, bool, command, comment, fixOf, forEachObject, list, run, str } from '../../remediation'
import {
  defineRule,
  type EvidenceRef,
  evidence,
  type Fail,
  type Missing,
  type ObjectRef,
  type RuleContext,
  type Severity,
  type Verdict,
} from '../define-rule'

export const rule = defineRule({
  id: 'internal-transport-certificate-invalid',
  family: 'certificates',
  question: 5,
  severities: ['high', 'medium', 'low'],
  needs: ['transportServices', 'certificates'],
  optional: ['edgeSubscriptions', 'servers', 'receiveConnectors', 'sendConnectors'],
  reads: {
    transportServices: ['InternalTransportCertificateThumbprint'],
    certificates: ['Thumbprint', 'NotAfter', 'IsSelfSigned', 'Subject'],
  },
  references: [
    'https://learn.microsoft.com/exchange/mail-flow/mail-routing/inbound-anonymous-tls-certificates-selection',
    'https://learn.microsoft.com/exchange/architecture/edge-transport-servers/edge-subscriptions',
    'https://microsoft.github.io/CSS-Exchange/Diagnostics/HealthChecker/InternalTransportCertificateCheck/',
  ],
  frameworks: { BSI: ['APP.5.2.A11'] },
  absorbs: [],
  check,
  fix,
})

const THUMBPRINT = 'InternalTransportCertificateThumbprint'
const DUE_DAYS = 30

function* check({ config, asOf }: RuleContext): Iterable<Verdict> {
  for (const service of config.transportServices) yield judge(service, config, asOf)
}

/** Servers and Edges trust each other by the very certificate that the subscription has published. */
const hasEdge = (config: Config): Tri =>
  config.edgeSubscriptions.length > 0 ? 'yes' : isListedWhole(config, 'edgeSubscriptions') === 'yes' ? 'no' : 'unknown'

const edgeSubscription = (): Missing => exportOf('edgeSubscriptions')

function judge(service: ConfigObject, config: Config, asOf: Date): Verdict {
  const server = service.server ?? service.name
  const object: ObjectRef = { kind: 'server', id: server, server }
  const p = textOf(service, THUMBPRINT)
  const edge = hasEdge(config)
  if (isUnset(p) === 'yes') return failure(object, 'empty', 'high', { service, edge })
  const thumbprint = known(p)?.trim().toLowerCase()
  if (thumbprint === undefined) return { state: 'not-assessed', object, missing: [exportOfObject(service)] }
  const { certificates, whole } = inventoryOf(config, server)
  const c = certificates.find((x) => x.thumbprint.toLowerCase() === thumbprint)
  const inventory = exportOf('certificates', sideOf(config, server), [server])
  if (!c)
    return whole === 'yes'
      ? failure(object, 'missing', 'high', { service, edge })
      : { state: 'not-assessed', object, missing: [inventory] }
  const expired = hasPassed(c.notAfter, asOf)
  const due = endsWithin(c.notAfter, asOf, DUE_DAYS)
  const issued = not(isTrue(c.isSelfSigned))
  const found = { service, edge, c, asOf }
  if (expired === 'yes')
    return failure(
      object,
      'expired',
      edge === 'yes' ? 'high' : 'medium',
      found,
      edge === 'unknown' ? [edgeSubscription()] : [],
    )
  if (due === 'yes') return failure(object, 'expiring', 'medium', found)
  const withEdge = and(issued, edge)
  if (due === 'no' && withEdge === 'yes') return failure(object, 'issued', 'low', found)
  if (due === 'no' && withEdge === 'no') return { state: 'pass', object }
  const open = [
    ...(due === 'unknown' || issued === 'unknown' ? [inventory] : []),
    ...(edge === 'unknown' ? [edgeSubscription()] : []),
  ]
  return { state: 'not-assessed', object, missing: nonEmpty(open) }
}

type Kind = 'empty' | 'missing' | 'expired' | 'expiring' | 'issued'
type Found = { readonly service: ConfigObject; readonly edge: Tri; readonly c?: Certificate; readonly asOf?: Date }

function failure(
  object: ObjectRef,
  kind: Kind,
  severity: Severity,
  { service, edge, c, asOf }: Found,
  couldRaise: readonly Missing[] = [],
): Fail {
  const p = textOf(service, THUMBPRINT)
  const line: EvidenceRef = evidence(p)
  const shown = c === undefined ? line : evidence(kind === 'issued' ? c.isSelfSigned : c.notAfter)
  return {
    state: 'fail',
    key: '',
    side: service.side,
    severity,
    confidence: 'proven',
    proof: 'configuration',
    exposure: 'internal',
    objects: [object, ...(c ? [refOf(c)] : [])],
    params: {
      server: object.id,
      kind,
      thumbprint: known(p) ?? '',
      until: (c && momentOf(c.notAfter)?.at) ?? 0,
      asOf: asOf?.getTime() ?? 0,
      edge,
    },
    evidence: [line, ...(c ? [shown] : [])],
    conditions: [
      { key: 'internal', value: tri(kind !== 'empty'), evidence: line },
      { key: 'unfit', value: 'yes', evidence: shown },
      { key: 'edge', value: edge },
    ],
    ...(couldRaise.length > 0 ? { couldRaise } : {}),
  }
}

function fix(members: readonly [Fail, ...Fail[]], { config }: RuleContext) {
  const servers = members.map((m) => m.objects[0].id)
  const onEdge = members.every((m) => m.side === 'edge')
  const on = (server: string) => (onEdge ? {} : { Server: str(server) })
  const identity = (server: string) => ({ Identity: str(server) })
  const thumbprint = ask('new-thumbprint', {
    en: 'Thumbprint that New-ExchangeCertificate prints on this server, in quotes',
    de: 'Fingerabdruck, den New-ExchangeCertificate auf diesem Server ausgibt, in Anführungszeichen',
  })
  const show = (server: string) =>
    run(
      command('Get-TransportService', identity(server)),
      command('Format-List', { Property: list(['Name', THUMBPRINT]) }),
    )
  const edges = hasEdge(config) !== 'no'
  return fixOf({
    backup: forEachObject(servers, (s) => [
      run(
        command('Get-ExchangeCertificate', on(s)),
        command('Export-Clixml', {
          Path: str(`.\\postern-backup_${s.replace(/[^A-Za-z0-9-]+/g, '_')}_certificates.xml`),
        }),
      ),
    ]),
    change: [
      comment('Here, and only here, answer Yes when asked whether to overwrite the default SMTP certificate.'),
      ...forEachObject(servers, (s) => [
        run(command('New-ExchangeCertificate', { ...on(s), Services: str('SMTP'), PrivateKeyExportable: bool(true) })),
      ]),
      comment('Then restart the service MSExchangeTransport on each of these servers.'),
      ...(edges
        ? [
            comment(
              'With an Edge subscription the Edges have to learn it: for a Mailbox server start EdgeSync, for an Edge subscribe it anew.',
            ),
            ...(onEdge ? [] : [run(command('Start-EdgeSynchronization'))]),
          ]
        : []),
    ],
    check: forEachObject(servers, (s) => [show(s)]),
    rollback: [
      comment('The former certificate can be made the default again only while it is valid and in the store.'),
      ...forEachObject(servers, (s) => [
        run(command('Remove-ExchangeCertificate', { Thumbprint: thumbprint, ...on(s) })),
      ]),
    ],
    effect: 'restart',
    minutes: 20,
    runsOn: onEdge ? 'edge' : 'exchange-management-shell',
  })
}
