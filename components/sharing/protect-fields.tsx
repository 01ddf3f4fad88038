import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { CopyButton } from '@/components/ui/copy-button'
import { Choice } from './choice'

type Props = {
  /** A link with this content has a password. */
  isNeeded: boolean
  /** It has one unless somebody decides otherwise. */
  isUsual: boolean
  suggestion: string
  note: string
}

/** Who may open it: the password, and a note that tells the links apart. */
export function ProtectFields({ isNeeded, isUsual, suggestion, note }: Props) {
  const t = useTranslations('sharing.protect')
  return (
    <>
      <fieldset className="group/protect">
        <legend className="sr-only">{t('label')}</legend>
        {isNeeded ? (
          <>
            <input type="hidden" name="protect" value="1" />
            <p className="mb-2">{t('needed')}</p>
          </>
        ) : (
          // Another content, another usual choice.
          <Choice
            key={String(isUsual)}
            type="checkbox"
            name="protect"
            value="1"
            defaultChecked={isUsual}
            label={t('password')}
          />
        )}
        <div className={isNeeded ? '' : 'hidden group-has-[input[name=protect]:checked]/protect:block'}>
          <Password suggestion={suggestion} />
        </div>
      </fieldset>
      <div className="mt-4">
        <label htmlFor="share-note" className="mb-1 block font-semibold">
          {t('note')}
        </label>
        <input
          id="share-note"
          name="note"
          maxLength={200}
          defaultValue={note}
          autoComplete="off"
          aria-describedby="share-note-hint"
          className="field"
        />
        <p id="share-note-hint" className="mt-1 text-table text-ink-2">
          {t('noteHint')}
        </p>
      </div>
    </>
  )
}

function Password({ suggestion }: { suggestion: string }) {
  const t = useTranslations('sharing.protect')
  const common = useTranslations('common')
  const [password, setPassword] = useState(suggestion)
  return (
    <div className="mt-1">
      <label htmlFor="share-password" className="mb-1 block font-semibold">
        {t('label')}
      </label>
      <div className="flex flex-wrap items-center gap-2">
        <input
          id="share-password"
          name="password"
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          maxLength={200}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          aria-describedby="share-password-hint"
          className="field min-w-0 flex-1 basis-64 font-mono"
        />
        <CopyButton
          text={password}
          label={t('copy')}
          copiedLabel={common('copied')}
          failedLabel={common('copyFailed')}
        />
      </div>
      <p id="share-password-hint" className="mt-1 text-table text-ink-2">
        {t('hint')}
      </p>
    </div>
  )
}
