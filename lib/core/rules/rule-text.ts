/** One example in a rule's documentation: export text that must (`bad`) or must not (`good`) make the rule fail. */
export type RuleExample = {
  readonly kind: 'bad' | 'good'
  /** Options of the fence, for example `answers=mx=exchange-online`. */
  readonly options: Readonly<Record<string, string>>
  readonly text: string
}

/**
 * The words of one rule in one language. `headline`, `finding` and `conditions` are ICU messages over the finding's parameters;
 * `title` is generic. The sections are Markdown (paragraphs, lists, code).
 */
export type RuleText = {
  readonly title: string
  readonly headline: string
  readonly finding: string
  readonly conditions: Readonly<Record<string, string>>
  readonly checks: string
  readonly why: string
  readonly fix: string
  readonly ignore: string
  readonly examples: readonly RuleExample[]
}

/**
 * The text of an example as an export would hold it: `member[1..3].example` stands for three items of a list, so that the
 * documentation of a limit need not print thousands of them.
 */
export const expandExample = (text: string): string =>
  text.replace(/([^\s{},]*)\[(\d+)\.\.(\d+)\]([^\s{},]*)/g, (_, before, from, to, after) =>
    Array.from({ length: Number(to) - Number(from) + 1 }, (_unused, i) => `${before}${Number(from) + i}${after}`).join(
      ', ',
    ),
  )

type Section = 'checks' | 'why' | 'fix' | 'ignore'

/** The four sections of a rule's page, in their order. */
export const sectionHeadings = {
  en: {
    checks: 'What it checks',
    why: 'Why it matters',
    fix: 'How to fix',
    ignore: 'When to ignore',
  },
  de: {
    checks: 'Was geprüft wird',
    why: 'Warum es wichtig ist',
    fix: 'So beheben Sie es',
    ignore: 'Wann Sie es ignorieren können',
  },
} as const satisfies Record<string, Record<Section, string>>

/** Reads `text.<language>.md`. Throws, with the place, on anything that is not in the format: this runs when the texts are generated. */
export function parseRuleText(markdown: string, language: 'en' | 'de'): RuleText {
  const text = markdown.replace(/\r\n?/g, '\n')
  const front = /^---\n([\s\S]*?)\n---\n/.exec(text)
  if (!front) throw new Error('front matter is missing')
  const { fields, conditions } = parseFrontMatter(front[1] ?? '')
  const { prose, examples } = takeExamples(text.slice(front[0].length))
  const sections = parseSections(prose, language)
  const field = (name: string): string => {
    const value = fields[name]
    if (!value) throw new Error(`front matter lacks ${name}`)
    return value
  }
  return {
    title: field('title'),
    headline: field('headline'),
    finding: field('finding'),
    conditions,
    ...sections,
    examples,
  }
}

/** `key: value`, continued on lines indented by two or more blanks; `conditions:` holds a block of such pairs, indented once. */
function parseFrontMatter(text: string): { fields: Record<string, string>; conditions: Record<string, string> } {
  const fields: Record<string, string> = {}
  const conditions: Record<string, string> = {}
  let into = fields
  let last = ''
  for (const line of text.split('\n')) {
    if (line.trim() === '') continue
    const pair = /^( *)([a-zA-Z][\w-]*):(?: +(.*))?$/.exec(line)
    const indent = /^ */.exec(line)?.[0].length ?? 0
    if (pair && indent === 0 && pair[2] === 'conditions') {
      into = conditions
      last = ''
    } else if (pair && indent === (into === conditions ? 2 : 0)) {
      last = pair[2] ?? ''
      into[last] = (pair[3] ?? '').trim()
    } else if (pair && indent === 0) {
      into = fields
      last = pair[2] ?? ''
      into[last] = (pair[3] ?? '').trim()
    } else if (indent > 0 && last) {
      into[last] = `${into[last] ?? ''} ${line.trim()}`.trim()
    } else throw new Error(`front matter: cannot read “${line}”`)
  }
  return { fields, conditions }
}

function takeExamples(text: string): { prose: string; examples: RuleExample[] } {
  const examples: RuleExample[] = []
  const prose = text.replace(/^```(bad|good)([^\n]*)\n([\s\S]*?)^```[ ]*$\n?/gm, (_, kind, info, body) => {
    const options: Record<string, string> = {}
    for (const word of String(info).trim().split(/\s+/)) {
      const at = word.indexOf('=')
      if (at > 0) options[word.slice(0, at)] = word.slice(at + 1)
    }
    examples.push({ kind: kind === 'bad' ? 'bad' : 'good', options, text: String(body) })
    return ''
  })
  return { prose, examples }
}

function parseSections(text: string, language: 'en' | 'de'): Record<Section, string> {
  const found = new Map<string, string>()
  for (const part of text.split(/^## /m).slice(1)) {
    const end = part.indexOf('\n')
    found.set(part.slice(0, end).trim(), part.slice(end + 1).trim())
  }
  const headings = sectionHeadings[language]
  const section = (name: Section): string => {
    const body = found.get(headings[name])
    if (!body) throw new Error(`section “${headings[name]}” is missing or empty`)
    return body
  }
  return { checks: section('checks'), why: section('why'), fix: section('fix'), ignore: section('ignore') }
}
