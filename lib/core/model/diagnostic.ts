/** Codes of notices. Extend, never rename: scripts rely on them. */
export const noticeCodes = [
  'list-truncated',
  'column-cut',
  'table-projection',
  'lines-joined',
  'encoding-guessed',
  'mojibake',
  'date-ambiguous',
  'server-unknown',
  'contradiction',
  'value-unusable',
  'unknown-value',
  'multivalue-lost',
  'command-failed',
  'results-limited',
  'look-alike-refused',
  'not-recognised',
  'too-large',
  'archive-refused',
  'xml-refused',
  'log-line-repaired',
  'log-line-unreadable',
  'personal-data-ignored',
  'source-cut',
  'source-begins-late',
  'source-failed',
  'too-demanding',
  'characters-dropped',
  'left-out',
  'more-notices',
  'encodings-mixed',
  'mojibake-repaired',
  'not-needed',
  'document-refused',
  'private-key-refused',
  'manifest-unusable',
  'manifest-file-missing',
  'certificate-services-unknown',
  'json-refused',
  'depth-cut',
  'format-objects',
  'spreadsheet-saved',
  'row-uneven',
  'name-missing',
  'characters-replaced',
] as const

export type NoticeCode = (typeof noticeCodes)[number]
export type NoticeLevel = 'info' | 'warning' | 'error'

/**
 * Something that could not be read, or was read with a repair. `params` fill the texts of the code (lib/core/report/notices),
 * so that a notice can be shown in either language.
 */
export type Diagnostic = {
  readonly code: NoticeCode
  readonly level: NoticeLevel
  readonly line?: number
  readonly property?: string
  readonly object?: string
  readonly params?: Readonly<Record<string, string | number>>
}

export type Diagnose = (d: Diagnostic) => void
