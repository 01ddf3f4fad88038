import Link from 'next/link'
import { useLocale, useTranslations } from 'next-intl'
import { Mark } from '@/components/ui'
import { lineUse, noticeText, placePath, type ReportBlock, type ReportNotice, type ReportSource } from '@/lib/core'
import { BlockWords } from './block-words'

type Props = { base: string; source: ReportSource }

/** What was recognised in a source, and what could not be read: each with its lines. `total`: lines of the whole text, where known. */
export function SourceFacts({ base, source, total }: Props & { total?: number | undefined }) {
  const t = useTranslations('files')
  return (
    <>
      {source.blocks.length > 0 && (
        <ul className="space-y-1.5">
          {source.blocks.map((block) => (
            <li key={`${block.lines.join()} ${block.cmdlet}`}>
              <Block base={base} source={source} block={block} />
            </li>
          ))}
        </ul>
      )}
      <Lines source={source} total={total} />
      {source.firstLine !== undefined && !source.notices.some((n) => n.code === 'not-recognised') && (
        <p>
          <span className="text-ink-2">{t('firstLine')}</span>{' '}
          <code lang="en" className="break-all">
            {source.firstLine}
          </code>
        </p>
      )}
      {source.notices.length > 0 && (
        <details className="mt-1" open={isTurnedDown(source) || source.notices.some((n) => n.level === 'error')}>
          <summary className="tap py-1">{t('notices', { count: source.notices.length })}</summary>
          <ul className="mt-1 space-y-2">
            {source.notices.map((notice, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a stored list, never reordered
              <li key={i}>
                <NoticeText base={base} source={source} notice={notice} />
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  )
}

/** Why nothing of it was read is the one thing to know about it. */
const isTurnedDown = ({ status }: ReportSource): boolean => status !== 'parsed' && status !== 'partial'

/** How many lines were used, mended and passed over. */
function Lines({ source, total }: { source: ReportSource; total: number | undefined }) {
  const t = useTranslations('files')
  const { used, repaired, unreadable } = lineUse(source)
  if (used === 0) return null
  const ignored = total === undefined ? 0 : Math.max(0, total - used)
  return (
    <p className="text-ink-2">
      {[
        t('linesUsed', { count: used }),
        repaired > 0 && t('linesRepaired', { count: repaired }),
        unreadable > 0 && t('linesUnreadable', { count: unreadable }),
        total !== undefined && t('linesIgnored', { count: ignored }),
      ]
        .filter(Boolean)
        .join(' · ')}
    </p>
  )
}

function Block({ base, source, block }: Props & { block: ReportBlock }) {
  const t = useTranslations('files')
  const words = useTranslations('words')
  const [from, to] = block.lines
  return (
    <>
      {block.cmdlet ? (
        <code lang="en">{block.cmdlet}</code>
      ) : block.collection ? (
        words(`collection.${block.collection}`)
      ) : block.log ? (
        t('format.smtp-log')
      ) : block.format === 'headers' ? (
        t('format.headers')
      ) : (
        t('unknownOutput')
      )}{' '}
      <BlockWords block={block} />{' '}
      <Link href={`${base}/${placePath(source.id, block.lines)}`} className="link whitespace-nowrap">
        {from === to ? words('line', { from }) : words('lines', { from, to })}
      </Link>
    </>
  )
}

const levels = { info: 'info', warning: 'medium', error: 'high' } as const

/** One notice, in the reader's language: what, about which object, where, and how to get a better export. */
export function NoticeText({ base, source, notice }: Props & { notice: ReportNotice }) {
  const t = useTranslations('files')
  const words = useTranslations('words')
  const locale = useLocale()
  const { message, remedy } = noticeText(notice, locale)
  return (
    <div className="flex gap-2">
      <Mark mark={levels[notice.level]} label={t(`level.${notice.level}`)} className="mt-0.5" />
      <div className="min-w-0 break-words">
        {message} {notice.object && <span className="text-ink-2">({notice.object})</span>}{' '}
        {notice.line !== undefined && (
          <Link href={`${base}/${placePath(source.id, [notice.line, notice.line])}`} className="link whitespace-nowrap">
            {words('line', { from: notice.line })}
          </Link>
        )}
        {remedy && <span className="block text-ink-2">{remedy}</span>}
      </div>
    </div>
  )
}
