import { useLocale, useTranslations } from 'next-intl'
import { CopyButton, cx, Mark, type MarkName } from '@/components/ui'
import { Link } from '@/components/ui/link'
import { type FileRow, placePath, type ReportSource } from '@/lib/core'
import { formatBytes } from '@/lib/i18n/format'
import { SourceFacts } from './source-facts'

type Props = { base: string; rows: readonly FileRow[] }

const columns = ['name', 'status', 'what', 'hash'] as const

/* The cells become blocks on a phone, which takes the table's meaning from browsers: the roles give it back. */
/* biome-ignore-start lint/a11y/noRedundantRoles: see above */
/* biome-ignore-start lint/a11y/useSemanticElements: see above */

/** Every uploaded file with what it is; the members of an archive stand under it. A table on a desk, cards on a phone. */
export function FileTable({ base, rows }: Props) {
  const t = useTranslations('files')
  return (
    <div className="overflow-x-clip rounded-card border border-line">
      <table role="table" className="data-table max-md:block">
        <caption className="sr-only">{t('caption')}</caption>
        <thead role="rowgroup" className="max-md:sr-only">
          <tr role="row">
            {columns.map((column) => (
              <th key={column} role="columnheader" scope="col">
                {t(column)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup" className="max-md:block">
          {rows.flatMap(({ source, members }) => [
            <Row key={source.id} base={base} source={source} members={members.length} />,
            ...members.map((m) => <Row key={m.id} base={base} source={m} archive={source.name} />),
          ])}
        </tbody>
      </table>
    </div>
  )
}

const marks: Record<ReportSource['status'], MarkName | null> = {
  parsed: 'passed',
  partial: 'medium',
  empty: null,
  'unknown-format': 'unknown',
  refused: 'high',
  failed: 'high',
}

/** Read, and yet not whole: a tick would say more than is known. */
const hasGaps = ({ status, blocks }: ReportSource): boolean =>
  status === 'parsed' && blocks.some((b) => b.gaps || (b.collection !== null && b.completeness === 'table'))

const cell = 'max-md:block max-md:border-0! max-md:py-1!'

type RowProps = { base: string; source: ReportSource; members?: number; archive?: string }

function Row({ base, source, members = 0, archive }: RowProps) {
  const t = useTranslations('files')
  const locale = useLocale()
  const gaps = hasGaps(source)
  const mark = gaps ? 'medium' : marks[source.status]
  const name = archive ? source.name.slice(archive.length + 2) : source.name
  return (
    <tr
      id={source.id}
      role="row"
      className="scroll-mt-16 max-md:block max-md:border-t max-md:border-line max-md:py-2 max-md:first:border-t-0"
    >
      <th role="rowheader" scope="row" className={cx(cell, 'md:w-64', archive && 'ps-8!')}>
        <Link href={`${base}/${placePath(source.id)}`} className="link [overflow-wrap:anywhere]">
          {name}
        </Link>
        <span className="block text-ink-2">
          {[formatBytes(source.bytes, locale), source.encoding].filter(Boolean).join(' · ')}
        </span>
      </th>
      <td role="cell" className={cell}>
        <span className="inline-flex items-center gap-1.5 whitespace-nowrap">
          {mark && <Mark mark={mark} />}
          {t(gaps ? 'statusWord.gaps' : `statusWord.${source.status}`)}
        </span>
      </td>
      <td role="cell" className={cell}>
        {members > 0 && <p>{t('archive', { count: members })}</p>}
        <SourceFacts base={base} source={source} />
      </td>
      <td role="cell" className={cx(cell, 'md:w-40')}>
        <Hash sha256={source.sha256} />
      </td>
    </tr>
  )
}
/* biome-ignore-end lint/a11y/noRedundantRoles: see above */
/* biome-ignore-end lint/a11y/useSemanticElements: see above */

/** The beginning of the hash, and the whole of it to copy. */
function Hash({ sha256 }: { sha256: string }) {
  const t = useTranslations('files')
  const common = useTranslations('common')
  return (
    <span className="flex flex-wrap items-center gap-1">
      <code title={sha256}>{sha256.slice(0, 12)}…</code>
      <CopyButton
        text={sha256}
        label={t('copyHash')}
        copiedLabel={common('copied')}
        failedLabel={common('copyFailed')}
      />
    </span>
  )
}
