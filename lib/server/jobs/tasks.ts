import type {
  Answers,
  AskedTrace,
  Limits,
  Progress,
  QuestionProblem,
  Relay,
  SimForm,
  Simulation,
  TraceJson,
} from '@/lib/core'

// What the server and its worker process say to each other. Both sides are one build, so messages are trusted as they are typed.

/** A stored upload. `key` opens it, and no other; null where it lies plain. `isRefused`: looking into it alone took too much memory or time; an analysis leaves it out. */
export type StoredFile = {
  readonly name: string
  readonly path: string
  readonly key: Uint8Array | null
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
/** A question to the organisation that the files describe. */
export type Ask =
  | { readonly kind: 'trace'; readonly asked: AskedTrace }
  | { readonly kind: 'exposure' }
  | { readonly kind: 'simulate'; readonly form: SimForm }
  | { readonly kind: 'relay' }
/** `key` names the files, their answers and the core: with the same key the worker need not read them again. */
export type AskTask = {
  readonly kind: 'ask'
  readonly key: string
  readonly files: readonly StoredFile[]
  /** ISO 8601, the day of the report. */
  readonly asOf: string
  readonly answers: Answers
  readonly limits: Limits
  readonly ask: Ask
}
export type Task = InspectTask | PreviewTask | AnalyseTask | ReadTask | CheckTask | AskTask

export type FindingSummary = {
  readonly fingerprint: string
  readonly rule: string
  readonly severity: string
  readonly titleEn: string
  readonly titleDe: string
  readonly absorbedBy: string | null
  /** Ids. */
  readonly objects: readonly string[]
}

/** `inspection` (an Examination), `report`, `topology`: gzip'd JSON, see pack.ts. */
export type InspectResult = { readonly inspection: Uint8Array<ArrayBuffer> }
export type AnalyseResult = {
  readonly report: Uint8Array<ArrayBuffer>
  readonly topology: Uint8Array<ArrayBuffer>
  readonly asOf: string
  /** ISO 8601; null where no export tells. */
  readonly certificateEnd: string | null
  readonly counts: Readonly<Record<string, number>>
  readonly notAssessed: number
  readonly sources: number
  readonly findings: readonly FindingSummary[]
}
export type ReadResult = { readonly totalLines: number; readonly lines: readonly string[] } | null

export type CheckResult = { readonly isValid: boolean }

/** `exposure`: gzip'd JSON, as it may be large. */
export type AskResult =
  | { readonly kind: 'trace'; readonly trace: TraceJson }
  | { readonly kind: 'problems'; readonly problems: readonly QuestionProblem[] }
  | { readonly kind: 'exposure'; readonly exposure: Uint8Array<ArrayBuffer> }
  | { readonly kind: 'simulate'; readonly simulation: Simulation }
  | { readonly kind: 'relay'; readonly relay: Relay }

export type ResultOf<T extends Task> = T extends InspectTask | PreviewTask
  ? InspectResult
  : T extends AnalyseTask
    ? AnalyseResult
    : T extends ReadTask
      ? ReadResult
      : T extends AskTask
        ? AskResult
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
