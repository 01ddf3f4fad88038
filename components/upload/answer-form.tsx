import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { cx } from '@/components/ui'
import { AnswerButton } from './answer-button'
import { type Asked, rowId } from './asking'

type Props = {
  asked: Asked
  answer: string
  submit: string
  isPrimary?: boolean
  /** Field and button side by side. */
  inline?: boolean
  className?: string
  children: ReactNode
}

/** One answer as a plain form: it works without scripts. The fields in it are `value`, and `other` where a value can be typed. */
export function AnswerForm({
  asked: { asking, upload },
  answer,
  submit,
  isPrimary,
  inline,
  className,
  children,
}: Props) {
  return (
    <form action={asking.save} className={cx(inline && 'flex flex-wrap items-end gap-2', className)}>
      <input type="hidden" name="audit" value={asking.draft} />
      <input type="hidden" name="key" value={answer} />
      {children}
      <div className={cx('print:hidden', inline ? 'pb-1' : 'mt-2')}>
        <AnswerButton label={submit} row={rowId(upload)} kind={isPrimary ? 'primary' : 'secondary'} />
      </div>
    </form>
  )
}

/** A form without fields: one button that says one thing. An empty value takes the answer back. */
export function AnswerAction({
  asked: { asking, upload },
  answer,
  value,
  label,
}: {
  asked: Asked
  answer: string
  value: string
  label: string
}) {
  return (
    <form action={asking.save} className="print:hidden">
      <input type="hidden" name="audit" value={asking.draft} />
      <input type="hidden" name="key" value={answer} />
      <input type="hidden" name="value" value={value} />
      <AnswerButton label={label} row={rowId(upload)} />
    </form>
  )
}

/** Whether this answer came from an earlier audit, or will be there for the next. */
export function RememberedNote({
  asked: { asking },
  answer,
  lasts = true,
}: {
  asked: Asked
  answer: string
  lasts?: boolean
}) {
  const t = useTranslations('upload')
  const { environment, answers, remembered } = asking
  const given = answers[answer]
  if (given === undefined) return null
  const isOld = remembered[answer] === given
  if (!isOld && !lasts) return null
  return <p className="mt-1 text-table text-ink-2">{t(isOld ? 'remembered' : 'willRemember', { environment })}</p>
}

type ChoiceProps = { name?: string; value: string; isChosen: boolean; children: ReactNode }

export function Choice({ name = 'value', value, isChosen, children }: ChoiceProps) {
  return (
    <label className="tap flex min-h-8 items-center gap-2">
      <input type="radio" name={name} value={value} defaultChecked={isChosen} required className="size-4 shrink-0" />
      <span className="min-w-0">{children}</span>
    </label>
  )
}
