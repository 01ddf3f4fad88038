export { CoverageByCheck } from './by-check'
export { anchorOf, GapCard } from './gap-card'
export { MailText } from './mail-text'
export { Matrix } from './matrix'
