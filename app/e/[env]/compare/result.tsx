import { getLocale, getTranslations } from 'next-intl/server'
import { orRefusal, Refused } from '@/app/a/[audit]/simulate/refused'
import { CompareExports, type CompareQuery, ComparisonView } from '@/components/compare'
import { Link, Notice } from '@/components/ui'
import { formatDate } from '@/lib/i18n/format'
import type { Actor } from '@/lib/server/access'
import type { AuditRow } from '@/lib/server/audits'
import { compareAudits } from '@/lib/server/comparisons'
import { dateOf } from './labels'

type ResultProps = { actor: Actor; earlier: AuditRow; later: AuditRow; path: string; query: CompareQuery }

/** The comparison, or why there is none and a link to the audit that can be read. */
export async function Result({ actor, earlier, later, path, query }: ResultProps) {
  const found = await orRefusal(compareAudits(earlier.id, later.id, actor))
  if ('refusal' in found) return <Refused refusal={found.refusal} />
  const bases = { before: `/a/${earlier.id}`, after: `/a/${later.id}` }
  if ('comparison' in found)
    return (
      <ComparisonView
        comparison={found.comparison}
        bases={bases}
        path={path}
        query={query}
        exports={<CompareExports path={path} query={query} />}
      />
    )
  const t = await getTranslations('compare')
  const locale = await getLocale()
  const isUnreadable = (a: AuditRow) => found.unreadable.includes(a.id)
  const day = (audit: AuditRow) => formatDate(dateOf(audit), locale)
  return [earlier, later].map((audit) =>
    isUnreadable(audit) ? (
      <Notice
        key={audit.id}
        level="error"
        title={t('unreadable', { date: day(audit) })}
        className="mb-3"
        role="alert"
      />
    ) : (
      <p key={audit.id} className="mb-3">
        <Link href={`/a/${audit.id}`} className="link">
          {t('unreadableOther', { date: day(audit) })}
        </Link>
      </p>
    ),
  )
}
