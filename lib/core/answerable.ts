import { usualSide } from './mailflow/known-servers'
import { serverKey } from './mailflow/server-names'
import { type CollectionName, cmdletOf, type Side } from './model'
import type { ReportBlock } from './report/schema'
import { type Missing, type Question, questionNumbers, type Rule } from './rules/define-rule'
import { rules as allRules } from './rules/index'

/** One of the six questions, whether the files can answer it, and what is missing for that. */
export type Answerable = {
  readonly question: Question
  /** yes: every input of every check is there. partly: at least one check can be done. */
  readonly answer: 'yes' | 'partly' | 'no'
  /** What would be asked for, the most useful first. `servers` is empty where all of them, or the organisation, are meant. */
  readonly missing: readonly Missing[]
}

/** A table shows three columns of an object, a list of identities none: neither answers what rules ask. Nor does what a script would do. */
const isUsable = (b: ReportBlock) =>
  b.intended !== true && (b.completeness === 'full' || b.completeness === 'projection')

/** Everything of the objects it lists, and no named or filtered few of them. */
const isWhole = (b: ReportBlock) => b.completeness === 'full' && b.gaps !== true && b.listing !== 'named'

/** What every server answers for itself. An Edge also keeps its receive connectors to itself. */
const perServer: ReadonlySet<CollectionName> = new Set(['certificates', 'receiveConnectors'])

/** What the files that were read so far can answer, before anything is analysed. */
export function answerable(blocks: readonly ReportBlock[], rules: readonly Rule[] = allRules): Answerable[] {
  const usable = blocks.filter(isUsable)
  const there = new Set<CollectionName>(usable.flatMap((b) => b.collection ?? []))
  const servers = serversOf(blocks)
  const isThere = (c: CollectionName) => there.has(c)
  return questionNumbers.map((question) => {
    const asked = rules.filter((r) => r.question === question)
    const possible = asked.filter((r) => r.needs.every(isThere) && (!r.eitherOf || r.eitherOf.some(isThere)))
    const missing = wanted(asked, there).flatMap((c) => missingOf(c, usable, servers))
    const answer = possible.length === 0 ? 'no' : missing.length === 0 ? 'yes' : 'partly'
    return { question, answer, missing }
  })
}

type Servers = ReadonlyMap<string, { readonly name: string; readonly side: Side }>

/** Servers that the files are about, as far as the outputs name them. */
function serversOf(blocks: readonly ReportBlock[]): Servers {
  const found = new Map<string, { name: string; side: Side }>()
  for (const b of blocks) {
    if (b.server === null || b.collection === null || b.side === 'exchange-online' || !perServer.has(b.collection))
      continue
    const key = serverKey(b.server)
    if (found.get(key)?.side !== 'edge') found.set(key, { name: b.server, side: b.side })
  }
  return found
}

/** What is still to be exported of a kind: all of it, that of some servers, or once more and whole. */
function missingOf(c: CollectionName, usable: readonly ReportBlock[], servers: Servers): readonly Missing[] {
  const blocks = usable.filter((b) => b.collection === c)
  const ask = (side: Side, names: readonly string[]): Missing => ({ cmdlet: cmdletOf[c], side, servers: names })
  if (blocks.length === 0) return [ask(usualSide(c), [])]
  if (!perServer.has(c)) return blocks.some(isWhole) ? [] : [ask(blocks[0]?.side ?? usualSide(c), [])]
  const whole = blocks.filter(isWhole)
  const covers = (key: string, side: Side) =>
    whole.some((b) => (b.server === null ? answersForAll(b, side) : serverKey(b.server) === key))
  const open = [...servers].filter(([key, s]) => !covers(key, s.side)).map(([, s]) => s)
  if (open.length === 0) return whole.length > 0 ? [] : [ask(usualSide(c), [])]
  return [...new Set(open.map((s) => s.side))].map((side) =>
    ask(
      side,
      open
        .filter((s) => s.side === side)
        .map((s) => s.name)
        .sort(),
    ),
  )
}

/** Get-ReceiveConnector without a server lists those of all servers; an Edge answers for itself, and certificates are one server's. */
const answersForAll = (b: ReportBlock, side: Side): boolean =>
  b.collection === 'receiveConnectors' && b.side !== 'edge' && side !== 'edge'

/** Inputs of the checks: those that most rules cannot do without come first, what is not there at all before what is not whole. */
function wanted(rules: readonly Rule[], there: ReadonlySet<CollectionName>): readonly CollectionName[] {
  const weight = new Map<CollectionName, number>()
  const add = (c: CollectionName, n: number) => weight.set(c, (weight.get(c) ?? 0) + n)
  for (const rule of rules) {
    for (const c of rule.needs) add(c, 10)
    for (const c of rule.optional) add(c, 1)
  }
  return [...weight]
    .sort(([a, m], [b, n]) => Number(there.has(a)) - Number(there.has(b)) || n - m || (a < b ? -1 : 1))
    .map(([c]) => c)
}
