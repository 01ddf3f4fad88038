export {
  lastShareDay,
  parseShareChoices,
  type ShareChoices,
  type SharePolicy,
  shareDays,
  shareEnd,
  shareSearch,
  shareTargetOf,
} from './query'
export { ShareForm } from './share-form'
export { ShareLinks } from './share-links'
export { type MadeLink, noAnswer, type ShareAction, type ShareAnswer } from './state'
