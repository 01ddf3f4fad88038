import type { BlockInfo, Draft, Report } from './draft'
import { shortHost } from './identity'

/** Servers under the spelling most exports use, by lower-case short name. */
export function serverNames(drafts: readonly Draft[]): ReadonlyMap<string, string> {
  const out = new Map<string, string>()
  const add = (name: string | null): void => {
    if (name === null || name === '') return
    const short = shortHost(name)
    if (!out.has(short.toLowerCase())) out.set(short.toLowerCase(), short)
  }
  for (const d of drafts) if (d.collection === 'servers') add(d.name)
  for (const d of drafts)
    if (d.collection === 'receiveConnectors' || d.collection === 'transportServices') add(d.server)
  return out
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

/** Certificates do not print their server. What does not name it is left open, with a notice per source. */
export function settleCertificateServers(
  blocks: readonly BlockInfo[],
  names: ReadonlyMap<string, string>,
  report: Report,
): void {
  for (const b of blocks) {
    if (b.collection !== 'certificates') continue
    const byPath = serverInPath(b.sourceName, names) ?? serverOfHost(b, names)
    let open = 0
    for (const d of b.drafts) {
      d.server ??= byPath
      if (d.server !== null) d.server = names.get(shortHost(d.server).toLowerCase()) ?? d.server
      d.id = `${d.server ?? '?'}\\${d.name}`
      if (d.server === null) open++
    }
    if (open > 0) {
      report(b.source, {
        code: 'server-unknown',
        level: 'warning',
        line: b.raw.lines[0],
        params: { cmdlet: 'Get-ExchangeCertificate', count: open },
      })
    }
  }
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
