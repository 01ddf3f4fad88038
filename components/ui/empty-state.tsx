import type { ReactNode } from 'react'

/** A place with nothing in it yet: what there will be, and the one thing to do for it. No picture. */
export function EmptyState({ children, actions }: { children: ReactNode; actions?: ReactNode }) {
  return (
    <div className="rounded-card border border-dashed border-line-strong p-6">
      <div className="max-w-[72ch]">{children}</div>
      {actions && <div className="mt-4 flex flex-wrap gap-2">{actions}</div>}
    </div>
  )
}
