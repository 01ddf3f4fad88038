import type { ReactNode } from 'react'

type Props = { title: string; isOpen: boolean; className: string; children: ReactNode }

/** Something that is folded away at first; open where it has something to say, also without scripts. */
export function Fold({ title, isOpen, className, children }: Props) {
  return (
    <details className={className} open={isOpen}>
      <summary className="tap cursor-pointer font-semibold text-accent">{title}</summary>
      {children}
    </details>
  )
}
