import { type CollectionName, cmdletOf } from '../model'

/** A prompt and what was typed after it. `host` is the computer that the prompt names (Enter-PSSession). */
export type Prompt = { readonly host: string | null; readonly managementShell: boolean; readonly command: string }

// [PS] C:\>…   PS C:\Users\x>…   [ex01.contoso.com]: PS C:\>…   PS>…   C:\>…   (see about_Prompts and the Exchange Management Shell)
const PROMPT =
  /^\s{0,8}(?:\[([^\]\s]{1,255})\]:\s{0,4})?(?:(\[PS\])\s{0,4}|(PS)\b\s{0,4})?([A-Za-z]:\\[^<>|"]{0,260}|[/~][^<>|"]{0,260})?>\s?(.*)$/
const VERB_FIRST = /^[\s($]{0,8}[A-Za-z]{2,20}-[A-Za-z]/

export function parsePrompt(line: string): Prompt | undefined {
  const m = PROMPT.exec(line.length > 8192 ? line.slice(0, 8192) : line)
  if (!m) return undefined
  const [, host, ems, ps, path, rest = ''] = m
  if (ems === undefined && ps === undefined && (path === undefined || !VERB_FIRST.test(rest))) return undefined
  if (ems === undefined && path === undefined && rest !== '' && !VERB_FIRST.test(rest)) return undefined
  return { host: host && host !== 'PS' ? host : null, managementShell: ems !== undefined, command: rest.trim() }
}

export type Command = {
  readonly text: string
  readonly cmdlet: string
  readonly collection: CollectionName | null
  /** Value of -Server. */
  readonly server: string | null
  readonly listing: 'all' | 'named'
  /** Objects named by position or -Identity, without wildcards. */
  readonly named: readonly string[]
  /** Lists only some properties (`| fl Name,Bindings`, `| select …`). */
  readonly projection: boolean
  /** Takes rows out of an access list, so that a row that is not there may exist nevertheless. */
  readonly filtersRows: boolean
  /** Shows a part of an object: `(Get-X "y").Property`. */
  readonly part: boolean
}

const byCmdlet = new Map<string, CollectionName>(
  (Object.entries(cmdletOf) as [CollectionName, string][]).map(([collection, cmdlet]) => [
    cmdlet.toLowerCase(),
    collection,
  ]),
)
byCmdlet.set('get-transportserver', 'transportServices') // Exchange 2010 and 2013

const collectionOfCmdlet = (cmdlet: string): CollectionName | null => byCmdlet.get(cmdlet.toLowerCase()) ?? null

const FILTERS = /^(?:where(?:-object)?|\?|select-string|select(?:-object)?\s.{0,80}-(?:first|last|skip|unique)\b)/i
const LAYOUT = /^(?:fl|format-list|ft|format-table|select|select-object|fw|format-wide)\b\s*(.*)$/i

/** Filters that leave every right of every account: what is allowed, what is not inherited, what names a right at all. */
const HARMLESS =
  /^(?:and|\(|\)|(?:-not|!)\$_\.(?:deny|isinherited|inherited)|\$_\.(?:deny|isinherited|inherited)(?:-(?:eq|like)['"$]?false|-ne['"$]?true)['"]?|\$_\.extendedrights(?:-ne\$null)?)*$/

function hidesRows(getter: string, after: readonly string[]): boolean {
  if (/\s[-\u2013](?:user|owner)\b/i.test(getter)) return true
  return after.some((s) => {
    if (!FILTERS.test(s)) return false
    const test = /^(?:where(?:-object)?|\?)\s*\{(.*)\}\s*$/i.exec(s)?.[1]
    return test === undefined || !HARMLESS.test(test.replace(/\s+/g, '').replace(/-and/gi, 'and').toLowerCase())
  })
}

/** Splits at `|` outside quotes and brackets. */
function stages(text: string): string[] {
  const out: string[] = []
  let depth = 0
  let quote = ''
  let from = 0
  for (let i = 0; i < text.length; i++) {
    const c = text[i] ?? ''
    if (quote !== '') {
      if (c === quote) quote = ''
    } else if (c === '"' || c === "'") quote = c
    else if (c === '(' || c === '{') depth++
    else if (c === ')' || c === '}') depth--
    else if (c === '|' && depth <= 0) {
      out.push(text.slice(from, i).trim())
      from = i + 1
    }
  }
  out.push(text.slice(from).trim())
  return out
}

function words(text: string): string[] {
  return [...text.matchAll(/"([^"]*)"|'([^']*)'|([^\s"']+)/g)].map((m) => m[1] ?? m[2] ?? m[3] ?? '')
}

type Arguments = { server: string | null; named: string[]; filtered: boolean }

const IDENTITY = /^-(?:id|identity|thumbprint|domainname)$/i
const FILTER = /^-(?:filter|resultsize)$/i
const SWITCH = /^-(?:includetestmodeconnectors|istransportrulescoped|verbose|debug)$/i

function readArguments(list: readonly string[]): Arguments {
  const out: Arguments = { server: null, named: [], filtered: false }
  for (let i = 0; i < list.length; i++) {
    const word = list[i] ?? ''
    if (!/^[-\u2013]/.test(word) || word.length === 1) {
      out.named.push(word)
      continue
    }
    const [name = '', inline] = word.replace(/^\u2013/, '-').split(/:(.*)/s)
    if (SWITCH.test(name) && inline === undefined && !/^\$/.test(list[i + 1] ?? '')) continue
    const value = inline !== undefined && inline !== '' ? inline : (list[++i] ?? '')
    if (/^-server$/i.test(name)) out.server = value === '' ? null : value
    else if (IDENTITY.test(name)) out.named.push(value)
    else if (FILTER.test(name)) out.filtered ||= !/^unlimited$/i.test(value)
  }
  return out
}

/** What a typed pipeline asks for, judged by its first Exchange cmdlet. undefined where it holds no cmdlet. */
export function parseCommand(text: string): Command | undefined {
  const clean = text
    .replace(/[\u201c\u201d\u201e]/g, '"')
    .replace(/[\u2018\u2019]/g, "'")
    .replace(/`\s*\n/g, ' ')
    .replace(/\n/g, ' ')
  const pipeline = stages(clean)
  const first = pipeline[0] ?? ''
  const part = /^\(.*\)\s*\.\s*\w+/.test(first) || pipeline.some((s) => /^select(?:-object)?\s.*-expand/i.test(s))
  const body = /^\((.*)\)(?:\s*\.\s*\w+)?\s*$/.exec(first)?.[1] ?? first.replace(/^\$\w+\s*=\s*/, '')
  const head = stages(body)
  const start = /^[&.\s]*([A-Za-z]{2,20}-[A-Za-z]{2,60})\b(.*)$/.exec(head[0] ?? '')
  if (!start) return undefined
  const all = [...head.slice(1), ...pipeline.slice(1)]
  const toRows = all.find((s) => /^(?:%\s*\{\s*|foreach(?:-object)?\s*\{\s*)?get-adpermission\b/i.test(s))
  const args = readArguments(words(start[2] ?? ''))
  const rowArgs = toRows === undefined ? null : readArguments(words(toRows.replace(/^.*?get-adpermission/i, '')))
  const cmdlet = toRows === undefined ? (start[1] ?? '') : 'Get-ADPermission'
  const filtered = args.filtered || all.some((s) => FILTERS.test(s)) || (rowArgs?.filtered ?? false)
  const filtersRows =
    toRows !== undefined ? hidesRows(toRows, all.slice(all.indexOf(toRows) + 1)) : hidesRows(first, all)
  const asked = all.map((s) => LAYOUT.exec(s)?.[1]?.trim() ?? '').filter((s) => s !== '' && s !== '*')
  return {
    text,
    cmdlet,
    collection: collectionOfCmdlet(cmdlet),
    server: args.server,
    listing: args.named.length > 0 || filtered || hidesRows(toRows ?? '', []) ? 'named' : 'all',
    named: args.named.filter((n) => !/[*?$]/.test(n)),
    projection: asked.length > 0,
    filtersRows: /^get-adpermission$/i.test(cmdlet) && filtersRows,
    part,
  }
}
