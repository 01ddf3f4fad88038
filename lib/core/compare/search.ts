import type { Language } from '../report/schema'
import type { ApartFinding, ComparedFinding, Comparison, MovedFinding, ObjectChange } from './schema'

/** What is looked for: every one of the words, in any case. `noise`: also in what always differs. */
export type ComparisonSearch = { readonly q: string; readonly noise: boolean; readonly lang: Language }

type Finding = ComparedFinding & Partial<MovedFinding> & Partial<ApartFinding>

const findingText = ({ rule, title, objects, added = [], removed = [] }: Finding, lang: Language): string =>
  [rule, title[lang], ...objects.map((o) => o.id), ...added, ...removed].join('\n')

function objectText({ id, server, properties }: ObjectChange, noise: boolean): string {
  const shown = properties.filter((p) => noise || !p.isNoise)
  return [id, server ?? '', ...shown.flatMap((p) => [p.property, ...p.removed, ...p.added])].join('\n')
}

/** The comparison with the findings and objects that hold these words; everything else of it stays as it is. */
export function searchComparison(comparison: Comparison, { q, noise, lang }: ComparisonSearch): Comparison {
  const words = q.toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return comparison
  const has = (text: string): boolean => words.every((word) => text.toLowerCase().includes(word))
  const those = <F extends Finding>(list: readonly F[]): F[] => list.filter((f) => has(findingText(f, lang)))
  const { findings: f, objects } = comparison
  return {
    ...comparison,
    findings: {
      ...{ fixed: those(f.fixed), new: those(f.new), worse: those(f.worse), better: those(f.better) },
      ...{ noLongerAssessed: those(f.noLongerAssessed), newlyAssessed: those(f.newlyAssessed) },
      unchanged: f.unchanged,
    },
    objects: objects.filter((o) => has(objectText(o, noise))),
  }
}
