import { anyOf } from '../../mailflow/fact'
import { routesToTenant, takesEverything } from '../../mailflow/hybrid-connectors'
import { isListedWhole } from '../../mailflow/listing'
import { exportOf } from '../../mailflow/missing'
import { evidenceOf } from '../../mailflow/receive-evidence'
import { siteOf } from '../../mailflow/send-candidates'
import { liveSources, organisationSend, peersOf, sendingRole } from '../../mailflow/source-servers'
import { failOn, openOn, verdictOn } from '../../mailflow/verdict-on'
import { and, type Config, isTrue, known, type SendConnector, type Tri } from '../../model'
import { comment, list, objectsOf, setProperties, wholeList } from '../../remediation'
import { defineRule, evidence, type Fail, type RuleContext, type Verdict } from '../define-rule'

export const rule = defineRule({
  id: 'single-source-server',
  family: 'send-routing',
  question: 5,
  severities: ['low'],
  needs: ['sendConnectors', 'servers'],
  optional: ['edgeSubscriptions'],
  reads: {
    sendConnectors: ['Enabled', 'AddressSpaces', 'SourceTransportServers'],
    servers: ['ServerRole', 'Site'],
  },
  references: [
    'https://learn.microsoft.com/powershell/module/exchange/set-sendconnector#-sourcetransportservers',
    'https://learn.microsoft.com/exchange/mail-flow/connectors/send-connectors',
  ],
  frameworks: {},
  absorbs: [],
  check,
  fix,
})

/** Connectors for all domains and for the tenant: the others carry little enough to wait for a server. */
function* check({ config }: RuleContext): Iterable<Verdict> {
  for (const s of organisationSend(config)) {
    const enabled = isTrue(s.enabled)
    const matters = anyOf([takesEverything(s), routesToTenant(s)]).value
    if (enabled === 'no' || matters === 'no') continue
    const [source, ...more] = liveSources(s)
    if (matters === 'unknown') yield openOn(s)
    else if (more.length > 0) yield verdictOn(s, 'no', () => failure(config, s, ''))
    else if (known(s.sourceTransportServers) === undefined) yield openOn(s)
    else if (source !== undefined)
      yield verdictOn(s, and(enabled, hasPeers(config, source)), () => failure(config, s, source), [
        ...(enabled === 'unknown' ? [] : [exportOf('servers')]),
      ])
  }
}

/** Could another server send in its place? Where not all servers were listed, one that is not there may. */
function hasPeers(config: Config, source: string): Tri {
  const role = sendingRole(config, source)
  if (peersOf(config, source).length > 1) return 'yes'
  const isPlaced = role === 'edge' || (role === 'mailbox' && siteOf(config, source) !== undefined)
  const others = config.servers.filter((o) => sendingRole(config, o.name) !== 'edge')
  const arePlaced =
    role === 'edge' || others.every((o) => siteOf(config, o.name) !== undefined && o.serverRole.state === 'ok')
  return isPlaced && arePlaced && isListedWhole(config, 'servers') === 'yes' ? 'no' : 'unknown'
}

function failure(config: Config, s: SendConnector, source: string): Fail {
  const peers = peersOf(config, source)
  const sources = evidence(s.sourceTransportServers)
  const sites = config.servers.filter((o) => peers.includes(o.name)).flatMap((o) => evidenceOf(o.site))
  const [peer] = sites
  return failOn(s, {
    severity: 'low',
    exposure: 'none',
    params: { connector: s.name, server: source, role: sendingRole(config, source), peers: peers.length },
    evidence: [sources, ...evidenceOf(s.addressSpaces), ...sites.slice(0, 4)],
    conditions: [
      { key: 'one-source', value: 'yes', evidence: sources },
      { key: 'peers', value: 'yes', ...(peer ? { evidence: peer } : {}) },
    ],
  })
}

function fix(members: readonly [Fail, ...Fail[]], { config }: RuleContext) {
  return setProperties(objectsOf(config.sendConnectors, 'sendConnector', members), {
    set: (s) => ({ SourceTransportServers: list(peersOf(config, liveSources(s)[0] ?? '')) }),
    alsoShow: ['AddressSpaces', 'TlsCertificateName'],
    before: [
      wholeList('SourceTransportServers'),
      comment(
        'Every source server needs the certificate that the connector names, a way through the firewall, and a place in SPF and in the list of senders of Exchange Online.',
      ),
    ],
    after: [
      comment(
        'A later run of the Hybrid Configuration Wizard writes its own list into the connector to Exchange Online: choose the same servers there.',
      ),
    ],
    effect: 'reconnect',
    minutes: 15,
  })
}
