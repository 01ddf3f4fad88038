export { AnalysisFailed, AnalysisProgress, ReportGone } from './analysis-progress'
export { Overview } from './overview'
