import type { CollectionName, Side } from './collections'
import type { Completeness } from './config'

/**
 * One property as a format found it. `text` is the value as text, joined over wrapped lines; null where the format says "not set"
 * (CLIXML Nil). `items` is there where the format knows a list (CLIXML); text formats leave `{a, b}` in `text`.
 * `truncated`: the export itself shows that the value was cut. `unusable`: the text is not the value (`System.String[]`).
 */
export type RawProperty = {
  readonly name: string
  readonly text: string | null
  readonly items?: readonly string[]
  readonly truncated?: boolean
  readonly unusable?: boolean
  /** The text may be another one: nothing shows whether a blank belongs where its lines were joined. */
  readonly isDoubtful?: boolean
  readonly lines: readonly [number, number]
}

/** One object as listed. Property names keep the spelling of the export; a name that occurs twice occurs twice. */
export type RawObject = {
  readonly properties: readonly RawProperty[]
  readonly lines: readonly [number, number]
}

/** The output of one command, or one file of one kind. What a format's `parse` yields. */
export type RawBlock = {
  readonly format: FormatId
  readonly cmdlet: string | null
  readonly collection: CollectionName | null
  readonly certainty: Certainty
  readonly completeness: Completeness
  readonly side: Side
  /** Server that the block itself names (prompt, -Server parameter, PSComputerName). */
  readonly server: string | null
  readonly command: string | null
  /** `all` where the command is known and neither names nor filters objects. Left out: the file does not tell. */
  readonly listing?: 'all' | 'named'
  /** The file shows that objects or rows of the output are gone: it breaks off, lines are lost, the command failed half-way. */
  readonly isPartial?: true
  /** Objects the command names: `Get-ReceiveConnector "EX01\\Relay" | Get-ADPermission` names EX01\\Relay. */
  readonly named?: readonly string[]
  /** For access lists: the command takes out rows, so that a right that is not there may exist nevertheless. */
  readonly filtered?: boolean
  /** Local time of the session that printed the block (`2026-11-21T09:30:00`), from the header of a transcript. */
  readonly takenAt?: string
  /** The objects are what commands would make of them (`Set-ReceiveConnector …` in a script or a log of the HCW), not what is. */
  readonly intended?: true
  /** For SMTP protocol logs, which are counted and kept. */
  readonly log?: LogFacts
  readonly objects: readonly RawObject[]
  readonly lines: readonly [number, number]
}

/** What a protocol log covers. Times are ISO 8601 in UTC, the first and the last of its records. */
export type LogFacts = {
  readonly direction: 'receive' | 'send' | 'unknown'
  readonly records: number
  readonly sessions: number
  readonly from: string
  readonly to: string
  /** Where the path or the ports tell it. */
  readonly service?: 'frontend' | 'hub' | 'mailbox' | 'edge'
}

export const formatIds = [
  'format-list',
  'format-table',
  'csv',
  'json',
  'clixml',
  'command-text',
  'headers',
  'smtp-log',
] as const
export type FormatId = (typeof formatIds)[number]
export type Certainty = 'certain' | 'likely' | 'unsure'
