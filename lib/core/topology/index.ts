export { buildTopology } from './build'
export { cardsInOrder } from './layout'
export { laneIds, topologySchema } from './schema'
export {
  type Found,
  findInTopology,
  formatSelection,
  isAddress,
  parseSelection,
  type Selection,
  shownWith,
} from './selection'
export { renderTopologySvg, type SvgOptions } from './svg'
export { type TopologyRow, topologyRows } from './table'
export { formatCount, type MapLanguage, mapTexts } from './texts'
export type { CardKind, Door, LaneId, Protection, Topology, TopologyCard, TopologyLine, Trust } from './types'
export { cardDetail, cardName, cardTitle, lineFacts, lineTitle, whoText } from './words'
