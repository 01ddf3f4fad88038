import type { ReactNode } from 'react'
import { cx } from '@/components/ui'

/** Longer lines are cut here; a browser lays out a line of megabytes for minutes. */
const maxLineLength = 4_000

/** Code letters in which `::` and `->` stay the signs they are. */
export const raw = "font-mono [font-feature-settings:'liga'_0,'calt'_0] [font-variant-ligatures:none]"

type Props = {
  lines: readonly string[]
  /** Number of the first line. */
  from: number
  isMarked: (line: number) => boolean
  /** Anchors on the lines, and anchors of ranges that begin on one. */
  anchors?: { rangesAt: (line: number) => readonly string[] }
  /** Beside a line: what it proves. */
  noteOf?: (line: number) => ReactNode
  cutLabel: (rest: number) => string
  label: string
  /** Smaller letters, for a column beside text. */
  dense?: boolean
  /** Long lines are broken; otherwise the box scrolls sideways. */
  wrap?: boolean
}

/** Lines of an uploaded file with their numbers. The text is shown as it is and never read as markup. */
export function SourceLines({ lines, from, label, dense, ...rest }: Props) {
  const digits = String(from + lines.length).length
  return (
    <section
      aria-label={label}
      {...(rest.wrap === false ? { tabIndex: 0 } : {})}
      className={cx(
        'rounded-input border border-line bg-canvas py-1',
        raw,
        dense ? 'text-meta' : 'text-table',
        rest.wrap === false && 'overflow-x-auto',
      )}
    >
      {lines
        .map((text, i) => ({ text, number: from + i }))
        .map((line) => (
          <Line key={line.number} {...line} digits={digits} {...rest} />
        ))}
    </section>
  )
}

type LineProps = Omit<Props, 'lines' | 'from' | 'label' | 'dense'> & { text: string; number: number; digits: number }

function Line({ text, number, digits, isMarked, anchors, noteOf, cutLabel, wrap = true }: LineProps) {
  const marked = isMarked(number)
  const note = noteOf?.(number)
  const shown = text.length > maxLineLength ? text.slice(0, maxLineLength) : text
  const Text = marked ? 'mark' : 'span'
  return (
    <div
      id={anchors && `L${number}`}
      data-line={number}
      className={cx(
        'grid scroll-mt-16 target:bg-raised data-[active]:bg-raised',
        !wrap && 'w-max min-w-full',
        note
          ? wrap
            ? 'grid-cols-[auto_minmax(0,1fr)] md:grid-cols-[auto_minmax(0,1fr)_minmax(0,18rem)]'
            : 'grid-cols-[auto_max-content] md:grid-cols-[auto_max-content_18rem]'
          : wrap
            ? 'grid-cols-[auto_minmax(0,1fr)]'
            : 'grid-cols-[auto_max-content]',
        marked && 'bg-evidence',
      )}
    >
      <span
        data-line-number={anchors && number}
        className={cx(
          'border-s-4 pe-2 text-end select-none',
          digits > 6 ? 'w-24' : digits > 4 ? 'w-18' : 'w-14',
          anchors && 'cursor-pointer hover:underline',
          marked ? 'border-s-accent text-evidence-ink' : 'border-s-transparent text-ink-3',
        )}
      >
        {number}
        {anchors?.rangesAt(number).map((id) => (
          <span key={id} id={id} className="scroll-mt-16" />
        ))}
      </span>
      <span className={cx('ps-2', wrap ? 'min-w-0 whitespace-pre-wrap [overflow-wrap:anywhere]' : 'whitespace-pre')}>
        <Text
          lang="en"
          dir="ltr"
          className={marked ? 'bg-transparent text-evidence-ink underline decoration-2 underline-offset-4' : 'text-ink'}
        >
          {shown}
        </Text>
        {shown !== text && <span className="font-sans text-ink-2"> … {cutLabel(text.length - shown.length)}</span>}
      </span>
      {note}
    </div>
  )
}
