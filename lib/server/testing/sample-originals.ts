import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { unzipSync } from 'fflate'
import { originalsIn } from '../../core/testing/naive-originals'

const folder = path.join(import.meta.dirname, '../../../samples/contoso')

/** What nobody would call an address, and still says whose the sample is. */
const words = ['contoso', 'fabrikam', 'muenchen', 'bayern', 'Relay Data Centre', 'Relay Cloud Applications']

function textsOf(name: string): string[] {
  const bytes = readFileSync(path.join(folder, name))
  const files = name.endsWith('.zip') ? Object.values(unzipSync(bytes)) : [bytes]
  return files.map((file) => new TextDecoder(file[0] === 0xff ? 'utf-16le' : 'utf-8').decode(file))
}

const listed = readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))

/** Names, addresses, domains, thumbprints and ids of the sample organisation, read from its files by simple patterns. */
export const sampleOriginals: readonly string[] = [...new Set([...originalsIn(listed.flatMap(textsOf)), ...words])]

const isWord = (c: string) => /[\p{L}\p{N}]/u.test(c)

/** Which of them a text holds, whatever their case; short ones as whole words only, since two letters are in any hash. */
export function originalsFoundIn(text: string, originals: readonly string[] = sampleOriginals): string[] {
  const shown = text.toLowerCase()
  return originals.filter((original) => {
    const wanted = original.toLowerCase()
    for (let at = shown.indexOf(wanted); at >= 0; at = shown.indexOf(wanted, at + 1))
      if (wanted.length > 5 || !(isWord(shown.charAt(at - 1)) || isWord(shown.charAt(at + wanted.length)))) return true
    return false
  })
}
