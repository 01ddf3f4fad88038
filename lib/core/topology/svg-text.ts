const named: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

/** For element content and quoted attributes. Characters that XML 1.0 does not allow are replaced, or the file would not open. */
export function escapeXml(text: string): string {
  let safe = ''
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0
    const legal =
      code === 9 ||
      code === 10 ||
      code === 13 ||
      (code >= 32 && !(code >= 0xd800 && code <= 0xdfff) && code !== 0xfffe && code !== 0xffff)
    safe += legal ? (named[char] ?? char) : '�'
  }
  return safe
}

/** Widths in em, rounded up so that text also fits in the fallback font, which is wider than Source Sans 3. */
function charWidth(char: string): number {
  if (/[ijl.,:;|'!ft()[\]{}/\\ ]/.test(char)) return 0.33
  if (/[mwMW@%]/.test(char)) return 0.88
  if (/[A-Z]/.test(char)) return 0.66
  if (/[a-z0-9_<>=+*-]/.test(char)) return 0.54
  return (char.codePointAt(0) ?? 0) > 0x2e7f ? 1.05 : 0.66
}

const heavy = 1.08

/** Names are set in 600, which is a little wider. */
export const textWidth = (text: string, fontSize: number, bold = false): number =>
  [...text].reduce((sum, char) => sum + charWidth(char) * fontSize, 0) * (bold ? heavy : 1)

/** The text, or as much of its beginning as fits followed by an ellipsis. */
export function fitText(text: string, width: number, fontSize: number, bold = false): string {
  if (textWidth(text, fontSize, bold) <= width) return text
  let kept = ''
  for (const char of text) {
    if (textWidth(`${kept}${char}…`, fontSize, bold) > width) break
    kept += char
  }
  return `${kept.trimEnd()}…`
}

/** At most two lines, broken at a blank, a hyphen, a backslash or between the labels of a domain. */
export function twoLines(text: string, width: number, fontSize: number, bold = false): readonly string[] {
  const fits = (part: string) => textWidth(part.trimEnd(), fontSize, bold) <= width
  if (fits(text)) return [text]
  let head = ''
  for (const piece of text.split(/(?<=[\s\-\\])|(?=\.[a-z])/i)) {
    if (head !== '' && !fits(head + piece)) break
    head += piece
  }
  const tail = text.slice(head.length)
  if (tail === '' || !fits(head)) return [fitText(text, width, fontSize, bold)]
  return [head.trimEnd(), fitText(tail, width, fontSize, bold)]
}
