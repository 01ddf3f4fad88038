import { useTranslations } from 'next-intl'
import { PageHeader } from '@/components/ui'

/** In place of any link that is not active: whether it ended, ran out or never was is nobody's business. */
export function NotActive() {
  const t = useTranslations('guest.inactive')
  return (
    <main id="content" tabIndex={-1} className="mx-auto max-w-reading px-4 py-12 outline-none">
      <PageHeader title={t('title')} />
      <p>{t('text')}</p>
    </main>
  )
}

const formats = { csv: 'CSV', markdown: 'Markdown', json: 'JSON' } as const
type Format = keyof typeof formats

type ExportsProps = { base: string; only?: readonly Format[] }

/** What the link holds as a file. */
export function GuestExports({ base, only = ['csv', 'markdown', 'json'] }: ExportsProps) {
  const t = useTranslations('guest')
  return (
    <p className="mt-4 flex flex-wrap items-center gap-x-3 gap-y-1 text-table print:hidden">
      <span className="text-ink-2">{t('export')}</span>
      {only.map((format) => (
        <a key={format} href={`${base}/export?format=${format}`} className="link" download>
          {formats[format]}
        </a>
      ))}
    </p>
  )
}
