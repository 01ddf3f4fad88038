import type { Language } from '../report/schema'
import { branchReasons, decisions, reasons } from './texts'
import type { TextParams, TraceStep } from './types'

const fill = (template: string, values: Readonly<Record<string, string | number | undefined>>): string =>
  template.replace(/\{(\w+)\}/g, (_, key: string) => String(values[key] ?? ''))

const textIn = (
  table: Readonly<Record<string, { readonly en: string; readonly de: string }>>,
  key: string,
  lang: Language,
): string => (Object.hasOwn(table, key) ? table[key]?.[lang] : undefined) ?? key

/** Of a trace, or of its JSON. */
type Said = Pick<TraceStep, 'stage' | 'decision'> & {
  readonly chosen?: string | undefined
  readonly params?: TextParams | undefined
}

/** The sentence of a step. Plain text: names in it come from an upload and must be escaped. */
export const stepText = (s: Said, lang: Language): string =>
  fill(textIn(decisions[s.stage], s.decision, lang), { ...s.params, chosen: s.chosen })

/** Why a candidate was not taken: `… is disabled`, without its name. */
export const reasonText = (n: { readonly reason: string }, lang: Language): string => textIn(reasons, n.reason, lang)

export const branchText = (b: { readonly reason: string; readonly params: TextParams }, lang: Language): string =>
  fill(textIn(branchReasons, b.reason, lang), b.params)
