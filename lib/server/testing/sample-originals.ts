import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { unzipSync } from 'fflate'
import { originalsIn } from '../../core/testing/naive-originals'

const folder = path.join(import.meta.dirname, '../../../samples/contoso')

// The product's own texts give examples with some of the names of the sample. These stand in none of them.
const renamed: readonly (readonly [RegExp, string])[] = [
  [/contoso/gi, 'quarzberg'],
  [/fabrikam/gi, 'wolframit'],
  [/\bEX0(?=\d)/g, 'QMX7'],
  [/\bEDGE0(?=\d)/g, 'QGATE7'],
  [/Relay Data Centre/g, 'Relay Bergwerk'],
]

const decoded = (bytes: Uint8Array): string => new TextDecoder(bytes[0] === 0xff ? 'utf-16le' : 'utf-8').decode(bytes)
const another = (text: string): string => renamed.reduce((t, [from, to]) => t.replace(from, to), text)

function textsOf(name: string): [string, string][] {
  const bytes = readFileSync(path.join(folder, name))
  if (!name.endsWith('.zip')) return [[name, decoded(bytes)]]
  return Object.entries(unzipSync(bytes)).map(([member, file]) => [member, decoded(file)])
}

const sampleTexts = readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .flatMap((entry) => textsOf(path.relative(folder, path.join(entry.parentPath, entry.name))))

/** The sample organisation under another name, as files to upload. */
export const otherSample: Readonly<Record<string, string>> = Object.fromEntries(
  sampleTexts.map(([name, text]) => [another(name), another(text)]),
)

/** What nobody would call an address, and still says whose the files are. */
const words = ['contoso', 'fabrikam', 'muenchen', 'bayern', 'Relay Data Centre', 'Relay Cloud Applications']

/** Large networks are few: one may be the pseudonym of another, or by chance its own. Addresses in them are never. */
const isTelling = (original: string): boolean => !/^\d+\.\d+\.0\.0$/.test(original)

/** Names, addresses, domains, thumbprints and ids of the sample organisation, read from its files by simple patterns. */
export const sampleOriginals = [
  ...new Set([...originalsIn(sampleTexts.map(([, text]) => text)).filter(isTelling), ...words]),
]

/** The same of the sample under another name. */
export const otherOriginals = [
  ...new Set([
    ...originalsIn(Object.values(otherSample)).filter(isTelling),
    ...words.slice(2).map(another),
    'quarzberg',
    'wolframit',
  ]),
]

const isWord = (c: string) => /[\p{L}\p{N}]/u.test(c)

/** Which of them a text holds, whatever their case; short ones as whole words only, since two letters are in any hash. */
export function originalsFoundIn(text: string, originals: readonly string[]): string[] {
  const shown = text.toLowerCase()
  return originals.filter((original) => {
    const wanted = original.toLowerCase()
    for (let at = shown.indexOf(wanted); at >= 0; at = shown.indexOf(wanted, at + 1))
      if (wanted.length > 5 || !(isWord(shown.charAt(at - 1)) || isWord(shown.charAt(at + wanted.length)))) return true
    return false
  })
}
