import type { ReactNode } from 'react'
import { Shell } from '@/app/shell'
import { Within } from '@/components/ui/link'
import { getAudit } from '@/lib/server/audits'
import { enterAudit } from '@/lib/server/gate'
import { shellAudit } from './shell-audit'

type Props = { children: ReactNode; params: Promise<{ audit: string }> }

export default async function AuditLayout({ children, params }: Props) {
  const { audit: id } = await params
  const actor = await enterAudit(id, 'read')
  const audit = await getAudit(id)
  if (!audit) return <Shell>{children}</Shell>
  return (
    <Shell audit={await shellAudit(audit)}>
      {actor.permissions.has('raw') ? children : <Within except={[`/a/${audit.id}/files/`]}>{children}</Within>}
    </Shell>
  )
}
