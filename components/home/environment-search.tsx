import { useTranslations } from 'next-intl'
import { Button, ButtonLink } from '@/components/ui'

/** Finds environments by a part of their name; a plain form, so that the address holds what was sought. */
export function EnvironmentSearch({ q }: { q: string }) {
  const t = useTranslations('home')
  return (
    <search>
      <form action="/" className="mb-3 flex flex-wrap items-end gap-2 print:hidden">
        <div className="min-w-0">
          <label htmlFor="environment-q" className="mb-1 block text-table text-ink-2">
            {t('find')}
          </label>
          <input
            id="environment-q"
            type="search"
            name="q"
            defaultValue={q}
            maxLength={120}
            className="field max-w-80"
          />
        </div>
        <Button type="submit">{t('findNow')}</Button>
        {q !== '' && (
          <ButtonLink href="/" kind="quiet">
            {t('findAll')}
          </ButtonLink>
        )}
      </form>
    </search>
  )
}
