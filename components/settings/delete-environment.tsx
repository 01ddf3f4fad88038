'use client'
import { useTranslations } from 'next-intl'
import { Field } from '@/components/account/field'
import { Refused } from '@/components/account/refused'
import { type FormAction, useForm } from '@/components/account/use-form'
import { Button, buttonClass } from '@/components/ui/button'

type Props = {
  id: string
  name: string
  content: { readonly audits: number; readonly files: number; readonly shares: number }
  action: FormAction
}

/** Folded until it is asked for; then it says what goes, and wants the name. */
export function DeleteEnvironment({ id, name, content, action }: Props) {
  const t = useTranslations('settings.environments')
  const { refused, submit, isPending, form } = useForm(action)
  return (
    <details open={refused !== null}>
      <summary className={buttonClass('secondary', 'small', 'list-none [&::-webkit-details-marker]:hidden')}>
        {t('delete')}
      </summary>
      <form ref={form} action={submit} className="mt-3 max-w-reading rounded-card border border-line bg-subtle p-4">
        <input type="hidden" name="env" value={id} />
        <p>{t('deleteText', content)}</p>
        <p className="mt-2">{t('deleteStays')}</p>
        <Refused refused={refused} />
        <Field
          name="confirm"
          label={t('deleteName', { name })}
          defaultValue={refused?.typed.confirm}
          autoComplete="off"
          spellCheck={false}
          required
        />
        <Button type="submit" kind="primary" className="mt-4" aria-disabled={isPending}>
          {t('deleteConfirm')}
        </Button>
      </form>
    </details>
  )
}
