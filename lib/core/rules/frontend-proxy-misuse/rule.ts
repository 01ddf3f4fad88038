import { kindOf } from '../../mailflow/connector-kind'
import { connectorsOf } from '../../mailflow/connectors-of'
import { type Fact, fact } from '../../mailflow/fact'
import { isListedWhole } from '../../mailflow/listing'
import { exportOf, exportOfObject } from '../../mailflow/missing'
import { flagOf } from '../../mailflow/property-of'
import { nonEmpty } from '../../mailflow/receive-evidence'
import { siteOf } from '../../mailflow/send-candidates'
import { serverKey } from '../../mailflow/server-names'
import { liveSources, organisationSend, peersOf, sendingRole } from '../../mailflow/source-servers'
import { majorVersion } from '../../mailflow/transport-role'
import { failOn, verdictOn } from '../../mailflow/verdict-on'
import { and, type Config, isTrue, known, not, or, type SendConnector, type Tri, tri } from '../../model'
import { bool, comment, objectsOf, setProperties } from '../../remediation'
import { defineRule, evidence, type Fail, type Missing, type RuleContext, type Verdict } from '../define-rule'

export const rule = defineRule({
  id: 'frontend-proxy-misuse',
  family: 'send-routing',
  question: 6,
  severities: ['medium'],
  needs: ['sendConnectors'],
  optional: ['receiveConnectors', 'servers', 'edgeSubscriptions'],
  reads: {
    sendConnectors: ['Enabled', 'FrontendProxyEnabled', 'DomainSecureEnabled', 'SourceTransportServers'],
    receiveConnectors: ['Enabled', 'Bindings', 'RemoteIPRanges', 'TransportRole'],
    servers: ['ServerRole', 'Site', 'AdminDisplayVersion'],
  },
  references: [
    'https://learn.microsoft.com/exchange/mail-flow/connectors/proxy-outbound-mail',
    'https://learn.microsoft.com/powershell/module/exchange/set-sendconnector#-frontendproxyenabled',
  ],
  frameworks: {},
  absorbs: [],
  check,
  fix,
})

/** The sources that are Edges send by themselves; a front end is of no use to them. */
function onlyEdges(config: Config, s: SendConnector): Tri {
  const roles = liveSources(s).map((name) => sendingRole(config, name))
  if (roles.includes('mailbox')) return 'no'
  if (roles.includes('unknown') || known(s.sourceTransportServers) === undefined) return 'unknown'
  return tri(roles.length > 0)
}

/** Has the server an enabled connector by which front ends take outgoing mail? */
function takesOutbound(config: Config, server: string): Tri {
  const found = connectorsOf(config, server).map((c): Tri => {
    const kind = kindOf(config, c)
    return and(kind === 'unknown' ? 'unknown' : tri(kind === 'OutboundProxy'), isTrue(c.enabled))
  })
  const value = or(...found)
  return value === 'no' && isListedWhole(config, 'receiveConnectors', server) !== 'yes' ? 'unknown' : value
}

const answers = new WeakMap<Config, Map<string, Tri>>()

/** Is there a front end for the server in its site? Many connectors ask for the same few servers. */
function hasFrontEnd(config: Config, server: string): Tri {
  const present = answers.get(config) ?? new Map<string, Tri>()
  answers.set(config, present)
  const answer = present.get(serverKey(server)) ?? lookForFrontEnd(config, server)
  present.set(serverKey(server), answer)
  return answer
}

function lookForFrontEnd(config: Config, server: string): Tri {
  const peers = new Set([server, ...peersOf(config, server)])
  const all = siteOf(config, server) !== undefined && isListedWhole(config, 'servers') === 'yes'
  return or(...[...peers].map((p) => takesOutbound(config, p)), all ? 'no' : 'unknown')
}

/** A Mailbox server hands over to a front end of its site, itself among them. Without one mail waits. */
function lacksFrontEnd(config: Config, s: SendConnector): Tri {
  const sources = liveSources(s).filter((name) => sendingRole(config, name) === 'mailbox')
  const each = sources.map((name) => not(hasFrontEnd(config, name)))
  return or(...each, known(s.sourceTransportServers) === undefined ? 'unknown' : 'no')
}

/** Exchange 2010 has no front end, and its send connectors no such switch. */
const isOf2010 = (config: Config, s: SendConnector): boolean =>
  flagOf(s, 'FrontendProxyEnabled').state === 'missing' &&
  known(s.sourceTransportServers) !== undefined &&
  liveSources(s).length > 0 &&
  liveSources(s).every((name) => majorVersion(config, name) === 14)

type Found = Fact & { readonly key: string }

function* check({ config }: RuleContext): Iterable<Verdict> {
  for (const s of organisationSend(config)) {
    const enabled = isTrue(s.enabled)
    if (enabled === 'no') continue
    const proxy = isOf2010(config, s) ? 'no' : isTrue(flagOf(s, 'FrontendProxyEnabled'))
    const secure = flagOf(s, 'DomainSecureEnabled')
    const faults: readonly Found[] =
      proxy === 'no'
        ? []
        : [
            { key: 'domain-secure', ...fact(isTrue(secure), secure) },
            { key: 'edges', ...fact(onlyEdges(config, s), s.sourceTransportServers) },
            { key: 'no-front-end', ...fact(lacksFrontEnd(config, s), s.sourceTransportServers) },
          ]
    const value = and(enabled, proxy, or(...faults.map((f) => f.value)))
    yield verdictOn(s, value, () => failure(s, faults), lacking(s, faults, [enabled, proxy, isTrue(secure)]))
  }
}

/** The connector itself where its own lines are open, else what tells of its source servers. */
function lacking(s: SendConnector, faults: readonly Found[], own: readonly Tri[]): readonly Missing[] {
  if (own.includes('unknown') || known(s.sourceTransportServers) === undefined) return [exportOfObject(s)]
  const sources = liveSources(s)
  return faults.some((f) => f.value === 'unknown')
    ? [exportOf('servers'), exportOf('receiveConnectors', 'on-premises', sources)]
    : []
}

function failure(s: SendConnector, faults: readonly Found[]): Fail {
  const proxy = evidence(flagOf(s, 'FrontendProxyEnabled'))
  const found = faults.filter((f) => f.value === 'yes')
  return failOn(s, {
    severity: 'medium',
    exposure: 'none',
    params: { connector: s.name, cause: found[0]?.key.replaceAll('-', '') ?? '', servers: liveSources(s).join(', ') },
    evidence: nonEmpty([proxy, ...found.flatMap((f) => f.evidence)]),
    conditions: [
      { key: 'proxied', value: 'yes', evidence: proxy },
      ...faults.map(({ key, value, evidence: [at] }) => ({ key, value, ...(at ? { evidence: at } : {}) })),
    ],
  })
}

function fix(members: readonly [Fail, ...Fail[]], { config }: RuleContext) {
  return setProperties(objectsOf(config.sendConnectors, 'sendConnector', members), {
    set: () => ({ FrontendProxyEnabled: bool(false) }),
    alsoShow: ['SourceTransportServers', 'DomainSecureEnabled'],
    before: [
      comment(
        'Mail then leaves from the source servers themselves: the firewall must let them out, and the other side sees their addresses.',
      ),
    ],
    effect: 'reconnect',
    minutes: 10,
  })
}
