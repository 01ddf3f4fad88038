'use client'
import type { ReactNode } from 'react'

type Shared = { name: string; label: string; hint?: string | undefined; error?: string | undefined }

const describedBy = ({ name, hint, error }: Shared): string | undefined =>
  [hint ? `${name}-hint` : '', error ? `${name}-error` : ''].filter(Boolean).join(' ') || undefined

function Below({ name, hint, error }: Shared) {
  return (
    <>
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
    </>
  )
}

type SelectProps = Shared & { value: string; options: readonly (readonly [value: string, text: string])[] }

/** One of a few. */
export function SelectField({ value, options, ...shared }: SelectProps) {
  return (
    <div className="mt-4">
      <label htmlFor={`field-${shared.name}`} className="mb-1 block font-semibold">
        {shared.label}
      </label>
      <select
        id={`field-${shared.name}`}
        name={shared.name}
        defaultValue={value}
        className="field"
        aria-invalid={shared.error ? true : undefined}
        aria-describedby={describedBy(shared)}
      >
        {options.map(([option, text]) => (
          <option key={option} value={option}>
            {text}
          </option>
        ))}
      </select>
      <Below {...shared} />
    </div>
  )
}

type ChoiceProps = { type: 'checkbox' | 'radio'; name: string; value?: string; checked: boolean; children: ReactNode }

/** A box to tick, or one of several. */
export function Choice({ type, name, value = 'on', checked, children }: ChoiceProps) {
  return (
    <label className="tap flex items-start gap-2 py-1">
      <input type={type} name={name} value={value} defaultChecked={checked} className="mt-1 size-4 shrink-0" />
      <span className="min-w-0 [overflow-wrap:anywhere]">{children}</span>
    </label>
  )
}

/** Choices that belong together, under a name of their own. */
export function Choices({ children, ...shared }: Shared & { children: ReactNode }) {
  return (
    <fieldset
      className="mt-4"
      aria-describedby={describedBy(shared)}
      aria-invalid={shared.error ? true : undefined}
      tabIndex={shared.error ? -1 : undefined}
    >
      <legend className="mb-1 font-semibold">{shared.label}</legend>
      {children}
      <Below {...shared} />
    </fieldset>
  )
}
