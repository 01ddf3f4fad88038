import { Check, CircleSlash, Eye, Loader } from 'lucide-react'
import { useLocale, useTranslations } from 'next-intl'
import { cx } from '@/components/ui'
import { formatBytes } from '@/lib/i18n/format'
import type { UploadRow } from '@/lib/server/sources'
import { RemoveUpload } from './remove-upload'
import { SourceDetails, type TextOfNotice } from './source-details'
import { type RowState, sourceState } from './upload-view'

const icons = {
  ready: Check,
  reading: Loader,
  attention: Eye,
  unused: CircleSlash,
  refused: CircleSlash,
  failed: CircleSlash,
}
const colours: Record<RowState, string> = {
  ready: 'text-passed',
  reading: 'text-ink-2',
  attention: 'text-ink',
  unused: 'text-ink',
  refused: 'text-ink',
  failed: 'text-ink',
}

/** Shape and word of how a file stands. */
export function RowStateLabel({ state }: { state: RowState }) {
  const t = useTranslations('upload')
  const Icon = icons[state]
  return (
    <span className="inline-flex items-center gap-1.5 text-table font-semibold whitespace-nowrap">
      <Icon aria-hidden className={cx('size-4 shrink-0', colours[state])} strokeWidth={2} />
      {t(`state.${state}`)}
    </span>
  )
}

type Props = { draft: string; upload: UploadRow; state: RowState; textOf: TextOfNotice }

/** One upload: what it is, what was found, what was not understood; an archive with its members. */
export function FileRow({ draft, upload, state, textOf }: Props) {
  const t = useTranslations('upload')
  const locale = useLocale()
  const [own, ...members] = upload.sources
  const needsLook = state !== 'ready' && state !== 'reading'
  return (
    <li className={cx('keep rounded-card border p-3 sm:p-4', needsLook ? 'border-line-strong' : 'border-line')}>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
        <h3 className="min-w-0 flex-1 basis-full text-wrap wrap-anywhere hyphens-none sm:basis-48">{upload.name}</h3>
        <span className="text-table text-ink-2 tabular-nums">{formatBytes(upload.bytes, locale)}</span>
        <RowStateLabel state={state} />
        <RemoveUpload
          draft={draft}
          upload={upload.id}
          label={t('remove')}
          name={t('removeNamed', { name: upload.name })}
        />
      </div>
      {upload.status === 'failed' && <p className="mt-2">{t('status.failed')}</p>}
      {own && members.length === 0 && <SourceDetails source={own} textOf={textOf} />}
      {own && members.length > 0 && (
        <>
          {own.notices.length > 0 && <SourceDetails source={own} textOf={textOf} />}
          <details suppressHydrationWarning open={needsLook} className="mt-2">
            <summary className="tap text-table text-ink-2">
              {t('archive')}, {t('members', { count: members.length })}
            </summary>
            <ul className="mt-2 flex flex-col gap-3 border-s-2 border-line ps-3">
              {members.map((member) => (
                <li key={member.id}>
                  <div className="flex flex-wrap items-center gap-x-4">
                    <h4 className="min-w-0 flex-1 basis-full text-wrap wrap-anywhere hyphens-none sm:basis-48">
                      {member.name.slice(upload.name.length).replace(/^!\//, '')}
                    </h4>
                    <RowStateLabel state={sourceState(member)} />
                  </div>
                  <SourceDetails source={member} textOf={textOf} />
                </li>
              ))}
            </ul>
          </details>
        </>
      )}
    </li>
  )
}
