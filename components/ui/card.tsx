import { type ComponentProps, type ReactNode, useId } from 'react'
import { cx } from './classes'

/** A bordered box. */
export function Card({ className, ...rest }: ComponentProps<'div'>) {
  return <div className={cx('rounded-card border border-line bg-canvas p-4', className)} {...rest} />
}

type SectionProps = {
  title: ReactNode
  children: ReactNode
  /** Anchor of the section. */
  id?: string | undefined
  /** Links or buttons beside the heading. */
  actions?: ReactNode
  description?: ReactNode
  level?: 2 | 3
  /** The first in its box: no space above. */
  flush?: boolean
  className?: string | undefined
}

/** A part of a page under its own heading. */
export function Section({ title, children, id, actions, description, level = 2, flush, className }: SectionProps) {
  const generated = useId()
  const headingId = id ? `${id}-h` : generated
  const Heading = level === 2 ? 'h2' : 'h3'
  return (
    <section id={id} aria-labelledby={headingId} className={cx(!flush && 'mt-8', 'scroll-mt-16', className)}>
      <div className="mb-3 flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
        <Heading id={headingId} className={level === 2 ? 'text-h3' : 'text-lead'}>
          {title}
        </Heading>
        {actions}
      </div>
      {description && <p className="mb-3 max-w-[72ch] text-ink-2">{description}</p>}
      {children}
    </section>
  )
}
