import type { Language } from '../report/schema'
import { branchReasons, decisions, reasons } from './texts'
import type { NotChosen, TraceBranch, TraceStep } from './types'

const fill = (template: string, values: Readonly<Record<string, string | number | undefined>>): string =>
  template.replace(/\{(\w+)\}/g, (_, key: string) => String(values[key] ?? ''))

const textIn = (
  table: Readonly<Record<string, { readonly en: string; readonly de: string }>>,
  key: string,
  lang: Language,
): string => (Object.hasOwn(table, key) ? table[key]?.[lang] : undefined) ?? key

type Said = Pick<TraceStep, 'stage' | 'decision' | 'chosen' | 'params'>

/** The sentence of a step. Plain text: names in it come from an upload and must be escaped. */
export const stepText = (s: Said, lang: Language): string =>
  fill(textIn(decisions[s.stage], s.decision, lang), { ...s.params, chosen: s.chosen })

/** Why a candidate was not taken: `… is disabled`, without its name. */
export const reasonText = (n: Pick<NotChosen, 'reason'>, lang: Language): string => textIn(reasons, n.reason, lang)

export const branchText = (b: Pick<TraceBranch, 'reason' | 'params'>, lang: Language): string =>
  fill(textIn(branchReasons, b.reason, lang), b.params)
