import { useLocale, useTranslations } from 'next-intl'
import { CodeBlock, DataTable, RowTh, SeverityLabel, Th } from '@/components/ui'
import { Link } from '@/components/ui/link'
import { collectCommand, type Finding, placePath } from '@/lib/core'
import { formatDateTime, formatList } from '@/lib/i18n/format'

/** The conditions of the rule, each with yes, no or unknown and the lines that say so. */
export function Reasoning({ base, finding }: { base: string; finding: Finding }) {
  const t = useTranslations('finding')
  const locale = useLocale()
  return (
    <DataTable caption={t('conditions')} hideCaption>
      <thead>
        <tr>
          <Th>{t('condition')}</Th>
          <Th>{t('holds')}</Th>
        </tr>
      </thead>
      <tbody>
        {finding.conditions.map((c) => (
          <tr key={c.key}>
            <RowTh>{c.text[locale]}</RowTh>
            <td>
              <strong className={c.value === 'unknown' ? 'font-semibold text-unknown' : 'font-semibold'}>
                {t(`tri.${c.value}`)}
              </strong>
              <span className="block">
                <Proof base={base} finding={finding} condition={c} />
              </span>
            </td>
          </tr>
        ))}
      </tbody>
    </DataTable>
  )
}

type Condition = Finding['conditions'][number]

function Proof({ base, finding, condition }: { base: string; finding: Finding; condition: Condition }) {
  const t = useTranslations('finding')
  const words = useTranslations('words')
  const item = condition.evidence === undefined ? undefined : finding.evidence[condition.evidence]
  if (!item) return condition.value === 'unknown' ? <span className="text-ink-2">{t('assumed')}</span> : null
  const [from, to] = item.lines
  return (
    <Link href={`${base}/${placePath(item.source, item.lines)}`} className="link whitespace-nowrap">
      {from === to ? words('line', { from }) : words('lines', { from, to })}
    </Link>
  )
}

/** Exports that were not there and could raise the level. */
export function CouldRaise({ finding }: { finding: Finding }) {
  const t = useTranslations('finding')
  const words = useTranslations('words')
  const coverage = useTranslations('coverage')
  const locale = useLocale()
  return (
    <>
      <p className="mb-2 text-ink-2">{t('couldRaiseText')}</p>
      <ul className="space-y-3">
        {finding.couldRaise.map((m) => {
          const where = words(`runsOn.${m.side}`)
          return (
            <li key={`${m.side} ${m.cmdlet}`}>
              <p className="mb-1 text-table text-ink-2">
                {m.servers.length > 0
                  ? coverage('whereServers', { where, servers: formatList(m.servers, locale) })
                  : coverage('where', { where })}
              </p>
              <CodeBlock code={collectCommand(m)} />
            </li>
          )
        })}
      </ul>
    </>
  )
}

export type HistoryEntry = { auditId: string; createdAt: Date; severity: Finding['severity'] }

const entriesShown = 8

type HistoryProps = { auditId: string; findingId: string; entries: readonly HistoryEntry[] }

/** The same finding in the audits of the organisation, by its fingerprint: the newest first, older ones folded. */
export function History({ auditId, findingId, entries }: HistoryProps) {
  const t = useTranslations('finding')
  if (entries.length <= 1) return <p className="text-ink-2">{t('historyFirst')}</p>
  const newest = [...entries].reverse()
  const older = newest.slice(entriesShown)
  const list = (some: readonly HistoryEntry[]) => (
    <ul className="space-y-1.5">
      {some.map((entry) => (
        <Entry key={entry.auditId} entry={entry} findingId={findingId} isThis={entry.auditId === auditId} />
      ))}
    </ul>
  )
  return (
    <>
      {list(newest.slice(0, entriesShown))}
      {older.length > 0 && (
        <details className="mt-2 print:hidden">
          <summary className="tap py-1 text-ink-2">{t('historyOlder', { count: older.length })}</summary>
          <div className="mt-2">{list(older)}</div>
        </details>
      )}
    </>
  )
}

function Entry({ entry, findingId, isThis }: { entry: HistoryEntry; findingId: string; isThis: boolean }) {
  const t = useTranslations('finding')
  const locale = useLocale()
  return (
    <li className="flex flex-wrap gap-x-3">
      <Link href={`/a/${entry.auditId}/findings/${encodeURIComponent(findingId)}`} className="link">
        {formatDateTime(entry.createdAt, locale)}
      </Link>
      <SeverityLabel severity={entry.severity} />
      {isThis && <span className="text-ink-2">{t('historyThis')}</span>}
    </li>
  )
}
