import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { cx } from './classes'

/** Everything that has a shape of its own: the five severities and the two results that are none. */
export type MarkName = 'critical' | 'high' | 'medium' | 'low' | 'info' | 'passed' | 'unknown'

const shapes: Record<MarkName, ReactNode> = {
  critical: <path d="M5 1h6l4 4v6l-4 4H5l-4-4V5z" />,
  high: <path d="M8 1l7 13H1z" />,
  medium: <path d="M8 1l7 7-7 7-7-7z" />,
  low: <circle cx="8" cy="8" r="6.5" />,
  info: <circle cx="8" cy="8" r="5.5" fill="none" stroke="currentColor" strokeWidth="2.5" />,
  passed: <path d="M2 8.5l4 4 8-9" fill="none" stroke="currentColor" strokeWidth="2.75" />,
  unknown: (
    <rect
      x="2"
      y="2"
      width="12"
      height="12"
      rx="2"
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
      strokeDasharray="3 2"
    />
  ),
}
const colours: Record<MarkName, string> = {
  critical: 'text-critical',
  high: 'text-high',
  medium: 'text-medium',
  low: 'text-low',
  info: 'text-info',
  passed: 'text-passed',
  unknown: 'text-unknown',
}

type Props = {
  mark: MarkName
  /** Without a label the mark is decoration beside its word; with one it stands alone (dense tables). */
  label?: string
  className?: string
}

/** A mark alone. Use `SeverityLabel` or `StateMark` wherever there is room for the word. */
export function Mark({ mark, label, className }: Props) {
  return (
    <svg
      viewBox="0 0 16 16"
      width="16"
      height="16"
      fill="currentColor"
      className={cx('mark inline-block size-4 shrink-0', colours[mark], className)}
      role={label ? 'img' : undefined}
      aria-label={label}
      aria-hidden={label ? undefined : true}
    >
      {shapes[mark]}
    </svg>
  )
}

type SeverityName = Exclude<MarkName, 'passed' | 'unknown'>

/** The shape of a severity with its word as accessible name, for dense columns. */
export function SeverityMark({ severity, className }: { severity: SeverityName; className?: string }) {
  const t = useTranslations('common')
  return <Mark mark={severity} label={t(`severity.${severity}`)} {...(className && { className })} />
}

/** Shape and word of a severity. */
export function SeverityLabel({ severity, className }: { severity: SeverityName; className?: string }) {
  const t = useTranslations('common')
  return (
    <span className={cx('inline-flex items-center gap-1.5 font-semibold whitespace-nowrap', className)}>
      <Mark mark={severity} />
      {t(`severity.${severity}`)}
    </span>
  )
}

/** Shape and word of a result that is not a finding: passed, or not assessed. */
export function StateMark({ state, className }: { state: 'passed' | 'unknown'; className?: string }) {
  const t = useTranslations('common')
  return (
    <span className={cx('inline-flex items-center gap-1.5 font-semibold whitespace-nowrap', className)}>
      <Mark mark={state} />
      {t(`state.${state}`)}
    </span>
  )
}
