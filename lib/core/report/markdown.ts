import { changeSentences } from './change-text'
import { collectCommand } from './collect-command'
import { noticeText } from './notices'
import { missingText, type Outline, outline, placeText, statusText } from './outline'
import type { Finding, Language, Report } from './schema'
import { visible } from './visible'
import { noFindingsText, say, severityWord, sourceStatusWord, words } from './words'

/** Text that Markdown shows letter for letter: no emphasis, link, table cell, heading or HTML comes out of it. */
export const escapeMarkdown = (text: string): string =>
  visible(text)
    .replace(/[\\`*_{}[\]()#+!|~<>&=^$@:-]/g, '\\$&')
    .replace(/^(\s*\d+)\./, '$1\\.')

/** Inline code around any text: the fence is one backtick longer than the longest run inside. */
export function code(text: string): string {
  const shown = visible(text)
  const longest = Math.max(0, ...(shown.match(/`+/g) ?? []).map((run) => run.length))
  const fence = '`'.repeat(longest + 1)
  const pad = shown.startsWith('`') || shown.endsWith('`') || shown === '' ? ' ' : ''
  return `${fence}${pad}${shown}${pad}${fence}`
}

function block(text: string, language = ''): string[] {
  const lines = text.split(/\r\n|[\r\n]/).map(visible)
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map((run) => run.length))
  const fence = '`'.repeat(longest + 1)
  return [`${fence}${language}`, ...lines, fence]
}

const stepWord = {
  backup: { en: 'Back up', de: 'Sichern' },
  try: { en: 'Try', de: 'Proben' },
  change: { en: 'Change', de: 'Ändern' },
  check: { en: 'Check', de: 'Prüfen' },
  rollback: { en: 'Go back', de: 'Zurücknehmen' },
} as const

function findingLines(report: Report, f: Finding, lang: Language): string[] {
  const status = statusText(f, lang)
  return [
    `### ${escapeMarkdown(f.title[lang])}`,
    '',
    `**${severityWord[f.severity][lang]}** · ${f.objects.map((o) => code(o.id)).join(', ')}${status === '' ? '' : ` · ${escapeMarkdown(status)}`}`,
    '',
    escapeMarkdown(f.message[lang]),
    '',
    ...f.evidence.flatMap((e) => [`- ${code(placeText(report, e))}`, '', ...block(e.text).map((l) => `  ${l}`), '']),
    ...(f.fix?.steps ?? []).flatMap((s) => [
      `${stepWord[s.kind][lang]}:`,
      '',
      ...block(s.powershell, 'powershell'),
      '',
    ]),
    ...changeLines(f, lang),
    code(f.id),
    '',
  ]
}

function changeLines(f: Finding, lang: Language): string[] {
  const said = changeSentences(f.change, lang)
  return said.length === 0 ? [] : [`${words.change[lang]}:`, '', ...said.map((s) => `- ${escapeMarkdown(s)}`), '']
}

function openLines(o: Outline, lang: Language): string[] {
  if (o.notAssessed.length === 0) return []
  const missing = new Map(
    o.notAssessed.flatMap(({ outcome }) => outcome.missing.map((m) => [missingText(m), m] as const)),
  )
  return [
    `## ${words.notAssessed[lang]}`,
    '',
    ...o.notAssessed.map(({ outcome, title }) => {
      const inputs = outcome.missing.map((m) => code(missingText(m))).join(', ')
      return `- ${escapeMarkdown(title)}${inputs === '' ? '' : `: ${inputs}`}`
    }),
    '',
    ...(missing.size === 0 ? [] : [`${words.collect[lang]}:`, '']),
    ...[...missing.values()].flatMap((m) => [...block(collectCommand(m), 'powershell'), '']),
  ]
}

/** The report as Markdown (CommonMark with tables). Everything that comes from an upload is escaped. */
export function renderMarkdown(report: Report, { lang }: { readonly lang: Language }): string {
  const o = outline(report, lang)
  return [
    `# ${escapeMarkdown(o.verdict)}`,
    '',
    `${report.tool.name} ${report.tool.version} · ${escapeMarkdown(o.stand)} · ${escapeMarkdown(o.files)}`,
    '',
    `${words.findings[lang]}: ${o.counts}  `,
    `${words.notAssessed[lang]}: ${o.open}`,
    '',
    `## ${words.questions[lang]}`,
    '',
    `| # | | |`,
    '|---|---|---|',
    ...o.questions.map((q) => `| ${q.number} | ${escapeMarkdown(q.text)} | ${q.answer} |`),
    '',
    `## ${words.findings[lang]}`,
    '',
    ...(o.findings.length + o.accepted.length === 0 ? [noFindingsText(report.summary.outcomes.pass, lang), ''] : []),
    ...o.findings.flatMap((f) => findingLines(report, f, lang)),
    ...(o.accepted.length === 0 ? [] : [`## ${words.acceptedRisks[lang]}`, '', words.acceptedText[lang], '']),
    ...o.accepted.flatMap((f) => findingLines(report, f, lang)),
    ...openLines(o, lang),
    `## ${words.sources[lang]}`,
    '',
    ...o.sources.flatMap((s) => [
      `- ${code(s.name)}: ${sourceStatusWord[s.status][lang]}`,
      ...s.notices
        .filter((n) => n.level !== 'info')
        .slice(0, 20)
        .map(
          (n) =>
            `  - ${n.line === undefined ? '' : `${say(words.line, lang, { n: n.line })}: `}${escapeMarkdown(noticeText(n, lang).message)}`,
        ),
    ]),
    '',
  ].join('\n')
}
