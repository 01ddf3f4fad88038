import type { ReactNode } from 'react'
import { cx } from './classes'

/** A line that is always in the page and is read out when its text changes. */
export function StatusRegion({
  children,
  className,
  hidden,
}: {
  children?: ReactNode
  className?: string
  hidden?: boolean
}) {
  return (
    <div role="status" className={cx(hidden && 'sr-only', className)}>
      {children}
    </div>
  )
}
