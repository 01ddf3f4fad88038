import { useLocale, useTranslations } from 'next-intl'
import { cx, SeverityLabel } from '@/components/ui'
import { Link } from '@/components/ui/link'
import type { Finding } from '@/lib/core'

type Props = { base: string; findings: readonly Finding[]; className?: string }

/** Findings by severity and title, each a link to its page. */
export function FindingLinks({ base, findings, className }: Props) {
  const locale = useLocale()
  const t = useTranslations('findings')
  return (
    <ul className={cx('space-y-2', className)}>
      {findings.map((f) => (
        <li key={f.id} className="flex flex-wrap gap-x-2">
          <SeverityLabel severity={f.severity} />
          <Link href={`${base}/findings/${encodeURIComponent(f.id)}`} className="link">
            {f.title[locale]}
          </Link>
          {f.accepted && <span className="text-ink-2">({t('status.accepted')})</span>}
        </li>
      ))}
    </ul>
  )
}
