import { areSubscriptionsListed, edgesOf, isEdgeInbound } from '../../mailflow/edge-path'
import { exportOf } from '../../mailflow/missing'
import { refOf } from '../../mailflow/object-ref'
import { textOf } from '../../mailflow/property-of'
import { evidenceOf, nonEmpty } from '../../mailflow/receive-evidence'
import { isSendListed, liveSources, organisationSend } from '../../mailflow/source-servers'
import { failOn, openOn, verdictOn } from '../../mailflow/verdict-on'
import {
  type Config,
  type ConfigObject,
  contains,
  isTrue,
  isUnset,
  known,
  not,
  or,
  type Property,
  type SendConnector,
  type Tri,
  tri,
} from '../../model'
import { bool, command, comment, fixOf, list, objectsOf, run, setProperties, str } from '../../remediation'
import { defineRule, type Fail, type ObjectRef, type RuleContext, type Verdict } from '../define-rule'

export const rule = defineRule({
  id: 'edgesync-inbound-altered',
  family: 'edge',
  question: 5,
  severities: ['high'],
  needs: ['sendConnectors'],
  optional: ['edgeSubscriptions', 'servers', 'hybridConfigurations', 'receiveConnectors'],
  reads: {
    sendConnectors: [
      'AddressSpaces',
      'Enabled',
      'SmartHosts',
      'DNSRoutingEnabled',
      'SmartHostAuthMechanism',
      'SourceTransportServers',
    ],
    edgeSubscriptions: ['Site'],
    servers: ['ServerRole'],
    hybridConfigurations: ['EdgeTransportServers'],
  },
  references: [
    'https://learn.microsoft.com/exchange/architecture/edge-transport-servers/edge-subscriptions',
    'https://learn.microsoft.com/powershell/module/exchange/new-edgesubscription#-createinboundsendconnector',
  ],
  frameworks: {},
  absorbs: [],
  check,
  fix,
})

type Fault = { readonly key: string; readonly value: Tri; readonly property: Property<unknown> }

/** What the subscription sets, and what it is not. */
function faultsOf(s: SendConnector): readonly Fault[] {
  const mechanism = textOf(s, 'SmartHostAuthMechanism')
  const name = known(mechanism)
  const isServers: Tri =
    name === undefined
      ? isUnset(mechanism) === 'yes'
        ? 'no'
        : 'unknown'
      : tri(name.toLowerCase() === 'exchangeserver')
  const others = contains(s.smartHosts, (h) => h.trim() !== '--')
  const site = contains(s.smartHosts, (h) => h.trim() === '--')
  return [
    { key: 'disabled', value: not(isTrue(s.enabled)), property: s.enabled },
    { key: 'smart-hosts', value: or(others, not(site)), property: s.smartHosts },
    { key: 'dns', value: isTrue(s.dnsRoutingEnabled), property: s.dnsRoutingEnabled },
    { key: 'mechanism', value: not(isServers), property: mechanism },
  ]
}

const serverRef = (name: string): ObjectRef => ({ kind: 'server', id: name, server: name })

function* check({ config }: RuleContext): Iterable<Verdict> {
  let found = false
  for (const s of organisationSend(config)) {
    const inbound = isEdgeInbound(s).value
    if (inbound === 'no') continue
    found = true
    if (inbound === 'unknown') yield openOn(s)
    else yield verdictOn(s, or(...faultsOf(s).map((f) => f.value)), () => altered(s))
  }
  if (!found) yield* withoutInbound(config)
}

/** No connector leads inside: a fault as soon as there is a subscription. */
function* withoutInbound(config: Config): Iterable<Verdict> {
  const whole = isSendListed(config) === 'yes'
  if (config.edgeSubscriptions.length > 0)
    yield whole ? absent(config) : { state: 'not-assessed', missing: [exportOf('sendConnectors')] }
  else if (edgesOf(config).length > 0 && areSubscriptionsListed(config) !== 'yes')
    yield { state: 'not-assessed', missing: [exportOf('edgeSubscriptions')] }
}

