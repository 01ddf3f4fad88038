import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { cx } from './classes'
import { Link } from './link'

const look = 'inline-flex items-center gap-1.5 rounded-input border px-2 py-0.5 text-table'

/** A small label: a state, a kind, a count. */
export function Chip({ children, className }: { children: ReactNode; className?: string }) {
  return <span className={cx(look, 'border-line bg-subtle text-ink', className)}>{children}</span>
}

type FilterProps = {
  href: string
  active?: boolean
  children: ReactNode
  /** Says what a click does where the text alone does not: `Remove filter: critical`. */
  label?: string
  /** Shows a cross: the link removes the filter. */
  removes?: boolean
}

/** A filter as a link: works without scripts, can be opened in a new tab. */
export function FilterChip({ href, active, children, label, removes }: FilterProps) {
  return (
    <Link
      href={href}
      scroll={false}
      replace
      aria-label={label}
      aria-current={active ? 'true' : undefined}
      className={cx(
        look,
        'tap min-h-7 no-underline print:hidden',
        active
          ? 'border-accent bg-raised font-semibold text-ink'
          : 'border-line-strong bg-canvas text-ink hover:bg-subtle',
      )}
    >
      {children}
      {removes && <X aria-hidden className="size-3.5" strokeWidth={1.75} />}
    </Link>
  )
}
