import type { ReactNode } from 'react'

type Props = {
  title: ReactNode
  /** One line above the title: where you come from, what kind of page this is. */
  eyebrow?: ReactNode
  /** Facts below the title: when collected, how many servers. */
  meta?: ReactNode
  actions?: ReactNode
}

/** The only `h1` of a page. It takes the focus after a navigation (components/shell/route-focus). */
export function PageHeader({ title, eyebrow, meta, actions }: Props) {
  return (
    <header className="mb-6 flex flex-wrap items-end justify-between gap-x-6 gap-y-3">
      <div className="min-w-0">
        {eyebrow && <p className="text-table font-semibold text-ink-2">{eyebrow}</p>}
        <h1 tabIndex={-1} className="text-h2 sm:text-h1">
          {title}
        </h1>
        {meta && <p className="mt-1 text-table text-ink-2">{meta}</p>}
      </div>
      {actions && <div className="flex flex-wrap gap-2">{actions}</div>}
    </header>
  )
}
