export { decidingProperties } from './deciding-properties'
export { cardsInOrder } from './layout'
export { type PathNode, parsePath, pathOnMap } from './path'
export { laneIds, topologySchema } from './schema'
export {
  type Found,
  findInTopology,
  formatSelection,
  isAddress,
  parseSelection,
  type Selection,
} from './selection'
export { renderTopologySvg } from './svg'
export { type TopologyRow, topologyRows } from './table'
export { mapTexts } from './texts'
export type { Door, Protection, Topology, TopologyCard, TopologyLine, Trust } from './types'
export { cardDetail, cardName, lineFacts, whoText } from './words'
