import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { cx } from '@/components/ui'
import { AuditNavItem, auditItems, type ShellAudit } from './audit-nav'
import { BottomBar, CommonItems } from './bottom-bar'
import type { ShellPerson } from './person'
import type { FormAction, PreferencesProps } from './preferences'
import { TopBar } from './top-bar'

type Props = PreferencesProps & {
  /** With an audit the page has its rail (and the phone its bottom bar). */
  audit?: ShellAudit | undefined
  /** Who looks at it; null for nobody in particular, who then gets no navigation. */
  person: ShellPerson | null
  signOut?: FormAction
  children: ReactNode
}

/** The frame of every page: skip link, top bar, rail, content. */
export function AppShell({ audit, person, signOut, children, ...preferences }: Props) {
  const t = useTranslations('shell')
  return (
    <>
      <a href="#content" className="skip-link">
        {t('skipToContent')}
      </a>
      <TopBar audit={audit} person={person} signOut={signOut} {...preferences} />
      <div className={cx('flex', audit && 'pb-16 md:pb-0')}>
        {audit && person && <Rail audit={audit} person={person} />}
        <main id="content" tabIndex={-1} className="min-w-0 flex-1 px-4 py-6 outline-none md:px-8">
          {children}
        </main>
      </div>
      {audit && person && <BottomBar audit={audit} person={person} />}
    </>
  )
}

function Rail({ audit, person }: { audit: ShellAudit; person: ShellPerson }) {
  const t = useTranslations('shell')
  return (
    <nav
      aria-label={t('audit')}
      className="sticky top-12 hidden h-[calc(100vh-3rem)] w-58 shrink-0 overflow-y-auto border-e border-line bg-subtle p-3 md:block print:hidden"
    >
      <ul>
        {auditItems(audit, person).map((item) => (
          <li key={item.key}>
            <AuditNavItem item={item} />
          </li>
        ))}
        <CommonItems />
      </ul>
    </nav>
  )
}
