import 'server-only'
import type { ShellAudit } from '@/components/shell'
import type { AuditRow } from '@/lib/server/audits'
import { loadReport } from '@/lib/server/reports'

/** What the frame of a page shows of the audit that it is about. */
export async function shellAudit(audit: AuditRow): Promise<ShellAudit> {
  const { id, name, environmentId, environmentName, counts, status } = audit
  const report = status === 'done' ? await loadReport(id) : null
  return {
    ...{ id, name, environmentId, environmentName },
    isAnalysed: status === 'done',
    findings: counts && Object.values(counts).reduce((sum, n) => sum + n, 0),
    files: report?.sources.length ?? audit.sources,
    filesNeedAttention: report?.sources.some((s) => s.status !== 'parsed') ?? false,
  }
}
