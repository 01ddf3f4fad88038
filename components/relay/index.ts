export { RelayLegend, RelayList, RelayTable } from './matrix'
export { TheoremLine, TheoremMissing } from './theorem'
export { relayWordsOf } from './words'
