/**
 * What is wrong with a piece of PowerShell, as far as its tokens show: open strings and brackets, typographic quotes outside of
 * strings, commands whose verb or name this product never uses. Enough to see a value break out of its quotes.
 */
export function powershellProblems(source: string): string[] {
  const problems: string[] = []
  const open: string[] = []
  const pairs: Readonly<Record<string, string>> = { ')': '(', '}': '{', ']': '[' }
  let bare = ''
  let i = 0
  while (i < source.length) {
    const c = source.charAt(i)
    if (isQuote(c) || c === '"') {
      const end = endOfString(source, i, c === '"')
      if (end < 0) return [...problems, `string opened at ${i} is not closed`]
      bare += ' S '
      i = end
    } else if (c === '#') {
      while (i < source.length && source.charAt(i) !== '\n') i++
    } else {
      if ('({['.includes(c)) open.push(c)
      const partner = pairs[c]
      if (partner !== undefined && open.pop() !== partner) problems.push(`${c} at ${i} closes nothing`)
      bare += c
      i++
    }
  }
  if (open.length > 0) problems.push(`${open.join('')} is not closed`)
  if (/[\u201c\u201d\u201e\u2013\u2014]/.test(bare)) problems.push('typographic quote or dash outside of a string')
  return [...problems, ...badCommands(bare)]
}

const isQuote = (c: string) => "'\u2018\u2019\u201a\u201b".includes(c)

function endOfString(source: string, start: number, double: boolean): number {
  const closes = (c: string) => (double ? c === '"' : isQuote(c))
  for (let i = start + 1; i < source.length; i++) {
    const c = source.charAt(i)
    if (!closes(c)) continue
    if (i + 1 < source.length && closes(source.charAt(i + 1))) i++
    else return i + 1
  }
  return -1
}

const CMDLETS =
  /^(?:(?:Get|Set|New|Remove|Add|Enable|Disable|Import|Test|Update|Start)-[A-Z][A-Za-z]+|Export-(?:Clixml|ExchangeCertificate)|Format-(?:List|Table)|ForEach-Object|Where-Object|Select-Object|Sort-Object|Restart-Service)$/

/** The first word after a line start, a pipe, `;`, `=`, or an opening bracket is a command, a variable, a literal or a type. */
function badCommands(bare: string): string[] {
  const problems: string[] = []
  for (const [, word = ''] of bare.matchAll(/(?:^|[\n|;({=])[ \t]*([^\s|;(){}=,]+)/g)) {
    if (/^(?:[$@[<\d.%]|S$|-)/.test(word)) continue
    if (!CMDLETS.test(word)) problems.push(`${word} is not a known command`)
  }
  if (/[;&`]/.test(bare)) problems.push('a separator, call operator or backtick outside of a string')
  return problems
}
