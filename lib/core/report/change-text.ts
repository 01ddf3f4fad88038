import type { Finding, Language } from './schema'
import { say, severityWord, words } from './words'

const titles = (all: readonly { severity: Finding['severity']; title: Finding['title'] }[], lang: Language): string =>
  all.map((f) => `${f.title[lang]} (${severityWord[f.severity][lang]})`).join('; ')

/** What the change of a finding's fix does, in sentences; none where it was not asked for. */
export function changeSentences(change: Finding['change'], lang: Language): readonly string[] {
  if (!change) return []
  const said = words.changeWords
  if (change.state === 'unknown') return change.reason === 'no-fix' ? [] : [said[change.reason][lang]]
  const listed = [
    [said.also, change.resolved],
    [said.eases, change.eased],
    [said.adds, change.added],
  ] as const
  return [
    (change.isResolved ? said.resolves : said.stays)[lang],
    ...listed.flatMap(([text, all]) => (all.length > 0 ? [say(text, lang, { titles: titles(all, lang) })] : [])),
  ]
}
