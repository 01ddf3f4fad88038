export { AnalysisFailed, AnalysisProgress } from './analysis-progress'
export { Overview } from './overview'
