const named: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t', '\x1b': '\\e' }

/**
 * Uploaded text on one line that a terminal or an editor shows as it is: control characters, and the marks that reorder or hide text
 * (bidirectional controls, line separators, zero-width characters), are spelled out. An escape sequence in a connector's name
 * would otherwise be obeyed by the terminal.
 */
export const visible = (text: string): string =>
  text.replace(
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
    /[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g,
    (c) => named[c] ?? `\\u{${c.charCodeAt(0).toString(16)}}`,
  )
