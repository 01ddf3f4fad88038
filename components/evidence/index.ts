export { Evidence, type ExcerptText } from './evidence'
export { HashLines } from './hash-lines'
export { SourceLines } from './source-lines'
