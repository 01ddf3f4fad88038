/** Days for originals as the fields of a form: a number, or never; neither where it is not said. */
export const keptFor = (days: number | null): Record<string, string> =>
  days === null ? {} : days < 0 ? { never: 'on' } : { days: String(days) }
