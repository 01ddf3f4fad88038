import { SunMoon } from 'lucide-react'
import { useLocale, useTranslations } from 'next-intl'
import { Button, buttonClass, cx } from '@/components/ui'

export const themes = ['system', 'light', 'dark'] as const
export type Theme = (typeof themes)[number]

/** A form action that takes the value of the pressed button. */
export type FormAction = (form: FormData) => void | Promise<void>
export type PreferencesProps = { theme: Theme; setTheme: FormAction; setLocale: FormAction }

const languages = [
  ['en', 'English'],
  ['de', 'Deutsch'],
] as const

/** Language and colours: two forms in a native popover, so they work before and without scripts. */
export function Preferences({ theme, setTheme, setLocale }: PreferencesProps) {
  const t = useTranslations('shell')
  const locale = useLocale()
  return (
    <>
      <button type="button" popoverTarget="preferences" className={buttonClass('quiet', 'small')}>
        <SunMoon aria-hidden className="size-4" strokeWidth={1.75} />
        {t('display')}
      </button>
      <div
        id="preferences"
        popover="auto"
        className="fixed inset-auto end-2 top-12 m-0 w-64 rounded-card border border-line-strong bg-canvas p-4 text-ink shadow-float"
      >
        <form action={setLocale} className="flex flex-col gap-2">
          <fieldset>
            <legend className="mb-2 text-table font-semibold text-ink-2">{t('language')}</legend>
            <div className="flex flex-wrap gap-2">
              {languages.map(([value, name]) => (
                <Choice key={value} field="locale" value={value} current={locale === value} lang={value}>
                  {name}
                </Choice>
              ))}
            </div>
          </fieldset>
        </form>
        <form action={setTheme} className="mt-4">
          <fieldset>
            <legend className="mb-2 text-table font-semibold text-ink-2">{t('theme')}</legend>
            <div className="flex flex-wrap gap-2">
              {themes.map((value) => (
                <Choice key={value} field="theme" value={value} current={theme === value}>
                  {t(`themes.${value}`)}
                </Choice>
              ))}
            </div>
          </fieldset>
        </form>
      </div>
    </>
  )
}

type ChoiceProps = { field: string; value: string; current: boolean; children: string; lang?: string }

function Choice({ field, value, current, children, lang }: ChoiceProps) {
  return (
    <Button
      type="submit"
      name={field}
      value={value}
      lang={lang}
      aria-pressed={current}
      size="small"
      className={cx(current && 'border-accent bg-raised')}
    >
      {children}
    </Button>
  )
}
