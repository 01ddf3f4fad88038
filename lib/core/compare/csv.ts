import { csvCell } from '../report/csv'
import type { Language } from '../report/schema'
import { severityWord } from '../report/words'
import type { ApartFinding, ComparedFinding, Comparison, MovedFinding, ObjectChange, PropertyChange } from './schema'
import { allComparedObjects } from './view'
import { compareWords as words } from './words'

const columns = {
  change: { en: 'Change', de: 'Änderung' },
  severity: { en: 'Severity', de: 'Schweregrad' },
  severityBefore: { en: 'Severity before', de: 'Schweregrad vorher' },
  finding: { en: 'Finding', de: 'Befund' },
  object: { en: 'Object', de: 'Objekt' },
  property: { en: 'Property', de: 'Eigenschaft' },
  removed: { en: 'Removed', de: 'Entfallen' },
  added: { en: 'Added', de: 'Hinzugekommen' },
  placeBefore: { en: 'Place before', de: 'Stelle vorher' },
  placeAfter: { en: 'Place after', de: 'Stelle nachher' },
  rule: { en: 'Rule', de: 'Regel' },
  id: { en: 'Id', de: 'Kennung' },
} as const
type Row = Partial<Record<keyof typeof columns, string>>

const buckets = ['new', 'worse', 'noLongerAssessed', 'newlyAssessed', 'better', 'fixed'] as const
const joined = (values: readonly string[]): string => values.join(' | ')

type Finding = ComparedFinding & Partial<MovedFinding> & Partial<ApartFinding>

const findingRow = (f: Finding, change: string, lang: Language): Row => ({
  change,
  severity: severityWord[f.severity][lang],
  severityBefore: f.before === undefined ? '' : severityWord[f.before][lang],
  finding: f.title[lang],
  object: joined(f.objects.map((o) => o.id)),
  removed: joined(f.removed ?? []),
  added: joined(f.added ?? []),
  rule: f.rule,
  id: f.id,
})

type Files = Comparison['before']['files']
const placed = (place: PropertyChange['before'], files: Files): string =>
  place === null ? '' : `${files[place.source] ?? place.source}:${place.lines[0]}`

function objectRows(o: ObjectChange, { before, after }: Comparison, lang: Language): Row[] {
  if (o.change !== 'changed') {
    const place = o.change === 'removed' ? 'placeBefore' : 'placeAfter'
    const { files } = o.change === 'removed' ? before : after
    const doubt = o.isCertain ? '' : ` (${words.doubt[lang]})`
    return [{ change: words.change[o.change][lang] + doubt, object: o.id, [place]: placed(o.place, files) }]
  }
  return o.properties.map((p) => ({
    change: words.change.changed[lang],
    object: o.id,
    property: p.property,
    removed: joined(p.removed),
    added: joined(p.added),
    placeBefore: placed(p.before, before.files),
    placeAfter: placed(p.after, after.files),
  }))
}

/**
 * What came, went and changed, one a line: findings, then the properties of objects. `noise`: also what always differs. In German with
 * semicolons and a byte order mark, as Excel expects there.
 */
export function renderComparisonCsv(
  comparison: Comparison,
  { lang, noise }: { readonly lang: Language; readonly noise: boolean },
): string {
  const separator = lang === 'de' ? ';' : ','
  const names = Object.keys(columns) as readonly (keyof typeof columns)[]
  const line = (cells: readonly string[]) => `${cells.map((cell) => csvCell(cell, separator)).join(separator)}\r\n`
  const findings = buckets.flatMap((bucket) =>
    comparison.findings[bucket].map((f) => findingRow(f, words.bucket[bucket][lang].toLowerCase(), lang)),
  )
  const objects = allComparedObjects(comparison, noise).objects.flatMap((o) => objectRows(o, comparison, lang))
  const rows = [...findings, ...objects].map((row) => line(names.map((name) => row[name] ?? '')))
  return `${lang === 'de' ? '\ufeff' : ''}${line(names.map((name) => columns[name][lang]))}${rows.join('')}`
}
