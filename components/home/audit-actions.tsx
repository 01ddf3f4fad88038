import { useTranslations } from 'next-intl'
import { Button, ButtonLink, buttonClass } from '@/components/ui'
import { AddFiles } from '@/components/upload/add-files'
import type { AuditRow } from '@/lib/server/audits'
import { DeleteAudit } from './delete-audit'

type Send = (form: FormData) => Promise<void>
type Props = {
  audit: AuditRow
  /** The analysed audit before it; undefined where there is none, or whoever looks may not compare. */
  before: AuditRow | undefined
  /** What a role lacks is left out. */
  add: Send | undefined
  rename: Send | undefined
  remove: Send | undefined
}

/** What can be done with an audit of a list. */
export function AuditActions({ audit, before, add, rename, remove }: Props) {
  const t = useTranslations('home')
  return (
    <span className="flex min-w-max items-start gap-x-1 print:hidden">
      {before && (
        <ButtonLink
          href={`/e/${audit.environmentId}/compare?a=${before.id}&b=${audit.id}`}
          kind="quiet"
          size="small"
          className="-my-1"
          prefetch={false}
          aria-label={t('compareNamed', { name: audit.name, before: before.name })}
        >
          {t('compare')}
        </ButtonLink>
      )}
      {add && <AddFiles audit={audit} add={add} />}
      {rename && <Rename audit={audit} rename={rename} />}
      {remove && <DeleteAudit id={audit.id} name={audit.name} deleteAction={remove} />}
    </span>
  )
}

function Rename({ audit, rename }: { audit: AuditRow; rename: Send }) {
  const t = useTranslations('home')
  const field = `rename-${audit.id}`
  return (
    <details suppressHydrationWarning className="-my-1">
      <summary
        className={buttonClass('quiet', 'small', 'list-none')}
        aria-label={t('renameNamed', { name: audit.name })}
      >
        {t('rename')}
      </summary>
      {/* With the name as key the field is a new one once it has been changed, and folded again. */}
      <form key={audit.name} action={rename} className="mt-2 flex min-w-56 flex-col items-start gap-2">
        <label htmlFor={field}>{t('newName')}</label>
        <input id={field} name="name" required maxLength={120} defaultValue={audit.name} className="field" />
        <Button type="submit" name="audit" value={audit.id} size="small">
          {t('saveName')}
        </Button>
      </form>
    </details>
  )
}
