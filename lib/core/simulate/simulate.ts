import { exchangeOnlineCidrs } from '../defaults/exchange-online-ranges'
import { exposureOf, rangeText } from '../exposure/exposure'
import type { ExposureClass } from '../exposure/types'
import { sameServer } from '../mailflow/server-names'
import { formatIp, type IpFamily, type IpRange, intersects, parseIp } from '../model'
import type { Missing } from '../rules/define-rule'
import { type Choices, choicesOf, tenantDomain } from './choices'
import { type Example, examplesOf } from './examples'
import { askedForm, type FormProblem, isEmptyForm, type SimForm } from './form'
import { type TraceJson, traceJson } from './schema'
import { trace } from './trace'
import type { Disposition, TraceQuestion, World } from './types'

/** An answer in one word. */
export type AnswerWord = 'yes' | 'no' | 'depends' | 'cannot-tell'

const verdicts: Readonly<Record<Disposition, AnswerWord>> = {
  ...{ accepted: 'yes', relayed: 'yes', rejected: 'no', queued: 'no', loop: 'no', 'no-route': 'no' },
  ...{ ambiguous: 'depends', 'insufficient-info': 'cannot-tell' },
}
type Way = Pick<TraceJson, 'disposition' | 'hops'> & {
  readonly branches?: readonly Pick<TraceJson, 'disposition' | 'hops'>[] | undefined
}

/**
 * Taken whatever the domain is: only whether it is an own domain stays open, so that nobody can say if it is relay. It gets through
 * all the same.
 */
export const isTakenAnyway = ({ disposition, hops, branches = [] }: Way): boolean =>
  disposition === 'insufficient-info' &&
  hops[0]?.steps.at(-1)?.decision === 'any-domain-not-known' &&
  branches.every((branch) => isTakenAnyway(branch))

/** Does the message get through? */
export const answerOf = (way: Way): AnswerWord => (isTakenAnyway(way) ? 'yes' : verdicts[way.disposition])

/** A part of an asked range that gets another answer, with an address of it. */
export type SpanPart = { readonly range: string; readonly address: string; readonly connector: string | null }
/** Does the answer for the first address hold for the whole range? `range` null: for all addresses of Exchange Online. */
export type Span = {
  readonly range: string | null
  readonly isWhole: boolean
  readonly differs: readonly SpanPart[]
  readonly more: number
}

/** The same question at another server. */
export type Elsewhere = Pick<TraceJson, 'disposition' | 'confidence'> & {
  readonly server: string
  readonly isTakenAnyway: boolean
}

export type Simulation = {
  readonly choices: Choices
  readonly examples: readonly Example[]
  readonly problems: readonly FormProblem[]
  readonly trace: TraceJson | null
  readonly span: Span | null
  /** Where no server was named: the others that listen on the port. The trace is that of the server that lets most through. */
  readonly elsewhere: readonly Elsewhere[]
  readonly moreServers: number
}

const maxParts = 8
const maxServers = 60

type Touched = { readonly lo: bigint; readonly hi: bigint; readonly family: IpFamily; readonly of: ExposureClass }

type Said = TraceJson['question']

/** Classes of the listener that the ranges touch, cut to them, in order. */
function touched(world: World, ranges: readonly IpRange[], { to = '', port, localIp }: Said): readonly Touched[] {
  const here = exposureOf(world.config).listeners.filter((l) => sameServer(l.server, to) && l.port === port)
  const local = localIp === undefined ? undefined : parseIp(localIp)?.value
  return ranges
    .flatMap((range) => {
      const mine = here.filter((l) => l.family === range.family)
      const bound = local === undefined ? undefined : mine.find((l) => l.localAddress === local)
      const listener = bound ?? mine.find((l) => l.localAddress === null) ?? mine[0]
      return (listener?.classes ?? []).flatMap((of) =>
        of.ranges
          .filter((r) => intersects(r, range))
          .map((r) => ({
            ...{ family: range.family, of },
            lo: r.lo > range.lo ? r.lo : range.lo,
            hi: r.hi < range.hi ? r.hi : range.hi,
          })),
      )
    })
    .sort((a, b) => a.family - b.family || (a.lo < b.lo ? -1 : a.lo > b.lo ? 1 : 0))
}

const partOf = (p: Touched): SpanPart => ({
  range: rangeText(p),
  address: formatIp(p.family, p.lo),
  connector: p.of.connector?.id ?? null,
})

function spanOf(world: World, range: IpRange, said: Said): Span {
  const parts = touched(world, [range], said)
  const others = parts.filter((p) => p.of !== parts[0]?.of)
  return {
    range: range.text,
    isWhole: others.length === 0,
    differs: others.slice(0, maxParts).map(partOf),
    more: Math.max(0, others.length - maxParts),
  }
}

/** Exchange Online was asked by one of its addresses: one other for each connector that answers some of the rest. */
function cloudSpan(world: World, said: Said): Span {
  const parts = touched(world, exchangeOnlineCidrs, said)
  const asked = parseIp(said.from ?? '')
  const isAsked = ({ family, lo, hi }: Touched) =>
    asked !== undefined && family === asked.family && lo <= asked.value && asked.value <= hi
  const mine = parts.find(isAsked)?.of
  const idOf = (of: ExposureClass | undefined) => of?.connector?.id ?? of?.ambiguous.map((c) => c.id).join() ?? ''
  const others = new Map<string, Touched>()
  for (const p of parts) if (idOf(p.of) !== idOf(mine) && !others.has(idOf(p.of))) others.set(idOf(p.of), p)
  return { range: null, isWhole: others.size === 0, differs: [...others.values()].map(partOf), more: 0 }
}

