import { type Config, type ConfigObject, contains, knownPart } from '../model'
import { type Board, type CardDraft, put } from './board'
import { byText, isRemoved, serverKey, serverName, siteName } from './names'

/** The organisation's own servers and the cards they stand on. */
export type Places = {
  readonly cardOf: (server: string) => CardDraft | undefined
  readonly isEdge: (server: string) => boolean
  readonly mailbox: readonly CardDraft[]
  readonly edges: readonly CardDraft[]
  /** The card of a site by the site's name, where Get-ExchangeServer told it. */
  readonly site: (name: string) => CardDraft | undefined
}

type Found = { name: string; edge: boolean; uploaded: boolean; site: string | undefined }

const edgeSyncName = /^EdgeSync - /i

/** EdgeSync makes its two connectors on the Edge servers alone (New-EdgeSubscription). */
export const isEdgeSync = (connector: Config['sendConnectors'][number]): boolean =>
  edgeSyncName.test(connector.name) || contains(connector.addressSpaces, (space) => space.domain === '--') === 'yes'

function findServers(config: Config): Map<string, Found> {
  const found = new Map<string, Found>()
  const see = (text: string | null, more: Partial<Found> = {}) => {
    if (text === null || text === '?' || isRemoved(text)) return
    const server = found.get(serverKey(text)) ?? {
      name: serverName(text),
      edge: false,
      uploaded: false,
      site: undefined,
    }
    found.set(serverKey(text), {
      name: server.name,
      edge: server.edge || (more.edge ?? false),
      uploaded: server.uploaded || (more.uploaded ?? false),
      site: server.site ?? more.site,
    })
  }
  for (const server of config.servers) {
    const site = knownPart(server.site)
    const edge = contains(server.serverRole, (role) => role.toLowerCase() === 'edge') === 'yes'
    see(server.name, { edge, site: site === undefined || site === '' ? undefined : siteName(site) })
  }
  const own: readonly ConfigObject[] = [...config.receiveConnectors, ...config.certificates]
  for (const object of own) {
    if (object.side !== 'exchange-online') see(object.server, { edge: object.side === 'edge', uploaded: true })
  }
  for (const connector of config.sendConnectors) {
    for (const server of knownPart(connector.sourceTransportServers) ?? []) see(server, { edge: isEdgeSync(connector) })
  }
  for (const subscription of config.edgeSubscriptions) see(subscription.name, { edge: true })
  for (const hybrid of config.hybridConfigurations) {
    for (const server of knownPart(hybrid.edgeTransportServers) ?? []) see(server, { edge: true })
    for (const list of [hybrid.receivingTransportServers, hybrid.sendingTransportServers]) {
      for (const server of knownPart(list) ?? []) see(server)
    }
  }
  return found
}

function place(board: Board, server: Found): CardDraft {
  const common = { members: [server.name], uploaded: server.uploaded }
  const card = server.edge
    ? put(board, { ...common, key: `edge:${server.name.toLowerCase()}`, lane: 'edge', kind: 'edge', name: server.name })
    : server.site === undefined
      ? put(board, { ...common, key: 'servers', lane: 'mailbox', kind: 'servers', name: null })
      : put(board, {
          ...common,
          key: `site:${server.site.toLowerCase()}`,
          lane: 'mailbox',
          kind: 'site',
          name: server.site,
        })
  if (!server.uploaded) card.notUploaded.add(server.name)
  return card
}

/** Puts every server that the sources name on a card: an Edge on its own, Mailbox servers on the card of their site. */
export function placeServers(board: Board, config: Config): Places {
  const found = findServers(config)
  const cards = new Map<string, CardDraft>()
  for (const [key, server] of [...found].sort(([a], [b]) => byText(a, b))) cards.set(key, place(board, server))
  const all = [...new Set(cards.values())]
  return {
    cardOf: (server) => cards.get(serverKey(server)),
    isEdge: (server) => found.get(serverKey(server))?.edge ?? false,
    mailbox: all.filter((card) => card.lane === 'mailbox'),
    edges: all.filter((card) => card.lane === 'edge'),
    site: (name) => board.cards.get(`site:${name.toLowerCase()}`),
  }
}

/** Where a thing stands whose server is not known: the only card there is, else one that says so. */
export function unknownServer(board: Board, places: Places): CardDraft {
  const only = places.mailbox.length === 1 ? places.mailbox[0] : undefined
  return only ?? put(board, { key: 'servers', lane: 'mailbox', kind: 'servers', name: null, uploaded: false })
}
