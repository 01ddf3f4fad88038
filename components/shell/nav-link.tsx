'use client'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import type { ReactNode } from 'react'

type Props = {
  href: string
  /** Current only at this very address; otherwise below it too. */
  exact?: boolean
  className?: string
  prefetch?: false | undefined
  children: ReactNode
}

/** A link of the navigation that says when it leads to where you are. */
export function NavLink({ href, exact = false, className, prefetch, children }: Props) {
  const path = usePathname()
  const to = href.replace(/\?.*$/s, '')
  const current = path === to || (!exact && path.startsWith(`${to}/`))
  return (
    <Link href={href} prefetch={prefetch ?? null} aria-current={current ? 'page' : undefined} className={className}>
      {children}
    </Link>
  )
}
