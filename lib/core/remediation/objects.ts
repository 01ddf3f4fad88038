import type { CollectionName, ConfigObject } from '../model'
import type { Fix } from './commands'
import { fixOf } from './fix'
import {
  bool,
  type Code,
  type Command,
  command,
  type Line,
  list,
  nothing,
  propertyTexts,
  run,
  set,
  str,
} from './powershell'
import { backupFile, forEachObject, importClixml } from './receive-connector'

/** What stands behind Get- and Set- for the objects that can be changed one by one. */
const nouns: Readonly<Partial<Record<CollectionName, string>>> = {
  receiveConnectors: 'ReceiveConnector',
  sendConnectors: 'SendConnector',
  certificates: 'ExchangeCertificate',
  inboundConnectors: 'InboundConnector',
  outboundConnectors: 'OutboundConnector',
  acceptedDomains: 'AcceptedDomain',
  remoteDomains: 'RemoteDomain',
  hybridConfigurations: 'HybridConfiguration',
  transportConfigs: 'TransportConfig',
  transportServices: 'TransportService',
  transportRules: 'TransportRule',
  edgeSubscriptions: 'EdgeSubscription',
  organizationConfigs: 'OrganizationConfig',
}

/** There is only one of them, so that the cmdlet takes no identity. */
const single: ReadonlySet<CollectionName> = new Set(['transportConfigs', 'organizationConfigs', 'hybridConfigurations'])

function nounOf(o: ConfigObject): string {
  const noun = nouns[o.collection]
  if (noun === undefined) throw new Error(`${o.collection} has no cmdlet of its own`)
  return noun
}

const identity = (o: ConfigObject): Command['parameters'] => (single.has(o.collection) ? {} : { Identity: str(o.id) })

/** Shows some properties of the object. */
export const showObject = (o: ConfigObject, properties: readonly string[]): Line =>
  run(
    command(`Get-${nounOf(o)}`, identity(o)),
    command('Format-List', { Property: list(single.has(o.collection) ? properties : ['Identity', ...properties]) }),
  )

/** Keeps the object as it is, in the current folder. */
export const backupObject = (o: ConfigObject): Line =>
  run(
    command(`Get-${nounOf(o)}`, identity(o)),
    command('Export-Clixml', { Path: str(backupFile(o.id, nounOf(o).toLowerCase())) }),
  )

/** Sets parameters of the object. Lists replace what was there as a whole. */
export const setObject = (o: ConfigObject, parameters: Readonly<Record<string, Code | true>>): Line =>
  run(command(`Set-${nounOf(o)}`, { ...identity(o), ...parameters }))

/** A size as a parameter takes it on a server of any language: its bytes (Set-SendConnector, -MaxMessageSize), else what was printed. */
function amount(raw: string): string {
  const bytes = /\(([\d.,\s]+) bytes\)\s*$/i.exec(raw)?.[1]
  return bytes === undefined ? raw : bytes.replace(/\D/g, '')
}

/** The value of a property as the cmdlet takes it back; undefined where the audit does not hold it whole. */
export function recordedValue(o: ConfigObject, name: string): Code | undefined {
  const p = o.properties[name]
  if (p?.state === 'null' || p?.state === 'empty') return nothing
  if (p?.state !== 'ok') return undefined
  if (Array.isArray(p.value) && p.value.length === 0 && p.raw !== '') return str(p.raw) // flags without one are printed as None
  if (typeof p.value === 'boolean') return bool(p.value)
  if (typeof p.value === 'number') return str(amount(p.raw))
  return typeof p.value === 'string' ? str(p.value) : list(p.value)
}

/** Puts properties back: to the values in the audit where they are whole, else to those of the backup. */
export function restoreObject(o: ConfigObject, names: readonly string[]): readonly Line[] {
  const values = names.map((name) => [name, recordedValue(o, name)] as const)
  const lost = values.some(([, v]) => v === undefined)
  return [
    ...(lost ? [set('before', importClixml(backupFile(o.id, nounOf(o).toLowerCase())))] : []),
    setObject(o, Object.fromEntries(values.map(([name, v]) => [name, v ?? propertyTexts('before', name)]))),
  ]
}

export type PropertyFix<T extends ConfigObject = ConfigObject> = Pick<Fix, 'effect' | 'minutes'> & {
  /** What is to be set on an object. */
  readonly set: (o: T) => Readonly<Record<string, Code>>
  /** Shown with the changed properties when the change is checked. */
  readonly alsoShow?: readonly string[]
  /** Remarks before the change, and after the check. */
  readonly before?: readonly Line[]
  readonly after?: readonly Line[]
}

/** Where the commands of an object are run. */
export const placeOfWork = (objects: readonly ConfigObject[]): Fix['runsOn'] => {
  if (objects.length > 0 && objects.every((o) => o.side === 'exchange-online')) return 'exchange-online'
  return objects.length > 0 && objects.every((o) => o.side === 'edge') ? 'edge' : 'exchange-management-shell'
}

/**
 * The five steps of a change that sets properties of objects, the most common one: back each object up, set, show what was set, set the
 * recorded values again. null without objects.
 */
export function setProperties<T extends ConfigObject>(objects: readonly T[], plan: PropertyFix<T>): Fix | null {
  if (objects.length === 0) return null
  const names = (o: T) => Object.keys(plan.set(o))
  return fixOf({
    backup: forEachObject(objects, (o) => [backupObject(o)]),
    change: [...(plan.before ?? []), ...forEachObject(objects, (o) => [setObject(o, plan.set(o))])],
    check: [
      ...forEachObject(objects, (o) => [showObject(o, [...names(o), ...(plan.alsoShow ?? [])])]),
      ...(plan.after ?? []),
    ],
    rollback: forEachObject(objects, (o) => restoreObject(o, names(o))),
    effect: plan.effect,
    minutes: plan.minutes,
    runsOn: placeOfWork(objects),
  })
}
