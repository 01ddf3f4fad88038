'use client'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { CopyButton } from '@/components/ui/copy-button'

type Props = { title: string; copyLabel: string; value: string; children: ReactNode }

/** Something that is shown this one time: a link, a token. It gets the focus. */
export function MadeOnce({ title, copyLabel, value, children }: Props) {
  const t = useTranslations('common')
  return (
    <section
      data-made
      data-copy
      tabIndex={-1}
      aria-label={title}
      className="mb-4 max-w-reading rounded-card border border-line border-s-4 border-s-passed bg-subtle p-4"
    >
      <p className="font-semibold">{title}</p>
      <p className="mt-1">{children}</p>
      <p className="mt-2 rounded-input border border-line bg-canvas p-2">
        <code className="break-all">{value}</code>
      </p>
      <div className="mt-2">
        <CopyButton label={copyLabel} copiedLabel={t('copied')} failedLabel={t('copyFailed')} />
      </div>
    </section>
  )
}
