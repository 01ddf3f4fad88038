import type { Metadata } from 'next'
import Link from 'next/link'
import { notFound, redirect } from 'next/navigation'
import { getLocale, getTranslations } from 'next-intl/server'
import { HashLines } from '@/components/evidence'
import {
  FindForm,
  FindResults,
  type Hit,
  KeptApart,
  MarksList,
  RawLines,
  RawPager,
  SourceFacts,
  WrapToggle,
} from '@/components/files'
import { Notice, PageHeader } from '@/components/ui'
import {
  marksOfSource,
  placePath,
  type Report,
  type ReportSource,
  rawPageLines,
  rawPageStart,
  type SearchParams,
} from '@/lib/core'
import { formatBytes, formatDate } from '@/lib/i18n/format'
import { recordOfAudit } from '@/lib/server/activity-audits'
import type { AuditRow } from '@/lib/server/audits'
import { readSource, type SourceWindow } from '@/lib/server/sources'
import { auditOf } from '../../audit'
import { NotYet } from '../../not-yet'

type Props = { params: Promise<{ audit: string; file: string }>; searchParams: Promise<SearchParams> }

const hitsShown = 200
/** A search reads this many lines at most: it answers one page, it is not an index. */
const searchLines = 200_000

const sourceIn = (report: Report | null, id: string): ReportSource | undefined =>
  report?.sources.find((s) => s.id === decodeURIComponent(id))

const one = (value: SearchParams[string]): string => (typeof value === 'string' ? value.trim() : '')
const lineNumber = (value: SearchParams[string]): number | null =>
  /^[1-9]\d{0,8}$/.test(one(value)) ? Number(one(value)) : null

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { audit, file } = await params
  const name = sourceIn((await auditOf(audit, 'raw')).report, file)?.name
  return name ? { title: name } : {}
}

export default async function FilePage({ params, searchParams }: Props) {
  const names = await params
  const { actor, audit, report } = await auditOf(names.audit, 'raw')
  if (!report) return <NotYet audit={audit} actor={actor} />
  const source = sourceIn(report, names.file)
  if (!source) notFound()
  await recordOfAudit(actor, 'original-viewed', audit.id, { object: source.id })
  const search = await searchParams
  const base = `/a/${audit.id}`
  const line = lineNumber(search.line)
  if (line !== null) redirect(`${base}/${placePath(source.id, [line, line])}`)
  const q = one(search.q).slice(0, 200)
  const from = rawPageStart(lineNumber(search.from) ?? 1)
  const { originalsDeletedAt } = audit
  const window = q === '' && !originalsDeletedAt ? await read(audit.id, source.id, from, from + rawPageLines - 1) : null
  return (
    <div className="mx-auto max-w-app">
      <Head audit={audit} base={base} source={source} total={window?.totalLines} />
      <KeptApart report={report} source={source.id} base={base} />
      {!originalsDeletedAt && <FindForm path={`${base}/${placePath(source.id)}`} q={q} />}
      {originalsDeletedAt ? (
        <Deleted at={originalsDeletedAt} />
      ) : q === '' ? (
        <Text
          base={base}
          report={report}
          source={source}
          window={window}
          from={from}
          wrap={one(search.wrap) !== 'no'}
        />
      ) : (
        <Found auditId={audit.id} base={base} source={source} q={q} />
      )}
    </div>
  )
}

async function Deleted({ at }: { at: Date }) {
  const t = await getTranslations('files')
  return <Notice title={t('deleted', { date: formatDate(at, await getLocale()) })}>{t('deletedFile')}</Notice>
}

type HeadProps = { audit: AuditRow; base: string; source: ReportSource; total: number | undefined }

async function Head({ audit, base, source, total }: HeadProps) {
  const t = await getTranslations('files')
  const locale = await getLocale()
  return (
    <>
      <PageHeader
        eyebrow={
          <Link href={`${base}/files`} className="link">
            {t('back')}
          </Link>
        }
        title={<span className="[overflow-wrap:anywhere]">{source.name}</span>}
        meta={
          <>
            {t(`statusWord.${source.status}`)} · {formatBytes(source.bytes, locale)} ·{' '}
            {t('encoding', { encoding: source.encoding })}
            {!audit.originalsDeletedAt && (
              <>
                {' '}
                ·{' '}
                <a
                  href={`/api/v1/audits/${audit.id}/sources/${encodeURIComponent(source.id)}/raw`}
                  className="link"
                  download
                >
                  {t('download')}
                </a>
              </>
            )}
          </>
        }
      />
      <div className="mb-4 text-table">
        <SourceFacts base={base} source={source} total={total} />
      </div>
    </>
  )
}

const read = (auditId: string, source: string, from: number, to: number): Promise<SourceWindow | null> =>
  readSource(auditId, source, from, to).catch(() => null)

type TextProps = {
  base: string
  report: Report
  source: ReportSource
  window: SourceWindow | null
  from: number
  wrap: boolean
}

async function Text({ base, report, source, window, from, wrap }: TextProps) {
  const t = await getTranslations('files')
  if (!window) return <Notice>{t('gone')}</Notice>
  // An address from beyond the end, typed or from an older file, shows the last part.
  if (window.lines.length === 0 && window.totalLines > 0)
    redirect(`${base}/${placePath(source.id, [window.totalLines, window.totalLines])}`)
  const to = from + window.lines.length - 1
  const path = `${base}/${placePath(source.id)}`
  const marks = marksOfSource(report, source.id)
  const here = marks.filter((m) => m.lines[0] <= to && m.lines[1] >= from)
  return (
    <>
      <HashLines from={from} to={to} pageLines={rawPageLines} path={path} />
      <MarksList base={base} source={source.id} marks={here} />
      <RawPager path={path} from={from} total={window.totalLines} wrap={wrap} />
      <WrapToggle path={path} from={from} wrap={wrap} />
      <RawLines base={base} source={source} lines={window.lines} from={from} marks={marks} wrap={wrap} />
      <RawPager path={path} from={from} total={window.totalLines} wrap={wrap} atEnd />
    </>
  )
}

type FoundProps = { auditId: string; base: string; source: ReportSource; q: string }

async function Found({ auditId, base, source, q }: FoundProps) {
  const t = await getTranslations('files')
  const window = await read(auditId, source.id, 1, searchLines)
  if (!window) return <Notice>{t('gone')}</Notice>
  const wanted = q.toLowerCase()
  const hits: Hit[] = []
  let count = 0
  for (const [i, text] of window.lines.entries()) {
    if (!text.toLowerCase().includes(wanted)) continue
    count++
    if (hits.length < hitsShown) hits.push({ line: i + 1, text: text.slice(0, 500) })
  }
  const searched = window.totalLines > searchLines ? searchLines : null
  return <FindResults base={base} source={source.id} q={q} hits={hits} count={count} searched={searched} />
}
