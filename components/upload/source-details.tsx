import { useLocale, useTranslations } from 'next-intl'
import { CodeBlock, Notice } from '@/components/ui'
import { cmdletOf, collectCommand, type ReportBlock, type ReportNotice, type ReportSource } from '@/lib/core'
import { formatList } from '@/lib/i18n/format'
import { blocksToCollectAgain, type Found, foundIn, type NoticeGroup, noticeGroups } from './upload-view'

/** The words of a notice in the reader's language. */
export type TextOfNotice = (notice: ReportNotice) => { message: string; remedy: string }

type Props = { source: ReportSource; textOf: TextOfNotice }

/** What was recognised in one source, and every notice with its place and its remedy. */
export function SourceDetails({ source, textOf }: Props) {
  const t = useTranslations('upload')
  const found = foundIn(source)
  const notices = noticeGroups(source)
  const again = blocksToCollectAgain(source)
  const explained = source.status !== 'parsed' && source.status !== 'partial'
  return (
    <>
      {found.length > 0 && (
        <ul className="mt-1 text-table text-ink-2">
          {found.map((entry) => (
            <li
              key={`${entry.block.collection} ${entry.block.cmdlet} ${entry.block.certainty} ${entry.block.side} ${entry.block.completeness}`}
            >
              <FoundLine found={entry} />
            </li>
          ))}
        </ul>
      )}
      {explained && <StatusLine source={source} label={t(`status.${statusKey(source)}`)} />}
      {notices.length > 0 && (
        <ul className="mt-2 flex flex-col gap-2">
          {notices.map((group) => (
            <li key={`${group.first.code} ${group.first.property ?? ''} ${group.first.level}`}>
              <NoticeView group={group} textOf={textOf} />
            </li>
          ))}
        </ul>
      )}
      {again.map((block) => (
        <CodeBlock
          key={`${block.collection} ${block.side} ${block.server}`}
          className="mt-2"
          label={t('collectAgain')}
          code={collectCommand(missingOf(block))}
        />
      ))}
    </>
  )
}

type Explained = 'empty' | 'unknown-format' | 'refused' | 'failed'
const statusKey = ({ status }: ReportSource): Explained =>
  status === 'empty' || status === 'unknown-format' || status === 'refused' ? status : 'failed'

const missingOf = (block: ReportBlock) => ({
  cmdlet: block.collection ? cmdletOf[block.collection] : (block.cmdlet ?? ''),
  side: block.side,
  servers: block.server ? [block.server] : [],
})

/** A notice says the reason better than the status does. */
function StatusLine({ source, label }: { source: ReportSource; label: string }) {
  if (source.notices.length > 0) return null
  return (
    <div className="mt-2">
      <p>{label}</p>
      {source.status === 'unknown-format' && (
        <CodeBlock code={source.firstLine ?? ''} copyable={false} className="mt-1" />
      )}
    </div>
  )
}

function FoundLine({ found }: { found: Found }) {
  const t = useTranslations('upload')
  const words = useTranslations('words')
  const locale = useLocale()
  const { block, objects, servers } = found
  const parts = [
    block.side !== 'unknown' && words(`side.${block.side}`),
    t('objects', { count: objects }) +
      (servers.length > 0 ? ` ${t('onServers', { count: servers.length, names: formatList(servers, locale) })}` : ''),
    block.completeness !== 'full' && t(`completeness.${block.completeness}`),
  ]
  return (
    <>
      <strong className="font-semibold text-ink">
        {block.collection
          ? words(`collection.${block.collection}`)
          : block.cmdlet
            ? t('otherOutput', { cmdlet: block.cmdlet })
            : t('unknownOutput')}
      </strong>
      {block.collection && block.cmdlet && (
        <>
          {' '}
          (<code lang="en">{block.cmdlet}</code>)
        </>
      )}
      <span className="whitespace-nowrap">
        {' · '}
        {t('certaintyLabel')}: {t(`certainty.${block.certainty}`)}
      </span>
      {parts.filter(Boolean).map((part) => ` · ${part}`)}
    </>
  )
}

function NoticeView({ group, textOf }: { group: NoticeGroup; textOf: TextOfNotice }) {
  const t = useTranslations('upload')
  const locale = useLocale()
  const { first, count } = group
  const { message, remedy } = textOf(first)
  return (
    <Notice level={first.level}>
      <p>{message}</p>
      <p className="text-table text-ink-2">
        {first.line !== undefined && (
          <>
            {t('line', { line: first.line })}
            {first.object && ': '}
          </>
        )}
        {first.object && <code className="wrap-anywhere">{first.object}</code>}
        {count > 1 && ` (${t('moreNotices', { count: count - 1 })})`}
      </p>
      {remedy && <p lang={locale}>{remedy}</p>}
    </Notice>
  )
}
