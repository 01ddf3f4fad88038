import { decodeSource } from '../decode-source'
import { formats } from '../formats'
import type { Limits } from '../limits'
import type { Config, Place } from '../model'
import { collections } from '../model'
import { readAll } from '../read-all'
import { readingOf } from '../reading'
import { reportSchema } from '../report/schema'
import type { Answers } from '../rules/define-rule'
import { openSources } from '../sources'

const sourceSchema = reportSchema.shape.sources.element
/** Smaller than what holds otherwise, so that no input of a fuzzer may unpack to something that takes long by itself. */
const limits: Limits = { fileBytes: 4_000_000, auditBytes: 8_000_000, archiveMembers: 200, archiveRatio: 100 }

/** What is wrong with the reading of one upload: nothing, for any bytes whatsoever. */
export function checkInput(name: string, bytes: Uint8Array, answers: Answers = {}): string[] {
  const problems: string[] = []
  const reading = readingOf(answers)
  const { config, sources } = readAll([{ name, bytes }], limits, reading, () => undefined)
  const lines = new Map<string, number>()
  for (const opened of openSources([{ name, bytes }], limits)) {
    const loaded = opened.isArchive ? undefined : opened.load?.()
    const text = loaded === undefined || 'refusal' in loaded ? '' : decodeSource(opened.name, loaded, reading).text
    lines.set(opened.id, countLines(text))
  }
  for (const s of sources) {
    if (s.status === 'failed' || s.notices.some((n) => n.code === 'source-failed'))
      problems.push(`${s.name}: failed: ${whyFailed(name, bytes, s.id, answers)}`)
    const parsed = sourceSchema.safeParse(s)
    if (!parsed.success) problems.push(`${s.name}: not by the schema: ${parsed.error.message.slice(0, 400)}`)
    for (const b of s.blocks) checkLines(problems, lines, { source: s.id, lines: b.lines }, `block of ${b.format}`)
    for (const n of s.notices)
      if (n.line !== undefined)
        checkLines(problems, lines, { source: s.id, lines: [n.line, n.line] }, `notice ${n.code}`)
  }
  for (const [what, place] of placesOf(config)) checkLines(problems, lines, place, what)
  return problems
}

function countLines(text: string): number {
  let count = 1
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count++
  return count
}

function checkLines(problems: string[], lines: ReadonlyMap<string, number>, place: Place, what: string): void {
  const [from, to] = place.lines
  const count = lines.get(place.source) ?? 0
  if (problems.length < 5 && !(from >= 1 && from <= to && to <= count))
    problems.push(`${what}: lines ${from} to ${to} of ${count} in ${place.source}`)
}

function* placesOf(config: Config): Iterable<readonly [string, Place]> {
  for (const o of [...collections.flatMap((c) => [...config[c]]), ...config.intended]) {
    yield [o.id, o.place]
    for (const p of Object.values(o.properties)) if (p.state !== 'missing') yield [`${o.id} ${p.name}`, p.place]
  }
  for (const m of config.messages) {
    yield ['message', m.place]
    for (const h of m.headers) yield [h.name, h.place]
  }
  for (const e of config.exports) yield [`export of ${e.collection}`, e.place]
}

/** The error that reading keeps to itself. */
function whyFailed(name: string, bytes: Uint8Array, id: string, answers: Answers): string {
  const opened = openSources([{ name, bytes }], limits).find((s) => s.id === id)
  try {
    const loaded = opened?.load?.()
    if (opened === undefined || loaded === undefined || 'refusal' in loaded) return 'cannot be loaded again'
    const { text } = decodeSource(opened.name, loaded, readingOf(answers))
    for (const f of formats) {
      f.detect(text, opened.name)
      f.parse({ id, name: opened.name, text }, () => undefined)
    }
    return 'no format throws on its own'
  } catch (error) {
    return error instanceof Error ? `${error.stack}` : String(error)
  }
}
