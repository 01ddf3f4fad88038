import { useLocale, useTranslations } from 'next-intl'
import { SeverityLabel } from '@/components/ui'
import { Link } from '@/components/ui/link'
import type { Changes, Finding } from '@/lib/core'
import { formatDate } from '@/lib/i18n/format'

type Props = { base: string; id: string; date: Date; changes: Changes; compareHref: string }

/** What changed since the audit before: in words, with the two lists behind the numbers. */
export function SinceEarlier({ base, id, date, changes, compareHref }: Props) {
  const t = useTranslations('overview')
  const compare = useTranslations('compare')
  const locale = useLocale()
  const { fresh, gone } = changes
  const summary = t('changes.summary', { fresh: fresh.length, gone: gone.length, date: formatDate(date, locale) })
  const link = (
    <Link href={compareHref} className="link" orElse="nothing">
      {compare('linkWith', { date: formatDate(date, locale) })}
    </Link>
  )
  if (fresh.length + gone.length === 0)
    return (
      <p className="mt-3 text-ink-2">
        {summary}. {link}
      </p>
    )
  return (
    <details className="mt-3">
      <summary className="tap py-1 text-ink-2">{summary}</summary>
      <div className="mt-2 grid gap-4 md:grid-cols-2">
        {fresh.length > 0 && (
          <div>
            <h3 className="font-semibold">{t('changes.fresh')}</h3>
            <ul className="mt-1 space-y-2">
              {fresh.map((f) => (
                <Line key={f.id} finding={f} base={base} />
              ))}
            </ul>
          </div>
        )}
        {gone.length > 0 && (
          <div>
            <h3 className="font-semibold">{t('changes.gone')}</h3>
            <ul className="mt-1 space-y-2">
              {gone.map((g) => (
                <Line
                  key={g.finding.id}
                  finding={g.finding}
                  base={`/a/${id}`}
                  note={g.unassessed ? t('changes.unassessed') : undefined}
                />
              ))}
            </ul>
          </div>
        )}
      </div>
      <p className="mt-3">{link}</p>
    </details>
  )
}

function Line({ finding, base, note }: { finding: Finding; base: string; note?: string | undefined }) {
  const locale = useLocale()
  return (
    <li className="flex flex-wrap gap-x-2">
      <SeverityLabel severity={finding.severity} />
      <Link href={`${base}/findings/${encodeURIComponent(finding.id)}`} className="link">
        {finding.title[locale]}
      </Link>
      {note && <span className="w-full text-table text-ink-2">{note}</span>}
    </li>
  )
}
