import { isNamedBy } from '../mailflow/certificate-selection'
import { sameServer } from '../mailflow/server-names'
import { type Config, knownPart, type TlsCertificateName } from '../model'
import type { Finding } from '../report/schema'
import { type Severity, severities } from '../rules/define-rule'
import type { Board, CardDraft, DoorDraft, Link } from './board'
import { byText, serverKey, slug, unique } from './names'
import { protections } from './schema'
import type { Door, Topology, TopologyCard, TopologyLine } from './types'

type Index = {
  readonly config: Config
  readonly byObject: ReadonlyMap<string, readonly Finding[]>
  readonly byServer: ReadonlyMap<string, readonly Finding[]>
  readonly severity: ReadonlyMap<string, Severity>
  /** TlsCertificateName by collection and connector. */
  readonly named: ReadonlyMap<string, TlsCertificateName>
}

function add<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key)
  if (list) list.push(value)
  else map.set(key, [value])
}

/** A finding that another one absorbed counts nowhere. */
function indexOf(config: Config, findings: readonly Finding[]): Index {
  const byObject = new Map<string, Finding[]>()
  const byServer = new Map<string, Finding[]>()
  const severity = new Map<string, Severity>()
  for (const finding of findings) {
    if (finding.absorbedBy !== null) continue
    severity.set(finding.id, finding.severity)
    for (const object of finding.objects) {
      add(byObject, object.id.toLowerCase(), finding)
      if (object.server !== null) add(byServer, serverKey(object.server), finding)
    }
  }
  const named = new Map<string, TlsCertificateName>()
  for (const connector of [...config.receiveConnectors, ...config.sendConnectors]) {
    const name = knownPart(connector.tlsCertificateName)
    if (name) named.set(`${connector.collection}\n${connector.id}`, name)
  }
  return { config, byObject, byServer, severity, named }
}

const worstOf = (ids: readonly string[], index: Index): Severity | null =>
  severities.find((level) => ids.some((id) => index.severity.get(id) === level)) ?? null

/** Certificates that a TlsCertificateName means, on this server where one is known. */
function certificatesOf(name: TlsCertificateName | undefined, server: string | null, config: Config): string[] {
  if (name === undefined) return []
  const found = config.certificates.filter(
    (certificate) =>
      (server === null || certificate.server === null || sameServer(certificate.server, server)) &&
      isNamedBy(certificate, name) === 'yes',
  )
  return unique(found.map((certificate) => certificate.id))
}

function doorWith(door: DoorDraft, index: Index): Door {
  const findings = door.connector === null ? [] : (index.byObject.get(door.connector.toLowerCase()) ?? [])
  const name = door.connector === null ? undefined : index.named.get(`${door.collection}\n${door.connector}`)
  const certificates = certificatesOf(name, door.server, index.config)
  return { ...door, findings: unique(findings.map((finding) => finding.id)), certificates }
}

/** Cards in lane order get ids that are readable in an address and do not depend on the order of the input. */
function idsOf(board: Board): Map<string, string> {
  const ids = new Map<string, string>()
  const used = new Set<string>()
  for (const key of [...board.cards.keys()].sort(byText)) {
    const base = slug(key)
    let id = base
    for (let n = 2; used.has(id); n++) id = `${base}-${n}`
    used.add(id)
    ids.set(key, id)
  }
  return ids
}

const doorKey = (door: DoorDraft): string =>
  [door.server ?? '', door.name, door.collection ?? '', door.direction, door.who.items.join()].join('\n')

