import { areSubscriptionsListed, edgesOf, hybridEdges } from '../../mailflow/edge-path'
import { hybridEvidenceReads } from '../../mailflow/hybrid'
import { hybridSendReads } from '../../mailflow/hybrid-send'
import { isListedWhole } from '../../mailflow/listing'
import { exportOf } from '../../mailflow/missing'
import { evidenceOf } from '../../mailflow/receive-evidence'
import { sameServer } from '../../mailflow/server-names'
import { organisationSend } from '../../mailflow/source-servers'
import { openOn } from '../../mailflow/verdict-on'
import { type Config, contains, isTrue, known, or, type Tri } from '../../model'
import { ask, command, comment, fixOf, forEachObject, run, str } from '../../remediation'
import { defineRule, type EvidenceRef, type Fail, type ObjectRef, type RuleContext, type Verdict } from '../define-rule'

export const rule = defineRule({
  id: 'edge-not-subscribed',
  family: 'edge',
  question: 5,
  severities: ['high', 'medium'],
  needs: [],
  optional: ['servers', 'sendConnectors', 'edgeSubscriptions', 'hybridConfigurations', 'receiveConnectors'],
  eitherOf: ['servers', 'sendConnectors'],
  reads: {
    servers: ['ServerRole'],
    sendConnectors: [...hybridSendReads, 'SourceTransportServers'],
    hybridConfigurations: [...hybridEvidenceReads.hybridConfigurations, 'EdgeTransportServers'],
  },
  references: [
    'https://learn.microsoft.com/exchange/architecture/edge-transport-servers/edge-subscriptions',
    'https://learn.microsoft.com/exchange/edge-transport-servers',
  ],
  frameworks: {},
  absorbs: [{ rule: 'edgesync-inbound-altered', same: 'server' }],
  check,
  fix,
})

const refTo = (server: string): ObjectRef => ({ kind: 'server', id: server, server })

function* check({ config }: RuleContext): Iterable<Verdict> {
  const edges = edgesOf(config)
  for (const edge of edges) yield judge(config, edge)
  for (const s of config.servers)
    if (known(s.serverRole) === undefined && !edges.some((e) => sameServer(e, s.name))) yield openOn(s)
  if (isListedWhole(config, 'servers') !== 'yes') yield { state: 'not-assessed', missing: [exportOf('servers')] }
}

function judge(config: Config, edge: string): Verdict {
  const object = refTo(edge)
  if (config.edgeSubscriptions.some((e) => sameServer(e.name, edge))) return { state: 'pass', object }
  const missing = exportOf('edgeSubscriptions')
  if (areSubscriptionsListed(config) !== 'yes') return { state: 'not-assessed', object, missing: [missing] }
  const [first, ...more] = proofsOf(config, edge)
  return first
    ? failure(config, edge, [first, ...more])
    : { state: 'not-assessed', object, missing: [exportOf('servers')] }
}

/** The lines that make it an Edge of this organisation. */
function proofsOf(config: Config, edge: string): readonly EvidenceRef[] {
  const named = (p: Parameters<typeof contains<string>>[0]) => contains(p, (n) => sameServer(n, edge)) === 'yes'
  return [
    ...config.servers.filter((s) => sameServer(s.name, edge)).flatMap((s) => evidenceOf(s.serverRole)),
    ...config.hybridConfigurations.flatMap((h) =>
      named(h.edgeTransportServers) ? evidenceOf(h.edgeTransportServers) : [],
    ),
    ...organisationSend(config).flatMap((s) =>
      named(s.sourceTransportServers) ? evidenceOf(s.sourceTransportServers) : [],
    ),
    ...config.receiveConnectors
      .filter((c) => sameServer(c.server, edge))
      .flatMap((c) => evidenceOf(c.properties.Identity)),
  ]
}

/** Does hybrid mail take it? Open while neither the hybrid configuration nor all send connectors are there. */
function inHybridPath(config: Config, edge: string): { readonly value: Tri; readonly line: EvidenceRef | undefined } {
  const found = hybridEdges(config).find((e) => sameServer(e.name, edge))
  if (found) return { value: 'yes', line: found.because.evidence[0] }
  const told = config.hybridConfigurations.length > 0 && isListedWhole(config, 'sendConnectors') === 'yes'
  const open = organisationSend(config).filter((s) => isTrue(s.enabled) !== 'no')
  const sources = open.map((s) => contains(s.sourceTransportServers, (n) => sameServer(n, edge)))
  const value: Tri = told && or(...sources) === 'no' ? 'no' : 'unknown'
  return { value, line: undefined }
}

function failure(config: Config, edge: string, proofs: readonly [EvidenceRef, ...EvidenceRef[]]): Fail {
  const hybrid = inHybridPath(config, edge)
  return {
    state: 'fail',
    key: '',
    side: 'on-premises',
    severity: hybrid.value === 'yes' ? 'high' : 'medium',
    confidence: 'proven',
    proof: 'configuration',
    exposure: 'none',
    objects: [refTo(edge)],
    params: { server: edge, hybrid: hybrid.value },
    evidence: proofs,
    conditions: [
      { key: 'edge', value: 'yes', evidence: proofs[0] },
      { key: 'hybrid', value: hybrid.value, ...(hybrid.line ? { evidence: hybrid.line } : {}) },
    ],
    ...(hybrid.value === 'unknown'
      ? { couldRaise: [exportOf('hybridConfigurations'), exportOf('sendConnectors')] }
      : {}),
  }
}

function fix(members: readonly [Fail, ...Fail[]]) {
  const file = ask('subscription-file', {
    en: 'Path of the new file on the Edge, in quotes, such as C:\\edge.xml',
    de: 'Pfad der neuen Datei auf dem Edge-Transport-Server, in Anführungszeichen, etwa C:\\edge.xml',
  })
  const data = ask('subscription-data', {
    en: "The bytes of that file once it is copied to the Mailbox server: ([System.IO.File]::ReadAllBytes('C:\\edge.xml'))",
    de: "Die Bytes dieser Datei, wenn sie auf den Postfachserver kopiert ist: ([System.IO.File]::ReadAllBytes('C:\\edge.xml'))",
  })
  const site = ask('site', {
    en: 'Active Directory site whose Mailbox servers exchange mail with the Edge, in quotes',
    de: 'Active-Directory-Standort, dessen Postfachserver mit dem Edge-Transport-Server Nachrichten austauschen, in Anführungszeichen',
  })
  const names = members.map((m) => m.objects[0].id)
  const all = command('Get-EdgeSubscription')
  return fixOf({
    backup: [
      run(all, command('Export-Clixml', { Path: str('.\\postern-backup_edge-subscriptions.xml') })),
      run(
        command('Get-SendConnector'),
        command('Export-Clixml', { Path: str('.\\postern-backup_send-connectors.xml') }),
      ),
    ],
    change: forEachObject(names, (name) => [
      comment(`On ${name}: the file is valid for 24 hours. Send connectors made by hand there are replaced.`),
      run(command('New-EdgeSubscription', { FileName: file })),
      comment(
        'On a Mailbox server of the site, with the file copied there. Delete the file afterwards: it holds a password.',
      ),
      run(command('New-EdgeSubscription', { FileData: data, Site: site })),
      run(command('Start-EdgeSynchronization')),
    ]),
    check: [run(all), run(command('Test-EdgeSynchronization'))],
    rollback: forEachObject(names, (name) => [run(command('Remove-EdgeSubscription', { Identity: str(name) }))]),
    effect: 'restart',
    minutes: 60,
    runsOn: 'exchange-management-shell',
  })
}
