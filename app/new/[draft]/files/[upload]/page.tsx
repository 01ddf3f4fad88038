import type { Metadata } from 'next'
import Link from 'next/link'
import { notFound, redirect } from 'next/navigation'
import { getLocale, getTranslations } from 'next-intl/server'
import { Shell } from '@/app/shell'
import { SourceLines } from '@/components/evidence'
import { EmptyState, PageHeader } from '@/components/ui'
import { noticeText, type ReportNotice, type ReportSource, rawPageLines, rawPageStart } from '@/lib/core'
import { formatNumber } from '@/lib/i18n/format'
import { getAudit } from '@/lib/server/audits'
import { enterAudit } from '@/lib/server/gate'
import { auditId, uuid } from '@/lib/server/ids'
import { draftFiles } from '@/lib/server/preview'
import { readUpload } from '@/lib/server/sources'

type Search = Readonly<Record<string, string | string[] | undefined>>
type Props = { params: Promise<{ draft: string; upload: string }>; searchParams: Promise<Search> }

const one = (value: string | string[] | undefined): string => (typeof value === 'string' ? value : '')
const lineOf = (value: string | string[] | undefined): number =>
  /^[1-9]\d{0,8}$/.test(one(value)) ? Number(one(value)) : 1

async function sourceOf({
  params,
  searchParams,
}: Props): Promise<{ source: ReportSource; upload: string; id: string }> {
  const { draft, upload: uploadId } = await params
  if (!auditId.safeParse(draft).success || !uuid.safeParse(uploadId).success) notFound()
  await enterAudit(draft, 'upload')
  const audit = await getAudit(draft)
  if (!audit) notFound()
  if (audit.status !== 'draft') redirect(`/new/${audit.id}`)
  const upload = (await draftFiles(audit.id)).uploads.find((u) => u.id === uploadId)
  const wanted = one((await searchParams).source) || upload?.name
  const source = upload?.sources.find((s) => s.name === wanted)
  if (!source) notFound()
  return { source, upload: uploadId, id: audit.id }
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  return { title: (await sourceOf(props)).source.name }
}

/** The text of a file as it is read now, with what was noted about its lines: before anything is analysed. */
export default async function DraftLinesPage(props: Props) {
  const { source, upload, id } = await sourceOf(props)
  const t = await getTranslations('upload')
  const locale = await getLocale()
  const number = (n: number) => formatNumber(n, locale)
  const from = rawPageStart(lineOf((await props.searchParams).line))
  const window = await readUpload(id, upload, source.name, from, from + rawPageLines - 1).catch(() => null)
  const to = from + (window?.lines.length ?? 0) - 1
  const total = window?.totalLines ?? 0
  const noted = new Map<number, ReportNotice[]>()
  for (const notice of source.notices)
    if (notice.line !== undefined) noted.set(notice.line, [...(noted.get(notice.line) ?? []), notice])
  const href = (line: number) => {
    const search = new URLSearchParams({ source: source.name, line: String(line) })
    return `/new/${id}/files/${upload}?${search}#L${line}`
  }
  return (
    <Shell>
      <div className="mx-auto max-w-app">
        <PageHeader
          eyebrow={
            <Link href={`/new/${id}#files`} className="link">
              {t('backToDraft')}
            </Link>
          }
          title={<span className="wrap-anywhere">{t('fileLines', { name: source.name })}</span>}
          meta={
            window &&
            t('linesShown', { from: number(from), to: number(to), total: number(total), encoding: source.encoding })
          }
        />
        <NotedLines lines={[...noted.keys()]} href={href} />
        {window && window.lines.length > 0 ? (
          <>
            <Pager from={from} to={to} total={total} href={href} />
            <SourceLines
              label={t('fileLines', { name: source.name })}
              lines={window.lines}
              from={from}
              isMarked={(line) => noted.has(line)}
              cutLabel={(count) => t('lineCut', { count: number(count) })}
              anchors={{ rangesAt: () => [] }}
              noteOf={(line) => noted.has(line) && <Notes notices={noted.get(line) ?? []} />}
            />
            <Pager from={from} to={to} total={total} href={href} />
          </>
        ) : (
          <EmptyState>
            <p>{t('noText')}</p>
          </EmptyState>
        )}
      </div>
    </Shell>
  )
}

type Href = (line: number) => string
const notedShown = 60

async function NotedLines({ lines, href }: { lines: readonly number[]; href: Href }) {
  const t = await getTranslations('upload')
  const locale = await getLocale()
  if (lines.length === 0) return null
  return (
    <p className="mb-3 flex flex-wrap items-center gap-x-3 gap-y-1 text-table">
      <span className="font-semibold">{t('notedLines')}:</span>
      {[...lines]
        .sort((a, b) => a - b)
        .slice(0, notedShown)
        .map((line) => (
          <a key={line} href={href(line)} className="link inline-flex min-h-6 min-w-6 items-center justify-center">
            {formatNumber(line, locale)}
          </a>
        ))}
      {lines.length > notedShown && <span>…</span>}
    </p>
  )
}

async function Pager({ from, to, total, href }: { from: number; to: number; total: number; href: Href }) {
  const t = await getTranslations('upload')
  if (from === 1 && to >= total) return null
  return (
    <p className="my-2 flex gap-4 text-table print:hidden">
      {from > 1 && (
        <a href={href(Math.max(1, from - rawPageLines))} className="link">
          {t('earlierLines')}
        </a>
      )}
      {to < total && (
        <a href={href(to + 1)} className="link">
          {t('laterLines')}
        </a>
      )}
    </p>
  )
}

async function Notes({ notices }: { notices: readonly ReportNotice[] }) {
  const locale = await getLocale()
  return (
    <ul className="col-span-2 space-y-1 bg-canvas px-3 py-1 font-sans text-meta text-ink md:col-span-1">
      {[...new Set(notices.map((n) => noticeText(n, locale).message))].map((message) => (
        <li key={message}>{message}</li>
      ))}
    </ul>
  )
}
