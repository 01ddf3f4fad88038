/** No-break spaces, which browsers put into what is copied from a page, and what a mail program puts before quoted lines. */
const SPACES = /[\u00a0\u2007\u202f]/g
const QUOTED = /^>(?!>)[ ]?/gm

/** The text with the blanks it was printed with. Every line stays a line of its own, so that places keep their numbers. */
export function tidied(text: string): string {
  const plain = text.replace(SPACES, ' ')
  return isQuoted(plain) ? plain.replace(QUOTED, '') : plain
}

const LOOK_LINES = 40

/** Most of the first lines that say anything begin with `>`. */
function isQuoted(text: string): boolean {
  let quoted = 0
  let other = 0
  for (let at = 0, n = 0; at < text.length && n < LOOK_LINES; n++) {
    if (text[at] === '>') quoted++
    else if (text[at] !== '\n') other++
    const newline = text.indexOf('\n', at)
    if (newline < 0) break
    at = newline + 1
  }
  return quoted > 2 && quoted > other * 2
}
