import { type Enforcement, enforcementOn, exchangeBuilds } from '../../defaults/exchange-builds'
import type { Fact } from '../../mailflow/fact'
import { hybridEvidenceReads } from '../../mailflow/hybrid'
import { hybridSend } from '../../mailflow/hybrid-connectors'
import { enabledAnd, hybridSendReads, withoutHybridSend } from '../../mailflow/hybrid-send'
import { exportOf } from '../../mailflow/missing'
import { refOf } from '../../mailflow/object-ref'
import { sameServer, serverKey } from '../../mailflow/server-names'
import { liveSources, organisationSend } from '../../mailflow/source-servers'
import { failOn, openOn } from '../../mailflow/verdict-on'
import { contains, type ExchangeServer, known, type SendConnector } from '../../model'
import { defineRule, evidence, type Fail, type Missing, type RuleContext, type Verdict } from '../define-rule'

const { enforcement } = exchangeBuilds

export const rule = defineRule({
  id: 'exo-enforcement-build-below-floor',
  family: 'servers',
  question: 4,
  severities: ['critical', 'high'],
  needs: ['sendConnectors', 'servers'],
  optional: ['hybridConfigurations', 'receiveConnectors', 'inboundConnectors', 'outboundConnectors'],
  reads: {
    ...hybridEvidenceReads,
    sendConnectors: [...hybridSendReads, 'SourceTransportServers'],
    servers: ['AdminDisplayVersion'],
  },
  references: [...enforcement.sources],
  frameworks: { BSI: ['APP.5.2.A9'], STIG: ['V-259711'] },
  absorbs: [{ rule: 'unsupported-exchange-version', same: 'server' }],
  check,
  // An update is installed, not set.
  fix: () => null,
})

/** What Exchange Online itself reports of the servers that send to the tenant. */
const report: Missing = { cmdlet: 'Get-OnPremServerReportInfo', side: 'exchange-online', servers: [] }
/** The build with its security update, on the server. */
const fullBuild = (s: ExchangeServer): Missing => ({
  cmdlet: 'Get-Command ExSetup.exe | Format-List FileVersionInfo',
  side: s.side,
  servers: [s.name],
})

function* check({ config, asOf }: RuleContext): Iterable<Verdict> {
  const senders = organisationSend(config)
    .map((s) => ({ s, applies: enabledAnd(s, hybridSend) }))
    .filter(({ applies }) => applies.value !== 'no')
  if (senders.length === 0) yield* withoutHybridSend(config)
  const seen = new Set<string>()
  for (const { s, applies } of senders) {
    if (applies.value === 'unknown' || contains(s.sourceTransportServers, () => false) === 'unknown') yield openOn(s)
    if (applies.value === 'unknown') continue
    for (const name of liveSources(s).filter((n) => !seen.has(serverKey(n)))) {
      seen.add(serverKey(name))
      const server = config.servers.find((x) => sameServer(x.name, name))
      if (server) yield judge(server, s, applies, asOf)
      else yield { state: 'not-assessed', missing: [exportOf('servers', 'on-premises', [name])] }
    }
  }
}

function judge(server: ExchangeServer, s: SendConnector, applies: Fact, asOf: Date): Verdict {
  const build = known(server.version)
  if (build === undefined) return openOn(server)
  const found = enforcementOn(build, asOf)
  switch (found.state) {
    case 'accepted':
      return { state: 'pass', object: refOf(server) }
    case 'unknown':
      return openOn(server, found.because === 'update' ? [fullBuild(server), report] : [report])
    default:
      return failure(server, s, applies, build, found)
  }
}

function failure(
  server: ExchangeServer,
  s: SendConnector,
  applies: Fact,
  build: string,
  found: Extract<Enforcement, { readonly generation: string }>,
): Fail {
  const proof = evidence(server.version)
  const sources = evidence(s.sourceTransportServers)
  return failOn(server, {
    key: '',
    // The list of servers is the organisation's, also where one of them is an Edge.
    side: 'on-premises',
    severity: found.state === 'refused' ? 'critical' : 'high',
    confidence: 'likely',
    exposure: 'none',
    params: {
      server: server.name,
      connector: s.name,
      version: found.generation,
      build,
      floor: found.floor ?? 'none',
      recordedOn: enforcement.recordedOn,
    },
    evidence: [proof, sources, ...applies.evidence],
    conditions: [
      { key: 'sends', value: 'yes', evidence: sources },
      { key: 'below', value: 'yes', evidence: proof },
    ],
  })
}
