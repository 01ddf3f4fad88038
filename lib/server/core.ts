import type { Report, ReportBlock, ReportSource } from '@/lib/core/report/schema'
import type { Answers, Missing } from '@/lib/core/rules/define-rule'
import type { Topology } from '@/lib/core/topology/types'

export { reportSchema } from '@/lib/core/report/schema'
export { topologySchema } from '@/lib/core/topology/schema'
export type { Answers, Missing, Report, ReportBlock, ReportSource, Topology }
export type AuditFile = { readonly name: string; readonly bytes: Uint8Array | (() => Uint8Array) }
export type Limits = { fileBytes: number; auditBytes: number; archiveMembers: number; archiveRatio: number }
export type Progress = {
  phase: 'reading' | 'building' | 'checking' | 'drawing'
  done: number
  total: number
  detail?: string
}
export { severities } from '@/lib/core/rules/define-rule'

import type { AuditFile as F, Limits as L, Progress as P } from './core'

type R = { report: import('@/lib/core/report/schema').Report; topology: import('@/lib/core/topology/types').Topology }
const absent = (): never => {
  throw new Error('the core is not built in yet')
}
export const runAudit: (
  files: readonly F[],
  o: {
    now: Date
    answers?: import('@/lib/core/rules/define-rule').Answers
    limits?: Partial<L>
    onProgress?: (p: P) => void
  },
) => R = absent
export const inspect: (file: F, limits: L) => import('@/lib/core/report/schema').ReportSource[] = absent
export const openSource: (file: F, name: string, limits: L) => { text: string; encoding: string } | null = absent
export const answerable: (blocks: readonly import('@/lib/core/report/schema').ReportBlock[]) => {
  question: number
  answer: 'yes' | 'partly' | 'no'
  missing: import('@/lib/core/rules/define-rule').Missing[]
}[] = () => []
