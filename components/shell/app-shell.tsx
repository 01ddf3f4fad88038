import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { cx } from '@/components/ui'
import { AuditNavItem, auditItems, type ShellAudit } from './audit-nav'
import { BottomBar, CommonItems } from './bottom-bar'
import type { PreferencesProps } from './preferences'
import { TopBar } from './top-bar'

type Props = PreferencesProps & {
  /** With an audit the page has its rail (and the phone its bottom bar). */
  audit?: ShellAudit | undefined
  children: ReactNode
}

/** The frame of every page: skip link, top bar, rail, content. */
export function AppShell({ audit, children, ...preferences }: Props) {
  const t = useTranslations('shell')
  return (
    <>
      <a href="#content" className="skip-link">
        {t('skipToContent')}
      </a>
      <TopBar audit={audit} {...preferences} />
      <div className={cx('flex', audit && 'pb-16 md:pb-0')}>
        {audit && <Rail audit={audit} />}
        <main id="content" tabIndex={-1} className="min-w-0 flex-1 px-4 py-6 outline-none md:px-8">
          {children}
        </main>
      </div>
      {audit && <BottomBar audit={audit} />}
    </>
  )
}

function Rail({ audit }: { audit: ShellAudit }) {
  const t = useTranslations('shell')
  return (
    <nav
      aria-label={t('audit')}
      className="sticky top-12 hidden h-[calc(100vh-3rem)] w-58 shrink-0 overflow-y-auto border-e border-line bg-subtle p-3 md:block print:hidden"
    >
      <ul>
        {auditItems(audit).map((item) => (
          <li key={item.key}>
            <AuditNavItem item={item} />
          </li>
        ))}
        <CommonItems />
      </ul>
    </nav>
  )
}
