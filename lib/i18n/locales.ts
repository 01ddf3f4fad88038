export const locales = ['en', 'de'] as const
export type Locale = (typeof locales)[number]

/** Narrows any text to one of the two languages. */
export const isLocale = (value: unknown): value is Locale => locales.some((locale) => locale === value)

/** The language a browser asks for: its first choice, by weight, that exists here; `otherwise` where it asks for neither. */
export function acceptedLocale(header: string | null | undefined, otherwise: Locale = 'en'): Locale {
  const wanted = (header ?? '')
    .split(',')
    .map((part) => {
      const [tag = '', ...rest] = part.trim().split(';')
      const weight = rest.map((p) => p.trim()).find((p) => p.startsWith('q='))
      return { language: tag.slice(0, 2).toLowerCase(), q: weight ? Number(weight.slice(2)) || 0 : 1 }
    })
    .filter((w) => w.q > 0)
    .sort((a, b) => b.q - a.q)
  for (const { language } of wanted) if (isLocale(language)) return language
  return otherwise
}
