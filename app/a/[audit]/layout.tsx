import type { ReactNode } from 'react'
import { Shell } from '@/app/shell'
import { Within } from '@/components/ui/link'
import { getAudit } from '@/lib/server/audits'
import { enterAudit } from '@/lib/server/gate'
import { loadReport } from '@/lib/server/reports'

type Props = { children: ReactNode; params: Promise<{ audit: string }> }

export default async function AuditLayout({ children, params }: Props) {
  const { audit: id } = await params
  const actor = await enterAudit(id, 'read')
  const audit = await getAudit(id)
  if (!audit) return <Shell>{children}</Shell>
  const report = audit.status === 'done' ? await loadReport(audit.id) : null
  const counts = audit.counts && Object.values(audit.counts).reduce((sum, n) => sum + n, 0)
  return (
    <Shell
      audit={{
        id: audit.id,
        name: audit.name,
        environmentId: audit.environmentId,
        environmentName: audit.environmentName,
        findings: counts,
        files: report?.sources.length ?? audit.sources,
        filesNeedAttention: report?.sources.some((s) => s.status !== 'parsed') ?? false,
      }}
    >
      {actor.permissions.has('raw') ? children : <Within except={[`/a/${audit.id}/files/`]}>{children}</Within>}
    </Shell>
  )
}
