import { type NewValue, type NewValues, newObject, reviseObject } from '../build/revise'
import {
  type AdPermission,
  type Certificate,
  type CollectionName,
  type Config,
  known,
  type ObjectOf,
  type Place,
} from '../model'
import type { Code, CodeValue, Command, Fix } from '../remediation'

/** What a fix would make of the model. `left`: commands whose effect the model cannot hold. */
export type Applied = { readonly config: Config; readonly left: readonly string[] }

/** Cmdlets that change objects, by what stands behind the verb. */
const collections: Readonly<Record<string, CollectionName>> = {
  ReceiveConnector: 'receiveConnectors',
  SendConnector: 'sendConnectors',
  InboundConnector: 'inboundConnectors',
  OutboundConnector: 'outboundConnectors',
  AcceptedDomain: 'acceptedDomains',
  RemoteDomain: 'remoteDomains',
  TransportConfig: 'transportConfigs',
  TransportService: 'transportServices',
  TransportRule: 'transportRules',
  OrganizationConfig: 'organizationConfigs',
  HybridConfiguration: 'hybridConfigurations',
  EdgeSubscription: 'edgeSubscriptions',
}

/** Parameters that name the object or steer the command, or stand for several properties at once. */
const NO_PROPERTIES = new Set(
  'identity server confirm force whatif erroraction usage custom internal internet partner client'.split(' '),
)

/** What a person filled in for the placeholders of a fix, by their names: PowerShell as it will stand in the command. */
export type Filled = Readonly<Record<string, string>>

type Bench = {
  config: Config
  readonly fix: Fix
  readonly filled: Filled
  readonly variables: Map<string, Code>
  readonly place: Place
}

