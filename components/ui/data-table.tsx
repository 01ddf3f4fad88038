import { type ComponentProps, type ReactNode, useId } from 'react'
import { cx } from './classes'
import { VisuallyHidden } from './visually-hidden'

type Props = {
  /** What the table lists; read out, and shown unless hidden. */
  caption: ReactNode
  hideCaption?: boolean
  /** Keeps the head in view while the box scrolls (long tables). */
  sticky?: boolean
  className?: string
  children: ReactNode
}

/**
 * The frame of a table: caption, borders, and a box of its own that scrolls sideways where the screen is narrow.
 * Cells are plain `th scope` and `td`; `className="num"` aligns numbers.
 */
export function DataTable({ caption, hideCaption, sticky, className, children }: Props) {
  const id = useId()
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable without a mouse
    <section tabIndex={0} aria-labelledby={id} className={cx('table-box', sticky && 'table-sticky', className)}>
      <table className="data-table">
        <caption id={id} className={hideCaption ? 'sr-only' : undefined}>
          {caption}
        </caption>
        {children}
      </table>
    </section>
  )
}

/** A column head. Sorting is a link in it; say the order with `sort`. */
export function Th({ sort, ...rest }: ComponentProps<'th'> & { sort?: 'ascending' | 'descending' }) {
  return <th scope="col" aria-sort={sort} {...rest} />
}

/** The head of a row: the name of what the row is about. */
export function RowTh(props: ComponentProps<'th'>) {
  return <th scope="row" {...props} />
}

/** Head of a column that needs no visible title. */
export function HiddenTh({ children }: { children: ReactNode }) {
  return (
    <th scope="col">
      <VisuallyHidden>{children}</VisuallyHidden>
    </th>
  )
}
