import type { Diagnose, FormatId, RawBlock } from '../model'

/** Decoded text of one source. Line ends are LF, U+FEFF is gone; line n of `text` is line n of what people see. */
export type SourceText = { readonly id: string; readonly name: string; readonly text: string }

/**
 * A format is a folder: `format.ts`, its test, and `examples/`. `detect` answers 0…1 by content; the name only breaks a tie.
 * `parse` never throws, takes linear time, and reports what it cannot read.
 *
 * `extent`: a `document` is the whole text (CLIXML, a log). A `passage` may stand beside others in one text, as in a transcript or
 * a mail: all passage formats read such a text, each takes only what is its own, and passes over the rest quickly and in silence.
 * `either`: alone where it claims a text most, beside the passages where one of them does.
 */
export type Format = {
  readonly id: FormatId
  readonly extent: 'document' | 'passage' | 'either'
  readonly detect: (head: string, name: string) => number
  readonly parse: (source: SourceText, diagnose: Diagnose) => readonly RawBlock[]
}

export const defineFormat = (format: Format): Format => format
