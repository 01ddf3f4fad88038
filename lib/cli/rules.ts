import { type Language, ruleCatalogue, ruleText, sectionHeadings, severityWord } from '@/lib/core'
import { type Context, deliver, formatFor } from './context'
import { exitCodes, UsageError } from './errors'

type Meta = (typeof ruleCatalogue)[number]

const levels = (meta: Meta, lang: Language): string => meta.severities.map((s) => severityWord[s][lang]).join(', ')

function listText(lang: Language): string {
  const width = Math.max(0, ...ruleCatalogue.map((r) => r.id.length))
  return ruleCatalogue
    .map((r) => `${r.id.padEnd(width)}  ${ruleText(r.id, lang).title} (${levels(r, lang)})\n`)
    .join('')
}

function ruleMarkdown(meta: Meta, lang: Language, mark: string): string {
  const text = ruleText(meta.id, lang)
  const heads = sectionHeadings[lang]
  const sections = (['checks', 'why', 'fix', 'ignore'] as const).map((s) => `${mark}${heads[s]}\n\n${text[s]}\n`)
  return `${mark === '' ? '' : '# '}${text.title}\n\n${meta.id} · ${levels(meta, lang)}\n\n${sections.join('\n')}`
}

const listMarkdown = (lang: Language): string =>
  ruleCatalogue.map((r) => `- \`${r.id}\`: ${ruleText(r.id, lang).title} (${levels(r, lang)})\n`).join('')

const asJson = (meta: Meta): unknown => ({
  ...meta,
  text: { en: ruleText(meta.id, 'en'), de: ruleText(meta.id, 'de') },
})

/** `postern rules`: the catalogue. `postern rules ID`: one rule's text. */
export async function rules(ids: readonly string[], context: Context): Promise<number> {
  const format = formatFor(context, 'rules', ['text', 'json', 'markdown'])
  const { lang } = context
  if (ids.length > 1) throw new UsageError('rules takes one ID.')
  const id = ids[0]
  const meta = id === undefined ? undefined : ruleCatalogue.find((r) => r.id === id)
  if (id !== undefined && !meta) throw new UsageError(`There is no rule “${id}”.`)
  const render = {
    text: () => (meta ? ruleMarkdown(meta, lang, '') : listText(lang)),
    markdown: () => (meta ? ruleMarkdown(meta, lang, '## ') : listMarkdown(lang)),
    json: () => `${JSON.stringify(meta ? asJson(meta) : ruleCatalogue.map(asJson), null, 2)}\n`,
  }
  await deliver(context, [render[format === 'json' || format === 'markdown' ? format : 'text']()])
  return exitCodes.done
}
