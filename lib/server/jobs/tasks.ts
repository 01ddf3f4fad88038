import type { Answers, Limits, Progress } from '@/lib/core'

// What the server and its worker process say to each other. Both sides are one build, so messages are trusted as they are typed.

/** A stored upload. `isRefused`: looking into it alone took too much memory or time; an analysis leaves it out. */
export type StoredFile = {
  readonly name: string
  readonly path: string
  readonly size: number
  readonly sha256: string
  readonly isRefused: boolean
}

export type InspectTask = {
  readonly kind: 'inspect'
  readonly file: StoredFile
  readonly answers: Answers
  readonly limits: Limits
}
/** The files of a draft together: what they say about each other, and whose server another one names. */
export type PreviewTask = {
  readonly kind: 'preview'
  readonly files: readonly StoredFile[]
  readonly answers: Answers
  readonly limits: Limits
}
export type AnalyseTask = {
  readonly kind: 'analyse'
  readonly files: readonly StoredFile[]
  /** ISO 8601 */
  readonly now: string
  readonly answers: Answers
  readonly limits: Limits
}
/** Lines `from` to `to` of one source, counted from 1, both included. */
export type ReadTask = {
  readonly kind: 'read'
  readonly file: StoredFile
  readonly source: string
  readonly from: number
  readonly to: number
  readonly answers: Answers
  readonly limits: Limits
}
/** Whether a stored report and its map pass their schemas. */
export type CheckTask = {
  readonly kind: 'check'
  readonly report: Uint8Array
  readonly topology: Uint8Array
}
export type Task = InspectTask | PreviewTask | AnalyseTask | ReadTask | CheckTask

export type FindingSummary = {
  readonly fingerprint: string
  readonly rule: string
  readonly severity: string
  readonly titleEn: string
  readonly titleDe: string
  readonly absorbedBy: string | null
}

/** `inspection` (an Examination), `report`, `topology`: gzip'd JSON, see pack.ts. */
export type InspectResult = { readonly inspection: Uint8Array<ArrayBuffer> }
export type AnalyseResult = {
  readonly report: Uint8Array<ArrayBuffer>
  readonly topology: Uint8Array<ArrayBuffer>
  readonly asOf: string
  readonly counts: Readonly<Record<string, number>>
  readonly notAssessed: number
  readonly sources: number
  readonly findings: readonly FindingSummary[]
}
export type ReadResult = { readonly totalLines: number; readonly lines: readonly string[] } | null

export type CheckResult = { readonly isValid: boolean }

export type ResultOf<T extends Task> = T extends InspectTask | PreviewTask
  ? InspectResult
  : T extends AnalyseTask
    ? AnalyseResult
    : T extends ReadTask
      ? ReadResult
      : CheckResult

export type ToWorker = { readonly id: number; readonly task: Task }
export type FromWorker =
  | { readonly id: number; readonly type: 'progress'; readonly progress: Progress }
  | { readonly id: number; readonly type: 'result'; readonly result: ResultOf<Task> }
  | {
      readonly id: number
      readonly type: 'error'
      readonly reason: 'crashed' | 'out-of-memory'
      readonly message: string
    }

/** Megabytes that a worker may take for files and heap. */
export const memoryVariable = 'POSTERN_WORKER_ROOM_MB'
