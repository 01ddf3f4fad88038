'use client'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import type { ReactNode } from 'react'

type Props = {
  href: string
  /** Current only at this very address; otherwise below it too. */
  exact?: boolean
  className?: string
  children: ReactNode
}

/** A link of the navigation that says when it leads to where you are. */
export function NavLink({ href, exact = false, className, children }: Props) {
  const path = usePathname()
  const current = path === href || (!exact && path.startsWith(`${href}/`))
  return (
    <Link href={href} aria-current={current ? 'page' : undefined} className={className}>
      {children}
    </Link>
  )
}
