/** Does the sign stand at the beginning of a line? Much faster than a regular expression on a text that has few of them. */
export function startsSomeLine(text: string, sign: string): boolean {
  for (let at = text.indexOf(sign); at >= 0; at = text.indexOf(sign, at + 1)) {
    let i = at
    while (i > 0 && at - i < 8 && isBlank(text.charCodeAt(i - 1))) i--
    if (i === 0 || text.charCodeAt(i - 1) === 10) return true
  }
  return false
}

const isBlank = (c: number): boolean => c === 32 || c === 9
