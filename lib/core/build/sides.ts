import type { CollectionName, Side } from '../model'
import type { BlockInfo, Draft } from './draft'
import { shortHost, textOf } from './identity'

/** Kinds that exist on one side only. */
const onlyCloud: readonly CollectionName[] = ['inboundConnectors', 'outboundConnectors']
const onlyPremises: readonly CollectionName[] = [
  'receiveConnectors',
  'sendConnectors',
  'certificates',
  'servers',
  'hybridConfigurations',
  'transportServices',
  'edgeSubscriptions',
  'adPermissions',
]

const CLOUD_TEXT =
  /prod\.outlook\.com|DC=PROD,DC=OUTLOOK|Microsoft Exchange Hosted Organizations|\.onmicrosoft\.com\/Configuration/i

/** What the object itself says: directory paths of Exchange Online name its forests. */
function sideOfObject(d: Draft): Side {
  if (onlyCloud.includes(d.collection)) return 'exchange-online'
  if (onlyPremises.includes(d.collection)) return 'on-premises'
  for (const name of ['organizationid', 'distinguishedname', 'originatingserver', 'objectcategory']) {
    const text = textOf(d, name)
    if (text === undefined) continue
    if (CLOUD_TEXT.test(text)) return 'exchange-online'
    if (name !== 'organizationid') return 'on-premises'
  }
  return 'unknown'
}

/** Everything in one source was mostly taken in one session: one known side speaks for blocks that say nothing. */
function sideOfSource(blocks: readonly BlockInfo[]): Side {
  const sides = new Set(blocks.map((b) => b.side).filter((s) => s !== 'unknown'))
  return sides.size === 1 ? ([...sides][0] ?? 'unknown') : 'unknown'
}

export function settleSides(sources: readonly (readonly BlockInfo[])[]): void {
  for (const blocks of sources) {
    for (const b of blocks) {
      for (const d of b.drafts)
        if (d.side === 'unknown' || d.side === 'on-premises')
          d.side = sideOfObject(d) === 'unknown' ? d.side : sideOfObject(d)
      const seen = new Set(b.drafts.map((d) => d.side))
      const one = [...seen][0]
      if (seen.size === 1 && one !== undefined && one !== 'unknown') b.side = one
      else if (b.drafts.length === 0 && b.collection !== null) b.side = emptySide(b)
    }
    const common = sideOfSource(blocks)
    for (const b of blocks) {
      if (b.side === 'unknown') b.side = common
      for (const d of b.drafts) if (d.side === 'unknown') d.side = b.side
    }
  }
}

function emptySide(b: BlockInfo): Side {
  if (b.collection !== null && onlyCloud.includes(b.collection)) return 'exchange-online'
  if (b.collection !== null && onlyPremises.includes(b.collection)) return 'on-premises'
  return b.side
}

const EDGE_CONNECTOR = /^Default internal receive connector\b/i

/** Short names (lower case) of servers that are Edge servers for sure: by their role, a subscription, or the connector only they have. */
export function edgeServers(drafts: readonly Draft[]): ReadonlySet<string> {
  const out = new Set<string>()
  for (const d of drafts) {
    const role = d.collection === 'servers' ? (textOf(d, 'ServerRole') ?? '') : ''
    const isEdge =
      /\bEdge\b|^64$/i.test(role) ||
      d.collection === 'edgeSubscriptions' ||
      (d.collection === 'receiveConnectors' && EDGE_CONNECTOR.test(d.name)) ||
      (d.collection === 'receiveConnectors' &&
        d.block.completeness === 'full' &&
        !d.properties.has('transportrole') &&
        /edge/i.test(d.server ?? ''))
    const name = d.server ?? d.name
    if (isEdge && name !== '') out.add(shortHost(name).toLowerCase())
  }
  return out
}

/** Objects that an Edge keeps to itself belong to its side. */
export function settleEdges(blocks: readonly BlockInfo[], edges: ReadonlySet<string>): void {
  const own: readonly CollectionName[] = [
    'receiveConnectors',
    'certificates',
    'servers',
    'transportServices',
    'adPermissions',
  ]
  for (const b of blocks) {
    const host = b.host === null ? '' : shortHost(b.host).toLowerCase()
    const taken = edges.has(host)
    for (const d of b.drafts) {
      const server = d.server === null ? '' : shortHost(d.server).toLowerCase()
      if (
        d.side === 'on-premises' &&
        ((own.includes(d.collection) && edges.has(server)) || (taken && d.server === null))
      )
        d.side = 'edge'
    }
    if (b.side === 'on-premises' && b.drafts.length > 0 && b.drafts.every((d) => d.side === 'edge')) b.side = 'edge'
  }
}
