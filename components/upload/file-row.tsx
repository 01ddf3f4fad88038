import { Check, CircleMinus, CircleSlash, Eye, Loader } from 'lucide-react'
import { useLocale, useTranslations } from 'next-intl'
import { cx } from '@/components/ui'
import { formatBytes } from '@/lib/i18n/format'
import type { UploadRow } from '@/lib/server/sources'
import { type Asking, rowId } from './asking'
import { LogLine } from './found-lines'
import { RemoveUpload } from './remove-upload'
import { ReplaceUpload } from './replace-upload'
import { RowMenu } from './row-menu'
import { SourceDetails, type TextOfNotice } from './source-details'
import { logTotal, type RowState, sourceState } from './upload-view'

const icons = {
  ready: Check,
  reading: Loader,
  attention: Eye,
  unused: CircleSlash,
  refused: CircleSlash,
  failed: CircleSlash,
  ignored: CircleMinus,
}
const colours: Record<RowState, string> = {
  ready: 'text-passed',
  reading: 'text-ink-2',
  attention: 'text-ink',
  unused: 'text-ink',
  refused: 'text-ink',
  failed: 'text-ink',
  ignored: 'text-ink-2',
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

type Props = { asking: Asking; upload: UploadRow; state: RowState; textOf: TextOfNotice }

/** One upload: what it is, what was found, what was not understood; an archive with its members. */
export function FileRow({ asking, upload, state, textOf }: Props) {
  const t = useTranslations('upload')
  const locale = useLocale()
  const [own, ...members] = upload.sources
  const isCalm = state === 'ready' || state === 'reading' || state === 'ignored'
  return (
    <li className={cx('keep rounded-card border p-3 sm:p-4', isCalm ? 'border-line' : 'border-line-strong')}>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
        <h3
          id={rowId(upload)}
          tabIndex={-1}
          className="min-w-0 flex-1 basis-full scroll-mt-16 scroll-mb-40 text-wrap wrap-anywhere hyphens-none sm:basis-48"
        >
          {upload.name}
        </h3>
        <span className="text-table text-ink-2 tabular-nums">{formatBytes(upload.bytes, locale)}</span>
        <RowStateLabel state={state} />
        <span className="flex flex-wrap">
          <ReplaceUpload
            draft={asking.draft}
            upload={upload.id}
            label={t('replace')}
            name={t('replaceNamed', { name: upload.name })}
          />
          <RemoveUpload
            draft={asking.draft}
            upload={upload.id}
            label={t('remove')}
            name={t('removeNamed', { name: upload.name })}
          />
        </span>
      </div>
      {upload.status === 'failed' && <Failed asking={asking} upload={upload} />}
      {own && members.length === 0 && (
        <>
          <SourceDetails asked={{ upload, source: own, asking }} textOf={textOf} />
          <RowMenu asked={{ upload, source: own, asking }} />
        </>
      )}
      {own && members.length > 0 && (
        <>
          {own.notices.length > 0 && <SourceDetails asked={{ upload, source: own, asking }} textOf={textOf} />}
          <Members asking={asking} upload={upload} isOpen={!isCalm} textOf={textOf} />
        </>
      )}
    </li>
  )
}

/** Nothing is known of it but why: too large for what one file may take, or an error of ours. */
function Failed({ asking, upload }: { asking: Asking; upload: UploadRow }) {
  const t = useTranslations('upload')
  if (!upload.tookTooMuch) return <p className="mt-2">{t('status.failed')}</p>
  return (
    <>
      <p className="mt-2">{t('status.tooMuch', asking.limits)}</p>
      <p className="mt-1 text-table">{t('splitText')}</p>
    </>
  )
}

type MembersProps = { asking: Asking; upload: UploadRow; isOpen: boolean; textOf: TextOfNotice }

const memberOrder: readonly RowState[] = ['failed', 'refused', 'unused', 'attention', 'ready', 'ignored']

/** The files in an archive, those that need a person first. */
function Members({ asking, upload, isOpen, textOf }: MembersProps) {
  const t = useTranslations('upload')
  const members = upload.sources
    .slice(1)
    .map((source) => ({ source, state: sourceState(source) }))
    .sort((a, b) => memberOrder.indexOf(a.state) - memberOrder.indexOf(b.state))
  return (
    <details suppressHydrationWarning open={isOpen} className="mt-2">
      <summary className="tap text-table text-ink-2">
        {t('archive')}, {t('members', { count: members.length })}
      </summary>
      <ul className="mt-2 flex flex-col gap-3 border-s-2 border-line ps-3">
        {members.map(({ source, state }) => (
          <li key={source.id}>
            <div className="flex flex-wrap items-center gap-x-4">
              <h4 className="min-w-0 flex-1 basis-full text-wrap wrap-anywhere hyphens-none sm:basis-48">
                {source.name.slice(upload.name.length).replace(/^!\//, '')}
              </h4>
              <RowStateLabel state={state} />
            </div>
            <SourceDetails asked={{ upload, source, asking }} textOf={textOf} />
            <RowMenu asked={{ upload, source, asking }} />
          </li>
        ))}
      </ul>
    </details>
  )
}

type GroupProps = { asking: Asking; name: string; uploads: readonly UploadRow[]; textOf: TextOfNotice }

/** Logs of one kind that need nobody: one row with what they are together. */
export function LogGroupRow({ asking, name, uploads, textOf }: GroupProps) {
  const t = useTranslations('upload')
  const locale = useLocale()
  const log = logTotal(uploads.flatMap((u) => u.sources.flatMap((s) => s.blocks)))
  const bytes = uploads.reduce((sum, u) => sum + u.bytes, 0)
  return (
    <li className="keep rounded-card border border-line p-3 sm:p-4">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
        <h3 className="min-w-0 flex-1 basis-full text-wrap wrap-anywhere hyphens-none sm:basis-48">
          {t('logGroup', { kind: name, count: uploads.length })}
        </h3>
        <span className="text-table text-ink-2 tabular-nums">{formatBytes(bytes, locale)}</span>
        <RowStateLabel state="ready" />
      </div>
      {log && (
        <p className="mt-1 text-table text-ink-2">
          <LogLine log={log} />
        </p>
      )}
      <details suppressHydrationWarning className="mt-2">
        <summary className="tap text-table text-accent">{t('logGroupOpen', { count: uploads.length })}</summary>
        <ul className="mt-2 flex flex-col gap-2">
          {uploads.map((upload) => (
            <FileRow key={upload.id} asking={asking} upload={upload} state="ready" textOf={textOf} />
          ))}
        </ul>
      </details>
    </li>
  )
}
