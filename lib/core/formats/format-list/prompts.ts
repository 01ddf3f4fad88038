import { type Prompt, parsePrompt } from '../../text'

/** A typed command while its lines are read; a console wraps a long one without any mark. */
export type TypedCommand = { readonly prompt: Prompt; text: string; readonly line: number; lines: number }

/** A bare command without a prompt in front of it, as people paste it. */
const BARE_COMMAND =
  /^Get-(?:ReceiveConnector|SendConnector|ExchangeCertificate|InboundConnector|OutboundConnector|AcceptedDomain|RemoteDomain|ExchangeServer|HybridConfiguration|ADPermission|TransportConfig|TransportService|TransportServer|TransportRule|EdgeSubscription|OrganizationConfig)\b(?!\s{0,4}:)/i
const MAX_COMMAND_LINES = 20
/** A console narrower than this does not exist (Windows Terminal starts at 80 or 120). */
const NARROWEST_CONSOLE = 70

/** A prompt begins with a bracket, PS, a drive letter, or is a bare Get-: other lines need not be looked at. */
export const mayBePrompt = (first: number, second: number): boolean =>
  first === 91 || first === 80 || first === 71 || first === 103 || second === 58

export function typedCommand(line: string, number: number): TypedCommand | undefined {
  const prompt =
    parsePrompt(line) ??
    (BARE_COMMAND.test(line) ? { host: null, managementShell: false, command: line.trim() } : undefined)
  return prompt && { prompt, text: prompt.command, line: number, lines: 1 }
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

/** Takes the next line into the command where it goes on there. */
export function continueCommand(c: TypedCommand, line: string): boolean {
  if (c.text === '' || c.lines >= MAX_COMMAND_LINES) return false
  const open = /[|`,{(]\s{0,8}$/.test(c.text) || unbalanced(c.text) || line.startsWith('>>')
  if (!open && c.text.length < NARROWEST_CONSOLE * c.lines) return false
  if (/^\s{0,8}-{2}/.test(line)) return false
  if (/`\s{0,8}$/.test(c.text)) c.text += `\n${line}`
  else c.text += /[|,]$/.test(c.text) ? ` ${line}` : line.replace(/^>>\s?/, ' ')
  c.lines++
  return true
}
