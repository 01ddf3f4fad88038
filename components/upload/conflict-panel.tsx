import { useLocale, useTranslations } from 'next-intl'
import { Notice } from '@/components/ui'
import { type ReportSource, valueText } from '@/lib/core'
import { formatDateTime } from '@/lib/i18n/format'
import type { UploadRow } from '@/lib/server/sources'
import { AnswerButton } from './answer-button'
import { type Asked, rowId } from './asking'
import type { Conflict } from './upload-view'

const uploadWith = (uploads: readonly UploadRow[], source: string) =>
  uploads.find((u) => u.sources.some((s) => s.name === source))

/** When an export was taken; empty where it does not say. */
const takenAt = (source: ReportSource | undefined): string =>
  (source?.blocks ?? [])
    .flatMap((b) => b.takenAt ?? [])
    .sort()
    .at(-1) ?? ''

/** Two states of the same objects: which is used, and the ways to decide otherwise. */
export function ConflictPanel({ asked, conflict }: { asked: Asked; conflict: Conflict }) {
  const t = useTranslations('upload')
  const locale = useLocale()
  const { asking, source, upload } = asked
  const { first, count, other } = conflict
  const otherUpload = uploadWith(asking.uploads, other)
  const otherSource = otherUpload?.sources.find((s) => s.name === other)
  const sides = [
    { name: source.name, upload, time: takenAt(source) },
    ...(otherUpload ? [{ name: other, upload: otherUpload, time: takenAt(otherSource) }] : []),
  ].sort((a, b) => (a.time < b.time ? -1 : 1))
  const [older, newer] = sides
  const isOrdered = older?.time !== '' && older?.time !== newer?.time
  const isApart = otherUpload !== undefined && otherUpload.id !== upload.id
  return (
    <Notice level="warning" title={t('conflict.title')}>
      <p className="wrap-anywhere">
        {t('conflict.text', {
          object: first.object ?? '',
          property: first.property ?? '',
          first: valueText(String(first.params?.first ?? ''), locale),
          second: valueText(String(first.params?.second ?? ''), locale),
          firstFile: String(first.params?.firstPlace ?? ''),
          secondFile: String(first.params?.secondPlace ?? ''),
        })}
        {count > 1 && ` ${t('conflict.more', { count: count - 1 })}`}
      </p>
      <ul className="mt-1 text-table text-ink-2">
        {sides.map((side) => (
          <li key={side.name} className="wrap-anywhere">
            <Taken {...side} />
          </li>
        ))}
      </ul>
      <p className="mt-1">{t(isOrdered ? 'conflict.newer' : 'conflict.noOrder')}</p>
      {isApart && older && newer ? (
        <div className="mt-2 flex flex-wrap gap-2 print:hidden">
          {sides.map((side) => (
            <form key={side.name} action={asking.remove}>
              <input type="hidden" name="audit" value={asking.draft} />
              <input type="hidden" name="upload" value={side.upload.id} />
              <AnswerButton label={t('conflict.removeOne', { name: side.upload.name })} row={rowId(upload)} />
            </form>
          ))}
          <form action={asking.split}>
            <input type="hidden" name="audit" value={asking.draft} />
            <input type="hidden" name="older" value={older.upload.id} />
            <input type="hidden" name="newer" value={newer.upload.id} />
            <AnswerButton label={t('conflict.split')} row={rowId(upload)} />
            <p className="mt-1 text-meta text-ink-2">
              {t('conflict.splitText', { newer: newer.upload.name, older: older.upload.name })}
            </p>
          </form>
        </div>
      ) : (
        <p>{t('conflict.inside')}</p>
      )}
    </Notice>
  )
}

function Taken({ name, time }: { name: string; time: string }) {
  const t = useTranslations('upload')
  const locale = useLocale()
  if (time === '') return t('conflict.unknownTime', { name })
  // Local time of its session: no zone is said.
  const words = formatDateTime(`${time.replace(/Z$/, '')}Z`, locale).replace(/ UTC$/, '')
  return t('conflict.taken', { name, time: words })
}
