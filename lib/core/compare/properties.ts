import type { InventoryObject } from '../report/schema'
import type { PropertyChange } from './schema'

type Property = InventoryObject['properties'][string]

const noise = new Set(
  [
    'WhenChanged WhenChangedUTC WhenCreated WhenCreatedUTC ObjectVersion ExchangeVersion OriginatingServer Guid',
    'ExchangeObjectId ImmutableId ObjectState ObjectCategory ObjectClass RunspaceId PSComputerName PSShowComputerName',
    'PSSourceJobInstanceId LastValidationTimestamp DistinguishedName OrganizationId OrganizationalUnitRoot',
    'OrganizationalUnitRootInternal Id Identity IsValid CurrentDomainControllers CurrentGlobalCatalogs',
    'CurrentConfigDomainController LastExchangeChangedTime RuleVersion',
  ]
    .join(' ')
    .toLowerCase()
    .split(' '),
)

/** Differs between any two exports, or says nothing about the mail flow. */
export const isNoise = (property: string): boolean => noise.has(property.toLowerCase())

const textOf = (value: string | number | boolean): string =>
  typeof value === 'boolean' ? (value ? 'True' : 'False') : String(value)

/** As a list of texts, nothing for what is not set; null where the export does not tell. */
function valuesOf(p: Property | undefined): readonly string[] | null {
  if (p === undefined) return null
  if (p.state === 'null' || p.state === 'empty') return []
  if (p.state !== 'ok' || p.value === undefined) return null
  const values = Array.isArray(p.value) ? p.value : [textOf(p.value)]
  return values.filter((v) => v !== '')
}

const DATE = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.\d+)?(Z|[+-]\d\d:\d\d)?$/
const mostOffset = 14 * 3_600_000

/** One moment, as far as anybody can tell: the offset of one of them is not in its export. */
function mayBeSameMoment(a: string, b: string): boolean {
  const [x, y] = [DATE.exec(a), DATE.exec(b)]
  if (!x || !y || (x[2] === undefined) === (y[2] === undefined)) return false
  return Math.abs(Date.parse(`${x[1]}Z`) - Date.parse(`${y[1]}Z`)) <= mostOffset
}

const placeOf = (p: Property | undefined): PropertyChange['before'] =>
  p === undefined ? null : { source: p.source, lines: [p.lines[0], p.lines[1]] }

/** What happened to one property: nothing, a change, or nobody can tell. Lists have no order. */
export function compareProperty(
  property: string,
  then: Property | undefined,
  now: Property | undefined,
): PropertyChange | 'same' | 'incomparable' {
  const [before, after] = [valuesOf(then), valuesOf(now)]
  if (before === null || after === null) return 'incomparable'
  const [had, has] = [new Set(before), new Set(after)]
  const removed = [...had].filter((v) => !has.has(v))
  const added = [...has].filter((v) => !had.has(v))
  if (removed.length === 0 && added.length === 0) return 'same'
  const [old, young] = [removed[0], added[0]]
  if (removed.length === 1 && added.length === 1 && mayBeSameMoment(old ?? '', young ?? '')) return 'incomparable'
  const kept = had.size - removed.length
  return { property, removed, added, kept, before: placeOf(then), after: placeOf(now), isNoise: isNoise(property) }
}

type Compared = { readonly properties: PropertyChange[]; readonly incomparable: string[] }

/** All properties of an object, in the order of the newer export. */
export function compareProperties(then: InventoryObject, now: InventoryObject): Compared {
  const names = new Set([...Object.keys(now.properties), ...Object.keys(then.properties)])
  const properties: PropertyChange[] = []
  const incomparable: string[] = []
  for (const name of names) {
    const found = compareProperty(name, then.properties[name], now.properties[name])
    if (found === 'incomparable') incomparable.push(name)
    else if (found !== 'same') properties.push(found)
  }
  return { properties, incomparable }
}
