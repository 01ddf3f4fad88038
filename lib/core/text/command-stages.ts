const OPEN = /[({]/
const CLOSE = /[)}]/

/** Splits outside quotes and brackets. */
export function splitOutside(text: string, separator: '|' | ';'): string[] {
  const out: string[] = []
  let depth = 0
  let quote = ''
  let from = 0
  for (let i = 0; i < text.length; i++) {
    const c = text[i] ?? ''
    if (quote !== '') {
      if (c === quote) quote = ''
    } else if (c === '"' || c === "'") quote = c
    else if (OPEN.test(c)) depth++
    else if (CLOSE.test(c)) depth--
    else if (c === separator && depth <= 0) {
      out.push(text.slice(from, i).trim())
      from = i + 1
    }
  }
  out.push(text.slice(from).trim())
  return out
}

/** What stands between the bracket at `at` and the one that closes it, and where that is. */
export function insideBrackets(text: string, at: number): { readonly inner: string; readonly end: number } {
  let depth = 0
  let quote = ''
  for (let i = at; i < text.length; i++) {
    const c = text[i] ?? ''
    if (quote !== '') {
      if (c === quote) quote = ''
    } else if (c === '"' || c === "'") quote = c
    else if (OPEN.test(c)) depth++
    else if (CLOSE.test(c) && --depth === 0) return { inner: text.slice(at + 1, i).trim(), end: i + 1 }
  }
  return { inner: text.slice(at + 1).trim(), end: text.length }
}

export function words(text: string): string[] {
  return [...text.matchAll(/"([^"]*)"|'([^']*)'|([^\s"']+)/g)].map((m) => m[1] ?? m[2] ?? m[3] ?? '')
}

/** What a word processor or a web page made of quotes, dashes and blanks; PowerShell takes its curly ones for the plain ones. */
export function plainCommand(text: string): string {
  return text
    .replace(/[\u201c-\u201f]/g, '"')
    .replace(/[\u2018-\u201b]/g, "'")
    .replace(/[\u00a0\u2007\u202f]/g, ' ')
    .replace(/`\s*\n/g, ' ')
    .replace(/\n/g, ' ')
    .replace(/(^|\s)[\u2013\u2014\u2015](?=[A-Za-z])/g, '$1-')
}

/** `> x.txt`, `2>$null`: where output or errors went instead of the screen. */
const REDIRECTION = /\s[\d*]?>{1,2}&?\s{0,4}(?:"[^"]*"|'[^']*'|[^\s"'|;]+)/g

export const withoutRedirection = (text: string): string => text.replace(REDIRECTION, ' ')
