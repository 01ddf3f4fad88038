'use client'
import { type FormEvent, useState } from 'react'
import { Button, CopyButton } from '@/components/ui'
import { commandLine, hoursOf, type Mode, modes, mostHours, type Wishes } from './command-line'

export type BuilderTexts = Readonly<
  Record<
    | 'label'
    | 'servers'
    | 'serversHint'
    | 'hours'
    | 'hoursHint'
    | 'pseudonyms'
    | 'pseudonymsHint'
    | 'output'
    | 'outputHint'
    | 'apply'
    | 'copy'
    | 'copied'
    | 'copyFailed',
    string
  > & { readonly modes: Readonly<Record<Mode, string>> }
>

type Props = { initial: Wishes; texts: BuilderTexts; action: string }

/** Wishes in, command lines out. Without scripts the form asks the page, which answers with the same lines. */
export function Builder({ initial, texts, action }: Props) {
  const [wishes, setWishes] = useState(initial)
  const onInput = (event: FormEvent<HTMLFormElement>) => {
    const form = new FormData(event.currentTarget)
    const text = (name: string) => String(form.get(name) ?? '')
    setWishes({
      servers: text('servers'),
      hours: hoursOf(text('hours')),
      pseudonyms: form.get('pseudonyms') === '1',
      output: text('output'),
    })
  }
  return (
    <div>
      <form
        action={action}
        aria-label={texts.label}
        onInput={onInput}
        onSubmit={(event) => event.preventDefault()}
        className="grid gap-x-6 gap-y-4 sm:grid-cols-2 print:hidden"
      >
        <Field name="servers" label={texts.servers} hint={texts.serversHint} value={initial.servers} />
        <Field name="output" label={texts.output} hint={texts.outputHint} value={initial.output} />
        <Field
          name="hours"
          label={texts.hours}
          hint={texts.hoursHint}
          value={initial.hours === 0 ? '' : String(initial.hours)}
          numeric
        />
        <div className="flex items-start gap-2">
          <input
            type="checkbox"
            id="collect-pseudonyms"
            name="pseudonyms"
            value="1"
            defaultChecked={initial.pseudonyms}
            aria-describedby="collect-pseudonyms-hint"
            className="mt-1 size-4 accent-accent"
          />
          <div>
            <label htmlFor="collect-pseudonyms" className="tap font-semibold">
              {texts.pseudonyms}
            </label>
            <p id="collect-pseudonyms-hint" className="text-table text-ink-2">
              {texts.pseudonymsHint}
            </p>
          </div>
        </div>
        <noscript>
          <Button type="submit">{texts.apply}</Button>
        </noscript>
      </form>
      <ul className="mt-4 flex flex-col gap-3">
        {modes.map((mode) => (
          <li key={mode} data-copy className="rounded-input border border-line bg-subtle">
            <div className="flex flex-wrap items-center justify-between gap-2 border-b border-line px-3 py-1.5 text-table">
              <span className="font-semibold text-ink-2">{texts.modes[mode]}</span>
              <CopyButton
                text={commandLine(mode, wishes)}
                label={texts.copy}
                copiedLabel={texts.copied}
                failedLabel={texts.copyFailed}
              />
            </div>
            <pre lang="en" className="p-3 text-table [overflow-wrap:anywhere] whitespace-pre-wrap">
              <code>{commandLine(mode, wishes)}</code>
            </pre>
          </li>
        ))}
      </ul>
    </div>
  )
}

type FieldProps = { name: string; label: string; hint: string; value: string; numeric?: boolean }

function Field({ name, label, hint, value, numeric = false }: FieldProps) {
  return (
    <div>
      <label htmlFor={`collect-${name}`} className="mb-1 block text-table font-semibold text-ink-2">
        {label}
      </label>
      <input
        type="text"
        id={`collect-${name}`}
        name={name}
        defaultValue={value}
        autoComplete="off"
        spellCheck={false}
        aria-describedby={`collect-${name}-hint`}
        className={numeric ? 'field w-28' : 'field w-full'}
        {...(numeric ? { inputMode: 'numeric' as const, pattern: '[0-9]*', maxLength: String(mostHours).length } : {})}
      />
      <p id={`collect-${name}-hint`} className="mt-1 text-table text-ink-2">
        {hint}
      </p>
    </div>
  )
}
