import {
  type BuiltInKind,
  type DefaultReceiveConnector,
  defaultOf,
  defaultReceiveConnectors,
} from '../../defaults/receive-connectors'
import { kindOf } from '../../mailflow/connector-kind'
import { connectorsOf } from '../../mailflow/connectors-of'
import { knownServers } from '../../mailflow/known-servers'
import { isListedWhole } from '../../mailflow/listing'
import { exportOf } from '../../mailflow/missing'
import { hasMechanism } from '../../mailflow/permissions'
import { flagOf } from '../../mailflow/property-of'
import { takesAny } from '../../mailflow/ranges'
import { evidenceOf } from '../../mailflow/receive-evidence'
import { serverKey } from '../../mailflow/server-names'
import { isSince2013, majorVersion, transportRole } from '../../mailflow/transport-role'
import { and, type Config, contains, isTrue, known, or, type ReceiveConnector, type Tri, tri } from '../../model'
import {
  bool,
  command,
  comment,
  fixOf,
  forEachObject,
  type Line,
  list,
  run,
  setConnector,
  str,
} from '../../remediation'
import {
  defineRule,
  type Fail,
  type Missing,
  type RuleContext,
  type Severity,
  severities,
  type Verdict,
} from '../define-rule'

export const rule = defineRule({
  id: 'default-connector-missing',
  family: 'selection',
  question: 5,
  severities: ['high', 'low', 'info'],
  needs: ['receiveConnectors'],
  optional: ['servers', 'sendConnectors', 'hybridConfigurations'],
  reads: {
    receiveConnectors: ['Enabled', 'TransportRole', 'Bindings', 'RemoteIPRanges', 'AuthMechanism'],
    servers: ['ServerRole', 'AdminDisplayVersion'],
    sendConnectors: ['Enabled', 'FrontendProxyEnabled'],
  },
  references: [
    'https://learn.microsoft.com/exchange/mail-flow/connectors/receive-connectors',
    'https://learn.microsoft.com/powershell/module/exchange/new-receiveconnector',
    'https://learn.microsoft.com/exchange/mail-flow/connectors/proxy-outbound-mail',
  ],
  frameworks: { BSI: ['APP.5.2.A9'] },
  absorbs: [
    {
      rule: 'exchange-server-auth-removed',
      same: 'server',
      when: (lead, absorbed) => lacks(lead, String(absorbed.params.builtIn)),
    },
    { rule: 'hybrid-receive-capability-missing', same: 'server', when: (lead) => lacks(lead, 'DefaultFrontend') },
  ],
  check,
  fix,
})

const lacks = (lead: Fail, kind: string): boolean => String(lead.params.kinds).split(' ').includes(kind)

const standards = defaultReceiveConnectors.filter((d) => d.on === 'mailbox')

/** Mailbox servers by receive connectors and by Get-ExchangeServer; an Edge has a connector of its own kind. */
function serversOf(config: Config): readonly string[] {
  const found = new Map<string, string>()
  const add = (name: string) => found.set(serverKey(name), found.get(serverKey(name)) ?? name)
  for (const c of config.receiveConnectors) if (c.server !== null && c.side !== 'edge') add(c.server)
  for (const s of knownServers(config)) if (s.side !== 'edge' && connectorsOf(config, s.name).length === 0) add(s.name)
  return [...found.values()]
}

function isMailbox2013(config: Config, server: string): Tri {
  const answers = connectorsOf(config, server).map((c) => isSince2013(config, c))
  if (answers.includes('yes')) return 'yes'
  const major = majorVersion(config, server)
  return major === undefined ? 'unknown' : tri(major >= 15)
}

/** Is there an enabled connector of the kind? A kind that cannot be told may be this one. */
function isThere(config: Config, server: string, kind: BuiltInKind): Tri {
  return or(
    ...connectorsOf(config, server).map((c) => {
      const is = kindOf(config, c)
      return and(isTrue(c.enabled), is === 'unknown' ? 'unknown' : tri(is === kind))
    }),
  )
}

