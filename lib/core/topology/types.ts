import type { z } from 'zod'
import type { cardKinds, laneIds, protections, topologySchema, trusts } from './schema'

/** Cards, lines and their doors; see the schema for what each property means. */
export type Topology = z.infer<typeof topologySchema>
export type TopologyCard = Topology['cards'][number]
export type TopologyLine = Topology['lines'][number]
export type Door = TopologyLine['doors'][number]
export type LaneId = (typeof laneIds)[number]
export type CardKind = (typeof cardKinds)[number]
export type Protection = (typeof protections)[number]
export type Trust = (typeof trusts)[number]
