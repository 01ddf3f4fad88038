/** The part of Markdown that rule texts use. Everything else is text. */
export type Inline =
  | { kind: 'text'; text: string }
  | { kind: 'code'; text: string }
  | { kind: 'strong'; children: Inline[] }
  | { kind: 'link'; href: string; children: Inline[] }

export type Block =
  | { kind: 'paragraph'; children: Inline[] }
  | { kind: 'list'; ordered: boolean; start: number; items: Inline[][] }
  | { kind: 'code'; text: string }

const bullet = /^ {0,3}[-*] (.*)$/
const numbered = /^ {0,3}\d{1,3}\. (.*)$/

/** Blocks of a text: paragraphs, lists and fenced code. */
export function parseBlocks(source: string): Block[] {
  const lines = source.replaceAll('\r\n', '\n').split('\n')
  const blocks: Block[] = []
  let at = 0
  while (at < lines.length) {
    const line = lines[at] ?? ''
    if (line.trim() === '') at++
    else if (line.startsWith('```')) at = fenced(lines, at, blocks)
    else if (bullet.test(line)) at = list(lines, at, bullet, false, blocks)
    else if (numbered.test(line)) at = list(lines, at, numbered, true, blocks)
    else at = paragraph(lines, at, blocks)
  }
  return blocks
}

function fenced(lines: readonly string[], from: number, out: Block[]): number {
  let end = from + 1
  while (end < lines.length && !(lines[end] ?? '').startsWith('```')) end++
  out.push({ kind: 'code', text: lines.slice(from + 1, end).join('\n') })
  return end + 1
}

function list(lines: readonly string[], from: number, marker: RegExp, ordered: boolean, out: Block[]): number {
  const items: string[] = []
  let at = from
  for (; at < lines.length; at++) {
    const line = lines[at] ?? ''
    const item = marker.exec(line)
    if (item) items.push(item[1] ?? '')
    else if (/^ {2,}\S/.test(line)) items.push(`${items.pop() ?? ''} ${line.trim()}`)
    else break
  }
  const start = Number.parseInt(lines[from] ?? '', 10) || 1 // a list goes on after the code that belongs to one of its steps
  out.push({ kind: 'list', ordered, start, items: items.map(parseInline) })
  return at
}

const startsBlock = (line: string) => line.startsWith('```') || bullet.test(line) || numbered.test(line)

function paragraph(lines: readonly string[], from: number, out: Block[]): number {
  let end = from
  while (end < lines.length && (lines[end] ?? '').trim() !== '' && (end === from || !startsBlock(lines[end] ?? '')))
    end++
  const text = lines
    .slice(from, end)
    .map((l) => l.trim())
    .join(' ')
  out.push({ kind: 'paragraph', children: parseInline(text) })
  return end
}

/** Inline code, bold and links to https. What does not close stays as it was written. */
export function parseInline(text: string): Inline[] {
  const out: Inline[] = []
  let plain = ''
  const flush = () => {
    if (plain) out.push({ kind: 'text', text: plain })
    plain = ''
  }
  let at = 0
  while (at < text.length) {
    const found = codeAt(text, at) ?? strongAt(text, at) ?? linkAt(text, at)
    if (found) {
      flush()
      out.push(found.node)
      at = found.end
    } else plain += text[at++]
  }
  flush()
  return out
}

type Found = { node: Inline; end: number } | null

function codeAt(text: string, at: number): Found {
  if (text[at] !== '`') return null
  const end = text.indexOf('`', at + 1)
  return end > at + 1 ? { node: { kind: 'code', text: text.slice(at + 1, end) }, end: end + 1 } : null
}

function strongAt(text: string, at: number): Found {
  if (!text.startsWith('**', at)) return null
  const end = text.indexOf('**', at + 2)
  if (end <= at + 2) return null
  return { node: { kind: 'strong', children: parseInline(text.slice(at + 2, end)) }, end: end + 2 }
}

function linkAt(text: string, at: number): Found {
  if (text[at] !== '[') return null
  const middle = text.indexOf('](https://', at)
  const nested = text.indexOf('[', at + 1)
  if (middle < 0 || (nested >= 0 && nested < middle)) return null
  const end = text.indexOf(')', middle)
  const href = text.slice(middle + 2, end)
  if (end < 0 || /\s/.test(href)) return null
  const label = text.slice(at + 1, middle).replaceAll('`', '')
  return { node: { kind: 'link', href, children: [{ kind: 'text', text: label }] }, end: end + 1 }
}
