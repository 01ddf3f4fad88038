import type { Config } from '../model'
import type { Finding } from '../report/schema'
import type { Answers } from '../rules/define-rule'
import { type Board, link, newBoard, put } from './board'
import { drawCloud, implicit } from './cloud'
import { collapse } from './collapse'
import { finish } from './finish'
import { byText } from './names'
import { gatewaysOf, internetSeed, partnersOf } from './peers'
import { type Places, placeServers } from './places'
import { drawReceive } from './receive'
import { drawSend } from './send'
import type { Topology } from './types'

/** Sorted, so that neither the order of the objects nor that of the files changes the map. */
function sorted(config: Config): Config {
  const by = <T extends { readonly id: string; readonly side: string }>(list: readonly T[]): readonly T[] =>
    [...list].sort((a, b) => byText(a.id, b.id) || byText(a.side, b.side))
  return {
    ...config,
    receiveConnectors: by(config.receiveConnectors),
    sendConnectors: by(config.sendConnectors),
    inboundConnectors: by(config.inboundConnectors),
    outboundConnectors: by(config.outboundConnectors),
    certificates: by(config.certificates),
    servers: by(config.servers),
    edgeSubscriptions: by(config.edgeSubscriptions),
    hybridConfigurations: by(config.hybridConfigurations),
  }
}

/** A gateway that hands mail in gets it from the Internet: concluded, since no export of Exchange shows it. */
function drawInternetToGateways(board: Board): void {
  const inbound = new Set(board.links.filter((l) => l.from.startsWith('gateway:')).map((l) => l.from))
  for (const key of [...inbound].sort(byText)) {
    const gateway = board.cards.get(key)
    if (gateway) link(board, put(board, internetSeed), gateway, implicit('receive'))
  }
}

/** Mailbox servers hand to an Edge by the implicit connector within the site (direct trust), which no export shows. */
function drawImplicitEdge(board: Board, places: Places): void {
  for (const edge of places.edges) {
    const sends = board.links.filter((l) => l.from === edge.key)
    if (!sends.some((l) => board.cards.get(l.to)?.lane !== 'mailbox')) continue
    const sites = new Set(sends.map((l) => l.to).filter((to) => board.cards.get(to)?.lane === 'mailbox'))
    for (const key of [...sites].sort(byText)) {
      const site = board.cards.get(key)
      if (site) link(board, site, edge, { ...implicit('send'), protection: 'mutual', trust: 'servers' })
    }
  }
}

/**
 * The map of an organisation as its configuration tells it. Nothing is drawn that no export names, except the few ways that
 * exist without a connector; those have a door without a connector and are `likely`.
 */
export function buildTopology(config: Config, findings: readonly Finding[], answers: Answers): Topology {
  const ordered = sorted(config)
  const board = newBoard()
  const places = placeServers(board, ordered)
  const gateways = gatewaysOf(ordered, answers)
  drawReceive(board, { config: ordered, places, gateways, partners: partnersOf(ordered), answers })
  drawSend(board, { config: ordered, places, gateways })
  drawCloud(board, ordered, places, answers)
  drawImplicitEdge(board, places)
  drawInternetToGateways(board)
  collapse(board)
  return finish(board, ordered, findings)
}
