import type { Code, CodeValue, Command, Line, Placeholder } from './commands'

export type { Code, Command, Line } from './commands'

const made = (code: string, value?: CodeValue): Code => ({
  code,
  placeholders: [],
  ...(value === undefined ? {} : { value }),
})

/**
 * PowerShell ends a single-quoted string at any of these, not only at the ASCII one, and takes two in a row as one literal
 * (about_Quoting_Rules; the language specification, “single-quote-character”).
 */
const QUOTES = /['\u2018\u2019\u201a\u201b]/g
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not reach a console
const CONTROLS = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g

/** A string literal. Inside single quotes PowerShell expands nothing. */
export const str = (text: string): Code =>
  made(`'${text.replace(CONTROLS, ' ').replace(QUOTES, (quote) => quote + quote)}'`, text)

/** Values of a multi-valued parameter; none at all is `$null`, which clears it. */
export const list = (items: readonly string[]): Code =>
  items.length === 0 ? nothing : made(items.map((item) => str(item).code).join(','), items)

export const bool = (value: boolean): Code => made(value ? '$true' : '$false', value)
export const nothing: Code = made('$null', null)

/** A variable that an earlier line has set. */
export function variable(name: string): Code {
  if (!/^[a-zA-Z]\w*$/.test(name)) throw new Error(`${name} is not a variable name`)
  return made(`$${name}`, { variable: `$${name}` })
}

/** `$before.RemoteIPRanges` as strings: what Import-Clixml brings back are not the types that the cmdlets take. */
export const propertyTexts = (name: string, property: string): Code =>
  made(`@(${variable(name).code}.${variable(property).code.slice(1)} | ForEach-Object { "$_" })`)

/** The same for a flag enumeration: one text such as `Tls, BasicAuth`, which the cmdlet splits by itself. */
export const propertyText = (name: string, property: string): Code =>
  made(`"$(${variable(name).code}.${variable(property).code.slice(1)})"`)

/** A value that only a person knows. It is not in quotes, so that a list can be filled in. */
export function ask(name: string, label: Placeholder['label']): Code {
  if (!/^[a-z][a-z0-9-]*$/.test(name)) throw new Error(`${name} is not a placeholder name`)
  return { code: `<${name}>`, placeholders: [{ name, label }] }
}

/** The account of a SID in the language of the server: ANONYMOUS LOGON is called something else on a German one. */
export const accountOf = (sid: string): Code =>
  made(
    `(New-Object System.Security.Principal.SecurityIdentifier ${str(sid).code}).Translate([System.Security.Principal.NTAccount]).Value`,
    { sid },
  )

export const comment = (text: string): Line => ({ kind: 'comment', text })
export const set = (name: string, value: Code): Line => ({ kind: 'set', variable: variable(name).code, value })
export const command = (cmdlet: string, parameters: Command['parameters'] = {}): Command => ({ cmdlet, parameters })
export const run = (...pipeline: readonly Command[]): Line => ({ kind: 'run', pipeline })

const changes = (cmdlet: string): boolean =>
  /^(?:(?:Set|New|Remove|Add|Enable|Disable)-|Import-ExchangeCertificate$)/.test(cmdlet)

/** The line with -WhatIf on every command that changes something. */
export function whatIf(line: Line): Line {
  if (line.kind !== 'run') return line
  const dry = (c: Command) => (changes(c.cmdlet) ? command(c.cmdlet, { ...c.parameters, WhatIf: true }) : c)
  return { kind: 'run', pipeline: line.pipeline.map(dry) }
}

const printCommand = ({ cmdlet, parameters }: Command): string =>
  [cmdlet, ...Object.entries(parameters).map(([n, v]) => (v === true ? `-${n}` : `-${n} ${v.code}`))].join(' ')

function printLine(line: Line): string {
  switch (line.kind) {
    case 'comment':
      return `# ${line.text.replace(CONTROLS, ' ')}`
    case 'set':
      return `${line.variable} = ${line.value.code}`
    case 'run':
      return line.pipeline.map(printCommand).join(' | ')
  }
}

export const print = (lines: readonly Line[]): string => lines.map(printLine).join('\n')

/** The placeholders of the lines, each once, in order of appearance. */
export function placeholdersOf(lines: readonly Line[]): readonly Placeholder[] {
  const found = new Map<string, Placeholder>()
  for (const line of lines) {
    const codes =
      line.kind === 'set'
        ? [line.value]
        : line.kind === 'run'
          ? line.pipeline.flatMap((c) => Object.values(c.parameters).filter((v) => v !== true))
          : []
    for (const p of codes.flatMap((c) => c.placeholders)) if (!found.has(p.name)) found.set(p.name, p)
  }
  return [...found.values()]
}
