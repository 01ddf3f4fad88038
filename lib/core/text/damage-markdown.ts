import { startsSomeLine } from './starts-line'

/** A fence alone in its line; its line stays, blank. */
const FENCE = /^[ \t]{0,8}(?:`{3,}|~{3,})[ \t]{0,4}[\w-]{0,20}[ \t]*$/gm
const BOLD = /(^|[\s:{,])\*\*(?=[\w{<])([^*\n]{1,500})\*\*(?=[\s,:}]|$)/gm
/** An escape that nothing but Markdown writes: no backslash stands between these signs and a star. */
const ESCAPED_STAR = /(?:[=;,"{]|[A-Za-z]{3}:|\s:)[ ]?\\\*/
const ESCAPE = /\\([\\`*_{}[\]()#+.!|<>~-])/g
const CODE_LINE = /^([ \t]{0,8})`([^`\n]{1,2000})`[ \t]*$/gm
const CODE_VALUE = /^([ \t]{0,8}\w{2,80}[ \t]{0,60}:[ \t])`([^`\n]{1,2000})`[ \t]*$/gm
const BULLET = /^([ \t]{0,8})[-*\u2022] (?=[ \t]*\S)/
const BULLET_LABEL = /^[ \t]{0,8}[-*\u2022] \w{2,80}[ \t]{0,60}:(?:\s|$)/
const MIN_BULLETS = 3

/** Text as it was before somebody formatted it with Markdown. */
export function withoutMarkdown(text: string): string {
  let out = text
  if (out.includes('```') || out.includes('~~~')) out = out.replace(FENCE, '')
  if (out.includes('`')) out = out.replace(CODE_LINE, '$1$2').replace(CODE_VALUE, '$1$2')
  if (out.includes('**')) out = out.replace(BOLD, '$1$2')
  if (out.includes('\\*') && ESCAPED_STAR.test(out)) out = out.replace(ESCAPE, '$1')
  return ['- ', '* ', '\u2022 '].some((b) => startsSomeLine(out, b)) ? withoutBullets(out) : out
}

/** The lines of a list that each became an item of a list; blanks instead of the bullets keep the columns. */
function withoutBullets(text: string): string {
  const lines = text.split('\n')
  let from = 0
  let labels = 0
  for (let i = 0; i <= lines.length; i++) {
    const line = lines[i]
    if (line !== undefined && (BULLET.test(line) || (line.trim() === '' && i > from))) {
      if (BULLET_LABEL.test(line)) labels++
      continue
    }
    if (labels >= MIN_BULLETS) {
      for (let k = from; k < i; k++) lines[k] = (lines[k] ?? '').replace(BULLET, '$1  ')
    }
    from = i + 1
    labels = 0
  }
  return lines.join('\n')
}
