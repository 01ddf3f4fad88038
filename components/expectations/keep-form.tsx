'use client'
import { useTranslations } from 'next-intl'
import { useActionState, useEffect, useRef } from 'react'
import { Button, buttonClass } from '@/components/ui/button'
import type { Disposition } from '@/lib/core'
import type { FormRefusal } from '@/lib/server/http'

type Refused = FormRefusal | null
type Props = {
  keep: (refused: Refused, form: FormData) => Promise<Refused>
  env: string
  environment: string
  /** Search part of the simulator's address. */
  question: string
  answers: readonly Disposition[]
  /** The answer of this audit, where there is one. */
  now: Disposition | null
}

/** Keeps the answer that is shown; folded until it is asked for. Works without scripts. */
export function KeepForm({ keep, env, environment, question, answers, now }: Props) {
  const t = useTranslations('expectations')
  const [refused, submit, isPending] = useActionState(keep, null)
  const alert = useRef<HTMLParagraphElement>(null)
  useEffect(() => {
    if (refused) alert.current?.focus()
  }, [refused])
  return (
    <details open={refused !== null} className="mt-3 print:hidden">
      <summary className={buttonClass('secondary', 'small', 'list-none [&::-webkit-details-marker]:hidden')}>
        {t('keep.open')}
      </summary>
      <form action={submit} className="mt-3 max-w-reading rounded-card border border-line bg-subtle p-4">
        <input type="hidden" name="env" value={env} />
        <input type="hidden" name="question" value={question} />
        <p className="max-w-[72ch]">{t('keep.intro', { environment })}</p>
        {refused && (
          <p ref={alert} role="alert" tabIndex={-1} className="mt-3 font-semibold">
            {t(refused.code === 'too-many-expectations' ? 'keep.tooMany' : 'keep.error')}
          </p>
        )}
        <label className="mt-3 block">
          <span className="block font-semibold">{t('keep.name')}</span>
          <span className="mb-1 block text-table text-ink-2">{t('keep.nameHint')}</span>
          <input name="name" maxLength={200} defaultValue={refused?.typed.name ?? ''} className="field" />
        </label>
        <label className="mt-3 block">
          <span className="mb-1 block font-semibold">{t('keep.expected')}</span>
          <select
            name="expected"
            defaultValue={refused?.typed.expected ?? now ?? 'rejected'}
            className="field w-auto max-w-full"
          >
            {answers.map((answer) => (
              <option key={answer} value={answer}>
                {t(`answer.${answer}`)}
              </option>
            ))}
          </select>
        </label>
        <Button type="submit" kind="primary" className="mt-4" aria-disabled={isPending}>
          {t(isPending ? 'keep.sending' : 'keep.submit')}
        </Button>
      </form>
    </details>
  )
}
