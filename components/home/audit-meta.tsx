import { useTranslations } from 'next-intl'
import { Link } from '@/components/ui/link'
import type { AuditRow } from '@/lib/server/audits'

type Props = {
  audit: AuditRow
  /** Who made it; undefined where that is not known. */
  by: string | undefined
  /** Links that guests can open. */
  links: number
}

/** Who made an audit, and how much of it is shared. */
export function AuditMeta({ audit, by, links }: Props) {
  const t = useTranslations('home')
  if (by === undefined && links === 0) return null
  return (
    <span className="block font-normal text-meta text-ink-2">
      {by !== undefined && t('by', { name: by })}
      {by !== undefined && links > 0 && ' · '}
      {links > 0 && (
        <Link href={`/a/${audit.id}/share`} className="link">
          {t('links', { count: links })}
        </Link>
      )}
    </span>
  )
}
