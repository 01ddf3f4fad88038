import { useLocale, useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import type { ReportSource } from '@/lib/core'
import { formatDateTime, formatList, formatNumber } from '@/lib/i18n/format'
import { type Found, foundIn, type LogTotal, logTotal } from './upload-view'

type Props = { source: ReportSource; servers: readonly string[] }

/** More names than this are counted only. */
const namesShown = 4

/** What a source is, how certain that is, and how much of it there is: one line for each kind. */
export function FoundLines({ source, servers }: Props) {
  const found = foundIn(source)
  if (found.length === 0) return null
  return (
    <ul className="mt-1 text-table text-ink-2">
      {found.map((entry, index) => (
        <li key={`${entry.block.lines[0]} ${entry.block.cmdlet}`}>
          <FoundLine found={entry} servers={index === 0 && found.length === 1 ? servers : entry.servers} />
        </li>
      ))}
    </ul>
  )
}

const Name = ({ children }: { children: ReactNode }) => <strong className="font-semibold text-ink">{children}</strong>

function useWhat() {
  const t = useTranslations('upload')
  const words = useTranslations('words')
  return ({ collection, cmdlet }: Found['block']) => {
    if (collection) return words(`collection.${collection}`)
    return cmdlet ? t('otherOutput', { cmdlet }) : t('unknownOutput')
  }
}

function FoundLine({ found, servers }: { found: Found; servers: readonly string[] }) {
  const t = useTranslations('upload')
  const words = useTranslations('words')
  const what = useWhat()
  const { block, objects } = found
  const log = logTotal(found.blocks)
  if (log) return <LogLine log={log} />
  if (block.format === 'headers')
    return (
      <>
        <Name>{t('headersFound')}</Name> · {t('headersCount', { count: Math.max(1, objects) })}
      </>
    )
  const parts = [
    block.side !== 'unknown' && words(`side.${block.side}`),
    block.completeness !== 'full' && !block.intended && t(`completeness.${block.completeness}`),
  ]
  return (
    <>
      <Name>{block.intended ? t('intendedFound', { what: what(block) }) : what(block)}</Name>
      {block.collection && block.cmdlet && !block.intended && (
        <>
          {' '}
          (<code lang="en">{block.cmdlet}</code>)
        </>
      )}
      <span className="whitespace-nowrap">
        {' · '}
        {t('certaintyLabel')}: {t(`certainty.${block.certainty}`)}
      </span>
      {' · '}
      {t('objects', { count: objects })}
      <OnServers servers={servers} />
      {parts.filter(Boolean).map((part) => ` · ${part}`)}
    </>
  )
}

function OnServers({ servers }: { servers: readonly string[] }) {
  const t = useTranslations('upload')
  const locale = useLocale()
  const count = servers.length
  if (count === 0) return null
  const text = t('onServers', { count, names: servers[0] ?? '' })
  return count > 1 && count <= namesShown ? ` ${text}: ${formatList(servers, locale)}` : ` ${text}`
}

/** A protocol log: what was logged, how much, and from when to when. */
export function LogLine({ log }: { log: LogTotal }) {
  const t = useTranslations('upload')
  const locale = useLocale()
  return (
    <>
      <Name>
        {t(`logKind.${log.direction}`)}
        {log.service && ` (${t(`logService.${log.service}`)})`}
      </Name>
      {' · '}
      {t('logCount', { records: formatNumber(log.records, locale), sessions: formatNumber(log.sessions, locale) })}
      {log.from &&
        ` · ${t('logPeriod', { from: formatDateTime(log.from, locale), to: formatDateTime(log.to, locale) })}`}
    </>
  )
}
