import { type CollectionName, cmdletOf } from '../model'
import { insideBrackets, plainCommand, splitOutside, withoutRedirection, words } from './command-stages'

export type Command = {
  readonly text: string
  readonly cmdlet: string
  readonly collection: CollectionName | null
  /** Value of -Server, or the server that names the objects (`EX01\*`). */
  readonly server: string | null
  /** Computer that ran the command, where the command says so (`Invoke-Command -ComputerName`). */
  readonly host: string | null
  readonly listing: 'all' | 'named'
  /** Objects named by position or -Identity, without wildcards. */
  readonly named: readonly string[]
  /** Lists only some properties (`| fl Name,Bindings`, `| select …`). */
  readonly projection: boolean
  /** Takes rows out of an access list, so that a row that is not there may exist nevertheless. */
  readonly filtersRows: boolean
  /** Shows a part of an object: `(Get-X "y").Property`. */
  readonly part: boolean
  /** Name of that part. */
  readonly property: string | null
  /** What it found went somewhere else (a variable, a file, another cmdlet), or its errors did: no output says nothing. */
  readonly silent: boolean
}

const byCmdlet = new Map<string, CollectionName>(
  (Object.entries(cmdletOf) as [CollectionName, string][]).map(([collection, cmdlet]) => [
    cmdlet.toLowerCase(),
    collection,
  ]),
)
byCmdlet.set('get-transportserver', 'transportServices') // Exchange 2010 and 2013

export const collectionOfCmdlet = (cmdlet: string): CollectionName | null => byCmdlet.get(cmdlet.toLowerCase()) ?? null

const FILTERS =
  /^(?:where(?:-object)?|\?|select-string|findstr|(?:select|sort)(?:-object)?\s.{0,200}-(?:first|last|skip|unique|index)\b)/i
