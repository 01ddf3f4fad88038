// Writes objects as Windows PowerShell's Format-List prints them: labels padded to the longest name, values wrapped at words into the
// rest of the width with the space left at the end of the upper line, two blank lines between objects.

/** A value as the right-hand side of a list line. Arrays are collections and are cut after `limit` items. */
const text = (value, limit) => {
  if (value === null || value === undefined) return ''
  if (value === true) return 'True'
  if (value === false) return 'False'
  if (!Array.isArray(value)) return String(value)
  return `{${value.slice(0, limit).join(', ')}${value.length > limit ? '...' : ''}}`
}

/** A word goes down whole when it and the space after it do not fit; one that is longer than a line is cut where the line ends. */
function wrap(value, field) {
  const lines = []
  let line = ''
  for (let word of value.split(/(?<= )/)) {
    if (line.length + word.length > field && word.length <= field) {
      lines.push(line)
      line = ''
    }
    while (line.length + word.length > field) {
      const room = field - line.length
      lines.push(line + word.slice(0, room))
      word = word.slice(room)
      line = ''
    }
    line += word
  }
  return [...lines, line]
}

export function formatList(objects, { width = 119, limit = 16 } = {}) {
  const lines = ['']
  for (const object of objects) {
    const label = Math.max(...Object.keys(object).map((k) => k.length))
    lines.push('')
    for (const [name, value] of Object.entries(object)) {
      const [first, ...more] = wrap(text(value, limit), width - label - 3)
      lines.push(`${name.padEnd(label)} : ${first}`, ...more.map((l) => ' '.repeat(label + 3) + l))
    }
    lines.push('')
  }
  lines.push('', '')
  return lines.join('\n')
}

export const crlf = (t) => t.replaceAll('\n', '\r\n')
export const utf16 = (t) => Buffer.from(`\ufeff${crlf(t)}`, 'utf16le')
export const utf8 = (t, bom = false) => Buffer.from(`${bom ? '\ufeff' : ''}${crlf(t)}`, 'utf8')
