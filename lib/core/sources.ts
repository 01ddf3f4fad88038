import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'
import { type Entry, isOtherArchive, isZip, listMembers, refused, type Unpacked, unpack } from './archive'
import { decodeSource } from './decode-source'
import { headBytes, isForeign } from './foreign'
import { formats as allFormats } from './formats'
import type { Format } from './formats/define-format'
import { readersOf } from './formats/detect'
import { isLookAlike, lookAlikeParams, looksLike } from './formats/looks-like'
import type { Limits } from './limits'
import type { Diagnostic, RawBlock, Side } from './model'
import { nothingSaid, type Reading } from './reading'
import type { ReportSource } from './report/schema'
import { firstLineOf } from './text'

/**
 * A file of an upload. A function is called when, and each time, the bytes are needed; `size` saves a call for a file too large.
 * `head`: its first `headBytes`, from a host that may not have the memory for all of them; where they show that nothing in it will be
 * read, `bytes` is not called. `refusal`: the host could not have it read, and its bytes are not asked for.
 */
export type AuditFile = {
  readonly name: string
  readonly bytes: Uint8Array | (() => Uint8Array)
  readonly size?: number
  readonly head?: () => Uint8Array
  /** SHA-256 in hex, where the host has it already: it is faster there. */
  readonly sha256?: string
  readonly refusal?: Diagnostic
}

export type SourceStatus = ReportSource['status']

/** A file or a member of an archive. `load` is null for what was refused. */
export type OpenSource = {
  readonly id: string
  readonly name: string
  readonly bytes: number
  readonly load: (() => Unpacked) | null
  readonly refusal?: Diagnostic
  readonly isArchive: boolean
  /** An archive without members. */
  readonly isEmpty?: boolean
  readonly sha256?: string
  /** What a manifest beside the file says of it. */
  readonly hint?: SourceHint
}

/** Facts about a file that stand in another one: the manifest of the collection script. */
export type SourceHint = {
  readonly command?: string
  readonly server?: string
  readonly side?: Side
  /** Local time of the session, or UTC with Z. */
  readonly takenAt?: string
}

export type ReadSource = {
  readonly source: OpenSource
  readonly sha256: string
  readonly encoding: string
  readonly status: SourceStatus
  readonly firstLine?: string
  readonly blocks: readonly RawBlock[]
  readonly notices: readonly Diagnostic[]
}

type BytesOf = (file: AuditFile) => Uint8Array

/** Bytes of a file; those of the latest one are kept, since the members of an archive are asked for one after the other. */
function byteReader(): BytesOf {
  let latest: { file: AuditFile; bytes: Uint8Array } | undefined
  return (file) => {
    if (typeof file.bytes !== 'function') return file.bytes
    if (latest?.file === file) return latest.bytes
    latest = undefined // two large files at once would be one too many
    latest = { file, bytes: file.bytes() }
    return latest.bytes
  }
}

const byName = (a: { name: string }, b: { name: string }): number => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0)
const tooLarge = (size: number, limit: number): Diagnostic => ({
  code: 'too-large',
  level: 'error',
  params: { size, limit },
})

/** Files in the order of their names, members behind their archive; ids s1, s2 … in that order. */
export function openSources(files: readonly AuditFile[], limits: Limits): OpenSource[] {
  const out: OpenSource[] = []
  const bytesOf = byteReader()
  let left = limits.auditBytes
  const add = (s: Omit<OpenSource, 'id'>): void => {
    out.push({ id: `s${out.length + 1}`, ...s })
    if (s.load !== null) left -= s.bytes
  }
  const refuse = (name: string, bytes: number, refusal: Diagnostic): void =>
    add({ name, bytes, load: null, refusal, isArchive: false })
  for (const file of [...files].sort(byName)) {
    const { name } = file
    const first = file.size ?? (typeof file.bytes === 'function' ? undefined : file.bytes.length)
    const limit = Math.min(limits.fileBytes, left)
    if (file.refusal !== undefined) {
      refuse(name, first ?? 0, file.refusal)
      continue
    }
    if (first !== undefined && first > limit) {
      refuse(name, first, tooLarge(first, limit))
      continue
    }
    const head = foreignHead(file)
    const bytes = head === undefined ? bytesOf(file) : head()
    const size = head === undefined ? bytes.length : (first ?? bytes.length)
    if (size > limit) refuse(name, size, tooLarge(size, limit))
    else if (isZip(bytes)) openArchive(file, bytesOf, limits, left - size, add)
    else
      add({ name, bytes: size, load: () => ({ bytes: head?.() ?? bytesOf(file) }), isArchive: false, ...hashOf(file) })
  }
  return out
}

