import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { auditHref } from '@/components/home/audit-state'
import type { AuditRow } from '@/lib/server/audits'

export type Revisions = { readonly earlier: AuditRow | null; readonly later: readonly AuditRow[] }

/** Which audit this one began with, and those that began with it. Nothing for an audit without either. */
export function RevisionNote({ audit, earlier, later }: { audit: AuditRow } & Revisions) {
  const t = useTranslations('upload')
  if (audit.revisionOf === null && later.length === 0) return null
  const number = audit.revision
  return (
    <div className="mb-4 text-ink-2">
      {audit.revisionOf !== null && (
        <p>
          {earlier
            ? t.rich('revisionOf', {
                number,
                name: () => (
                  <Link href={auditHref(earlier)} className="link">
                    {earlier.name}
                    {earlier.revision > 1 && ` (${t('revision', { number: earlier.revision })})`}
                  </Link>
                ),
              })
            : t('revisionOfGone', { number })}
          {'. '}
          {t('revisionText')}
        </p>
      )}
      {later.map((audit) => (
        <p key={audit.id}>
          {t.rich('revisedBy', {
            name: () => (
              <Link href={auditHref(audit)} className="link">
                {audit.name} ({t('revision', { number: audit.revision })})
              </Link>
            ),
          })}
        </p>
      ))}
    </div>
  )
}
