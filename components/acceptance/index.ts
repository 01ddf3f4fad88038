export { Acceptance, PastAcceptances } from './acceptance'
export { RiskList } from './risk-list'
