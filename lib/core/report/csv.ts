import { evidenceText, fixHint, outline, placeText, statusText } from './outline'
import type { Finding, Language, Report } from './schema'
import { confidenceWord, exposureWord, proofWord, severityWord } from './words'

const columns = {
  severity: { en: 'Severity', de: 'Schweregrad' },
  title: { en: 'Finding', de: 'Befund' },
  objects: { en: 'Objects', de: 'Objekte' },
  message: { en: 'Description', de: 'Beschreibung' },
  exposure: { en: 'Reachable from', de: 'Erreichbar aus' },
  confidence: { en: 'Confidence', de: 'Sicherheit' },
  proof: { en: 'Proof', de: 'Nachweis' },
  question: { en: 'Question', de: 'Frage' },
  place: { en: 'Place', de: 'Stelle' },
  evidence: { en: 'Evidence', de: 'Beleg' },
  fix: { en: 'Fix', de: 'Beheben' },
  minutes: { en: 'Minutes', de: 'Minuten' },
  status: { en: 'Status', de: 'Status' },
  rule: { en: 'Rule', de: 'Regel' },
  id: { en: 'Id', de: 'Kennung' },
} as const
type Column = keyof typeof columns

/**
 * Spreadsheets run a cell as a formula when it begins with one of these (OWASP, CSV Injection); the wide forms are what Excel
 * makes of them in East Asian editions. The apostrophe makes it text.
 */
const neutral = (text: string): string =>
  /^[\s\u200b\ufeff]*[=+\-@\uff1d\uff0b\uff0d\uff20|%]|^[\t\r\n]/.test(text) ? `'${text}` : text

/** A cell of any table that leaves the product. */
export const csvCell = (text: string, separator: string): string => {
  // NUL ends the text in some readers; the other control characters are no text either
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  const safe = neutral(text.replace(/[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]/g, '\ufffd'))
  return safe.includes(separator) || /[",;\r\n]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

const row = (report: Report, f: Finding, lang: Language): Record<Column, string> => ({
  severity: severityWord[f.severity][lang],
  title: f.title[lang],
  objects: f.objects.map((o) => o.id).join(' | '),
  message: f.message[lang],
  exposure: exposureWord[f.exposure][lang],
  confidence: confidenceWord[f.confidence][lang],
  proof: proofWord[f.proof][lang],
  question: String(f.question),
  place: f.evidence.map((e) => placeText(report, e)).join(' | '),
  evidence: f.evidence.map((e) => evidenceText(report, e)).join('\n'),
  fix: fixHint(f) ?? '',
  minutes: f.fix ? String(f.fix.minutes) : '',
  status: statusText(f, lang),
  rule: f.rule,
  id: f.id,
})

/**
 * The findings that count, one a line, then those that are accepted: their status says so (RFC 4180). In German with semicolons and a byte order mark, which is what Excel expects
 * where the comma separates decimals.
 */
export function renderCsv(report: Report, { lang }: { readonly lang: Language }): string {
  const separator = lang === 'de' ? ';' : ','
  const names = Object.keys(columns) as readonly Column[]
  const line = (values: readonly string[]) => `${values.map((v) => csvCell(v, separator)).join(separator)}\r\n`
  const { findings, accepted } = outline(report, lang)
  const lines = [...findings, ...accepted].map((f) => {
    const values = row(report, f, lang)
    return line(names.map((n) => values[n]))
  })
  return `${lang === 'de' ? '\ufeff' : ''}${line(names.map((n) => columns[n][lang]))}${lines.join('')}`
}
