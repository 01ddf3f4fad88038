/** A prompt and what was typed after it. `host` is the computer that the prompt names (Enter-PSSession). */
export type Prompt = { readonly host: string | null; readonly managementShell: boolean; readonly command: string }

// [PS] C:\>…  PS C:\Users\x>…  [ex01.contoso.com]: PS C:\>…  PS>…  C:\>…  PS Cert:\>…  [DBG]: PS C:\>>…
// (about_Prompts, and the profile of the Exchange Management Shell)
const PROMPT =
  /^\s{0,8}(?:\[([^\]\s]{1,255})\]:\s{0,4})?(?:(\[PS\])\s{0,4}|(PS)\b\s{0,4})?([A-Za-z]\w{0,40}:{1,2}\\?[^<>|"]{0,260}|[/~\\][^<>|"]{0,260})?>{1,2}\s?(.*)$/
const DRIVE = /^[A-Za-z]:\\/
const VERB_FIRST = /^[\s($]{0,8}[A-Za-z]{2,20}-[A-Za-z]/
/** Longest prompt and command that is looked at. */
export const LOOK = 8192

export function parsePrompt(line: string): Prompt | undefined {
  const m = PROMPT.exec(line.length > LOOK ? line.slice(0, LOOK) : line)
  if (!m) return undefined
  const [, host, ems, ps, path, rest = ''] = m
  if (ems === undefined && ps === undefined) {
    if (path === undefined || !(DRIVE.test(path) || /^[/~]/.test(path)) || !VERB_FIRST.test(rest)) return undefined
  }
  if (ems === undefined && path === undefined && rest !== '' && !VERB_FIRST.test(rest)) return undefined
  const computer = host !== undefined && host !== 'PS' && host !== 'DBG' ? host : null
  return { host: computer, managementShell: ems !== undefined, command: rest.trim() }
}

/** A typed command while its lines are read; a console wraps a long one without any mark. */
export type TypedCommand = {
  readonly prompt: Prompt
  /** Typed behind a prompt; otherwise a person wrote it above what follows, or it is just mentioned. */
  readonly isPrompted: boolean
  readonly line: number
  text: string
  lines: number
  /** Length of its first line: a console breaks all lines of a command there. */
  readonly width: number
  lastLength: number
}

const KNOWN =
  'Get-(?:ReceiveConnector|SendConnector|ExchangeCertificate|InboundConnector|OutboundConnector|AcceptedDomain|RemoteDomain|ExchangeServer|HybridConfiguration|ADPermission|TransportConfig|TransportService|TransportServer|TransportRule|EdgeSubscription|OrganizationConfig|BlockedConnector|HostedOutboundSpamFilterPolicy|OnPremisesOrganization|AuthConfig)\\b'
/** A bare command without a prompt in front of it, as people paste it. */
const BARE_COMMAND = new RegExp(
  `^\\s{0,8}(?:${KNOWN}(?!\\s{0,4}:)|\\(\\s{0,4}${KNOWN}|\\$\\w{1,40}\\s{0,4}=\\s{0,4}${KNOWN}|foreach\\s{0,4}\\(|Invoke-Command\\s)`,
  'i',
)
const KNOWN_ANYWHERE = new RegExp(KNOWN, 'i')
const MAX_COMMAND_LINES = 20
/** A console narrower than this does not exist (Windows Terminal starts at 80 or 120). */
const NARROWEST_CONSOLE = 70

const isBare = (line: string): boolean => BARE_COMMAND.test(line) && KNOWN_ANYWHERE.test(line)

export function typedCommand(line: string, number: number): TypedCommand | undefined {
  const behind = parsePrompt(line)
  const prompt = behind ?? (isBare(line) ? { host: null, managementShell: false, command: line.trim() } : undefined)
  const width = line.trimEnd().length
  const isPrompted = behind !== undefined
  return prompt && { prompt, isPrompted, text: prompt.command, line: number, lines: 1, width, lastLength: width }
}

function unbalanced(text: string): boolean {
  let depth = 0
  let quote = ''
  for (const c of text) {
    if (quote !== '') {
      if (c === quote) quote = ''
    } else if (c === '"' || c === "'") quote = c
    else if (c === '(' || c === '{') depth++
    else if (c === ')' || c === '}') depth--
  }
  return quote !== '' || depth > 0
}

/** Output of ConvertTo-Json and ConvertTo-Csv: no line of a command begins so. */
const DATA = /^\s{0,8}(?:[{[]\s{0,8}(?:["{[\]]|$)|#TYPE\s|"[^"]{0,200}"[,;\t]")/

/** Takes the next line into the command where it goes on there. */
export function continueCommand(c: TypedCommand, line: string): boolean {
  if (c.text === '' || c.lines >= MAX_COMMAND_LINES || /^\s{0,8}-{2}/.test(line)) return false
  const length = line.trimEnd().length
  const isOpen = /[|`,{(;]\s{0,8}$/.test(c.text) || line.startsWith('>>') || unbalanced(c.text)
  const isFull =
    c.lastLength >= NARROWEST_CONSOLE && c.lastLength >= c.width - 1 && length <= c.width && !DATA.test(line)
  if (!isOpen && !isFull) return false
  const text = line.replace(/^>>\s?/, '')
  if (/`\s{0,8}$/.test(c.text)) c.text += `\n${text}`
  else c.text += text !== line || /[|,;{(]$/.test(c.text) ? ` ${text}` : text
  c.lines++
  c.lastLength = length
  return true
}
