'use client'
import { Choice, Choices } from './fields'

export type Named = { readonly id: string; readonly name: string }

type Props = {
  label: string
  allLabel: string
  someLabel: string
  noneLabel: string
  hint?: string
  error?: string | undefined
  environments: readonly Named[]
  /** What the form shows: `where` is all or some, `in:ID` is ticked. */
  shown: Readonly<Record<string, string>>
}

/** All environments, or some of them. */
export function WhereField({ allLabel, someLabel, noneLabel, environments, shown, ...rest }: Props) {
  const where = shown.where ?? 'all'
  return (
    <Choices name="environments" {...rest}>
      <Choice type="radio" name="where" value="all" checked={where === 'all'}>
        {allLabel}
      </Choice>
      <Choice type="radio" name="where" value="some" checked={where === 'some'}>
        {someLabel}
      </Choice>
      <div className="ms-6">
        {environments.length === 0 && <p className="text-ink-2">{noneLabel}</p>}
        {environments.map(({ id, name }) => (
          <Choice key={id} type="checkbox" name={`in:${id}`} checked={shown[`in:${id}`] === 'on'}>
            {name}
          </Choice>
        ))}
      </div>
    </Choices>
  )
}
