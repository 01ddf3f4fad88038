import type { Diagnose, LogFacts, RawBlock } from '../../model'
import { defineFormat, type SourceText } from '../define-format'
import { isHeaderLine } from './header'
import { readLog } from './read'
import { RECORD_LINE } from './record'
import { directionOf, serviceOf, sideOf, type Tally } from './tally'

/** One look over the text: most texts have nothing of it. */
const SOME = /^[ \t]{0,8}(?:\d{1,4}[ \t])?(?:\d{4}-\d\d-\d\dT|#[ \t]{0,8}(?:Fields|Log-type)[ \t]?:)/im
const ENOUGH_LINES = 3
const HEADER_LINES = 40

/** Lines at the beginning of a text. */
function* linesOf(text: string, limit: number): Iterable<string> {
  for (let at = 0, n = 0; at < text.length && n < limit; n++) {
    const newline = text.indexOf('\n', at)
    const end = newline < 0 ? text.length : newline
    yield text.slice(at, Math.min(end, at + 1000))
    at = end + 1
  }
}

/** Logs begin with their header; pages quote it, or lines without it, in the middle of prose. */
function detect(head: string): number {
  const isLog = /^\s{0,200}#/.test(head) && [...linesOf(head, HEADER_LINES)].some(isHeaderLine)
  if (isLog) return 1
  let lines = 0
  for (const line of linesOf(head, Number.POSITIVE_INFINITY)) {
    if (isHeaderLine(line)) return 0.55
    if (RECORD_LINE.test(line) && ++lines >= ENOUGH_LINES) return 0.55
  }
  return 0
}

function factsOf(tally: Tally, direction: LogFacts['direction'], service: LogFacts['service']): LogFacts {
  return {
    direction,
    records: tally.records,
    sessions: tally.sessions.size + tally.begun,
    from: tally.from,
    to: tally.to,
    ...(service === undefined ? {} : { service }),
  }
}

function reportDamage({ repaired, unreadable }: Tally, diagnose: Diagnose): void {
  if (repaired.count > 0)
    diagnose({ code: 'log-line-repaired', level: 'info', line: repaired.line, params: { count: repaired.count } })
  if (unreadable.count > 0)
    diagnose({
      code: 'log-line-unreadable',
      level: 'warning',
      line: unreadable.line,
      params: { count: unreadable.count },
    })
}

function parse(source: SourceText, diagnose: Diagnose): RawBlock[] {
  if (!SOME.test(source.text)) return []
  const { tally, header } = readLog(source.text)
  if (tally.firstLine === 0) return []
  reportDamage(tally, diagnose)
  const service = serviceOf(tally, source.name)
  return [
    {
      format: 'smtp-log',
      cmdlet: null,
      collection: null,
      certainty: header.illustrative ? 'unsure' : tally.repaired.count > 0 ? 'likely' : 'certain',
      completeness: header.illustrative ? 'projection' : 'full',
      side: sideOf(service),
      server: tally.oneServer ? tally.server : null,
      command: null,
      log: factsOf(tally, directionOf(tally, header.direction, source.name), service),
      objects: [],
      lines: [tally.firstLine, tally.lastLine],
    },
  ]
}

/** SMTP protocol logs, receive and send: recognised and counted. Also lines of one in an article. */
export const format = defineFormat({ id: 'smtp-log', extent: 'either', detect, parse })