const LAYOUT = /^(?:fl|format-list|ft|format-table|select|select-object|fw|format-wide)\b\s*(.*)$/i
const EXPAND = /^select(?:-object)?\s.{0,200}?-exp\w*\s{1,4}["']?(\w+)/i
/** Stages that show what came in, all of it or some. What any other cmdlet does with it is not on the screen. */
const SHOWS =
  /^(?:where(?:-object)?|\?|sort(?:-object)?|select(?:-object|-string)?|findstr|f[lt]|format-(?:list|table|wide)|fw|out-(?:string|host)|oss|oh|more|tee(?:-object)?)\b|^\?|^\s*$/i
const HIDES_ERRORS = /\s-(?:ea|erroraction)[\s:]{1,4}["']?(?:silentlycontinue|ignore|0)\b/i
/** Cmdlets whose objects are servers, which others ask one by one. */
const LISTS_SERVERS =
  /^get-(?:exchangeserver|transportservice|transportserver|mailboxserver|clientaccessserv\w+|frontendtransportservice)$/i

/** Filters that leave every right of every account: what is allowed, what is not inherited, what names a right at all. */
const HARMLESS =
  /^(?:and|\(|\)|(?:-not|!)\$_\.(?:deny|isinherited|inherited)|\$_\.(?:deny|isinherited|inherited)(?:-(?:eq|like)['"$]?false|-ne['"$]?true)['"]?|\$_\.extendedrights(?:-ne\$null)?)*$/

function hidesRows(getter: string, after: readonly string[]): boolean {
  if (/\s-(?:user|owner)\b/i.test(getter)) return true
  return after.some((s) => {
    if (!FILTERS.test(s)) return false
    const test = /^(?:where(?:-object)?|\?)\s*\{(.*)\}\s*$/i.exec(s)?.[1]
    return test === undefined || !HARMLESS.test(test.replace(/\s+/g, '').replace(/-and/gi, 'and').toLowerCase())
  })
}

type Arguments = { server: string | null; named: string[]; filtered: boolean }

const IDENTITY = /^-(?:id|identity|thumbprint|domainname|connectorid)$/i
const FILTER = /^-(?:filter|resultsize|state|mode|dlppolicy|domain)$/i
const SWITCH = /^-(?:includetestmodeconnectors|istransportrulescoped|status|verbose|debug)$/i
const VARIABLE = /^\$/

function readArguments(list: readonly string[]): Arguments {
  const out: Arguments = { server: null, named: [], filtered: false }
  for (let i = 0; i < list.length; i++) {
    const word = list[i] ?? ''
    if (!word.startsWith('-') || word.length === 1) {
      out.named.push(word)
      continue
    }
    const [name = '', inline] = word.split(/:(.*)/s)
    if (SWITCH.test(name) && inline === undefined && !/^\$/.test(list[i + 1] ?? '')) continue
    const value = inline !== undefined && inline !== '' ? inline : (list[++i] ?? '')
    if (/^-server$/i.test(name)) out.server = value === '' ? null : value
    else if (IDENTITY.test(name)) out.named.push(value)
    else if (FILTER.test(name)) out.filtered ||= !/^unlimited$/i.test(value)
  }
  return out
}

type Getter = { readonly cmdlet: string; readonly args: Arguments; readonly at: number }

const GETTER = /^[&.\s]*(?:(?:%|foreach(?:-object)?)\s*\{\s*)?([A-Za-z]{2,20}-[A-Za-z]{2,60})\b(.*)$/i

/** Stages of a pipeline; a bracket around its beginning and the body of a ForEach-Object are taken apart. */
function pipelineOf(text: string, depth = 0): string[] {
  if (depth > 4) return [text]
  return splitOutside(text, '|').flatMap((stage, i) => {
    if (i === 0 && stage.startsWith('(')) return pipelineOf(insideBrackets(stage, 0).inner, depth + 1)
    const each = /^(?:%|foreach(?:-object)?)\s{0,8}\{/i.exec(stage)
    const body = each === null ? '' : insideBrackets(stage, each[0].length - 1).inner
    return /^[A-Za-z]{2,20}-[A-Za-z]/.test(body) ? pipelineOf(body, depth + 1) : [stage]
  })
}

function gettersOf(stages: readonly string[]): Getter[] {
  return stages.flatMap((stage, at) => {
    const m = GETTER.exec(stage)
    const cmdlet = m?.[1] ?? ''
    if (m === null || (at > 0 && !/^get-/i.test(cmdlet))) return []
    return [{ cmdlet, args: readArguments(words(m[2] ?? '')), at }]
  })
}

/** `(Get-X "y").Property` names a part; `(Get-X)[0]` and `(Get-X).Where({…})` pick objects. */
function memberOf(first: string): { readonly property: string | null; readonly picks: boolean } {
  if (!first.startsWith('(')) return { property: null, picks: false }
  const rest = first.slice(insideBrackets(first, 0).end).trimStart()
  const member = /^\.\s*(\w+)\s*(\(?)/.exec(rest)
  return {
    property: member?.[2] === '' ? (member[1] ?? null) : null,
    picks: rest.startsWith('[') || member?.[2] === '(',
  }
}

function asked(stages: readonly string[]): boolean {
  return stages.some((s) => {
    const list = (LAYOUT.exec(s)?.[1] ?? '')
      .replace(/(?:^|\s)-(?:property|prop|autosize|auto|wrap|force|a|w)\b/gi, '')
      .trim()
    return list !== '' && list !== '*'
  })
}

/** All that `EX01\*` asks for is on one server; a lone `*` asks for everything. */
const ownServer = (names: readonly string[]): string | null =>
  names.length === 1 ? (/^([^\\*?$]{1,255})\\\*$/.exec(names[0] ?? '')?.[1] ?? null) : null

type Scope = { readonly listing: 'all' | 'named'; readonly server: string | null; readonly named: readonly string[] }

/** What a cmdlet was asked for by its own arguments and by the objects that were piped into it. */
function scopeOf(main: Getter, input: Getter | undefined, isEach: boolean): Scope {
  const isRows = /^get-adpermission$/i.test(main.cmdlet)
  const source = isRows && input !== undefined ? input : main
  const names = source.args.named.filter((n) => n !== '*')
  const server = source.args.server ?? ownServer(names)
  const open = server !== null && VARIABLE.test(server)
  const narrowed = [main, ...(input === undefined ? [] : [input])].some((g) => g.args.filtered)
  const own = { named: names.filter((n) => !/[*?$]/.test(n)), server: open ? null : server }
  if (input === undefined || isRows) {
    return { ...own, listing: names.length > 0 || narrowed || (open && !isEach) ? 'named' : 'all' }
  }
  // Objects piped into another cmdlet: servers are asked one by one, anything else picks.
  const [only, ...others] = input.args.named.filter((n) => n !== '*')
  const oneServer = only !== undefined && others.length === 0 && !/[*?$]/.test(only) ? only : null
  const isWhole = LISTS_SERVERS.test(input.cmdlet) && (only === undefined || oneServer !== null)
  return {
    named: own.named,
    server: own.server ?? (LISTS_SERVERS.test(input.cmdlet) ? oneServer : null),
    listing: isWhole && names.length === 0 && !narrowed ? 'all' : 'named',
  }
}

function readPipeline(text: string, pipeline: string, isEach: boolean): Command | undefined {
  const redirected = withoutRedirection(pipeline)
  const stages = pipelineOf(redirected)
  const getters = gettersOf(stages)
  const start = getters[0]
  if (start === undefined || start.at !== 0) return undefined
  const main = getters[getters.length - 1] ?? start
  const input = main === start ? undefined : start
  const member = memberOf(splitOutside(redirected, '|')[0] ?? '')
  const after = stages.slice(main.at + 1)
  const expanded = after.map((s) => EXPAND.exec(s)?.[1] ?? null).find((p) => p !== null) ?? null
  const scope = scopeOf(main, input, isEach)
  const rows = stages[main.at] ?? ''
  const isRows = /^get-adpermission$/i.test(main.cmdlet)
  const filtered = member.picks || stages.some((s) => FILTERS.test(s)) || (isRows && hidesRows(rows, []))
  return {
    text,
    cmdlet: main.cmdlet,
    collection: collectionOfCmdlet(main.cmdlet),
    server: scope.server,
    host: null,
    listing: filtered ? 'named' : scope.listing,
    named: scope.named,
    projection: asked(after),
    filtersRows: isRows && hidesRows(rows, after),
    part: member.property !== null || expanded !== null,
    property: member.property ?? expanded,
    silent: redirected !== pipeline || HIDES_ERRORS.test(pipeline) || !after.every((s) => SHOWS.test(s)),
  }
}

const ASSIGNMENT = /^(?:\[[\w.[\]]{1,80}\]\s{0,4})?\$(?:\w{1,20}:)?\w{1,80}\s{0,4}\+?=\s{0,4}/
const FOREACH = /^foreach\s{0,8}\(\s{0,8}\$\w{1,80}\s{1,8}in\s/i
const COMPUTER = /\s-(?:computername|cn)[\s:]{1,4}["']?([\w.-]{1,255})/i

function readStatement(text: string, statement: string, depth: number): Command | undefined {
  if (depth > 3) return undefined
  const each = FOREACH.exec(statement)
  if (each !== null) {
    const list = insideBrackets(statement, statement.indexOf('('))
    const over = readStatement(text, list.inner.replace(/^\$\w{1,80}\s{1,8}in\s+/i, ''), depth + 1)
    const brace = statement.indexOf('{', list.end)
    const body = brace < 0 ? undefined : firstOf(text, insideBrackets(statement, brace).inner, depth + 1, true)
    const isWhole = over?.listing === 'all' && over.collection === 'servers'
    return body && { ...body, listing: isWhole ? body.listing : 'named' }
  }
  if (/^(?:invoke-command|icm)\b/i.test(statement)) {
    const brace = statement.indexOf('{')
    const block = brace < 0 ? undefined : insideBrackets(statement, brace)
    const inner = block && firstOf(text, block.inner + statement.slice(block.end), depth + 1, false)
    return inner && { ...inner, host: COMPUTER.exec(statement)?.[1] ?? null }
  }
  const body = statement.replace(ASSIGNMENT, '')
  const command = readPipeline(text, body, depth > 0)
  return command && body !== statement ? { ...command, silent: true } : command
}

function firstOf(text: string, statements: string, depth: number, isEach: boolean): Command | undefined {
  for (const s of splitOutside(statements, ';')) {
    const found = readStatement(text, s, isEach ? Math.max(depth, 1) : depth)
    if (found !== undefined) return found
  }
  return undefined
}

/** The Exchange cmdlets of a typed line, one for each statement of it. */
export function parseCommands(text: string): readonly Command[] {
  const plain = plainCommand(text).replace(/\s#\s.*$/, '')
  const statements = splitOutside(plain, ';').filter((s) => s !== '')
  return statements.flatMap((s) => readStatement(statements.length > 1 ? s : text, s, 0) ?? [])
}

/** What a typed line asks for, judged by its first Exchange cmdlet. undefined where it holds no cmdlet. */
export const parseCommand = (text: string): Command | undefined => parseCommands(text)[0]
