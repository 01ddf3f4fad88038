import { ArrowLeftRight } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { Button, ButtonLink } from '@/components/ui'
import { type CompareQuery, compareSearch } from './query'

export type PickableAudit = { readonly id: string; readonly label: string }
type Props = { action: string; audits: readonly PickableAudit[]; query: CompareQuery }

/** Which two audits are compared: a form that GETs, so that the address says it. */
export function ComparePickers({ action, audits, query }: Props) {
  const t = useTranslations('compare')
  const swapped = compareSearch({ ...query, a: query.b, b: query.a, page: 1 })
  return (
    <form
      key={compareSearch(query)}
      action={action}
      aria-label={t('pickers')}
      className="mb-6 flex flex-wrap items-end gap-3 print:hidden"
    >
      <Picker name="a" label={t('earlier')} audits={audits} chosen={query.a} />
      <Picker name="b" label={t('later')} audits={audits} chosen={query.b} />
      {query.q !== '' && <input type="hidden" name="q" value={query.q} />}
      {query.noise && <input type="hidden" name="noise" value="1" />}
      <Button type="submit" kind="primary">
        {t('go')}
      </Button>
      <ButtonLink href={`${action}${swapped}`}>
        <ArrowLeftRight aria-hidden className="size-4" strokeWidth={1.75} />
        {t('swap')}
      </ButtonLink>
    </form>
  )
}

type PickerProps = { name: string; label: string; audits: readonly PickableAudit[]; chosen: string | null }

function Picker({ name, label, audits, chosen }: PickerProps) {
  return (
    <label className="min-w-0 max-w-full sm:w-96">
      <span className="mb-1 block text-table font-semibold text-ink-2">{label}</span>
      <select name={name} defaultValue={chosen ?? undefined} className="field">
        {audits.map(({ id, label: text }) => (
          <option key={id} value={id}>
            {text}
          </option>
        ))}
      </select>
    </label>
  )
}
