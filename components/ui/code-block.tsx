import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { cx } from './classes'
import { CopyButton } from './copy-button'

type Props = {
  /** Shown as it is, and copied byte for byte. */
  code: string
  /** What the block is, read out and shown above it. */
  label?: ReactNode
  /** Verb and object of the copy button; `Copy command` without it. */
  copyLabel?: string
  copyable?: boolean
  wrap?: boolean
  className?: string
}

/** Commands and excerpts. English whatever the page's language, without ligatures and without hyphens. */
export function CodeBlock({ code, label, copyLabel, copyable = true, wrap = false, className }: Props) {
  const t = useTranslations('common')
  return (
    <div data-copy className={cx('keep rounded-input border border-line bg-subtle', className)}>
      {(label || copyable) && (
        <div className="flex flex-wrap items-center justify-between gap-2 border-b border-line px-3 py-1.5 text-table print:border-0">
          <span className="font-semibold text-ink-2">{label}</span>
          {copyable && (
            <CopyButton label={copyLabel ?? t('copyCommand')} copiedLabel={t('copied')} failedLabel={t('copyFailed')} />
          )}
        </div>
      )}
      <pre
        lang="en"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable without a mouse
        tabIndex={0}
        className={cx('p-3 text-table', wrap ? 'break-all whitespace-pre-wrap' : 'overflow-x-auto')}
      >
        <code>{code}</code>
      </pre>
    </div>
  )
}
