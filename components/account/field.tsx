import type { ComponentProps, ReactNode } from 'react'

type Props = Omit<ComponentProps<'input'>, 'id'> & {
  name: string
  label: string
  hint?: ReactNode
  /** What is wrong with it, as a sentence. */
  error?: string | undefined
}

/** A labelled field of a form, with a hint and what is wrong with it beside it. */
export function Field({ name, label, hint, error, ...input }: Props) {
  const described = [hint ? `${name}-hint` : '', error ? `${name}-error` : ''].filter(Boolean).join(' ')
  return (
    <div className="mt-4">
      <label htmlFor={`field-${name}`} className="mb-1 block font-semibold">
        {label}
      </label>
      <input
        id={`field-${name}`}
        name={name}
        className="field"
        aria-invalid={error ? true : undefined}
        aria-describedby={described || undefined}
        {...input}
      />
      {hint && (
        <p id={`${name}-hint`} className="mt-1 text-meta text-ink-3">
          {hint}
        </p>
      )}
      {error && (
        <p id={`${name}-error`} className="mt-1 font-semibold">
          {error}
        </p>
      )}
    </div>
  )
}
