import type { Missing } from '../rules/define-rule'
import { branchText, reasonText, stepText } from '../simulate/say'
import type { Because, Trace, TraceBranch, TraceHop, TraceNode, TraceQuestion, TraceStep } from '../simulate/types'
import { missingText } from './outline'
import type { Language, ReportSource } from './schema'
import { type TextOptions, wrapWords } from './text'
import {
  authText,
  dispositionText,
  dispositionWord,
  nodeWord,
  originText,
  questionWords,
  traceConfidenceText,
  traceWords,
} from './trace-words'
import { visible } from './visible'
import { say } from './words'

type Sources = readonly Pick<ReportSource, 'id' | 'name'>[]
type Page = { readonly lang: Language; readonly width: number; readonly place: (b: Because) => string }
type Way = Pick<Trace, 'disposition' | 'confidence' | 'reply' | 'authAs' | 'hops' | 'cycle'>

/** The question as one sentence; what it leaves open is not in it. */
export function traceSentence(q: TraceQuestion, lang: Language): string {
  const part = (key: keyof typeof questionWords, value: string | number | null): string[] =>
    value === null ? [] : [questionWords[key][lang].replace('{value}', () => String(value))]
  const start = q.from === null ? [originText[q.origin][lang]] : part('from', q.from)
  const destination = q.to === null ? [] : [`${start.join('')} ${part('to', q.to).join('')}`]
  const session = q.from !== null || q.to !== null
  const parts = [
    ...(destination.length > 0 ? destination : start),
    ...(session ? [...part('port', q.port), ...part('localIp', q.localIp), questionWords[q.tls][lang]] : []),
    ...part('peerCert', q.peerCert),
    ...part('originator', q.originator),
    ...(session ? [authText[q.auth][lang]] : []),
    ...part('mailFrom', q.mailFrom === '' ? '<>' : q.mailFrom),
    ...part('rcptTo', q.rcptTo),
    ...part('size', q.size),
  ]
  return `${parts.join(', ')}.`
}

function placeOf(sources: Sources): (b: Because) => string {
  const names = new Map(sources.map((s) => [s.id, s.name]))
  return (b) => `${names.get(b.place.source) ?? b.place.source}:${b.place.lines[0]}`
}

const maxNotChosen = 12
const maxValue = 100
const short = (text: string): string => (text.length > maxValue ? `${text.slice(0, maxValue - 1)}…` : text)
const becauseText = (b: Because, place: Page['place']): string =>
  visible(`${b.property} = ${short(b.value)} (${place(b)})`)

function stepLines(step: TraceStep, number: number, page: Page): string[] {
  const { lang, width, place } = page
  const indent = '    '
  const [first = '', ...rest] = wrapWords(visible(stepText(step, lang)), width, indent)
  const left = step.notChosen.length - maxNotChosen
  return [
    `${`${number}.`.padEnd(indent.length)}${first.trimStart()}`,
    ...rest,
    ...step.because.map((b) => `${indent}${becauseText(b, place)}`),
    ...step.notChosen
      .slice(0, maxNotChosen)
      .map(
        (n) =>
          `${indent}${traceWords.notChosen[lang]}: ${visible(n.id)} ${reasonText(n, lang)}${
            n.because === undefined ? '' : `: ${becauseText(n.because, place)}`
          }`,
      ),
    ...(left > 0 ? [`${indent}${say(traceWords.moreCandidates, lang, { n: left })}`] : []),
    ...step.missing.map((m) => `${indent}${traceWords.missing[lang]}: ${visible(missingText(m))}`),
  ]
}

type Flat = { readonly node: TraceNode; readonly step: TraceStep; readonly hop: number }
const flatOf = (hops: readonly TraceHop[]): readonly Flat[] =>
  hops.flatMap(({ node, steps }, hop) => steps.map((step) => ({ node, step, hop })))

/** Numbered steps under the names of the nodes; `first` is the number of the first one. */
function wayLines(steps: readonly Flat[], first: number, page: Page): string[] {
  return steps.flatMap(({ node, step, hop }, i) => [
    ...(i === 0 || steps[i - 1]?.hop !== hop ? ['', nodeText(node, page.lang)] : []),
    ...stepLines(step, first + i, page),
  ])
}

const nodeText = (node: TraceNode, lang: Language): string => {
  const name = visible(node.id)
  return name === '' ? nodeWord[node.kind][lang] : `${name} (${nodeWord[node.kind][lang]})`
}

const answerLines = (way: Way, page: Page): string[] => {
  const { lang } = page
  const { reply, authAs, cycle } = way
  const taken = way.disposition === 'accepted' || way.disposition === 'relayed'
  return [
    `${traceWords.confidence[lang]}: ${traceConfidenceText[way.confidence][lang]}`,
    ...(reply === null ? [] : [`${traceWords.reply[lang]}: ${reply.code} ${visible(reply.text)}`]),
    ...(taken ? [`${traceWords.authAs[lang]}: ${authAs === 'unknown' ? traceWords.authUnknown[lang] : authAs}`] : []),
    ...(cycle.length > 0
      ? [`${traceWords.cycle[lang]}: ${cycle.map((n) => visible(n.id === '' ? n.kind : n.id)).join(' → ')}`]
      : []),
  ]
}

/** Everything that a step of the trace asks for, each once. */
function wantedOf(trace: Trace): readonly string[] {
  const hops = [...trace.hops, ...trace.branches.flatMap((b) => b.hops)]
  const asked: readonly Missing[] = hops.flatMap((h) => h.steps.flatMap((s) => s.missing))
  return [...new Set(asked.map((m) => visible(missingText(m))))]
}

/** Steps that all ways have in common: the same objects, for a fork copies none. */
function commonSteps(ways: readonly (readonly Flat[])[]): number {
  const [one = [], ...others] = ways
  const differs = one.findIndex(({ step }, i) => others.some((o) => o[i]?.step !== step))
  return differs < 0 ? one.length : differs
}

function branchLines(branch: TraceBranch, from: number, page: Page): string[] {
  const { lang } = page
  const head = `${branchText(branch, lang)}: ${dispositionWord[branch.disposition][lang]}`
  const lines = [...answerLines(branch, page), ...wayLines(flatOf(branch.hops).slice(from), from + 1, page)]
  return ['', visible(head), ...lines.map((l) => (l === '' ? '' : `  ${l}`))]
}

/** A trace for a terminal: the question, the answer, what would tell more, and the steps with their proof. */
export function renderTraceText(
  trace: Trace,
  sources: Sources,
  { lang, width = 100, color = false }: TextOptions,
): string {
  const page: Page = { lang, width, place: placeOf(sources) }
  const bold = (text: string): string => (color ? `\x1b[1m${text}\x1b[0m` : text)
  const wanted = wantedOf(trace)
  const ways = trace.branches.map((b) => flatOf(b.hops))
  const shared = commonSteps(ways)
  const common = ways.length > 0 ? (ways[0] ?? []).slice(0, shared) : flatOf(trace.hops)
  return [
    ...wrapWords(visible(traceSentence(trace.question, lang)), width, ''),
    '',
    ...wrapWords(dispositionText[trace.disposition][lang], width, '').map(bold),
    ...answerLines(trace, page),
    ...(wanted.length > 0 ? [`${traceWords.wanted[lang]}:`, ...wanted.map((m) => `  ${m}`)] : []),
    ...wayLines(common, 1, page),
    ...(ways.length > 0 ? ['', `${traceWords.ways[lang]}:`] : []),
    ...trace.branches.flatMap((b) => branchLines(b, shared, page)),
    '',
  ].join('\n')
}
