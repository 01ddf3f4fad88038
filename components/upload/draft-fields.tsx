import { useTranslations } from 'next-intl'
import { DraftForm } from './draft-form'

type Save = (form: FormData) => Promise<boolean>
type NameProps = { save: Save; environment: string; environments: readonly string[]; name: string }

/** Whose mail flow it is, and what this audit is called. */
export function DraftName({ save, environment, environments, name }: NameProps) {
  const t = useTranslations('upload')
  return (
    <DraftForm save={save} label={t('title')} className="mb-6 grid gap-x-4 gap-y-3 sm:grid-cols-2">
      <label className="block">
        <span className="mb-1 block text-table font-semibold">{t('environment')}</span>
        <input
          type="text"
          name="environment"
          defaultValue={environment}
          list="environments"
          maxLength={120}
          autoComplete="off"
          aria-describedby="environment-hint"
          className="field"
        />
        <datalist id="environments">
          {environments.map((e) => (
            <option key={e} value={e} />
          ))}
        </datalist>
        <span id="environment-hint" className="mt-1 block text-meta text-ink-3">
          {t('environmentHint')}
        </span>
      </label>
      <label className="block">
        <span className="mb-1 block text-table font-semibold">{t('name')}</span>
        <input
          type="text"
          name="name"
          defaultValue={name}
          maxLength={120}
          autoComplete="off"
          aria-describedby="name-hint"
          className="field"
        />
        <span id="name-hint" className="mt-1 block text-meta text-ink-3">
          {t('nameHint')}
        </span>
      </label>
    </DraftForm>
  )
}

const choices = ['unknown', 'exchange-online', 'on-premises', 'gateway'] as const

/** The one thing that no export says and that several rules turn on. */
export function MxQuestion({ save, value }: { save: Save; value: string | undefined }) {
  const t = useTranslations('upload')
  const current = choices.find((c) => c === value) ?? 'unknown'
  return (
    <DraftForm save={save} label={t('mx')} className="mt-8">
      <fieldset>
        <legend className="mb-2 text-h3 font-semibold">{t('mx')}</legend>
        <p id="mx-question" className="mb-1">
          {t('mxQuestion')}
        </p>
        {choices.map((choice) => (
          <label key={choice} className="tap flex min-h-8 items-center gap-2">
            <input
              type="radio"
              name="mx"
              value={choice}
              defaultChecked={choice === current}
              className="size-4 accent-accent"
            />
            {t(`mxChoice.${choice}`)}
          </label>
        ))}
      </fieldset>
    </DraftForm>
  )
}
