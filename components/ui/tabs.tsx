import type { ReactNode } from 'react'
import { cx } from './classes'
import { Link } from './link'

export type TabLink = { href: string; label: ReactNode; current: boolean; count?: ReactNode }

/** Views of one page, each with an address of its own: a navigation of links, not a widget. */
export function Tabs({ label, tabs }: { label: string; tabs: readonly TabLink[] }) {
  return (
    <nav aria-label={label} className="mb-4 border-b border-line print:hidden">
      <ul className="flex flex-wrap gap-x-1">
        {tabs.map((tab) => (
          <li key={tab.href}>
            <Link
              href={tab.href}
              scroll={false}
              aria-current={tab.current ? 'page' : undefined}
              className={cx(
                'tap -mb-px inline-flex min-h-9 items-center gap-1.5 border-b-2 px-3 py-1.5 no-underline',
                tab.current ? 'border-accent font-semibold text-ink' : 'border-transparent text-ink-2 hover:text-ink',
              )}
            >
              {tab.label}
              {tab.count !== undefined && <span className="text-table text-ink-3 tabular-nums">{tab.count}</span>}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}
