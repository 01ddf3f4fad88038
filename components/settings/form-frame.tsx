'use client'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { Refused } from '@/components/account/refused'
import { Button } from '@/components/ui/button'
import type { useOutcome } from './use-outcome'

type Props = {
  outcome: Pick<ReturnType<typeof useOutcome>, 'form' | 'submit' | 'isPending' | 'refused' | 'done' | 'key'>
  /** A verb with its object. */
  label: string
  hidden?: Readonly<Record<string, string>>
  /** What is made is shown by itself, so that nothing need be said. */
  isQuiet?: boolean
  kind?: 'primary' | 'secondary'
  children?: ReactNode
}

/** One section that is saved by itself: fields, its button, and whether it worked. */
export function FormFrame({ outcome, label, hidden = {}, isQuiet, kind = 'primary', children }: Props) {
  const t = useTranslations('settings')
  const { form, submit, isPending, refused, done, key } = outcome
  const isGeneral = refused && Object.keys(refused.fields).length === 0
  return (
    <form ref={form} action={submit} className="max-w-reading" noValidate>
      {Object.entries(hidden).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {isGeneral && <Refused refused={refused} />}
      <div key={key}>{children}</div>
      <div className="mt-5 flex flex-wrap items-center gap-3">
        <Button type="submit" kind={kind} aria-disabled={isPending}>
          {label}
        </Button>
        <span role="status" className="text-ink-2">
          {done !== null && !isQuiet && t('saved')}
        </span>
      </div>
    </form>
  )
}
