import { severities } from '../rules/define-rule'
import { changeSentences } from './change-text'
import { noticeText } from './notices'
import { evidenceText, fixHint, missingText, type Outline, outline, placeText, statusText } from './outline'
import type { Finding, Language, Report, ReportNotice } from './schema'
import { visible } from './visible'
import { noFindingsText, say, severityWord, sourceStatusWord, words } from './words'

export type TextOptions = {
  readonly lang: Language
  /** Columns of the terminal. */
  readonly width?: number
  /** Escape sequences for colour and weight. */
  readonly color?: boolean
}

type Paint = (style: 'bold' | 'dim' | Finding['severity'], text: string) => string

const codes = { bold: '1', dim: '2', critical: '1;35', high: '1;31', medium: '33', low: '34', info: '36' } as const
const painter =
  (color: boolean): Paint =>
  (style, text) =>
    color && text !== '' ? `\x1b[${codes[style]}m${text}\x1b[0m` : text

/** Lines of at most `width` columns; a word that is longer stays whole. */
export function wrapWords(text: string, width: number, indent: string): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(/\s+/).filter(Boolean)) {
    if (line !== '' && indent.length + line.length + 1 + word.length > width) {
      lines.push(indent + line)
      line = word
    } else line = line === '' ? word : `${line} ${word}`
  }
  return line === '' ? lines : [...lines, indent + line]
}

const maxPlaces = 4

function findingLines(report: Report, f: Finding, lang: Language, width: number, paint: Paint): string[] {
  const pad = Math.max(...severities.map((s) => severityWord[s][lang].length))
  const indent = ' '.repeat(pad + 2)
  const [title = '', ...rest] = wrapWords(visible(f.title[lang]), width, indent)
  const status = statusText(f, lang)
  const places = f.evidence.slice(0, maxPlaces).map((e) => {
    const shown = visible(evidenceText(report, e))
    return `${indent}${visible(placeText(report, e))}  ${paint('dim', shown.length > 120 ? `${shown.slice(0, 119)}…` : shown)}`
  })
  const more = f.evidence.length - places.length
  const hint = fixHint(f)
  return [
    paint(f.severity, severityWord[f.severity][lang].toUpperCase().padEnd(pad)) + paint('bold', title.slice(pad)),
    ...rest.map((l) => paint('bold', l)),
    ...wrapWords(visible(f.objects.map((o) => o.id).join(', ')), width, indent),
    ...(status === '' ? [] : [`${indent}[${visible(status)}]`]),
    ...wrapWords(visible(f.message[lang]), width, indent),
    ...places,
    ...(more > 0 ? [`${indent}${say(words.more, lang, { n: more })}`] : []),
    ...(hint === null ? [] : [`${indent}${words.fix[lang]}: ${visible(hint)}`]),
    ...changeLines(f, lang, width, indent),
    paint('dim', `${indent}${f.id}`),
    '',
  ]
}

function changeLines(f: Finding, lang: Language, width: number, indent: string): string[] {
  const said = changeSentences(f.change, lang)
  return said.length === 0 ? [] : wrapWords(visible(`${words.change[lang]}: ${said.join(' ')}`), width, indent)
}

function openLines(o: Outline, lang: Language): string[] {
  if (o.notAssessed.length === 0) return []
  return [
    words.notAssessed[lang],
    ...o.notAssessed.flatMap(({ outcome, title }) => [
      `  ${title}`,
      ...(outcome.state === 'crashed'
        ? [`    ${say(words.crashed, lang, { id: outcome.error ?? outcome.rule })}`]
        : outcome.missing.map((m) => `    ${words.missing[lang]}: ${visible(missingText(m))}`)),
    ]),
    '',
  ]
}

const maxNotices = 5

function sourceLines(o: Outline, lang: Language, width: number): string[] {
  const notable = o.sources.filter((s) => s.status !== 'parsed' || s.notices.some((n) => n.level !== 'info'))
  if (notable.length === 0) return []
  const noticeLines = (n: ReportNotice): string[] => {
    const { message, remedy } = noticeText(n, lang)
    const where = [n.line === undefined ? '' : say(words.line, lang, { n: n.line }), n.object ?? ''].filter(Boolean)
    return wrapWords(visible(`${where.length > 0 ? `${where.join(', ')}: ` : ''}${message} ${remedy}`), width, '    ')
  }
  return [
    words.sources[lang],
    ...notable.flatMap((s) => {
      const notices = s.notices.filter((n) => n.level !== 'info')
      const more = notices.length - maxNotices
      return [
        `  ${visible(s.name)}: ${sourceStatusWord[s.status][lang]}`,
        ...notices.slice(0, maxNotices).flatMap(noticeLines),
        ...(more > 0 ? [`    ${say(words.more, lang, { n: more })}`] : []),
      ]
    }),
    '',
  ]
}

/** The report for a terminal. Text from uploads is shown with its control characters spelled out. */
export function renderText(report: Report, { lang, width = 100, color = false }: TextOptions): string {
  const paint = painter(color)
  const o = outline(report, lang)
  const asks = Math.max(...o.questions.map((q) => q.text.length))
  return [
    paint('dim', `${report.tool.name} ${report.tool.version} · ${o.stand} · ${o.files}`),
    '',
    ...wrapWords(o.verdict, width, '').map((l) => paint('bold', l)),
    `${words.findings[lang]}: ${o.counts}`,
    `${words.notAssessed[lang]}: ${o.open}`,
    '',
    ...o.questions.map((q) => `${q.number}  ${q.text.padEnd(asks)}  ${q.answer}`),
    '',
    ...(o.findings.length + o.accepted.length === 0 ? [noFindingsText(report.summary.outcomes.pass, lang), ''] : []),
    ...o.findings.flatMap((f) => findingLines(report, f, lang, width, paint)),
    ...(o.accepted.length === 0 ? [] : [words.acceptedRisks[lang], words.acceptedText[lang], '']),
    ...o.accepted.flatMap((f) => findingLines(report, f, lang, width, paint)),
    ...openLines(o, lang),
    ...sourceLines(o, lang, width),
  ].join('\n')
}
