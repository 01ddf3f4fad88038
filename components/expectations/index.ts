export { ExpectationTable } from './expectation-table'
export { KeepForm } from './keep-form'
export { StarterList } from './starter-list'
