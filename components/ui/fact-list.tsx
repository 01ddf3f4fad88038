import type { ReactNode } from 'react'
import { cx } from './classes'

type Props = { facts: readonly (readonly [name: string, value: ReactNode])[]; className?: string }

/** Names and values side by side. */
export const FactList = ({ facts, className }: Props) => (
  <dl className={cx('grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 text-table', className)}>
    {facts.map(([name, value]) => (
      <div key={name} className="contents">
        <dt className="text-ink-2">{name}</dt>
        <dd>{value}</dd>
      </div>
    ))}
  </dl>
)
