export { Evidence, type ExcerptText } from './evidence'
export { HashLines } from './hash-lines'
export { raw, SourceLines } from './source-lines'
