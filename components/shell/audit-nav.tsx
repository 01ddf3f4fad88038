import {
  Files,
  Gauge,
  GitCompareArrows,
  Grid3x3,
  ListChecks,
  type LucideIcon,
  Map as MapIcon,
  Route,
  Search,
} from 'lucide-react'
import { useLocale, useTranslations } from 'next-intl'
import { cx, VisuallyHidden } from '@/components/ui'
import { formatNumber } from '@/lib/i18n/format'
import type { Permission } from '@/lib/server/access'
import { NavLink } from './nav-link'
import type { ShellPerson } from './person'

/** What the navigation shows of an audit. Numbers that are not known yet are left out. */
export type ShellAudit = {
  id: string
  name: string
  environmentId: string
  environmentName: string
  /** There is a report: it can be compared and shared. */
  isAnalysed: boolean
  /** The earlier audit that the page compares this one with. */
  comparedWith?: string | undefined
  findings?: number | null
  files?: number | null
  /** A file was not recognised, cut or refused. */
  filesNeedAttention?: boolean
}

type Item = {
  key: 'overview' | 'findings' | 'map' | 'simulate' | 'relay' | 'coverage' | 'compare' | 'files'
  href: string
  icon: LucideIcon
  /** What a person must be allowed to do; `read` unless said otherwise. */
  needs?: Permission
  count?: number | null | undefined
  attention?: boolean | undefined
  /** Not fetched before it is asked for: what costs. */
  prefetch?: false
}

/** The audit against the one before it. */
const compareItem = ({ id, environmentId }: ShellAudit): Item => ({
  ...{ key: 'compare', href: `/e/${environmentId}/compare?b=${id}`, icon: GitCompareArrows },
  ...{ needs: 'ask', prefetch: false },
})

/** The pages of one audit that a person may open, in the order of the rail. */
export function auditItems(audit: ShellAudit, person: ShellPerson): Item[] {
  const base = `/a/${audit.id}`
  const items: Item[] = [
    { key: 'overview', href: base, icon: Gauge },
    { key: 'findings', href: `${base}/findings`, icon: ListChecks, count: audit.findings },
    { key: 'map', href: `${base}/map`, icon: MapIcon },
    { key: 'simulate', href: `${base}/simulate`, icon: Route, needs: 'ask' },
    { key: 'relay', href: `${base}/relay`, icon: Grid3x3, needs: 'ask' },
    { key: 'coverage', href: `${base}/coverage`, icon: Search },
    ...(audit.isAnalysed ? [compareItem(audit)] : []),
    { key: 'files', href: `${base}/files`, icon: Files, count: audit.files, attention: audit.filesNeedAttention },
  ]
  return items.filter(({ needs = 'read' }) => person.may.includes(needs))
}

/** The look of a line of the rail. */
export const railLink = cx(
  'tap flex min-h-9 items-center gap-3 rounded-input px-3 py-1.5 text-ink no-underline hover:bg-raised',
  'aria-[current=page]:bg-raised aria-[current=page]:font-semibold',
  'aria-[current=page]:shadow-[inset_3px_0_0_var(--color-accent)]',
)

/** One page of an audit in the rail: icon, word, count. */
export function AuditNavItem({ item }: { item: Item }) {
  const t = useTranslations('shell')
  const locale = useLocale()
  const Icon = item.icon
  return (
    <NavLink href={item.href} exact={item.key === 'overview'} prefetch={item.prefetch} className={railLink}>
      <Icon aria-hidden className="size-5 shrink-0 text-ink-2" strokeWidth={1.75} />
      <span className="min-w-0 flex-1">{t(`nav.${item.key}`)}</span>
      {item.count != null && (
        <span className="text-table text-ink-2 tabular-nums">{formatNumber(item.count, locale)}</span>
      )}
      {item.attention && (
        <span className="size-2 rounded-full bg-medium">
          <VisuallyHidden>{t('filesAttention')}</VisuallyHidden>
        </span>
      )}
    </NavLink>
  )
}
