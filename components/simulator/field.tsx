import type { ReactNode } from 'react'
import { cx } from '@/components/ui'

type Props = {
  id: string
  label: ReactNode
  hint?: ReactNode
  /** What is wrong with the value. */
  error?: string | undefined
  className?: string
  children: (described: { id: string; 'aria-describedby'?: string; 'aria-invalid'?: true }) => ReactNode
}

/** A field with its label, what it takes, and what is wrong with it. */
export function Field({ id, label, hint, error, className, children }: Props) {
  const described = [...(error === undefined ? [] : [`${id}-error`]), ...(hint ? [`${id}-hint`] : [])].join(' ')
  return (
    <div className={cx('min-w-0', className)}>
      <label htmlFor={id} className="mb-1 block text-table text-ink-2">
        {label}
      </label>
      {children({
        id,
        ...(described === '' ? {} : { 'aria-describedby': described }),
        ...(error === undefined ? {} : { 'aria-invalid': true as const }),
      })}
      {error !== undefined && (
        <p id={`${id}-error`} className="mt-1 border-s-4 border-s-high ps-2 text-table font-semibold">
          {error}
        </p>
      )}
      {hint && (
        <p id={`${id}-hint`} className="mt-1 text-meta text-ink-2">
          {hint}
        </p>
      )}
    </div>
  )
}
