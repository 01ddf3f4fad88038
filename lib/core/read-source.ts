import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'
import { decodeSource } from './decode-source'
import { headBytes, isForeign } from './foreign'
import { formats as allFormats } from './formats'
import type { Format } from './formats/define-format'
import { readersOf } from './formats/detect'
import { isLookAlike, lookAlikeNotice, looksLike } from './formats/looks-like'
import type { Diagnostic, RawBlock } from './model'
import { nothingSaid, type Reading } from './reading'
import { holdsPrivateKey, isNotNeeded, refusalOf } from './refusals'
import type { OpenSource, ReadSource, SourceStatus } from './source'
import { firstLineOf } from './text'
import { withHint } from './with-hint'

/** Notices that mean: a part of the source was not read. */
const partial: readonly Diagnostic['code'][] = [
  'source-cut',
  'source-begins-late',
  'command-failed',
  'results-limited',
  'not-recognised',
  'row-uneven',
]
const refusing: readonly Diagnostic['code'][] = ['xml-refused', 'look-alike-refused', 'json-refused', 'format-objects']

type Text = {
  readonly text: string
  readonly encoding: string
  readonly notices: readonly Diagnostic[]
  readonly sha256: string
}

/** Bytes → text → formats → blocks of one source. Nothing that is in a file can make it throw. */
export function readSource(
  source: OpenSource,
  reading: Reading = nothingSaid,
  formats: readonly Format[] = allFormats,
): ReadSource {
  const opened = openText(source, reading, formats)
  if ('status' in opened) return opened
  try {
    return { ...readText(source, opened, reading, formats), source, sha256: opened.sha256 }
  } catch {
    return { ...bareOf(source), sha256: opened.sha256, status: 'failed', notices: [FAILED] }
  }
}

const FAILED: Diagnostic = { code: 'source-failed', level: 'error' }

const bareOf = (source: OpenSource) => ({
  source,
  sha256: '',
  encoding: '',
  blocks: [],
  notices: source.refusal ? [source.refusal] : [],
})

/** The text of a source, or what is to be said of it without. The bytes are let go with the return: text of their size is next. */
function openText(source: OpenSource, reading: Reading, formats: readonly Format[]): Text | ReadSource {
  const bare = bareOf(source)
  if (source.load === null) return { ...bare, status: 'refused' }
  if (isNotNeeded(source.name) && reading.format(source.name) === undefined)
    return { ...bare, status: 'refused', notices: [{ code: 'not-needed', level: 'info' }] }
  const loaded = source.load()
  if ('refusal' in loaded) return { ...bare, status: 'refused', notices: [{ level: 'error', ...loaded.refusal }] }
  const { bytes } = loaded
  const hash = source.sha256 ?? bytesToHex(sha256(bytes))
  if (source.isArchive) {
    return { ...bare, sha256: hash, encoding: source.packing ?? 'zip', status: archiveStatus(source) }
  }
  if (source.manifest !== undefined) {
    const { notices } = source.manifest
    return { ...bare, sha256: hash, encoding: 'utf-8', status: 'parsed', notices }
  }
  const refusal = refusalOf(bytes)
  if (refusal !== undefined)
    return { ...bare, sha256: hash, status: 'refused', notices: [{ level: 'error', ...refusal }] }
  try {
    const head = bytes.subarray(0, headBytes)
    const seen = bytes.length > headBytes && isForeign(head, source.name, formats) ? { ...loaded, bytes: head } : loaded
    return { ...decodeSource(source.name, seen, reading), sha256: hash }
  } catch {
    return { ...bare, sha256: hash, status: 'failed', notices: [FAILED] }
  }
}

const archiveStatus = ({ refusal, isEmpty }: OpenSource): SourceStatus =>
  refusal !== undefined ? 'refused' : isEmpty === true ? 'empty' : 'parsed'

function readText(
  source: OpenSource,
  { text, encoding, notices: decoding }: Text,
  reading: Reading,
  formats: readonly Format[],
): Omit<ReadSource, 'source' | 'sha256'> {
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
  const { hint } = source
  if (hint?.failure !== undefined) diagnose(failureOf(hint.command ?? 'unknown-command', hint.failure))
  const parsed = readersOf(formats, text, source.name, wanted).flatMap((f) =>
    f.parse({ id: source.id, name: source.name, text }, diagnose),
  )
  const isWhole = !notices.some((n) => partial.includes(n.code))
  const blocks = parsed.map((b) => withHint(b, hint, isWhole)).sort((a, b) => a.lines[0] - b.lines[0])
  const firstLine = firstLineOf(text)
  if (notices.some((n) => refusing.includes(n.code)))
    return { encoding, status: 'refused', firstLine, blocks: [], notices }
  const isNothing = blocks.length > 0 && blocks.every((b) => !isRecognised(b) && b.objects.length === 0)
  // A command that returned nothing, as the manifest says, is an answer and no empty file.
  if (isNothing && hint?.command === undefined) {
    return { encoding, status: 'empty', blocks: [], notices }
  }
  if (notices.some((n) => n.code === 'source-cut')) return { encoding, status: 'partial', firstLine, blocks, notices }
  // What the collection script took along and no rule reads is no riddle.
  if (hint?.command !== undefined && parsed.length > 0)
    return { encoding, status: isWhole ? 'parsed' : 'partial', blocks, notices }
  if (!blocks.some(isRecognised) && holdsPrivateKey(text))
    return { encoding, status: 'refused', blocks: [], notices: [KEY] }
  if (!blocks.some(isRecognised)) return notRecognised(text, encoding, blocks, notices)
  const status = notices.some((n) => partial.includes(n.code)) ? 'partial' : 'parsed'
  return { encoding, status, blocks, notices }
}

/** Objects of a known kind, a log, or the headers of messages: what somebody wanted to show. */
const isRecognised = (b: RawBlock): boolean => b.collection !== null || b.log !== undefined || b.format === 'headers'

const KEY: Diagnostic = { code: 'private-key-refused', level: 'error', params: { kind: 'private-key' } }
const IGNORED: Diagnostic = { code: 'left-out', level: 'info' }

const failureOf = (command: string, message: string): Diagnostic => ({
  code: 'command-failed',
  level: 'warning',
  params: { command, message },
})

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
    return { encoding, status: 'refused', firstLine, blocks: [], notices: [...failed, lookAlikeNotice(kind)] }
  }
  return {
    encoding: isBinary ? 'binary' : encoding,
    status: 'unknown-format',
    firstLine,
    blocks,
    notices: [...failed, { code: 'not-recognised', level: 'error', params: { firstLine, looksLike: kind } }],
  }
}
