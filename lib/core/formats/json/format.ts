import { cmdletOf, type Diagnose, type RawBlock } from '../../model'
import { lineCounter, type Section, sectionFinder } from '../../text'
import { defineFormat } from '../define-format'
import { blocksOf } from './blocks'
import { type Contents, documentReader, newContents, sizeOf } from './documents'

/** A bracket that begins a line and could begin a document. `[PS] C:\>` and the braces of printed lists do not. */
const START = /^[ \t]{0,80}(?:\{(?=\s{0,400}["}])|\[(?=\s{0,400}(?:[{["\]]|null\b|\/[/*])))/gm
const BLANK_LF = 10

/** Where the next document could begin; right behind another one it needs no line of its own. -1: nowhere. */
function nextStart(text: string, from: number, isBehindDocument: boolean): number {
  let at = from
  if (isBehindDocument) {
    for (; at < text.length; at++) {
      const c = text.charCodeAt(at)
      if (c === 123 || c === 91) break
      if (c !== BLANK_LF && c !== 32 && c !== 9 && c !== 44) break
    }
    START.lastIndex = at
    const c = text.charCodeAt(at)
    if (c === 123 || (c === 91 && /^\[\s{0,400}(?:[{["\]]|null\b)/.test(text.slice(at, at + 410)))) return at
  }
  START.lastIndex = at
  const m = START.exec(text)
  return m === null ? -1 : m.index + m[0].length - 1
}

type Run = { readonly section: Section | null; readonly contents: Contents; end: number }

function reportFailed({ contents }: Run, diagnose: Diagnose): void {
  for (const e of contents.empty) {
    const cmdlet = cmdletOf[e.collection]
    if (contents.failed.has(cmdlet.toLowerCase()))
      diagnose({ code: 'command-failed', level: 'warning', line: e.lines[0], params: { command: cmdlet } })
  }
}

/** So many brackets that lead to nothing are no place to look for exports. */
const MAX_FRUITLESS = 2000

function runsOf(text: string, diagnose: Diagnose): Run[] {
  const reader = documentReader(text, diagnose)
  const lineOf = lineCounter(text)
  const sectionOf = sectionFinder(text)
  const runs: Run[] = []
  let run: Run | undefined
  let fruitless = 0
  for (let at = nextStart(text, 0, false); at >= 0 && fruitless < MAX_FRUITLESS; ) {
    const isNext = run !== undefined && at - run.end < 10_000 && /^[\s,]*$/.test(text.slice(run.end, at))
    const section: Section | null = isNext ? (run?.section ?? null) : sectionOf(at)
    if (run === undefined || (!isNext && run.section !== section)) {
      run = { section, contents: newContents(), end: at }
      runs.push(run)
    }
    const { contents } = run
    const before = sizeOf(contents)
    const ending = reader.read(at, lineOf(at), section?.command ?? null, contents)
    run.end = ending.at
    const hasMore = sizeOf(contents) > before
    if (contents.layoutLine > 0) {
      diagnose({ code: 'format-objects', level: 'error', line: contents.layoutLine })
      return []
    }
    if (ending.state === 'refused') {
      diagnose({ code: 'json-refused', level: 'error', line: ending.line, params: { reason: 'too-deep' } })
      return runs
    }
    if (ending.state !== 'done') {
      contents.isBroken = true
      if (hasMore) diagnose({ code: 'source-cut', level: 'warning', line: ending.line })
      else fruitless++
    }
    if (ending.state === 'cut') break
    at = nextStart(text, ending.at, ending.state === 'done')
  }
  return runs
}

function parse(text: string, diagnose: Diagnose): RawBlock[] {
  const runs = runsOf(text, diagnose)
  for (const run of runs) reportFailed(run, diagnose)
  return runs.flatMap((r) => blocksOf(r.contents, r.section))
}

const LONG_HEAD = 200_000
const EMPTY = /^\s{0,1000}\[\s{0,1000}(?:null\s{0,1000})?\]\s{0,1000}$/

/** What ConvertTo-Json, Exchange Online's web service and tools that collect its settings write; one or several in a text. */
export const format = defineFormat({
  id: 'json',
  extent: 'passage',
  detect(head) {
    let isLayout = false
    const blocks = parse(head, (d) => {
      isLayout ||= d.code === 'format-objects'
    })
    if (isLayout || blocks.some((b) => b.collection !== null)) return 0.9
    if (EMPTY.test(head)) return 0.6
    // A document that goes on for long may hold connectors far behind.
    return head.length >= LONG_HEAD && /^\s{0,200}[[{]\s{0,2000}["{[]/.test(head) ? 0.5 : 0
  },
  parse: (source, diagnose) => parse(source.text, diagnose),
})
