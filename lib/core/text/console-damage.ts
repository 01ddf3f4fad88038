import { withoutHtml } from './damage-html'
import { withoutMarkdown } from './damage-markdown'
import { startsSomeLine } from './starts-line'

/**
 * A copied text as the shell printed it: without what browsers, mail programs, forums and Markdown put into it. Every line stays a
 * line of its own, so that places keep their numbers. A text without such marks is given back as it is, after a few quick looks.
 */
export function tidied(text: string): string {
  return withoutMarkdown(withoutHtml(withoutQuotes(withPlainBlanks(text))))
}

/** No-break and figure spaces, which browsers put into what is copied from a page; soft hyphens and blanks without a width. */
function withPlainBlanks(text: string): string {
  let out = text
  for (const blank of ['\u00a0', '\u2007', '\u202f']) if (out.includes(blank)) out = out.replaceAll(blank, ' ')
  for (const nothing of ['\u200b', '\u00ad', '\u2060']) if (out.includes(nothing)) out = out.replaceAll(nothing, '')
  return out
}

const QUOTED = /^ {0,3}> ?/
const PROMPT = /^ {0,8}(?:\[[^\]]{1,255}\]|PS\b|[A-Za-z]:\\)[^>]{0,260}>/
/** Fewer lines in a row that begin so are no quoted mail. */
const MIN_QUOTED = 3
const MAX_LEVELS = 6

function withoutQuotes(text: string): string {
  let out = text
  for (let level = 0; level < MAX_LEVELS && startsSomeLine(out, '>'); level++) {
    const next = withoutOneQuote(out)
    if (next === out) break
    out = next
  }
  return out
}

/** Rows of lines behind `>` lose it. Behind a prompt, `>>` is where a command goes on. */
function withoutOneQuote(text: string): string {
  const lines = text.split('\n')
  let from = 0
  for (let i = 0; i <= lines.length; i++) {
    const line = lines[i]
    if (line !== undefined && QUOTED.test(line)) continue
    const isCommand = from > 0 && lines[from]?.startsWith('>>') === true && PROMPT.test(lines[from - 1] ?? '')
    if (i - from >= MIN_QUOTED && !isCommand) {
      for (let k = from; k < i; k++) lines[k] = (lines[k] ?? '').replace(QUOTED, '')
    }
    from = i + 1
  }
  return lines.join('\n')
}
