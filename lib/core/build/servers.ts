import { type CollectionName, cmdletOf } from '../model'
import type { BlockInfo, Draft, Report } from './draft'
import { foldName, shortHost } from './identity'

/** Servers by lower-case short name, as Get-ExchangeServer spells them, else as most objects do. */
export function serverNames(drafts: readonly Draft[]): ReadonlyMap<string, string> {
  const votes = new Map<string, Map<string, number>>()
  const add = (name: string | null, weight: number): void => {
    if (name === null || name === '') return
    const short = shortHost(name)
    const spellings = votes.get(short.toLowerCase()) ?? new Map<string, number>()
    votes.set(short.toLowerCase(), spellings.set(short, (spellings.get(short) ?? 0) + weight))
  }
  for (const d of drafts) {
    if (d.collection === 'servers') add(d.name, LISTED)
    else if (d.collection === 'receiveConnectors' || d.collection === 'transportServices') add(d.server, 1)
  }
  const keys = [...votes.keys()].sort()
  return new Map(keys.map((key) => [key, mostVoted(votes.get(key) ?? new Map())]))
}

/** A server's own entry counts more than all objects that mention it. */
const LISTED = 1e9

function mostVoted(spellings: ReadonlyMap<string, number>): string {
  let best = ['', 0] as readonly [string, number]
  for (const [text, count] of spellings) {
    if (count > best[1] || (count === best[1] && text < best[0])) best = [text, count]
  }
  return best[0]
}

/** Words of a path: `exports/EX01_certificates.txt` → exports, ex01, certificates, txt. */
const pathWords = (path: string): string[] =>
  path
    .toLowerCase()
    .split(/[^a-z0-9-]+|(?<=[a-z0-9])-(?=[a-z])/)
    .filter((w) => w !== '')

/** The one known server that a path names, or null: a guess among several is none. */
function serverInPath(path: string, names: ReadonlyMap<string, string>): string | null {
  const words = new Set([...pathWords(path), ...path.toLowerCase().split(/[^a-z0-9-]+/)])
  const found = [...names].filter(([key]) => words.has(key))
  return found.length === 1 ? (found[0]?.[1] ?? null) : null
}

/** The computer the session ran on, where the command was typed there and it is no server that other exports would name. */
function serverOfHost(b: BlockInfo, names: ReadonlyMap<string, string>): string | null {
  if (b.host === null) return null
  const known = names.get(shortHost(b.host).toLowerCase())
  if (known !== undefined) return known
  return names.size === 0 && b.raw.command !== null ? shortHost(b.host) : null
}

const OWN_TO_SERVER: readonly CollectionName[] = ['certificates', 'receiveConnectors', 'adPermissions']
const MAX_CANDIDATES = 100

/**
 * Certificates never print their server, projections of receive connectors and rows of access lists not always. What nothing names
 * is left open, with a notice for each output that says how many objects and between which servers to choose.
 */
export function settleServers(blocks: readonly BlockInfo[], names: ReadonlyMap<string, string>, report: Report): void {
  for (const b of blocks) {
    if (b.collection === null || !OWN_TO_SERVER.includes(b.collection)) continue
    const found = serverOfBlock(b, names)
    let open = 0
    for (const d of b.drafts) {
      if (d.server === null && !d.isCut) d.server = found
      if (d.server !== null) setServer(d, names.get(shortHost(d.server).toLowerCase()) ?? d.server)
      else if (d.name !== '') open++
    }
    if (open === 0 || b.raw.intended) continue
    report(b.source, {
      code: 'server-unknown',
      level: 'warning',
      line: b.raw.lines[0],
      params: {
        cmdlet: cmdletOf[b.collection],
        count: open,
        servers: [...names.values()].slice(0, MAX_CANDIDATES).join(', '),
      },
    })
  }
}

function serverOfBlock(b: BlockInfo, names: ReadonlyMap<string, string>): string | null {
  if (b.collection === 'certificates') return serverInPath(b.sourceName, names) ?? serverOfHost(b, names)
  const byPath = listsOneServer(b, names) ? serverInPath(b.sourceName, names) : null
  // An Edge knows no connectors but its own.
  return byPath ?? (b.side === 'edge' ? serverOfHost(b, names) : null)
}

/** Two connectors of one name, or built-in ones that carry the names of several servers, come from several servers. */
function listsOneServer(b: BlockInfo, names: ReadonlyMap<string, string>): boolean {
  if (b.collection === 'adPermissions') return true
  const seen = new Set(b.drafts.map((d) => foldName(d.name)))
  const embedded = new Set(b.drafts.map((d) => names.get(foldName(d.name.slice(d.name.lastIndexOf(' ') + 1)))))
  embedded.delete(undefined)
  return seen.size === b.drafts.length && embedded.size <= 1
}

/** The id begins with the server; that of a row is the connector's with the account behind it. */
function setServer(d: Draft, server: string): void {
  d.server = server
  if (d.collection === 'adPermissions') {
    const slash = d.name.indexOf('\\')
    const account = d.id.slice(d.name.length)
    if (slash > 0) d.name = `${server}${d.name.slice(slash)}`
    d.id = `${d.name}${account}`
  } else d.id = `${server}\\${d.name}`
}

/** One server for all objects of an output that does not list all servers is what the output is about. */
export function settleBlockServers(blocks: readonly BlockInfo[], names: ReadonlyMap<string, string>): void {
  for (const b of blocks) {
    if (b.server !== null) b.server = names.get(shortHost(b.server).toLowerCase()) ?? shortHost(b.server)
    if (b.server !== null || (b.collection !== 'receiveConnectors' && b.collection !== 'certificates')) continue
    const servers = new Set(b.drafts.map((d) => d.server))
    const one = [...servers][0]
    const listsAll = b.collection === 'receiveConnectors' && b.raw.listing === 'all' && b.side !== 'edge'
    if (servers.size === 1 && one && !listsAll) b.server = one
  }
}
