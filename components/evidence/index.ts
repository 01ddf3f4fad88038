export { Evidence } from './evidence'
export { HashLines } from './hash-lines'
export { raw, SourceLines } from './source-lines'