function altered(s: SendConnector): Fail {
  const faults = faultsOf(s)
  const line = (f: Fault) => {
    const [ref] = evidenceOf(f.property)
    return { key: f.key, value: f.value, ...(ref ? { evidence: ref } : {}) }
  }
  return failOn(s, {
    severity: 'high',
    exposure: 'none',
    objects: [refOf(s), ...liveSources(s).map(serverRef)],
    params: {
      connector: s.name,
      problem: isTrue(s.enabled) === 'no' ? 'disabled' : 'altered',
      properties: faults
        .filter((f) => f.value === 'yes')
        .map((f) => f.property.name)
        .join(', '),
    },
    evidence: nonEmpty(faults.filter((f) => f.value === 'yes').flatMap((f) => evidenceOf(f.property))),
    conditions: faults.map(line),
  })
}

/** Proof that there is a subscription: its first property. */
const proofOf = (e: ConfigObject) => evidenceOf(...Object.values(e.properties)).slice(0, 1)

function absent(config: Config): Fail {
  const [first, ...rest] = config.edgeSubscriptions
  const names = config.edgeSubscriptions.map((e) => e.name)
  const proofs = nonEmpty(config.edgeSubscriptions.flatMap(proofOf))
  if (first === undefined) throw new Error('no subscription')
  return failOn(first, {
    key: '',
    severity: 'high',
    exposure: 'none',
    objects: [refOf(first), ...rest.map(refOf), ...names.map(serverRef)],
    params: { connector: names.join(', '), problem: 'absent', properties: '' },
    evidence: proofs,
    conditions: [{ key: 'absent', value: 'yes', evidence: proofs[0] }],
  })
}

const wanted = {
  DNSRoutingEnabled: bool(false),
  SmartHosts: list(['--']),
  SmartHostAuthMechanism: str('ExchangeServer'),
}
const synchronise = run(command('Start-EdgeSynchronization'))

function fix(members: readonly [Fail, ...Fail[]], { config }: RuleContext) {
  const connectors = objectsOf(config.sendConnectors, 'sendConnector', members)
  if (connectors.length === 0) return create(config)
  return setProperties(connectors, {
    set: () => ({ Enabled: bool(true), ...wanted }),
    alsoShow: ['AddressSpaces', 'SourceTransportServers'],
    before: [comment('Run this on a Mailbox server: on a subscribed Edge send connectors cannot be changed.')],
    after: [synchronise],
    effect: 'reconnect',
    minutes: 10,
  })
}

/** `HQ`, of `contoso.local/Configuration/Sites/HQ`. */
const siteOf = (e: ConfigObject): string => known(textOf(e, 'Site'))?.split('/').at(-1)?.trim() ?? ''

/** One connector for each site with subscribed Edges, as the subscription would have made it. */
function create(config: Config) {
  const sites = new Map<string, string[]>()
  for (const e of config.edgeSubscriptions) sites.set(siteOf(e), [...(sites.get(siteOf(e)) ?? []), e.name])
  const connectors = [...sites].map(([site, edges]) => ({
    edges,
    name: `EdgeSync - Inbound to ${site || edges.join(' ')}`,
  }))
  const all = command('Get-SendConnector')
  return fixOf({
    backup: [run(all, command('Export-Clixml', { Path: str('.\\postern-backup_send-connectors.xml') }))],
    change: connectors.map(({ name, edges }) =>
      run(
        command('New-SendConnector', {
          Name: str(name),
          AddressSpaces: list(['SMTP:--;1']),
          SourceTransportServers: list(edges),
          ...wanted,
        }),
      ),
    ),
    check: [
      run(
        all,
        command('Format-Table', { Property: list(['Name', 'AddressSpaces', 'SmartHosts', 'SourceTransportServers']) }),
      ),
      synchronise,
    ],
    rollback: connectors.map(({ name }) => run(command('Remove-SendConnector', { Identity: str(name) }))),
    effect: 'reconnect',
    minutes: 15,
    runsOn: 'exchange-management-shell',
  })
}
