'use client'
import { useLocale, useTranslations } from 'next-intl'
import { useActionState, useEffect, useRef } from 'react'
import { Button, buttonClass } from '@/components/ui/button'
import { formatDate } from '@/lib/i18n/format'
import type { FormRefusal } from '@/lib/server/http'

export type Refused = FormRefusal | null

/** Days that an acceptance may last to. */
export type Range = { min: string; usual: string; max: string; isRequired: boolean }

type Props = {
  accept: (refused: Refused, form: FormData) => Promise<Refused>
  /** What the form is about, sent along. */
  hidden: Readonly<Record<string, string>>
  range: Range
  objects: number
  level: string
  /** It was accepted before. */
  again: boolean
}

const reasonErrors = ['missing', 'too-long'] as const
const untilErrors = ['missing', 'not-a-day', 'past', 'too-far'] as const

/** Folded until it is asked for. Works without scripts: what was refused comes back with the page, and with what was typed. */
export function AcceptForm({ accept, hidden, range, objects, level, again }: Props) {
  const t = useTranslations('acceptance')
  const locale = useLocale()
  const [refused, submit, isPending] = useActionState(accept, null)
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => {
    if (refused) form.current?.querySelector<HTMLElement>('[aria-invalid=true], [role=alert]')?.focus()
  }, [refused])
  const max = formatDate(range.max, locale)
  const reasonError = reasonErrors.find((e) => e === refused?.fields.reason)
  const untilError = untilErrors.find((e) => e === refused?.fields.until)
  return (
    <details open={refused !== null} className="print:hidden">
      <summary className={buttonClass('secondary', 'small', 'list-none [&::-webkit-details-marker]:hidden')}>
        {t(again ? 'again' : 'open')}
      </summary>
      <form ref={form} action={submit} className="mt-3 max-w-reading rounded-card border border-line bg-subtle p-4">
        {Object.entries(hidden).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        <p className="max-w-[72ch]">{t('intro')}</p>
        <p className="mt-2 max-w-[72ch]">
          {t('covers', { count: objects, level })} {t('back')}
        </p>
        {refused && !reasonError && !untilError && (
          <p role="alert" tabIndex={-1} className="mt-3 font-semibold">
            {t(refused.code === 'not-found' ? 'error.not-found' : 'error.other')}
          </p>
        )}
        <Field
          name="reason"
          label={t('reason')}
          hint={t('reasonHint')}
          error={reasonError && t(`error.reason.${reasonError}`)}
        >
          {(described) => (
            <textarea
              {...described}
              name="reason"
              rows={3}
              required
              maxLength={1000}
              defaultValue={refused?.typed.reason ?? ''}
              className="field"
            />
          )}
        </Field>
        <Field
          name="until"
          label={t('until')}
          hint={t(range.isRequired ? 'untilHint' : 'untilHintOptional', { max })}
          error={untilError && t(`error.until.${untilError}`, { max, usual: range.usual })}
        >
          {(described) => (
            <input
              {...described}
              type="date"
              name="until"
              min={range.min}
              max={range.max}
              required={range.isRequired}
              defaultValue={refused?.typed.until ?? range.usual}
              className="field w-auto"
            />
          )}
        </Field>
        <Button type="submit" kind="primary" className="mt-4" aria-disabled={isPending}>
          {t(isPending ? 'sending' : 'submit')}
        </Button>
      </form>
    </details>
  )
}

type Described = { id: string; 'aria-describedby': string; 'aria-invalid'?: true }
type FieldProps = {
  name: string
  label: string
  hint: string
  error: string | undefined
  children: (described: Described) => React.ReactNode
}

function Field({ name, label, hint, error, children }: FieldProps) {
  const id = `accept-${name}`
  const described = `${id}-hint${error ? ` ${id}-error` : ''}`
  return (
    <div className="mt-3">
      <label htmlFor={id} className="block font-semibold">
        {label}
      </label>
      <p id={`${id}-hint`} className="mb-1 text-table text-ink-2">
        {hint}
      </p>
      {children({ id, 'aria-describedby': described, ...(error ? { 'aria-invalid': true } : {}) })}
      {error && (
        <p id={`${id}-error`} className="mt-1 border-s-4 border-s-high ps-2 font-semibold">
          {error}
        </p>
      )}
    </div>
  )
}
