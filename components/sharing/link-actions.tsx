import { useTranslations } from 'next-intl'
import { type ReactNode, useEffect, useRef } from 'react'
import { Button, buttonClass } from '@/components/ui/button'
import type { ShareRow } from '@/lib/server/shares'

type Submit = (form: FormData) => void
type FoldProps = { label: string; about: string; children: ReactNode }

/** The first step of two: what will happen, and the button that does it. Esc folds it again. */
function Fold({ label, about, children }: FoldProps) {
  const details = useRef<HTMLDetailsElement>(null)
  useEffect(() => {
    const place = details.current
    const close = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || !place?.open) return
      place.open = false
      place.querySelector('summary')?.focus()
    }
    place?.addEventListener('keydown', close)
    return () => place?.removeEventListener('keydown', close)
  }, [])
  return (
    <details ref={details} className="print:hidden">
      <summary
        className={buttonClass('quiet', 'small', '-my-1 list-none [&::-webkit-details-marker]:hidden')}
        aria-label={`${label}: ${about}`}
      >
        {label}
      </summary>
      <div className="mt-1 w-60 max-w-full space-y-2 rounded-input border border-line bg-canvas p-2">{children}</div>
    </details>
  )
}

/** Ends a link, after one question, on the spot. */
export function EndLink({ link, submit }: { link: ShareRow; submit: Submit }) {
  const t = useTranslations('sharing.links')
  return (
    <Fold label={t('end')} about={link.note || t(`kind.${link.target.kind}`)}>
      <form action={submit} className="space-y-2">
        <p>{t('endText')}</p>
        <input type="hidden" name="do" value="end" />
        <Button type="submit" name="share" value={link.id} size="small">
          {t('endConfirm')}
        </Button>
      </form>
    </Fold>
  )
}

type RenewProps = { link: ShareRow; days: readonly number[]; usual: number; submit: Submit }

/** A new address for the same content, which then is shown once. */
export function RenewLink({ link, days, usual, submit }: RenewProps) {
  const t = useTranslations('sharing')
  return (
    <Fold label={t('links.renew')} about={link.note || t(`links.kind.${link.target.kind}`)}>
      <form action={submit} className="space-y-2">
        <p>{t('links.renewText')}</p>
        <input type="hidden" name="do" value="renew" />
        <label className="block">
          <span className="mb-1 block font-semibold">{t('ends')}</span>
          <select name="end" defaultValue={usual} className="field">
            {days.map((count) => (
              <option key={count} value={count}>
                {t('days', { days: count })}
              </option>
            ))}
          </select>
        </label>
        <Button type="submit" name="share" value={link.id} size="small">
          {t('links.renewConfirm')}
        </Button>
      </form>
    </Fold>
  )
}
