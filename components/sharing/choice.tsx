import { type ReactNode, useId } from 'react'

type Props = {
  type: 'radio' | 'checkbox'
  name: string
  value: string
  label: ReactNode
  /** What choosing it means. */
  text?: ReactNode
  /** Of a field that a script follows. */
  checked?: boolean
  defaultChecked?: boolean
  onChoose?: (isChecked: boolean) => void
  /** Id of a form elsewhere on the page. */
  form?: string
}

/** A radio button or a check box with its label, and a sentence beneath. */
export function Choice({ type, name, value, label, text, checked, defaultChecked, onChoose, form }: Props) {
  const id = useId()
  return (
    <div className="flex items-start gap-2.5 py-1">
      <input
        id={id}
        type={type}
        name={name}
        value={value}
        form={form}
        checked={checked}
        defaultChecked={defaultChecked}
        onChange={onChoose && ((event) => onChoose(event.currentTarget.checked))}
        aria-describedby={text ? `${id}-text` : undefined}
        className="mt-1 size-4 shrink-0"
      />
      <div className="min-w-0">
        <label htmlFor={id} className="block">
          {label}
        </label>
        {text && (
          <p id={`${id}-text`} className="text-table text-ink-2">
            {text}
          </p>
        )}
      </div>
    </div>
  )
}

type GroupProps = { legend: string; children: ReactNode; className?: string }

/** Choices that belong together. */
export function ChoiceGroup({ legend, children, className }: GroupProps) {
  return (
    <fieldset className={className ?? 'mt-5'}>
      <legend className="mb-1 font-semibold">{legend}</legend>
      {children}
    </fieldset>
  )
}
