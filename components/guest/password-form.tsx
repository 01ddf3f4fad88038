'use client'
import { useTranslations } from 'next-intl'
import { useActionState, useEffect, useRef } from 'react'
import { Button } from '@/components/ui/button'
import type { FormRefusal } from '@/lib/server/http'

type Unlock = (previous: FormRefusal | null, form: FormData) => Promise<FormRefusal | null>

/** One field. It works without scripts: the page comes back with what was wrong. */
export function PasswordForm({ unlock, share }: { unlock: Unlock; share: string }) {
  const t = useTranslations('guest.password')
  const [refused, submit, isPending] = useActionState(unlock, null)
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (refused) field.current?.focus()
  }, [refused])
  return (
    <form action={submit} className="max-w-sm space-y-4">
      <input type="hidden" name="share" value={share} />
      <label className="block">
        <span className="mb-1 block font-semibold">{t('label')}</span>
        <input
          ref={field}
          className="field w-full"
          type="password"
          name="password"
          required
          maxLength={200}
          autoComplete="off"
          aria-invalid={refused !== null}
          aria-describedby={refused ? 'refused' : undefined}
        />
      </label>
      <p id="refused" role="alert" className={refused ? 'border-s-4 border-s-high ps-3' : 'hidden'}>
        {refused && sentence(t, refused)}
      </p>
      <Button type="submit" kind="primary" disabled={isPending}>
        {t('open')}
      </Button>
    </form>
  )
}

function sentence(t: ReturnType<typeof useTranslations<'guest.password'>>, { code, params }: FormRefusal): string {
  switch (code) {
    case 'share-refused':
      return t('wrong')
    case 'too-many':
      return t('tooMany', { seconds: Number(params.seconds) })
    default:
      return t('failed')
  }
}