/** `'a','b'`, `a` or `$true`: the value of what was filled in. */
function readFilled(text: string): CodeValue | undefined {
  const items = text.match(/'(?:[^']|'')*'|"[^"]*"|[^,'"\s][^,]*/g)?.map((item) =>
    item
      .trim()
      .replace(/^(['"])(.*)\1$/s, '$2')
      .replaceAll("''", "'"),
  )
  if (items === undefined) return undefined
  const [only] = items
  if (items.length > 1 || only === undefined) return items
  return /^\$(?:true|false)$/i.test(only) ? only.toLowerCase() === '$true' : only
}

function literalOf(bench: Bench, code: Code | true | undefined): CodeValue | undefined {
  if (code === undefined || code === true) return code
  const asked = code.placeholders[0]?.name
  if (asked !== undefined) return code.code === `<${asked}>` ? readFilled(bench.filled[asked] ?? '') : undefined
  const { value } = code
  if (typeof value !== 'object' || value === null || !('variable' in value)) return value
  return bench.variables.get(value.variable)?.value
}

const textOf = (value: CodeValue | undefined): string | undefined => (typeof value === 'string' ? value : undefined)
const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase()
const isCloud = (bench: Bench): boolean => bench.fix.runsOn === 'exchange-online'

/**
 * Applies the change of a fix, command by command; those that only read are passed over. `place` is where what is created is said to
 * be: the proof of the finding. A command that names no object of the model, or whose values only a person or the backup knows, is
 * left, and so is one that the model cannot hold.
 */
export function applyFix(config: Config, fix: Fix, place: Place, filled: Filled = {}): Applied {
  const bench: Bench = { config, fix, filled, variables: new Map(), place }
  const left: string[] = []
  for (const line of fix.change) {
    if (line.kind === 'set') bench.variables.set(line.variable, line.value)
    if (line.kind !== 'run') continue
    const [first] = line.pipeline
    for (const c of line.pipeline) if (!apply(bench, c, first ?? c)) left.push(c.cmdlet)
  }
  return { config: bench.config, left }
}

function apply(bench: Bench, c: Command, first: Command): boolean {
  const dash = c.cmdlet.indexOf('-')
  const [verb, noun] = [c.cmdlet.slice(0, dash), c.cmdlet.slice(dash + 1)]
  if (!/^(?:Set|New|Remove|Add|Enable|Disable)$/.test(verb)) return true
  const identity = textOf(literalOf(bench, c.parameters.Identity ?? first.parameters.Identity))
  if (noun === 'ADPermission') return changeRows(bench, verb, identity, c)
  if (noun === 'ExchangeCertificate') return changeCertificate(bench, verb, c)
  const collection = collections[noun]
  if (collection === undefined) return false
  return verb === 'New' ? create(bench, collection, c) : change(bench, verb, collection, identity, c)
}

function replace<K extends CollectionName>(
  bench: Bench,
  collection: K,
  isIt: (o: ObjectOf[K]) => boolean,
  become: (o: ObjectOf[K]) => ObjectOf[K] | undefined,
): boolean {
  const all = bench.config[collection] as readonly ObjectOf[K][]
  if (!all.some(isIt)) return false
  bench.config = { ...bench.config, [collection]: all.flatMap((o) => (isIt(o) ? (become(o) ?? []) : o)) }
  return true
}

function valuesOf(bench: Bench, c: Command): NewValues | undefined {
  const values: Record<string, NewValue> = {}
  for (const [name, code] of Object.entries(c.parameters)) {
    if (NO_PROPERTIES.has(name.toLowerCase())) continue
    const value = literalOf(bench, code)
    if (typeof value === 'boolean') values[name] = value ? 'True' : 'False'
    else if (typeof value === 'string' || value === null) values[name] = value
    else if (value !== undefined && !('sid' in value) && !('variable' in value)) values[name] = value
    else return undefined
  }
  return values
}

function change(
  bench: Bench,
  verb: string,
  collection: CollectionName,
  identity: string | undefined,
  c: Command,
): boolean {
  // Names occur on both sides; the commands are run on one. Without a name there is only one such object.
  const isIt = (o: ObjectOf[CollectionName]) =>
    (o.side === 'exchange-online') === isCloud(bench) &&
    (identity === undefined || same(o.id, identity) || same(o.name, identity))
  if (verb === 'Remove') return replace(bench, collection, isIt, () => undefined)
  const isSwitch = collection === 'transportRules' && verb !== 'Set'
  const values = isSwitch ? { State: `${verb}d` } : verb === 'Set' ? valuesOf(bench, c) : undefined
  return values !== undefined && replace(bench, collection, isIt, (o) => reviseObject(collection, o, values))
}

function create(bench: Bench, collection: CollectionName, c: Command): boolean {
  const values = valuesOf(bench, c)
  const name = textOf(literalOf(bench, c.parameters.Name)) ?? textOf(literalOf(bench, c.parameters.DomainName))
  if (values === undefined || name === undefined) return false
  const server = textOf(literalOf(bench, c.parameters.Server)) ?? null
  const side = isCloud(bench) ? 'exchange-online' : bench.fix.runsOn === 'edge' ? 'edge' : 'on-premises'
  const id = collection === 'receiveConnectors' ? `${server ?? '?'}\\${name}` : name
  const head = { id, name, server: collection === 'receiveConnectors' ? server : null, side } as const
  const made = newObject(collection, head, bench.place, { Enabled: 'True', ...values })
  bench.config = { ...bench.config, [collection]: [...bench.config[collection], made] }
  return true
}

/** A service can be added to a certificate, never taken from it. */
function changeCertificate(bench: Bench, verb: string, c: Command): boolean {
  const thumbprint = textOf(literalOf(bench, c.parameters.Thumbprint)) ?? ''
  const server = textOf(literalOf(bench, c.parameters.Server))
  const isIt = (o: Certificate) =>
    same(o.thumbprint, thumbprint) && (server === undefined || same(o.server ?? server, server))
  if (verb === 'Remove') return replace(bench, 'certificates', isIt, () => undefined)
  const services = textOf(literalOf(bench, c.parameters.Services))
  if (verb !== 'Enable' || services === undefined) return false
  return replace(bench, 'certificates', isIt, (o) => {
    const all = new Set([...(known(o.services) ?? []), ...services.split(',').map((s) => s.trim())])
    return reviseObject('certificates', o, { Services: [...all].join(', ') })
  })
}

/** Rights of an account on a connector. Inherited rows belong to a parent and stay. */
function changeRows(bench: Bench, verb: string, connector: string | undefined, c: Command): boolean {
  const user = literalOf(bench, c.parameters.User)
  const sid = typeof user === 'object' && user !== null && 'sid' in user ? user.sid : null
  const account = textOf(user)
  const rights = literalOf(bench, c.parameters.ExtendedRights)
  const named = typeof rights === 'string' ? [rights] : Array.isArray(rights) ? rights : []
  if (verb !== 'Remove' || connector === undefined || named.length === 0 || (sid === null && account === undefined))
    return false
  const isIt = (row: AdPermission) =>
    same(row.connector, connector) &&
    (sid === null ? same(row.user, account ?? '') : row.sid === sid) &&
    known(row.isInherited) !== true &&
    known(row.deny) !== true
  return replace(bench, 'adPermissions', isIt, (row) => {
    const kept = known(row.extendedRights)?.filter((r) => !named.some((n) => same(n, r)))
    if (kept === undefined) return row
    return kept.length === 0 ? undefined : reviseObject('adPermissions', row, { ExtendedRights: kept })
  })
}
