import { cmdletOf, type Diagnose, type RawBlock } from '../../model'
import { lineCounter, type Section, sectionFinder } from '../../text'
import { defineFormat } from '../define-format'
import { blocksOf } from './blocks'
import { documentReader, type JsonDocument } from './documents'

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

type Run = { readonly section: Section | null; readonly documents: JsonDocument[] }

const hasContent = (d: JsonDocument): boolean => d.found.length > 0 || d.empty.length > 0 || d.isEmpty

function reportEnding(d: JsonDocument, diagnose: Diagnose): void {
  const { state, line } = d.ending
  if (state === 'refused') diagnose({ code: 'json-refused', level: 'error', line, params: { reason: 'too-deep' } })
  else if (state !== 'done' && d.found.length + d.empty.length > 0)
    diagnose({ code: 'source-cut', level: 'warning', line })
  for (const e of d.empty) {
    const cmdlet = cmdletOf[e.collection]
    if (d.failed.has(cmdlet.toLowerCase()))
      diagnose({ code: 'command-failed', level: 'warning', line: e.lines[0], params: { command: cmdlet } })
  }
}

function parse(text: string, diagnose: Diagnose): RawBlock[] {
  const reader = documentReader(text, diagnose)
  const lineOf = lineCounter(text)
  const sectionOf = sectionFinder(text)
  const runs: Run[] = []
  let run: Run | undefined
  for (let at = nextStart(text, 0, false), end = -1; at >= 0; ) {
    const isNext = run !== undefined && end >= 0 && /^[\s,]*$/.test(text.slice(end, Math.min(at, end + 10_000)))
    const section = isNext ? (run?.section ?? null) : sectionOf(at)
    const document = reader.read(at, lineOf(at), section?.command ?? null)
    const { state } = document.ending
    reportEnding(document, diagnose)
    if (document.layoutLine > 0) {
      diagnose({ code: 'format-objects', level: 'error', line: document.layoutLine })
      return []
    }
    if (hasContent(document)) {
      if (run === undefined || (!isNext && run.section !== section)) {
        run = { section, documents: [] }
        runs.push(run)
      }
      run.documents.push(document)
    }
    if (state === 'refused' || state === 'cut') break
    end = state === 'done' ? document.ending.at : -1
    at = nextStart(text, document.ending.at, state === 'done')
  }
  return runs.flatMap((r) => blocksOf(r.documents, r.section))
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
