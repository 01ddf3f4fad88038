import { useTranslations } from 'next-intl'
import { useSentence } from '@/components/simulator'
import { Button, Section } from '@/components/ui'
import { formSearch, type Starter } from '@/lib/core'

type Props = { starters: readonly Starter[]; env: string; keep: (form: FormData) => Promise<void> }

/** What most organisations expect: one button each. */
export function StarterList({ starters, env, keep }: Props) {
  const t = useTranslations('expectations')
  const sentence = useSentence()
  if (starters.length === 0) return null
  return (
    <Section title={t('starters')} id="starters">
      <ul className="divide-y divide-line rounded-card border border-line">
        {starters.map(({ kind, form, expected }) => {
          const name = t(`starter.${kind}`, { server: form.to })
          return (
            <li key={kind} className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 p-3">
              <div className="min-w-0 max-w-[72ch]">
                <p className="font-semibold">{name}</p>
                <p className="text-table text-ink-2 break-words">
                  {sentence(form)}{' '}
                  <span className="block">
                    {t('column.expected')}: {t(`answer.${expected}`)}
                  </span>
                </p>
              </div>
              <form action={keep}>
                <input type="hidden" name="env" value={env} />
                <input type="hidden" name="name" value={name} />
                <input type="hidden" name="question" value={formSearch(form)} />
                <input type="hidden" name="expected" value={expected} />
                <Button type="submit" aria-label={`${t('keepStarter')}: ${name}`}>
                  {t('keepStarter')}
                </Button>
              </form>
            </li>
          )
        })}
      </ul>
    </Section>
  )
}