function lineOf(
  from: CardDraft,
  to: CardDraft,
  ids: ReadonlyMap<string, string>,
  drafts: readonly DoorDraft[],
  index: Index,
  filtered: ReadonlySet<string>,
): TopologyLine {
  const byKey = new Map(drafts.map((door) => [doorKey(door), door]))
  const doors = [...byKey].sort(([a], [b]) => byText(a, b)).map(([, door]) => doorWith(door, index))
  const real = doors.filter((door) => door.connector !== null)
  const used = real.length > 0 ? real : doors
  const protection = protections.find((level) => used.some((door) => door.protection === level)) ?? 'unknown'
  const certificates = unique(used.flatMap((door) => door.certificates))
  const about = certificates.flatMap((id) => index.byObject.get(id.toLowerCase()) ?? []).map((finding) => finding.id)
  const findings = unique([...used.flatMap((door) => door.findings), ...about])
  const [a, b] = [ids.get(from.key) ?? '', ids.get(to.key) ?? '']
  return {
    ...{ id: `${a}~${b}`, from: a, to: b, protection },
    mixed: new Set(used.map((door) => door.protection)).size > 1,
    unproven: used.some((door) => door.unproven),
    bypass: bypasses(from, to, used, filtered),
    doors: used,
    ...{ findings, worst: worstOf(findings, index), certificates },
  }
}

const strangers = new Set(['internet', 'partner', 'partners', 'outside-app', 'outside-apps', 'unknown-senders'])

/**
 * Mail from outside that comes in without passing a gateway or an Edge. Devices with private addresses and people who log in do
 * not count. An Edge is a filter itself; it is passed by only where a gateway hands mail to it.
 */
function bypasses(from: CardDraft, to: CardDraft, doors: readonly Door[], filtered: ReadonlySet<string>): boolean {
  if (!strangers.has(from.kind) || !doors.some((door) => door.direction === 'receive')) return false
  return to.lane === 'mailbox' || to.lane === 'cloud' || (to.lane === 'edge' && filtered.has(to.key))
}

function cardOf(card: CardDraft, id: string, index: Index, lines: readonly TopologyLine[]): TopologyCard {
  const own = card.lane === 'mailbox' || card.lane === 'edge'
  const servers = own ? [...card.members].flatMap((server) => index.byServer.get(serverKey(server)) ?? []) : []
  const sends = lines.filter((line) => line.from === id || (card.lane === 'cloud' && line.to === id))
  const mine = sends
    .flatMap((line) => line.doors)
    .filter((door) =>
      own
        ? door.collection === 'sendConnectors'
        : card.lane === 'cloud' &&
          (door.collection === 'inboundConnectors' || door.collection === 'outboundConnectors'),
    )
  const findings = unique([...servers.map((finding) => finding.id), ...mine.flatMap((door) => door.findings)])
  const members = new Set([...card.members].map(serverKey))
  const certificates = own
    ? index.config.certificates.filter((c) => c.server !== null && members.has(serverKey(c.server)))
    : []
  return {
    ...{ id, lane: card.lane, kind: card.kind, name: card.name, uploaded: card.uploaded, certainty: card.certainty },
    members: [...card.members].sort(byText),
    notUploaded: [...card.notUploaded].sort(byText),
    addresses: [...card.addresses].sort(byText),
    ...{ findings, worst: worstOf(findings, index), certificates: unique(certificates.map((c) => c.id)) },
    internalDoors: card.internalDoors,
  }
}

function linesOf(board: Board, ids: ReadonlyMap<string, string>, index: Index): TopologyLine[] {
  const groups = new Map<string, Link[]>()
  for (const l of board.links) add(groups, `${l.from}\n${l.to}`, l)
  const filtered = new Set(board.links.filter((l) => board.cards.get(l.from)?.lane === 'gateways').map((l) => l.to))
  const lines = [...groups.values()].flatMap((links) => {
    const [first] = links
    const from = first && board.cards.get(first.from)
    const to = first && board.cards.get(first.to)
    return from && to
      ? [
          lineOf(
            from,
            to,
            ids,
            links.map((l) => l.door),
            index,
            filtered,
          ),
        ]
      : []
  })
  return lines.sort((a, b) => byText(a.id, b.id))
}

/** Cards and lines with ids, findings and certificates. Cards that nothing leads to are kept: a server without doors is a fact. */
export function finish(board: Board, config: Config, findings: readonly Finding[]): Topology {
  const index = indexOf(config, findings)
  const ids = idsOf(board)
  const lines = linesOf(board, ids, index)
  const cards = [...board.cards.values()].map((card) => cardOf(card, ids.get(card.key) ?? '', index, lines))
  return { topology: 1, cards: cards.sort((a, b) => byText(a.id, b.id)), lines }
}
