'use client'
import { useTranslations } from 'next-intl'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { cx } from '@/components/ui/classes'

type Fault = 'too-short' | 'too-long' | 'personal' | 'guessable'
/** What the server would refuse it for, or how good it is. */
export type StrengthOf = Fault | 2 | 3 | 4

const levels = [1, 2, 3, 4] as const
const pauseMs = 300

/** What stands about a person in the fields of a form. */
function knownIn(form: HTMLFormElement | null): { name: string; email: string } {
  const value = (name: string) => {
    const field = form?.elements.namedItem(name)
    return field instanceof HTMLInputElement ? field.value : ''
  }
  return { name: value('name'), email: value('email') || value('username') }
}

async function judge(password: string, form: HTMLFormElement | null): Promise<StrengthOf> {
  const { passwordFault, passwordStrength } = await import('@/lib/password-rules')
  const known = knownIn(form)
  const fault = await passwordFault(password, known)
  if (fault) return fault
  const score = await passwordStrength(password, known)
  return score >= 4 ? 4 : score >= 3 ? 3 : 2
}

/** How a password that is being typed is doing: `look` listens to its field. Null until something stands there, or could be judged. */
export function useStrength() {
  const [strength, setStrength] = useState<StrengthOf | null>(null)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const last = useRef('')
  useEffect(() => () => clearTimeout(timer.current), [])
  const look = ({ currentTarget: { value, form } }: FormEvent<HTMLInputElement>) => {
    last.current = value
    clearTimeout(timer.current)
    if (value === '') return setStrength(null)
    // Not at each key: a screen reader would talk without end.
    timer.current = setTimeout(() => {
      const shown = (next: StrengthOf | null) => last.current === value && setStrength(next)
      judge(value, form).then(shown, () => shown(null)) // without the dictionaries the server alone says it
    }, pauseMs)
  }
  return { strength, look }
}

/** Says how a new password is doing, in a sentence and a bar. Absent until there is something to say, so also without scripts. */
export function Strength({ strength }: { strength: StrengthOf | null }) {
  const t = useTranslations('account')
  const level = typeof strength === 'number' ? strength : 1
  return (
    <div role="status">
      {strength !== null && (
        <p className="mt-2 flex items-center gap-3 text-table">
          <span aria-hidden className="flex w-24 shrink-0 gap-1">
            {levels.map((n) => (
              <span
                key={n}
                className={cx('h-1.5 flex-1 rounded-full border border-line-strong', n <= level && 'bg-ink-2')}
              />
            ))}
          </span>
          <span>{typeof strength === 'number' ? t(`strength.${strength}`) : t(`fault.${strength}`)}</span>
        </p>
      )}
    </div>
  )
}
