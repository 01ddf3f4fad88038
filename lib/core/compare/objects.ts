import { type CollectionName, collections } from '../model/collections'
import { groupBy } from '../report/group-by'
import type { InventoryObject, Report } from '../report/schema'
import { accessLists } from './access-lists'
import { absenceOf } from './presence'
import { compareProperties } from './properties'
import type { NotGiven, ObjectChange } from './schema'

export type ObjectChanges = {
  readonly objects: readonly ObjectChange[]
  readonly sameObjects: number
  readonly notGiven: { readonly before: readonly NotGiven[]; readonly after: readonly NotGiven[] }
}

const idOf = (o: InventoryObject): string => o.id.toLowerCase()

type Pairs = {
  readonly both: readonly (readonly [InventoryObject, InventoryObject])[]
  readonly gone: readonly InventoryObject[]
  readonly came: readonly InventoryObject[]
}

/** An object is the same by its side and id; by its id alone where one of the exports does not tell its side. */
function pairsOf(then: readonly InventoryObject[], now: readonly InventoryObject[]): Pairs {
  const waiting = new Map([...groupBy(then, idOf)].map(([id, list]) => [id, [...list]]))
  const both: [InventoryObject, InventoryObject][] = []
  const take = (object: InventoryObject, fits: (o: InventoryObject) => boolean): boolean => {
    const list = waiting.get(idOf(object)) ?? []
    const at = list.findIndex(fits)
    const [found] = at < 0 ? [] : list.splice(at, 1)
    if (found) both.push([found, object])
    return found !== undefined
  }
  const unpaired = now.filter((o) => !take(o, (x) => x.side === o.side))
  const left = unpaired.filter((o) => !take(o, (x) => x.side === 'unknown' || o.side === 'unknown'))
  return { both, gone: [...waiting.values()].flat(), came: left }
}

const placeOf = (o: InventoryObject): ObjectChange['place'] => {
  const first = o.properties.Name ?? o.properties.Identity ?? Object.values(o.properties)[0]
  return first ? { source: first.source, lines: [first.lines[0], first.lines[1]] } : null
}

function changed(collection: CollectionName, [then, now]: readonly [InventoryObject, InventoryObject]): ObjectChange[] {
  const { properties, incomparable } = compareProperties(then, now)
  if (properties.length === 0) return []
  const { id, server, side } = now
  return [{ collection, id, server, side, change: 'changed', isCertain: true, place: null, properties, incomparable }]
}

type Single = { readonly listed: ObjectChange[]; readonly notGiven: NotGiven[] }

/** Objects of one audit only, as far as the other one's exports speak of them. */
function singles(
  collection: CollectionName,
  objects: readonly InventoryObject[],
  other: Report,
  change: 'added' | 'removed',
): Single {
  const judged = objects.map((o) => ({ o, absence: absenceOf(other, collection, o) }))
  const listed = judged
    .filter((j) => j.absence !== 'not-given')
    .map(
      ({ o, absence }): ObjectChange => ({
        ...{ collection, id: o.id, server: o.server, side: o.side, change, isCertain: absence === 'gone' },
        ...{ place: placeOf(o), properties: [], incomparable: [] },
      }),
    )
  const unknown = judged.filter((j) => j.absence === 'not-given').map((j) => j.o)
  const notGiven = [...groupBy(unknown, (o) => `${o.side} ${o.server ?? ''}`).values()].flatMap((list) => {
    const [first] = list
    return first ? [{ collection, server: first.server, side: first.side, objects: list.length }] : []
  })
  return { listed, notGiven }
}

/** Access lists are asked for by connector: one that is not there was not asked for. */
const listsNothing = (collection: CollectionName): boolean => collection === 'adPermissions'

const inventory = (report: Report, c: CollectionName): readonly InventoryObject[] =>
  c === 'adPermissions' ? accessLists(report.inventory[c]) : report.inventory[c]

const byId = (a: ObjectChange, b: ObjectChange): number => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)

/** What became of the objects and their properties, by collection, then by id. */
export function compareObjects(then: Report, now: Report): ObjectChanges {
  const objects: ObjectChange[] = []
  const notGiven: { before: NotGiven[]; after: NotGiven[] } = { before: [], after: [] }
  let sameObjects = 0
  for (const c of collections) {
    const pairs = pairsOf(inventory(then, c), inventory(now, c))
    const changes = pairs.both.flatMap((pair) => changed(c, pair))
    sameObjects += pairs.both.length - changes.length
    const gone = listsNothing(c) ? null : singles(c, pairs.gone, now, 'removed')
    const came = listsNothing(c) ? null : singles(c, pairs.came, then, 'added')
    objects.push(...[...changes, ...(gone?.listed ?? []), ...(came?.listed ?? [])].sort(byId))
    notGiven.after.push(...(gone?.notGiven ?? []))
    notGiven.before.push(...(came?.notGiven ?? []))
  }
  return { objects, sameObjects, notGiven }
}