/** The head of a file that is told by it. The hash must be known as well: it is that of all bytes. */
function foreignHead({ name, head, size = 0, sha256 }: AuditFile): AuditFile['head'] {
  return head !== undefined && sha256 !== undefined && size > headBytes && isForeign(head(), name) ? head : undefined
}

const hashOf = (file: AuditFile) => (file.sha256 === undefined ? {} : { sha256: file.sha256 })

type Add = (s: Omit<OpenSource, 'id'>) => void

function openArchive(file: AuditFile, bytesOf: BytesOf, limits: Limits, left: number, add: Add): void {
  const bytes = bytesOf(file)
  const { members, refusal } = listMembers(bytes, limits, left)
  const whole = refusal === undefined ? {} : { refusal: { level: 'error' as const, ...refusal } }
  add({
    name: file.name,
    bytes: bytes.length,
    load: () => ({ bytes: bytesOf(file) }),
    ...whole,
    isArchive: true,
    isEmpty: members.length === 0,
    ...hashOf(file),
  })
  for (const m of members) {
    const name = `${file.name}!/${m.name}`
    if (m.refusal !== undefined) {
      add({ name, bytes: m.entry.size, load: null, refusal: { level: 'error', ...m.refusal }, isArchive: false })
      continue
    }
    add({ name, bytes: m.entry.size, load: () => unpackMember(bytesOf(file), m.entry), isArchive: false })
  }
}

function unpackMember(archive: Uint8Array, entry: Entry): Unpacked {
  const unpacked = unpack(archive, entry)
  if ('refusal' in unpacked) return unpacked
  return isZip(unpacked.bytes) || isOtherArchive(unpacked.bytes) ? refused('nested-archive') : unpacked
}

/** Notices that mean: a part of the source was not read. */
const partial: readonly Diagnostic['code'][] = ['source-cut', 'command-failed', 'results-limited', 'not-recognised']
const refusing: readonly Diagnostic['code'][] = ['xml-refused', 'look-alike-refused', 'json-refused', 'format-objects']

/** Bytes → text → formats → blocks of one source. Nothing that is in a file can make it throw. */
export function readSource(
  source: OpenSource,
  reading: Reading = nothingSaid,
  formats: readonly Format[] = allFormats,
): ReadSource {
  const bare = { source, sha256: '', encoding: '', blocks: [], notices: source.refusal ? [source.refusal] : [] }
  if (source.load === null) return { ...bare, status: 'refused' }
  const loaded = source.load()
  if ('refusal' in loaded) return { ...bare, status: 'refused', notices: [{ level: 'error', ...loaded.refusal }] }
  const { bytes } = loaded
  const hash = source.sha256 ?? bytesToHex(sha256(bytes))
  if (source.isArchive) return { ...bare, sha256: hash, encoding: 'zip', status: archiveStatus(source) }
  if (isOtherArchive(bytes)) {
    return {
      ...bare,
      sha256: hash,
      status: 'refused',
      notices: [{ level: 'error', ...refused('unknown-method').refusal }],
    }
  }
  try {
    return { ...readText(source, bytes, reading, formats), source, sha256: hash }
  } catch {
    return { ...bare, sha256: hash, status: 'failed', notices: [{ code: 'source-failed', level: 'error' }] }
  }
}

