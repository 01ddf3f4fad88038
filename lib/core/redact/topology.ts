import type { Topology } from '../topology/types'
import type { Pseudonyms } from './types'

type Card = Topology['cards'][number]
type Door = Topology['lines'][number]['doors'][number]

/** The map with pseudonyms. Ids of cards hold names, so they get new ones. */
export function redactTopology(topology: Topology, pseudonyms: Pseudonyms): Topology {
  const ids = newIds(topology.cards)
  const id = (card: string): string => ids.get(card) ?? 'card'
  const { finding, name } = pseudonyms
  const findings = (list: readonly string[]) => list.map(finding)
  const objects = (list: readonly string[]) => list.map(pseudonyms.id)
  return {
    ...topology,
    cards: topology.cards.map((c) => ({
      ...c,
      id: id(c.id),
      name: c.name === null ? null : name(c.name),
      members: c.members.map(name),
      notUploaded: c.notUploaded.map(name),
      addresses: c.addresses.map(name),
      findings: findings(c.findings),
      certificates: objects(c.certificates),
    })),
    lines: topology.lines.map((l) => ({
      ...l,
      id: `${id(l.from)}~${id(l.to)}`,
      from: id(l.from),
      to: id(l.to),
      doors: l.doors.map((d) => redactedDoor(d, pseudonyms)),
      findings: findings(l.findings),
      certificates: objects(l.certificates),
    })),
  }
}

/** `app-backup` becomes `app-1`; what there is only once keeps its id. */
function newIds(cards: readonly Card[]): ReadonlyMap<string, string> {
  const counts = new Map<string, number>()
  return new Map(
    cards.map((c) => {
      if (c.name === null && !c.id.includes('-')) return [c.id, c.id] as const
      const number = (counts.get(c.kind) ?? 0) + 1
      counts.set(c.kind, number)
      return [c.id, `${c.kind}-${number}`] as const
    }),
  )
}

function redactedDoor(door: Door, { finding, id, name }: Pseudonyms): Door {
  return {
    ...door,
    connector: door.connector === null ? null : id(door.connector),
    name: name(door.name),
    server: door.server === null ? null : name(door.server),
    who: { ...door.who, items: door.who.items.map(name) },
    via: door.via.map(name),
    findings: door.findings.map(finding),
    certificates: door.certificates.map(id),
  }
}
