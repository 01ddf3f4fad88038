import { useTranslations } from 'next-intl'
import { cx, Section } from '@/components/ui'
import type { UploadRow } from '@/lib/server/sources'
import { FileRow } from './file-row'
import type { TextOfNotice } from './source-details'
import { sortedUploads } from './upload-view'

/** “No files yet” is not said while the first ones arrive. */
const hiddenWhileSending = '[main:has([data-sending])_&]:hidden'

type Props = { draft: string; uploads: readonly UploadRow[]; textOf: TextOfNotice }

/** The files of a draft, those that need a person first. The summary is read out when it changes. */
export function FileList({ draft, uploads, textOf }: Props) {
  const t = useTranslations('upload')
  const rows = sortedUploads(uploads)
  const count = (states: readonly string[]) => rows.filter((r) => states.includes(r.state)).length
  const reading = count(['reading'])
  const ready = count(['ready'])
  return (
    <Section id="files" title={t('files')}>
      <p role="status" className={cx('mb-3 font-semibold', rows.length === 0 && hiddenWhileSending)}>
        {t('summary', { total: rows.length, ready, reading, attention: rows.length - ready - reading })}
      </p>
      {rows.length === 0 ? (
        <p className={cx('max-w-[72ch] text-ink-2', hiddenWhileSending)}>{t('filesEmpty')}</p>
      ) : (
        <ul className="flex flex-col gap-2">
          {rows.map(({ upload, state }) => (
            <FileRow key={upload.id} draft={draft} upload={upload} state={state} textOf={textOf} />
          ))}
        </ul>
      )}
    </Section>
  )
}
