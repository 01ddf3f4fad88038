import type { Side } from '../../model'
import { parsePrompt } from '../../text'

/** What stands before a cmdlet on its line: whether it is a command there, and what the line tells of it. */
export type Before = {
  readonly isCommand: boolean
  /** A cmdlet begins here, so that its first argument needs no quotes. */
  readonly isStart: boolean
  readonly isPrompted: boolean
  readonly side: Side
  readonly host: string | null
  readonly takenAt?: string
  /** The stage of the pipeline above, which may name the object. */
  readonly pipedFrom: string
}

// A line of the HCW's log (learn.microsoft.com, article 4051381 shows some):
//   2026.11.20 08:00:02.071   10276 [Client=UX, Activity=…, Session=OnPremises, Cmdlet=Set-ReceiveConnector, Thread=9] START Set-…
const SESSION = /\b(?:Session\s?=\s?)?(OnPremises|Tenant)\b/i
const TIME = /^\W{0,3}(\d{4})[.\-/](\d\d)[.\-/](\d\d)[ T]{1,3}(\d\d:\d\d:\d\d)/
const COMMENT = /(?:^|\s)#(?!\d)/
/** Ends of a line after which a command begins. */
const START = /(?:^|[;{(&|=]|\bSTART|\]|\bCommand\s?[=:]|[>:`*\u2022-]|^\s{0,8}\d{1,3}[.)])\s{0,8}["']?\s{0,4}$/i
const MAX_PREFIX = 1200
/** A pipeline that people type in front of a cmdlet is shorter. */
const MAX_PIPED = 400

/** Names of a log's own fields: `Cmdlet=Set-ReceiveConnector, Thread=9`. */
const FIELD = /\b(?:Cmdlet|fn|Activity)\s?=\s?$/i

export function before(line: string): Before {
  const prefix = line.slice(-MAX_PREFIX)
  const prompt = parsePrompt(line.length > MAX_PREFIX ? '' : `${line}Set-X`)
  const session = SESSION.exec(prefix)?.[1]?.toLowerCase()
  const time = TIME.exec(line.slice(0, 40))
  const pipe = prefix.lastIndexOf('|')
  const isStart = START.test(prefix)
  return {
    isCommand: !FIELD.test(prefix) && !COMMENT.test(prompt === undefined ? prefix : prompt.command),
    isStart,
    isPrompted: prompt !== undefined,
    side: session === 'onpremises' ? 'on-premises' : session === 'tenant' ? 'exchange-online' : 'unknown',
    host: prompt?.host ?? null,
    ...(time ? { takenAt: `${time[1]}-${time[2]}-${time[3]}T${time[4]}` } : {}),
    pipedFrom: pipe >= 0 && line.length <= MAX_PIPED && /\|\s{0,8}$/.test(prefix) ? prefix.slice(0, pipe) : '',
  }
}
