// What bench/rules.mjs needs of the core, bundled: the rules, and organisations of any size as a Config.

import { analyse } from '../../lib/core/analyse'
import { runRule } from '../../lib/core/analyse/run'
import { buildConfig } from '../../lib/core/build'
import type { Config, RawObject } from '../../lib/core/model'
import { rules } from '../../lib/core/rules'
import type { RuleContext } from '../../lib/core/rules/define-rule'

export type { Config, RuleContext }
export { analyse, rules, runRule }

type Plain = Readonly<Record<string, unknown>>

const textOf = (value: unknown): { text: string | null; items?: readonly string[] } => {
  if (value === null || value === undefined) return { text: null }
  if (Array.isArray(value)) return { text: `{${value.join(', ')}}`, items: value.map(String) }
  if (typeof value === 'boolean') return { text: value ? 'True' : 'False' }
  if (typeof value === 'object' && 'named' in value) return { text: String(value.named) }
  if (typeof value === 'object' && 'date' in value) return { text: `${String(value.date)}Z` }
  return { text: String(value) }
}

let line = 0
function rawOf(o: Plain): RawObject {
  const from = line + 1
  const properties = Object.entries(o).map(([name, value]) => {
    line += 1
    return { name, ...textOf(value), lines: [line, line] as const }
  })
  line += 1
  return { properties, lines: [from, line] }
}

/** Objects of each cmdlet, as they would be read from whole listings. */
export function configOf(
  listings: readonly { cmdlet: string; collection: keyof Config; server: string | null; objects: readonly Plain[] }[],
): Config {
  line = 0
  const blocks = listings.map((l) => {
    const from = line + 1
    const objects = l.objects.map(rawOf)
    return {
      format: 'json',
      cmdlet: l.cmdlet,
      collection: l.collection,
      certainty: 'certain',
      completeness: 'full',
      side: 'on-premises',
      server: l.server,
      command: l.server === null ? l.cmdlet : `${l.cmdlet} -Server ${l.server}`,
      listing: 'all',
      objects,
      lines: [from, line] as const,
    }
  })
  return buildConfig([{ id: 's1', name: 'bench.json', blocks: blocks as never }], () => undefined).config
}
