import { useTranslations } from 'next-intl'
import { Button } from '@/components/ui'
import type { AuditRow } from '@/lib/server/audits'

type Props = { audit: AuditRow; add: (form: FormData) => Promise<void>; kind?: 'secondary' | 'quiet' }

/** Begins a revision: a draft with the same files, to which others are added. Nothing while an analysis runs, or without files. */
export function AddFiles({ audit, add, kind = 'quiet' }: Props) {
  const t = useTranslations('upload')
  if (audit.status === 'queued' || audit.status === 'running' || audit.originalsDeletedAt) return null
  return (
    <form action={add} className={kind === 'quiet' ? '-my-1 print:hidden' : 'print:hidden'}>
      <Button
        type="submit"
        size="small"
        kind={kind}
        name="audit"
        value={audit.id}
        aria-label={t('addFilesTo', { name: audit.name })}
      >
        {t('addFiles')}
      </Button>
    </form>
  )
}