/** Does another connector do the same work: port, role, every address, and the authentication of servers where the standard has it? */
function hasSubstitute(config: Config, server: string, d: DefaultReceiveConnector): Tri {
  const role = d.role === 'HubTransport' ? 'hub' : 'front-end'
  const onPort = (c: ReceiveConnector): Tri => contains(c.bindings, (b) => b.port === d.port)
  const candidates = connectorsOf(config, server).filter((c) => and(isTrue(c.enabled), onPort(c)) !== 'no')
  return or(
    ...candidates.map((c) => {
      const mine = transportRole(config, c)
      return and(
        isTrue(c.enabled),
        onPort(c),
        mine === 'unknown' ? 'unknown' : tri(mine === role),
        takesAny(c),
        d.authMechanism.includes('ExchangeServer') ? hasMechanism(c, 'ExchangeServer') : 'yes',
      )
    }),
  )
}

/** Does a send connector hand mail to the front end? */
function usesOutboundProxy(config: Config): Tri {
  const used = or(
    ...config.sendConnectors.map((s) => and(isTrue(s.enabled), isTrue(flagOf(s, 'FrontendProxyEnabled')))),
  )
  return used === 'no' && isListedWhole(config, 'sendConnectors') !== 'yes' ? 'unknown' : used
}

type Gap = { readonly standard: DefaultReceiveConnector; readonly substitute: Tri; readonly severity: Severity }

function gapOf(config: Config, server: string, standard: DefaultReceiveConnector): Gap {
  const substitute = hasSubstitute(config, server, standard)
  const level = (): Severity => {
    if (substitute !== 'no') return 'info'
    if (standard.kind === 'OutboundProxy') return usesOutboundProxy(config) === 'yes' ? 'high' : 'info'
    return standard.kind === 'DefaultHub' || standard.kind === 'DefaultFrontend' ? 'high' : 'low'
  }
  return { standard, substitute, severity: level() }
}

const gapsOf = (config: Config, server: string): readonly Gap[] =>
  standards.filter((d) => isThere(config, server, d.kind) === 'no').map((d) => gapOf(config, server, d))

function* check({ config }: RuleContext): Iterable<Verdict> {
  for (const server of serversOf(config)) {
    const mailbox = isMailbox2013(config, server)
    if (mailbox === 'no') continue
    const object = { kind: 'server', id: server, server }
    const missing: Missing = exportOf('receiveConnectors', 'on-premises', [server])
    const there = standards.map((d) => isThere(config, server, d.kind))
    const listed = isListedWhole(config, 'receiveConnectors', server) === 'yes'
    if (mailbox === 'unknown') yield { state: 'not-assessed', object, missing: [missing, exportOf('servers')] }
    else if (there.every((t) => t === 'yes')) yield { state: 'pass', object }
    else if (!listed) yield { state: 'not-assessed', object, missing: [missing] }
    else {
      const gaps = gapsOf(config, server)
      if (gaps.length > 0) yield* failure(config, server, gaps)
      if (there.includes('unknown')) yield { state: 'not-assessed', object, missing: [missing] }
    }
  }
}

const rank = (g: Gap): number => severities.indexOf(g.severity)
const nameOn = (server: string, d: DefaultReceiveConnector): string => `${d.prefix} ${server.split('.')[0]}`
/** That one, switched off. */
const disabledTwin = (config: Config, server: string, kind: BuiltInKind): ReceiveConnector | undefined =>
  connectorsOf(config, server).find((c) => kindOf(config, c) === kind)

/** The connectors that are there: those with a role tell more. */
function shownOn(config: Config, server: string): readonly ReceiveConnector[] {
  const all = connectorsOf(config, server)
  const withRole = all.filter((c) => known(c.transportRole) !== undefined)
  return withRole.length > 0 ? withRole : all
}

