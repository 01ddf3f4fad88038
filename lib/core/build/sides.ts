import type { CollectionName, Side } from '../model'
import type { BlockInfo, Draft } from './draft'
import { shortHost, textOf } from './identity'

/** Kinds that exist on one side only. */
const onlyCloud: ReadonlySet<CollectionName> = new Set<CollectionName>([
  'inboundConnectors',
  'outboundConnectors',
  'blockedConnectors',
  'outboundSpamPolicies',
  'onPremisesOrganizations',
])
const onlyPremises: ReadonlySet<CollectionName> = new Set<CollectionName>([
  'receiveConnectors',
  'sendConnectors',
  'certificates',
  'servers',
  'hybridConfigurations',
  'transportServices',
  'edgeSubscriptions',
  'adPermissions',
  'authConfigs',
])

// Forests of Exchange Online, of its sovereign clouds too, in distinguished and canonical names.
const CLOUD_TEXT =
  /prod\.outlook\.com|DC=PROD,DC=OUTLOOK|prod\.partner\.outlook\.cn|DC=PARTNER,DC=OUTLOOK|prod\.office365\.us|DC=OFFICE365,DC=US|Microsoft Exchange Hosted Organizations|\.onmicrosoft\.com\/Configuration/i

/** Properties that only the service knows (the documentation of the Set- cmdlets says so of their parameters). */
const cloudColumns: Partial<Record<CollectionName, readonly string[]>> = {
  acceptedDomains: ['sendingfromdomaindisabled', 'sendingtodomaindisabled'],
  remoteDomains: ['smtpdanemandatorymodeenabled'],
  transportRules: ['routemessageoutboundconnector'],
  transportConfigs: ['smtpclientauthenticationdisabled', 'allowlegacytlsclients', 'replyallstormprotectionenabled'],
  organizationConfigs: ['rejectdirectsend', 'sendfromaliasenabled'],
}
const DIRECTORY = ['organizationid', 'distinguishedname', 'originatingserver', 'objectcategory'] as const

/** What the object itself says: directory paths of Exchange Online name its forests, and some properties exist on one side only. */
function sideOfObject(d: Draft): Side {
  if (onlyCloud.has(d.collection)) return 'exchange-online'
  if (onlyPremises.has(d.collection)) return 'on-premises'
  let side: Side = 'unknown'
  for (const name of DIRECTORY) {
    const text = textOf(d, name)
    if (text === undefined) continue
    if (CLOUD_TEXT.test(text)) return 'exchange-online'
    if (name !== 'organizationid') side = 'on-premises'
  }
  if (side !== 'unknown') return side
  return cloudColumns[d.collection]?.some((name) => isSet(d, name)) ? 'exchange-online' : 'unknown'
}

function isSet(d: Draft, name: string): boolean {
  const state = d.properties.get(name)?.state
  return state === 'ok' || state === 'truncated'
}

/** Everything in one source was mostly taken in one session: one known side speaks for blocks that say nothing. */
function sideOfSource(blocks: readonly BlockInfo[]): Side {
  const sides = new Set(blocks.map((b) => b.side).filter((s) => s !== 'unknown'))
  return sides.size === 1 ? ([...sides][0] ?? 'unknown') : 'unknown'
}

// Folders and file names that people choose: `exo/…`, `Exchange Online/…`, `accepteddomains_cloud.txt`, `onprem/…`.
const CLOUD_PATH =
  /(?:^|[^a-z0-9])(?:exo|exchange[ _-]?online|cloud|o365|m365|office[ _-]?365|microsoft[ _-]?365|tenant)(?:[^a-z0-9]|$)/i
const PREMISES_PATH = /(?:^|[^a-z0-9])(?:on[ _-]?prem(?:ises?)?|local|lokal)(?:[^a-z0-9]|$)/i

/** The last thing to go by: how somebody named the file. */
function sideOfPath(path: string): Side {
  const [cloud, premises] = [CLOUD_PATH.test(path), PREMISES_PATH.test(path)]
  return cloud === premises ? 'unknown' : cloud ? 'exchange-online' : 'on-premises'
}

export function settleSides(sources: readonly (readonly BlockInfo[])[]): void {
  for (const blocks of sources) {
    for (const b of blocks) settleBlock(b)
    const common = sideOfSource(blocks)
    for (const b of blocks) {
      if (b.side === 'unknown' && b.collection !== null)
        b.side = common === 'unknown' ? sideOfPath(b.sourceName) : common
      for (const d of b.drafts) if (d.side === 'unknown') d.side = b.side
    }
  }
}

function settleBlock(b: BlockInfo): void {
  for (const d of b.drafts) {
    // Neither a file that also holds exports of the cloud nor its folder makes a send connector one of Exchange Online.
    const isMisplaced = d.side === 'exchange-online' && onlyPremises.has(d.collection)
    if (d.side !== 'unknown' && d.side !== 'on-premises' && !isMisplaced) continue
    const own = sideOfObject(d)
    if (own !== 'unknown') d.side = own
  }
  const seen = new Set(b.drafts.map((d) => d.side))
  const [one] = seen
  if (seen.size === 1 && one !== undefined && one !== 'unknown') b.side = one
  else if (b.drafts.length === 0 && b.collection !== null) b.side = emptySide(b)
}

function emptySide(b: BlockInfo): Side {
  if (b.collection !== null && onlyCloud.has(b.collection)) return 'exchange-online'
  // An Edge has send connectors and subscriptions of its own: none there says nothing of the organisation's.
  if (b.collection !== null && onlyPremises.has(b.collection)) return b.side === 'edge' ? 'edge' : 'on-premises'
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
