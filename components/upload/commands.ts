import {
  type Answerable,
  type CollectionName,
  cmdletOf,
  collectCommand,
  collections,
  type ReportBlock,
} from '@/lib/core'

export const groups = ['on-premises', 'edge', 'exchange-online'] as const
export type Group = (typeof groups)[number]
export type Command = { group: Group; collection: CollectionName; code: string; arrived: boolean }

const wanted: Readonly<Record<Group, readonly CollectionName[]>> = {
  'on-premises': [
    'servers',
    'receiveConnectors',
    'adPermissions',
    'sendConnectors',
    'certificates',
    'acceptedDomains',
    'hybridConfigurations',
    'edgeSubscriptions',
  ],
  edge: ['receiveConnectors', 'adPermissions', 'sendConnectors', 'certificates', 'acceptedDomains'],
  'exchange-online': ['inboundConnectors', 'outboundConnectors', 'acceptedDomains'],
}

const commandFor = (group: Group, collection: CollectionName): string =>
  collectCommand({ cmdlet: cmdletOf[collection], side: group, servers: [] })

/** What a file does not say about its origin is taken for on-premises: most exports are. */
const groupOf = (block: ReportBlock): Group => (block.side === 'unknown' ? 'on-premises' : block.side)

/** The usual commands of a group, and what the questions ask for besides. */
function collectionsOf(group: Group, missing: Answerable['missing']): CollectionName[] {
  const asked = missing.filter((m) => m.side === group).map((m) => m.cmdlet)
  return [...new Set([...wanted[group], ...collections.filter((c) => asked.includes(cmdletOf[c]))])]
}

/** The single commands, each with whether its output is among the files. */
export function commandList(blocks: readonly ReportBlock[], answers: readonly Answerable[]): Command[] {
  const here = new Set(blocks.map((b) => `${groupOf(b)} ${b.collection}`))
  const missing = answers.flatMap((a) => a.missing)
  return groups.flatMap((group) =>
    collectionsOf(group, missing).map((collection) => ({
      group,
      collection,
      code: commandFor(group, collection),
      arrived: here.has(`${group} ${collection}`),
    })),
  )
}
