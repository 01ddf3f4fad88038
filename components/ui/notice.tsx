import { CircleAlert, Info, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { cx } from './classes'

type Level = 'info' | 'warning' | 'error'
const icons = { info: Info, warning: TriangleAlert, error: CircleAlert }
const borders: Record<Level, string> = {
  info: 'border-s-line-strong',
  warning: 'border-s-medium',
  error: 'border-s-high',
}

type Props = { level?: Level; title?: ReactNode; children?: ReactNode; className?: string; role?: 'alert' | 'status' }

/** A note at the place it is about: what is missing or failed, its effect, what helps. Never a banner over the page. */
export function Notice({ level = 'info', title, children, className, role }: Props) {
  const Icon = icons[level]
  return (
    <div
      role={role}
      className={cx(
        'keep flex gap-3 rounded-input border border-line border-s-4 bg-subtle p-3',
        borders[level],
        className,
      )}
    >
      <Icon aria-hidden className="mt-0.5 size-4 shrink-0 text-ink-2" strokeWidth={1.75} />
      <div className="min-w-0 flex-1">
        {title && <p className="font-semibold">{title}</p>}
        {children}
      </div>
    </div>
  )
}
