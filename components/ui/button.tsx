import type { ComponentProps } from 'react'
import { cx } from './classes'
import { Link } from './link'

export type ButtonKind = 'primary' | 'secondary' | 'quiet'
type Size = 'normal' | 'small'

const kinds: Record<ButtonKind, string> = {
  primary: 'bg-accent text-on-accent border-accent hover:underline',
  secondary: 'bg-canvas text-ink border-line-strong hover:bg-subtle',
  quiet: 'bg-transparent text-accent border-transparent hover:bg-subtle',
}
const sizes: Record<Size, string> = {
  normal: 'min-h-9 px-3.5 py-1.5',
  small: 'min-h-7 px-2 py-0.5 text-table',
}

/** The look of a button, for elements that are not one (a summary, a label of a file field). */
export const buttonClass = (kind: ButtonKind = 'secondary', size: Size = 'normal', extra?: string): string =>
  cx(
    'tap inline-flex items-center justify-center gap-2 rounded-input border font-semibold text-center no-underline',
    'transition-colors duration-[120ms] print:hidden',
    kinds[kind],
    sizes[size],
    extra,
  )

type Look = { kind?: ButtonKind; size?: Size }

/** A button. Its text is a verb with its object; it wraps and is never of a fixed width. */
export function Button({ kind, size, className, type = 'button', ...rest }: ComponentProps<'button'> & Look) {
  return <button type={type} className={buttonClass(kind, size, className)} {...rest} />
}

/** A link that looks like a button. It is not there where its page is not to be had. */
export function ButtonLink({ kind, size, className, ...rest }: ComponentProps<typeof Link> & Look) {
  return <Link className={buttonClass(kind, size, className)} orElse="nothing" {...rest} />
}
