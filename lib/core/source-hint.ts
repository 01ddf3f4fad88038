import type { Side } from './model'

/** Facts about a file that stand in another one: the manifest of the collection script. */
export type SourceHint = {
  readonly command?: string
  readonly server?: string
  readonly side?: Side
  /** Local time of the session, or UTC with Z. */
  readonly takenAt?: string
  /** What the command complained about; the file holds what came before. */
  readonly failure?: string
}
