import { cmdletOf } from '../model/collections'
import { groupBy } from '../report/group-by'
import type { Language } from '../report/schema'
import { type TextOptions, wrapWords } from '../report/text'
import { visible } from '../report/visible'
import { say, severityWord } from '../report/words'
import type { ComparedFinding, Comparison, NotGiven, ObjectChange, PropertyChange } from './schema'
import { allComparedObjects } from './view'
import { compareWords as words } from './words'

const kinds = ['new', 'worse', 'noLongerAssessed', 'newlyAssessed', 'better', 'fixed'] as const

const findingLine = (f: ComparedFinding, lang: Language): string =>
  `  ${severityWord[f.severity][lang].toUpperCase().padEnd(9)} ${visible(f.title[lang])}  ${f.rule}`

function findingLines({ findings }: Comparison, lang: Language, bold: (text: string) => string): string[] {
  return kinds.flatMap((kind) => {
    const list: readonly ComparedFinding[] = findings[kind]
    if (list.length === 0) return []
    return [bold(`${words.bucket[kind][lang]} (${list.length})`), ...list.map((f) => findingLine(f, lang)), '']
  })
}

type Files = Readonly<Record<string, string>>

const placed = (place: PropertyChange['before'], files: Files): string =>
  place === null ? '' : `  ${visible(files[place.source] ?? place.source)}:${place.lines[0]}`

function propertyLines(p: PropertyChange, { before, after }: Comparison, lang: Language): string[] {
  const kept = p.kept > 0 ? ` (${say(words.kept, lang, { n: p.kept })})` : ''
  const side = (sign: string, values: readonly string[], place: PropertyChange['before'], files: Files) =>
    values.map((value, i) => `      ${sign} ${visible(value)}${i === 0 ? placed(place, files) : ''}`)
  return [
    `    ${visible(p.property)}${kept}`,
    ...side('-', p.removed, p.before, before.files),
    ...side('+', p.added, p.after, after.files),
  ]
}

function objectLines(o: ObjectChange, comparison: Comparison, lang: Language): string[] {
  const change = o.change === 'changed' ? '' : `: ${words.change[o.change][lang]}`
  const doubt = o.isCertain ? '' : ` (${words.doubt[lang]})`
  const files = o.change === 'removed' ? comparison.before.files : comparison.after.files
  return [
    `  ${visible(o.id)}${change}${doubt}${placed(o.place, files)}`,
    ...o.properties.flatMap((p) => propertyLines(p, comparison, lang)),
  ]
}

const givenLine = (n: NotGiven): string => `  ${cmdletOf[n.collection]} ${visible(n.server ?? n.side)}: ${n.objects}`

const notGivenLines = ({ notGiven }: Comparison, lang: Language, bold: (text: string) => string): string[] =>
  (['after', 'before'] as const).flatMap((of) =>
    notGiven[of].length === 0 ? [] : [bold(words.notGiven[of][lang]), ...notGiven[of].map(givenLine), ''],
  )

/** The comparison for a terminal: in words, then findings, objects, and what could not be compared. `noise`: also what always differs. */
export function renderComparisonText(
  comparison: Comparison,
  { lang, width = 100, color = false, noise = false }: TextOptions & { readonly noise?: boolean },
): string {
  const bold = (text: string): string => (color ? `\x1b[1m${text}\x1b[0m` : text)
  const { findings: f, checks } = comparison
  const { objects, onlyNoise } = allComparedObjects(comparison, noise)
  const numbers = {
    ...{ fixed: f.fixed.length, fresh: f.new.length, worse: f.worse.length, better: f.better.length },
    ...{ unchanged: f.unchanged, lost: f.noLongerAssessed.length, gained: f.newlyAssessed.length },
  }
  const told = [
    say(words.summary, lang, numbers),
    ...(numbers.lost > 0 ? [say(words.lost, lang, { n: numbers.lost })] : []),
    ...(numbers.gained > 0 ? [say(words.gained, lang, { n: numbers.gained })] : []),
    ...(checks.noLongerAssessed.length > 0 ? [say(words.checks, lang, { n: checks.noLongerAssessed.length })] : []),
  ]
  const counted = say(words.objects, lang, { n: objects.length, same: comparison.sameObjects, hidden: onlyNoise })
  return [
    ...told.flatMap((text) => wrapWords(text, width, '')),
    '',
    ...findingLines(comparison, lang, bold),
    ...notGivenLines(comparison, lang, bold),
    bold(counted),
    ...[...groupBy(objects, (o) => o.collection).values()].flatMap((list) => [
      '',
      ...(list[0] ? [bold(cmdletOf[list[0].collection])] : []),
      ...list.flatMap((o) => objectLines(o, comparison, lang)),
    ]),
    '',
  ].join('\n')
}
