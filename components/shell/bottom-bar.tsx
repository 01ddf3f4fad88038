import { BookOpenCheck, CircleHelp, Ellipsis, FolderClosed } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { AuditNavItem, auditItems, railLink, type ShellAudit } from './audit-nav'
import { NavLink } from './nav-link'
import type { ShellPerson } from './person'

const cell =
  'flex min-h-14 flex-col items-center justify-center gap-0.5 px-1 text-meta text-ink-2 no-underline aria-[current=page]:font-semibold aria-[current=page]:text-ink aria-[current=page]:shadow-[inset_0_3px_0_var(--color-accent)]'

/** On a phone: the three pages that are opened most, and the rest behind More. */
export function BottomBar({ audit, person }: { audit: ShellAudit; person: ShellPerson }) {
  const t = useTranslations('shell')
  const items = auditItems(audit, person)
  return (
    <nav
      aria-label={t('audit')}
      className="fixed inset-x-0 bottom-0 z-40 border-t border-line bg-canvas pb-[env(safe-area-inset-bottom)] md:hidden print:hidden"
    >
      <ul className="grid grid-cols-4">
        {items.slice(0, 3).map((item) => (
          <li key={item.key}>
            <NavLink href={item.href} exact={item.key === 'overview'} className={cell}>
              <item.icon aria-hidden className="size-5" strokeWidth={1.75} />
              {t(`nav.${item.key}`)}
            </NavLink>
          </li>
        ))}
        <li>
          <button type="button" popoverTarget="more" className={`${cell} w-full`}>
            <Ellipsis aria-hidden className="size-5" strokeWidth={1.75} />
            {t('nav.more')}
          </button>
        </li>
      </ul>
      <div
        id="more"
        popover="auto"
        className="fixed inset-x-2 top-auto bottom-16 m-0 w-auto rounded-card border border-line-strong bg-canvas p-2 text-ink shadow-float"
      >
        <ul>
          {items.slice(3).map((item) => (
            <li key={item.key}>
              <AuditNavItem item={item} />
            </li>
          ))}
          <CommonItems />
        </ul>
      </div>
    </nav>
  )
}

/** What is the same for each audit: the list of audits, the rules, help. */
export function CommonItems() {
  const t = useTranslations('shell')
  return (
    <>
      <li className="mt-2 border-t border-line pt-2">
        <NavLink href="/" exact className={railLink}>
          <FolderClosed aria-hidden className="size-5 shrink-0 text-ink-2" strokeWidth={1.75} />
          {t('nav.allAudits')}
        </NavLink>
      </li>
      <li>
        <NavLink href="/rules" className={railLink}>
          <BookOpenCheck aria-hidden className="size-5 shrink-0 text-ink-2" strokeWidth={1.75} />
          {t('nav.rules')}
        </NavLink>
      </li>
      <li>
        <NavLink href="/help" className={railLink}>
          <CircleHelp aria-hidden className="size-5 shrink-0 text-ink-2" strokeWidth={1.75} />
          {t('nav.help')}
        </NavLink>
      </li>
    </>
  )
}
