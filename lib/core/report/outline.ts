import type { Missing, Severity } from '../rules/define-rule'
import { questionNumbers } from '../rules/define-rule'
import { ruleTexts } from '../rules/texts.generated'
import { isAccepted, isCounted, worstFirst } from './order'
import type { Finding, InventoryObject, Language, Outcome, Report, ReportSource } from './schema'
import { type Verdict, verdict } from './verdict'
import { answerWord, dayText, provenText, questionText, say, severityCount, verdictText, words } from './words'

/** What every printed form of a report shows, in order, with the words chosen; a form only lays it out. */
export type Outline = {
  readonly stand: string
  readonly files: string
  readonly verdict: string
  readonly counts: string
  readonly open: string
  readonly questions: readonly { readonly number: number; readonly text: string; readonly answer: string }[]
  readonly findings: readonly Finding[]
  /** What somebody has accepted; it does not count. */
  readonly accepted: readonly Finding[]
  readonly notAssessed: readonly { readonly outcome: Outcome; readonly title: string }[]
  readonly sources: readonly ReportSource[]
}

export const titleOf = (rule: string, lang: Language): string => ruleTexts[rule]?.[lang].title ?? rule

/** `ex01/receive.txt:14`: where the first line of a piece of evidence stands. */
export function placeText(report: Report, evidence: Finding['evidence'][number]): string {
  const name = report.sources.find((s) => s.id === evidence.source)?.name ?? evidence.source
  return `${name}:${evidence.lines[0]}`
}

type Value = InventoryObject['properties'][string]
const valuesOf = new WeakMap<Report, ReadonlyMap<string, Value>>()

const placeKey = (property: string, source: string, lines: readonly [number, number]): string =>
  `${source}:${lines[0]}:${lines[1]}:${property}`

/** Every value of the inventory by its place. Made once a report, and only where a line of XML is shown. */
function valueIndex(report: Report): ReadonlyMap<string, Value> {
  const known = valuesOf.get(report)
  if (known) return known
  const index = new Map<string, Value>()
  for (const object of Object.values(report.inventory).flat())
    for (const [name, value] of Object.entries(object.properties))
      index.set(placeKey(name, value.source, value.lines), value)
  valuesOf.set(report, index)
  return index
}

/**
 * What a piece of evidence says, on one line. The lines of XML are proof, but no reading: there the property and the value that
 * was read from it stand instead.
 */
export function evidenceText(report: Report, e: Finding['evidence'][number]): string {
  const line = e.text.replace(/\s+/g, ' ').trim()
  const found = line.startsWith('<') ? valueIndex(report).get(placeKey(e.property, e.source, e.lines)) : undefined
  if (!found) return line
  const { state, value } = found
  return `${e.property} : ${Array.isArray(value) ? `{${value.join(', ')}}` : (value ?? state)}`
}

function leadText(lead: Verdict['lead'], lang: Language): string {
  if (lead.kind === 'proven') return provenText[lead.question][lead.reach][lang]
  const params =
    lead.kind === 'likely' || lead.kind === 'accepted'
      ? { count: lead.count }
      : lead.kind === 'nothing-readable'
        ? { files: lead.files }
        : {}
  return say(verdictText[lead.kind], lang, params)
}

const notReadStates: readonly ReportSource['status'][] = ['empty', 'unknown-format', 'refused', 'failed']

export function outline(report: Report, lang: Language): Outline {
  const read = report.sources.filter((s) => !notReadStates.includes(s.status)).length
  const { outcomes, bySeverity } = report.summary
  const open = outcomes.notAssessed + outcomes.crashed
  const accepted = report.findings.filter(isAccepted).sort(worstFirst)
  const severities: readonly Severity[] = ['critical', 'high', 'medium', 'low', 'info']
  return {
    stand: `${say(words.asOf, lang, { date: dayText(report.asOf, lang) })} (${words.asOfSource[report.asOfSource][lang]})`,
    files: say(words.files, lang, { n: report.sources.length, read }),
    verdict: leadText(verdict(report).lead, lang),
    counts: [
      ...severities.map((s) => say(severityCount[s], lang, { n: bySeverity[s] })),
      ...(accepted.length > 0 ? [say(words.acceptedCount, lang, { n: accepted.length })] : []),
    ].join(' · '),
    open: say(words.checksOpen, lang, { open, n: report.outcomes.length }),
    questions: questionNumbers.map((number) => {
      const answer = report.summary.questions.find((q) => q.question === number)?.answer ?? 'cannot-tell'
      return { number, text: questionText[number][lang], answer: answerWord[answer][lang] }
    }),
    findings: report.findings.filter(isCounted).sort(worstFirst),
    accepted,
    notAssessed: report.outcomes
      .filter((o) => o.state === 'not-assessed' || o.state === 'crashed')
      .map((outcome) => ({ outcome, title: titleOf(outcome.rule, lang) })),
    sources: report.sources,
  }
}

/** What is known of a finding from outside this report: an older report, a list of accepted risks. Empty where nothing is. */
export function statusText(f: Finding, lang: Language): string {
  if (f.accepted) {
    const { reason, until } = f.accepted
    return until === null
      ? say(words.accepted, lang, { reason })
      : say(words.acceptedUntil, lang, { reason, until: dayText(until, lang) })
  }
  switch (f.baseline) {
    case 'known':
      return words.known[lang]
    case 'worse':
      return words.worse[lang]
    case 'new':
      return words.fresh[lang]
    default:
      return ''
  }
}

const changing = /(?:^|[|;{(=]\s*|^\s*)(?:Set|New|Remove|Enable|Disable|Add|Import|Update|Start|Restart)-[A-Z]\w+/

/** The first command that changes something, without the comments and the reading lines before it. */
export function fixHint(f: Finding): string | null {
  const change = f.fix?.steps.find((s) => s.kind === 'change')
  if (!change) return null
  const lines = change.powershell.split(/\r?\n/).filter((l) => l.trim() !== '' && !l.trim().startsWith('#'))
  return (lines.find((l) => changing.test(l) && !/^\s*\$/.test(l)) ?? lines[0])?.trim() ?? null
}

export const missingText = (m: Missing): string =>
  [m.cmdlet, m.side === 'on-premises' || m.side === 'unknown' ? '' : `(${m.side})`, m.servers.join(', ')]
    .filter(Boolean)
    .join(' ')
