'use client'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import type { ReactNode } from 'react'
import { cx } from '@/components/ui/classes'

/** A section in the navigation of the settings; the one that is open is marked, also on the pages below it. */
export function NavItem({ href, children }: { href: string; children: ReactNode }) {
  const path = usePathname()
  const isHere = path === href || path.startsWith(`${href}/`)
  return (
    <Link
      href={href}
      prefetch={false}
      aria-current={isHere ? 'page' : undefined}
      className={cx(
        'tap flex min-h-8 items-center rounded-input px-2.5 py-1 no-underline',
        isHere ? 'bg-raised font-semibold text-ink' : 'text-ink-2 hover:bg-subtle hover:text-ink',
      )}
    >
      {children}
    </Link>
  )
}