/** Who lets most through comes first: that is the answer that matters. */
const weight: readonly Disposition[] = ['relayed', 'ambiguous', 'insufficient-info', 'accepted', 'loop']
const rank = (t: TraceJson): number => {
  const at = isTakenAnyway(t) ? 0 : weight.indexOf(t.disposition)
  return at < 0 ? weight.length : at
}

function everywhere(world: World, question: TraceQuestion) {
  const listening = new Set(
    exposureOf(world.config).listeners.flatMap((l) => (l.port === question.port ? [l.server] : [])),
  )
  const known =
    listening.size > 0
      ? [...listening]
      : choicesOf(world.config)
          .servers.slice(0, 1)
          .map((s) => s.name)
  // Without any server the way says what is missing.
  const servers = known.length > 0 ? known : [null]
  const traced = servers.slice(0, maxServers).map((to) => traceJson(trace(world, { ...question, to })))
  const [chosen = null, ...others] = traced.sort((a, b) => rank(a) - rank(b))
  const elsewhere = others.map((t) => ({
    ...{ server: t.question.to ?? '', disposition: t.disposition, confidence: t.confidence },
    isTakenAnyway: isTakenAnyway(t),
  }))
  return { trace: chosen, elsewhere, moreServers: Math.max(0, servers.length - maxServers) }
}

function spanFor(world: World, form: SimForm, range: IpRange | null, said: Said | undefined): Span | null {
  if (said?.to === undefined) return null
  if (range) return spanOf(world, range, said)
  const isService = form.start === '' && form.from === '' && said.from !== undefined && said.to !== 'exchange-online'
  return isService ? cloudSpan(world, said) : null
}

/** Everything that the page of the simulator shows for its form. */
export function simulate(world: World, form: SimForm): Simulation {
  const { config } = world
  const nothing = { trace: null, span: null, elsewhere: [], moreServers: 0 }
  const shared = { choices: choicesOf(config), examples: examplesOf(config) }
  if (isEmptyForm(form)) return { ...shared, ...nothing, problems: [] }
  const asked = askedForm(form, tenantDomain(config))
  if ('problems' in asked) return { ...shared, ...nothing, problems: asked.problems }
  const { question } = asked
  const isOpen = question.to === null && question.from !== null
  const found = isOpen
    ? everywhere(world, question)
    : { trace: traceJson(trace(world, question)), elsewhere: [], moreServers: 0 }
  const span = spanFor(world, form, asked.span, found.trace?.question)
  return { ...shared, ...found, problems: [], span }
}

type HopsJson = TraceJson['hops']
type BecauseJson = HopsJson[number]['steps'][number]['because'][number]
type MissingJson = HopsJson[number]['steps'][number]['missing'][number]

/** What a way rests on: each property once, those that were looked at last first. */
export function decidedBy(hops: HopsJson): readonly BecauseJson[] {
  const all = hops.flatMap((h) => h.steps.flatMap((s) => s.because)).reverse()
  return [...new Map(all.map((b) => [`${b.source} ${b.lines[0]} ${b.property}`, b])).values()]
}

/** Exports by cmdlet and side, each once with all servers that it is missing for. */
export function united(all: readonly Missing[]): readonly MissingJson[] {
  const found = new Map<string, MissingJson>()
  for (const m of all) {
    const key = `${m.cmdlet} ${m.side}`
    const servers = [...new Set([...(found.get(key)?.servers ?? []), ...m.servers])]
    found.set(key, { ...m, servers })
  }
  return [...found.values()]
}

/** What would tell more, each export once with all servers that it is missing for. */
export const missingOf = (trace: TraceJson): readonly MissingJson[] =>
  united([trace, ...trace.branches].flatMap((way) => way.hops.flatMap((h) => h.steps.flatMap((s) => s.missing))))

/** What a question leaves open and is answered for all the same. */
export const assumptions = ['address', 'tenant', 'auth', 'tls', 'sender', 'rcpt', 'size'] as const
export type Assumption = (typeof assumptions)[number]

/** What was assumed about the message, as the form did not say it. */
export function assumedOf(form: SimForm, question: TraceJson['question']): readonly Assumption[] {
  const isSession = form.start === ''
  const isAssumed: Record<Assumption, boolean> = {
    address: isSession && form.from === '' && question.from !== undefined,
    tenant: isSession && form.cert === 'exchange-online' && question.originator !== undefined,
    auth: isSession && form.auth === '' && !form.cert.startsWith('exchange-') && form.cert !== 'other-tenant',
    tls: isSession && form.tls === '',
    ...{ sender: form.sender === '', rcpt: form.rcpt === '', size: form.size === '' },
  }
  return assumptions.filter((a) => isAssumed[a])
}

/** The part of a branch that is its own: the steps before it went apart are common. */
export function ownHops(branch: HopsJson, common: HopsJson): HopsJson {
  const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b)
  let hop = 0
  while (hop < common.length - 1 && same(branch[hop], common[hop])) hop++
  const [first, ...rest] = branch.slice(hop)
  if (first === undefined) return []
  const before = common[hop]?.steps ?? []
  let step = 0
  while (step < before.length && same(first.steps[step], before[step])) step++
  const own = first.steps.slice(step)
  return own.length > 0 ? [{ ...first, steps: own }, ...rest] : rest
}
