import { useTranslations } from 'next-intl'
import { Button, buttonClass } from '@/components/ui'

type Props = { id: string; name: string; deleteAction: (form: FormData) => Promise<void> }

/** Two steps on purpose: the first says what goes, the second does it. (It may be opened before scripts have taken over.) */
export function DeleteAudit({ id, name, deleteAction }: Props) {
  const t = useTranslations('home')
  return (
    <details suppressHydrationWarning className="-my-1 print:hidden">
      <summary className={buttonClass('quiet', 'small', 'list-none')} aria-label={`${t('delete')}: ${name}`}>
        {t('delete')}
      </summary>
      <form action={deleteAction} className="mt-2 flex min-w-48 flex-col items-start gap-2">
        <p>{t('deleteText', { name })}</p>
        <Button type="submit" name="audit" value={id} size="small">
          {t('deleteConfirm')}
        </Button>
      </form>
    </details>
  )
}
