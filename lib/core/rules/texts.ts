import { IntlMessageFormat } from 'intl-messageformat'
import type { Params } from './define-rule'
import type { RuleText } from './rule-text'
import { ruleTexts } from './texts.generated'

export type Language = 'en' | 'de'
export const languages: readonly Language[] = ['en', 'de']

/** The words of a rule. Throws for an id that has no text. */
export function ruleText(id: string, language: Language): RuleText {
  const texts = ruleTexts[id]
  if (!texts) throw new Error(`No text for rule ${id}`)
  return texts[language]
}

/** Dates are told in UTC wherever the report is made. A message names one of these styles: `{until, date, long}`. */
const date = { timeZone: 'UTC', year: 'numeric', month: 'long', day: 'numeric' } as const
const formats = {
  date: { short: { ...date, month: 'short' }, medium: date, long: date, full: date },
} as const

/** English with the day before the month, as everywhere in the product. */
const locales: Readonly<Record<Language, string>> = { en: 'en-GB', de: 'de-DE' }

const compiled = new Map<string, IntlMessageFormat>()

/** An ICU message in one language. Markup in a value stays text: tags have no meaning here, whoever shows the result escapes it. */
export function formatMessage(message: string, language: Language, params: Params): string {
  const key = `${language}:${message}`
  let format = compiled.get(key)
  if (!format) {
    format = new IntlMessageFormat(message, locales[language], formats, { ignoreTag: true })
    compiled.set(key, format)
  }
  // A part that has nothing to say leaves its blank behind.
  return String(format.format({ ...params })).trim()
}

/** The same message of a rule in both languages. */
export function bilingual(
  textOf: (language: Language) => RuleText,
  pick: (text: RuleText) => string,
  params: Params,
): { en: string; de: string } {
  return { en: formatMessage(pick(textOf('en')), 'en', params), de: formatMessage(pick(textOf('de')), 'de', params) }
}
