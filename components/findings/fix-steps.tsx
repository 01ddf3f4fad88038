'use client'
import { Fragment, useId, useState } from 'react'
import { Button } from '@/components/ui/button'
import { CopyButton } from '@/components/ui/copy-button'

type Step = { kind: string; label: string; text: string; powershell: string }
type Placeholder = { name: string; label: string }
type Labels = Record<'steps' | 'values' | 'valuesText' | 'openValue' | 'copy' | 'copied' | 'copyFailed', string>
type Props = { steps: readonly Step[]; placeholders: readonly Placeholder[]; labels: Labels }
type Values = Readonly<Record<string, string>>

/** The steps of a fix, all open and in order. Values that only a person knows are filled in above and go into the commands. */
export function FixSteps({ steps, placeholders, labels }: Props) {
  const [values, setValues] = useState<Values>({})
  const id = useId()
  const anchor = (index: number) => `${id}-step-${index + 1}`
  return (
    <>
      {placeholders.length > 0 && (
        <Fields
          placeholders={placeholders}
          values={values}
          labels={labels}
          onChange={(name, value) => setValues((v) => ({ ...v, [name]: value }))}
        />
      )}
      <nav aria-label={labels.steps} className="mb-3 print:hidden">
        <ol className="flex flex-wrap gap-x-4 gap-y-1">
          {steps.map((step, i) => (
            <li key={step.kind}>
              <a href={`#${anchor(i)}`} className="link">
                {i + 1} {step.label}
              </a>
            </li>
          ))}
        </ol>
      </nav>
      <ol className="space-y-4">
        {steps.map((step, i) => (
          <li key={step.kind} id={anchor(i)} className="keep scroll-mt-16">
            <h3 className="font-semibold">
              {i + 1} {step.label}
            </h3>
            <p className="mb-1 text-table text-ink-2">{step.text}</p>
            <StepCode step={step} placeholders={placeholders} values={values} labels={labels} />
          </li>
        ))}
      </ol>
    </>
  )
}

type FieldsProps = Omit<Props, 'steps'> & { values: Values; onChange: (name: string, value: string) => void }

function Fields({ placeholders, values, labels, onChange }: FieldsProps) {
  return (
    <fieldset className="mb-4 rounded-input border border-line p-3 print:hidden">
      <legend className="px-1 font-semibold">{labels.values}</legend>
      <p className="mb-2 text-table text-ink-2">{labels.valuesText}</p>
      <div className="grid gap-3 sm:grid-cols-2">
        {placeholders.map(({ name, label }) => (
          <label key={name}>
            <span className="mb-1 block text-table">
              {label} <code className="text-ink-2">&lt;{name}&gt;</code>
            </span>
            <input
              className="field font-mono"
              value={values[name] ?? ''}
              onChange={(event) => onChange(name, event.target.value)}
              autoComplete="off"
              spellCheck={false}
            />
          </label>
        ))}
      </div>
    </fieldset>
  )
}

type CodeProps = { step: Step; placeholders: readonly Placeholder[]; values: Values; labels: Labels }

/** One block: shown with its open values marked, copied byte for byte, and not at all while a value is open. */
function StepCode({ step, placeholders, values, labels }: CodeProps) {
  const [blocked, setBlocked] = useState(false)
  const parts = splitCode(step.powershell, placeholders, values)
  const open = [...new Set(parts.flatMap((p) => (p.open ? [p.open] : [])))]
  const message = labels.openValue.replace('{names}', open.join(', '))
  return (
    <div className="rounded-input border border-line bg-subtle">
      <div className="flex min-h-10 flex-wrap items-center justify-end gap-2 border-b border-line px-3 py-1.5 text-table print:hidden">
        <span role="alert" className="me-auto">
          {blocked && open.length > 0 ? message : ''}
        </span>
        {open.length > 0 ? (
          <Button size="small" onClick={() => setBlocked(true)}>
            {labels.copy}
          </Button>
        ) : (
          <CopyButton
            text={parts.map((p) => p.text).join('')}
            label={labels.copy}
            copiedLabel={labels.copied}
            failedLabel={labels.copyFailed}
          />
        )}
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable without a mouse */}
      <pre lang="en" tabIndex={0} className="overflow-x-auto p-3 text-table">
        <code>
          {parts.map((part, i) =>
            part.open ? (
              // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one command never change places
              <mark key={i} className="bg-evidence text-evidence-ink underline decoration-2">
                {part.text}
              </mark>
            ) : (
              // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one command never change places
              <Fragment key={i}>{part.text}</Fragment>
            ),
          )}
        </code>
      </pre>
    </div>
  )
}

type Part = { text: string; open?: string }

/** A command cut at its placeholders: filled ones become text, open ones stay as `<name>`. */
function splitCode(code: string, placeholders: readonly Placeholder[], values: Values): Part[] {
  const known = new Map(placeholders.map((p) => [`<${p.name}>`, p]))
  return code
    .split(/(<[a-z][a-z0-9-]*>)/)
    .filter((piece) => piece !== '')
    .map((piece) => {
      const placeholder = known.get(piece)
      if (!placeholder) return { text: piece }
      const value = values[placeholder.name]?.trim()
      return value ? { text: value } : { text: piece, open: placeholder.label }
    })
}
