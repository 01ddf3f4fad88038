import { messageWays } from '../rules/message-parts'
import type { Language } from '../rules/texts'

const WORDS = /[\p{L}\p{N}][\p{L}\p{N}\p{M}]*/gu

type Words = readonly string[]
const ways = new Map<string, readonly Words[]>()

/** The product's own words in a message, in their order, for each way in which it can be said. */
export function wordsOfMessage(message: string, language: Language): readonly Words[] {
  const key = `${language}:${message}`
  const known = ways.get(key)
  if (known !== undefined) return known
  const made = messageWays(message, language).map((texts) => texts.flatMap((text) => text.match(WORDS) ?? []))
  ways.set(key, made)
  return made
}

function isSaid(own: Words, said: Words): boolean {
  let at = 0
  for (const word of said) if (word === own[at]) at++
  return at === own.length
}

/** The way in which it was said: the one with the most words of those that are all there. */
function wayOf(said: Words, all: readonly Words[]): Words {
  const fitting = all.filter((own) => isSaid(own, said)).sort((a, b) => b.length - a.length)
  return fitting[0] ?? all.flat()
}

/** Larger tables are not worth their time: then nothing is told. */
const MOST_CELLS = 2_000_000

/**
 * Where the words begin in a text that are values and not the product's own: of all ways to lay the message over the text the one
 * that explains most of its words counts.
 */
export function valuesIn(text: string, message: readonly Words[]): ReadonlySet<number> {
  const said = [...text.matchAll(WORDS)]
  const own = wayOf(
    said.map(([word]) => word),
    message,
  )
  const [rows, columns] = [said.length, own.length]
  if (rows * columns > MOST_CELLS) return new Set()
  const width = columns + 1
  // Longest common sequence of what follows word i of the text and word j of the message.
  const best = new Uint16Array((rows + 1) * width)
  const cell = (i: number, j: number): number => best[i * width + j] ?? 0
  for (let i = rows - 1; i >= 0; i--)
    for (let j = columns - 1; j >= 0; j--)
      best[i * width + j] = said[i]?.[0] === own[j] ? cell(i + 1, j + 1) + 1 : Math.max(cell(i + 1, j), cell(i, j + 1))
  const values = new Set<number>()
  let [i, j] = [0, 0]
  while (i < rows) {
    const isOwn =
      j < columns && said[i]?.[0] === own[j] && cell(i, j) === cell(i + 1, j + 1) + 1 && cell(i, j) > cell(i + 1, j)
    if (isOwn) [i, j] = [i + 1, j + 1]
    else if (j < columns && cell(i, j + 1) === cell(i, j)) j++
    else {
      values.add(said[i]?.index ?? -1)
      i++
    }
  }
  return values
}