const archiveStatus = ({ refusal, isEmpty }: OpenSource): SourceStatus =>
  refusal !== undefined ? 'refused' : isEmpty === true ? 'empty' : 'parsed'

function readText(
  source: OpenSource,
  bytes: Uint8Array,
  reading: Reading,
  formats: readonly Format[],
): Omit<ReadSource, 'source' | 'sha256'> {
  const head = bytes.subarray(0, headBytes)
  const seen = bytes.length > headBytes && isForeign(head, source.name, formats) ? head : bytes
  const { text, encoding, notices: decoding } = decodeSource(source.name, seen, reading)
  const wanted = reading.format(source.name)
  if (text.trim() === '') return { encoding, status: 'empty', blocks: [], notices: [] }
  if (wanted === 'ignore')
    return { encoding, status: 'refused', firstLine: firstLineOf(text), blocks: [], notices: [IGNORED] }
  const notices: Diagnostic[] = [...decoding]
  const said = new Set<string>()
  const diagnose = (d: Diagnostic): void => {
    const key = `${d.code}/${d.line ?? ''}/${d.property ?? ''}/${d.object ?? ''}`
    if (!said.has(key)) notices.push(d)
    said.add(key)
  }
  const blocks = readersOf(formats, text, source.name, wanted)
    .flatMap((f) => f.parse({ id: source.id, name: source.name, text }, diagnose))
    .map((b) => withHint(b, source.hint))
    .sort((a, b) => a.lines[0] - b.lines[0])
  const firstLine = firstLineOf(text)
  if (notices.some((n) => refusing.includes(n.code)))
    return { encoding, status: 'refused', firstLine, blocks: [], notices }
  if (blocks.length > 0 && blocks.every((b) => !isRecognised(b) && b.objects.length === 0)) {
    return { encoding, status: 'empty', blocks: [], notices }
  }
  if (notices.some((n) => n.code === 'source-cut')) return { encoding, status: 'partial', firstLine, blocks, notices }
  if (!blocks.some(isRecognised)) return notRecognised(text, encoding, blocks, notices)
  const status = notices.some((n) => partial.includes(n.code)) ? 'partial' : 'parsed'
  return { encoding, status, blocks, notices }
}

/** Objects of a known kind, a log, or the headers of messages: what somebody wanted to show. */
const isRecognised = (b: RawBlock): boolean => b.collection !== null || b.log !== undefined || b.format === 'headers'

const IGNORED: Diagnostic = { code: 'left-out', level: 'info' }

/** What the block itself says goes before what a manifest says of its file. */
function withHint(b: RawBlock, hint: SourceHint | undefined): RawBlock {
  if (hint === undefined) return b
  return {
    ...b,
    server: b.server ?? hint.server ?? null,
    command: b.command ?? hint.command ?? null,
    side: b.side === 'unknown' ? (hint.side ?? 'unknown') : b.side,
    ...(b.takenAt === undefined && hint.takenAt !== undefined ? { takenAt: hint.takenAt } : {}),
  }
}

/** Nothing in it is an export. What was noticed on the way is kept where it explains that. */
function notRecognised(
  text: string,
  encoding: string,
  blocks: readonly RawBlock[],
  notices: readonly Diagnostic[],
): Omit<ReadSource, 'source' | 'sha256'> {
  const kind = looksLike(text)
  const isBinary = kind === 'binary'
  const firstLine = isBinary ? '' : firstLineOf(text)
  const failed = notices.filter((n) => n.code === 'command-failed')
  if (isLookAlike(kind)) {
    const refusal: Diagnostic = { code: 'look-alike-refused', level: 'warning', params: lookAlikeParams(kind) }
    return { encoding, status: 'refused', firstLine, blocks: [], notices: [...failed, refusal] }
  }
  return {
    encoding: isBinary ? 'binary' : encoding,
    status: 'unknown-format',
    firstLine,
    blocks,
    notices: [...failed, { code: 'not-recognised', level: 'error', params: { firstLine, looksLike: kind } }],
  }
}
