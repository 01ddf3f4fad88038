import type { ExportedPart } from '../model'
import type { BlockInfo, Draft } from './draft'

export function settleParts(blocks: readonly BlockInfo[]): void {
  for (const b of blocks) {
    const part = b.collection === 'outboundConnectors' ? partOf(b) : undefined
    if (part !== undefined) b.part = part
  }
}

/**
 * Get-OutboundConnector lists test-mode connectors and those for transport rules only when asked, and then nothing else (its
 * reference, -IncludeTestModeConnectors and -IsTransportRuleScoped). Without the command the objects tell, where they all agree.
 */
function partOf({ raw, drafts }: BlockInfo): ExportedPart | undefined {
  if (raw.command !== null) {
    const asked = (name: string): boolean =>
      new RegExp(`-${name}(?:\\s*:\\s*|\\s+)["']?(?:\\$true|1)`, 'i').test(raw.command ?? '')
    if (asked('IncludeTestModeConnectors')) return 'test-mode'
    return asked('IsTransportRuleScoped') ? 'rule-scoped' : 'plain'
  }
  const all = (name: string, wanted: boolean): boolean =>
    drafts.length > 0 && drafts.every((d) => knownValue(d, name) === wanted)
  if (all('testmode', true)) return 'test-mode'
  if (all('istransportrulescoped', true)) return 'rule-scoped'
  return all('testmode', false) && all('istransportrulescoped', false) ? 'plain' : undefined
}

function knownValue(d: Draft, name: string): unknown {
  const p = d.properties.get(name)
  return p?.state === 'ok' ? p.value : undefined
}
