import type { Limits } from '../limits'
import { type Entry, readDirectory } from './directory'
import { type Refusal, refused } from './unpack'

/** A file in an archive: to be unpacked, or refused for what its header says. */
export type Member = { readonly name: string; readonly entry: Entry; readonly refusal?: Refusal }

export type Members = { readonly members: readonly Member[]; readonly refusal?: Refusal }

const isUnsafe = (name: string): boolean =>
  /^[/\\]|^[A-Za-z]:|(?:^|[/\\])\.\.(?:[/\\]|$)/.test(name) || name.includes('\u0000') || name.trim() === ''

/** Small texts compress well beyond the ratio; below this a bomb is no danger. */
export const HARMLESS_BYTES = 1024 * 1024

function judge(e: Entry, limits: Limits, left: number): Refusal | undefined {
  if (isUnsafe(e.name)) return refused('unsafe-path').refusal
  if (e.encrypted) return refused('encrypted').refusal
  const limit = Math.min(limits.fileBytes, left)
  if (e.size > limit) return { code: 'too-large', params: { size: e.size, limit } }
  if (e.size > HARMLESS_BYTES && e.size > e.packed * limits.archiveRatio) return refused('ratio-exceeded').refusal
  return undefined
}

/** Members of a zip in the order of their names. `left`: bytes that the audit may still take in. */
export function listMembers(bytes: Uint8Array, limits: Limits, left: number): Members {
  const directory = readDirectory(bytes, limits.archiveMembers)
  if (directory === undefined) return { members: [], refusal: refused('damaged').refusal }
  // A part of the files would pass for all of them.
  if (directory.tooMany) return { members: [], refusal: refused('too-many-members').refusal }
  const sorted = [...directory.entries].sort((a, b) =>
    a.name < b.name ? -1 : a.name > b.name ? 1 : a.offset - b.offset,
  )
  let rest = left
  const seen = new Set<string>()
  const members = sorted.map((entry): Member => {
    const name = entry.name.replaceAll('\\', '/')
    const twice = seen.has(name)
    seen.add(name)
    const no = twice ? refused('duplicate-name').refusal : judge(entry, limits, rest)
    if (no !== undefined) return { name, entry, refusal: no }
    rest -= entry.size
    return { name, entry }
  })
  return { members }
}