function* failure(config: Config, server: string, gaps: readonly Gap[]): Iterable<Fail> {
  const sorted = [...gaps].sort((a, b) => rank(a) - rank(b))
  const [worst] = sorted
  const twins = gaps.flatMap((g) => disabledTwin(config, server, g.standard.kind) ?? [])
  // What shows the absence: one that is switched off, else the ports of all that are there.
  const [first, ...more] = [
    ...twins.flatMap((c) => evidenceOf(c.enabled)),
    ...shownOn(config, server).flatMap((c) => evidenceOf(c.bindings, c.transportRole)),
  ]
  if (worst === undefined || first === undefined) return
  const proxied = gaps.some((g) => g.standard.kind === 'OutboundProxy')
  const proxy = usesOutboundProxy(config)
  const substitute = or(...gaps.map((g) => g.substitute))
  yield {
    state: 'fail',
    key: '',
    side: 'on-premises',
    severity: worst.severity,
    confidence: 'proven',
    proof: 'configuration',
    exposure: 'none',
    objects: [{ kind: 'server', id: server, server }],
    params: {
      server,
      connectors: sorted.map((g) => nameOn(server, g.standard)).join(', '),
      connectorCount: gaps.length,
      kinds: sorted.map((g) => g.standard.kind).join(' '),
      worst: worst.substitute === 'no' ? worst.standard.kind : 'replaced',
      disabled: twins.length,
    },
    evidence: [first, ...more.slice(0, 10)],
    conditions: [
      { key: 'listed', value: 'yes', evidence: first },
      { key: 'missing', value: 'yes', evidence: first },
      { key: 'substitute', value: substitute },
      { key: 'proxy-used', value: proxied ? proxy : 'no' },
    ],
    ...(proxied && proxy === 'unknown' ? { couldRaise: [exportOf('sendConnectors')] } : {}),
    ...(substitute === 'unknown' ? { couldRaise: [exportOf('receiveConnectors', 'on-premises', [server])] } : {}),
  }
}

const LIMITS = [
  'SizeEnabled',
  'MaxRecipientsPerMessage',
  'MaxInboundConnectionPerSource',
  'MaxInboundConnectionPercentagePerSource',
  'TarpitInterval',
] as const

function create(server: string, d: DefaultReceiveConnector): Line {
  const limits = LIMITS.flatMap((name) => (d.other[name] === undefined ? [] : [[name, str(d.other[name])] as const]))
  return run(
    command('New-ReceiveConnector', {
      Name: str(nameOn(server, d)),
      Server: str(server),
      TransportRole: str(d.role ?? 'FrontendTransport'),
      Usage: str('Custom'),
      Bindings: list(d.bindings),
      RemoteIPRanges: list(d.remoteIPRanges),
      AuthMechanism: list(d.authMechanism),
      PermissionGroups: list(d.permissionGroups),
      ...Object.fromEntries(limits),
    }),
  )
}

function fix(members: readonly [Fail, ...Fail[]], { config }: RuleContext) {
  // Where another connector does the work the cmdlet would refuse a second one.
  const todo = members.flatMap((m) => {
    const server = m.objects[0].id
    return gapsOf(config, server)
      .filter((g) => g.substitute === 'no')
      .map(({ standard }) => ({
        server,
        standard: defaultOf(standard.kind),
        twin: disabledTwin(config, server, standard.kind),
      }))
  })
  if (todo.length === 0) return null
  const servers = [...new Set(todo.map((t) => t.server))]
  const listing = (server: string) => command('Get-ReceiveConnector', { Server: str(server) })
  return fixOf({
    backup: forEachObject(servers, (server) => [
      run(
        listing(server),
        command('Export-Clixml', {
          Path: str(`.\\postern-backup_${server.replace(/[^A-Za-z0-9-]+/g, '_')}_connectors.xml`),
        }),
      ),
    ]),
    change: [
      comment('What setup gives these connectors. A certificate or limits of your own have to be set again.'),
      ...forEachObject(todo, ({ server, standard, twin }) => [
        twin ? setConnector(twin.id, { Enabled: bool(true) }) : create(server, standard),
      ]),
    ],
    check: forEachObject(servers, (server) => [
      run(
        listing(server),
        command('Format-Table', {
          Property: list(['Identity', 'Enabled', 'TransportRole', 'Bindings']),
          AutoSize: true,
        }),
      ),
    ]),
    rollback: forEachObject(todo, ({ server, standard, twin }) => [
      twin
        ? setConnector(twin.id, { Enabled: bool(false) })
        : run(command('Remove-ReceiveConnector', { Identity: str(`${server}\\${nameOn(server, standard)}`) })),
    ]),
    effect: 'reconnect',
    minutes: 20,
    runsOn: 'exchange-management-shell',
  })
}
