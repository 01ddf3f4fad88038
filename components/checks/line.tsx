import { CircleCheck, CircleDashed, CircleX, TriangleAlert } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'

/** `open`: not known, or not yet. */
export type LineState = 'good' | 'warning' | 'bad' | 'open'

const icons = { good: CircleCheck, warning: TriangleAlert, bad: CircleX, open: CircleDashed }
const colours: Record<LineState, string> = {
  good: 'text-passed',
  warning: 'text-medium',
  bad: 'text-high',
  open: 'text-unknown',
}

type Props = {
  state: LineState
  name: string
  /** What was found, as a sentence. It is read out when it changes. */
  result: string
  /** What depends on it. */
  effect: string
  /** How to mend it; shown where something is wrong, or not known. */
  children?: ReactNode
}

/** A check: what was found, what depends on it, and how to mend it. */
export function CheckLine({ state, name, result, effect, children }: Props) {
  const t = useTranslations('checks')
  const Icon = icons[state]
  return (
    <li className="flex gap-3 border-t border-line py-4 first:border-0">
      <Icon aria-hidden className={`mt-0.5 size-5 shrink-0 ${colours[state]}`} strokeWidth={2} />
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-baseline justify-between gap-x-4">
          <span className="font-semibold">{name}</span>
          <span className="text-table text-ink-2">{t(`state.${state}`)}</span>
        </p>
        <p role="status" className="[overflow-wrap:anywhere]">
          {result}
        </p>
        <p className="mt-1 max-w-[72ch] text-table text-ink-2">{effect}</p>
        {children && state !== 'good' && <div className="mt-3">{children}</div>}
      </div>
    </li>
  )
}
