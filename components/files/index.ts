export { FileTable } from './file-table'
export { MarksList, RawLines } from './raw-lines'
export { FindForm, FindResults, type Hit, RawPager } from './raw-tools'
export { SourceFacts } from './source-facts'
