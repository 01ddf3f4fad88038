import type { Unpacked } from './archive'
import type { Manifest } from './manifest'
import type { Diagnostic, RawBlock } from './model'
import type { ReportSource } from './report/schema'
import type { SourceHint } from './source-hint'

/**
 * A file of an upload. A function is called when, and each time, the bytes are needed, and gives them away: they are changed while
 * they are read. `size` saves a call for a file too large.
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

/** `isOwn`: the bytes are nobody else's. */
export type Loaded = { readonly bytes: Uint8Array; readonly isOwn?: boolean }

/** A file or a member of an archive. `load` is null for what was refused. */
export type OpenSource = {
  readonly id: string
  readonly name: string
  readonly bytes: number
  readonly load: (() => Unpacked | Loaded) | null
  readonly refusal?: Diagnostic
  readonly isArchive: boolean
  readonly packing?: 'zip' | 'gzip'
  /** An archive without members. */
  readonly isEmpty?: boolean
  /** The manifest of the collection script: it holds no exports, but says what became of its commands. */
  readonly manifest?: Manifest
  readonly sha256?: string
  /** What a manifest beside the file says of it. */
  readonly hint?: SourceHint
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
