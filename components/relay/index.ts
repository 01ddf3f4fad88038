export { RelayLegend, RelayList, RelayTable } from './matrix'
export { RelayMissing, TheoremLine } from './theorem'
export { relayWordsOf } from './words'
