import { useTranslations } from 'next-intl'
import { cx, Section } from '@/components/ui'
import type { Asking } from './asking'
import { FileRow, LogGroupRow } from './file-row'
import type { TextOfNotice } from './source-details'
import { listRows, type RowState, sortedUploads } from './upload-view'

/** “No files yet” is not said while the first ones arrive. */
const hiddenWhileSending = '[main:has([data-sending])_&]:hidden'

type Props = { asking: Asking; textOf: TextOfNotice }

/** The files of a draft, those that need a person first. The summary is read out when it changes. */
export function FileList({ asking, textOf }: Props) {
  const t = useTranslations('upload')
  const states = sortedUploads(asking.uploads).map((r) => r.state)
  const total = states.length
  const count = (state: RowState) => states.filter((s) => s === state).length
  const [ready, reading, ignored] = [count('ready'), count('reading'), count('ignored')]
  return (
    <Section id="files" title={t('files')}>
      <p role="status" className={cx('mb-3 font-semibold', total === 0 && hiddenWhileSending)}>
        {t('summary', { total, ready, reading, ignored, attention: total - ready - reading - ignored })}
      </p>
      {total === 0 ? (
        <p className={cx('max-w-[72ch] text-ink-2', hiddenWhileSending)}>{t('filesEmpty')}</p>
      ) : (
        <ul className="flex flex-col gap-2">
          {listRows(asking.uploads).map((row) =>
            row.kind === 'logs' ? (
              <LogGroupRow key={row.key} asking={asking} name={row.name} uploads={row.uploads} textOf={textOf} />
            ) : (
              <FileRow key={row.upload.id} asking={asking} upload={row.upload} state={row.state} textOf={textOf} />
            ),
          )}
        </ul>
      )}
    </Section>
  )
}
