import Link from 'next/link'
import { useLocale, useTranslations } from 'next-intl'
import { CopyButton, DataTable, Mark, type MarkName, RowTh, Th } from '@/components/ui'
import { type FileRow, placePath, type ReportSource } from '@/lib/core'
import { formatBytes } from '@/lib/i18n/format'
import { SourceFacts } from './source-facts'

type Props = { base: string; rows: readonly FileRow[] }

/** Every uploaded file with what it is; the members of an archive stand under it. */
export function FileTable({ base, rows }: Props) {
  const t = useTranslations('files')
  return (
    <DataTable caption={t('caption')} hideCaption>
      <thead>
        <tr>
          <Th className="min-w-48">{t('name')}</Th>
          <Th>{t('status')}</Th>
          <Th className="min-w-64">{t('what')}</Th>
          <Th className="min-w-36">{t('hash')}</Th>
        </tr>
      </thead>
      <tbody>
        {rows.flatMap(({ source, members }) => [
          <Row key={source.id} base={base} source={source} members={members.length} />,
          ...members.map((m) => <Row key={m.id} base={base} source={m} archive={source.name} />),
        ])}
      </tbody>
    </DataTable>
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

type RowProps = { base: string; source: ReportSource; members?: number; archive?: string }

function Row({ base, source, members = 0, archive }: RowProps) {
  const t = useTranslations('files')
  const locale = useLocale()
  const mark = marks[source.status]
  const name = archive ? source.name.slice(archive.length + 2) : source.name
  return (
    <tr id={source.id}>
      <RowTh className={archive ? 'ps-8!' : ''}>
        <Link href={`${base}/${placePath(source.id)}`} className="link [overflow-wrap:anywhere]">
          {name}
        </Link>
        <span className="block text-ink-2">{formatBytes(source.bytes, locale)}</span>
      </RowTh>
      <td>
        <span className="inline-flex items-center gap-1.5 whitespace-nowrap">
          {mark && <Mark mark={mark} />}
          {t(`statusWord.${source.status}`)}
        </span>
      </td>
      <td>
        {members > 0 && <p>{t('archive', { count: members })}</p>}
        <SourceFacts base={base} source={source} />
      </td>
      <td>
        <Hash sha256={source.sha256} />
      </td>
    </tr>
  )
}

/** The beginning of the hash, and the whole of it to copy. */
export function Hash({ sha256 }: { sha256: string }) {
  const t = useTranslations('files')
  const common = useTranslations('common')
  return (
    <span className="flex flex-col items-start gap-1">
      <code title={sha256}>
        {sha256.slice(0, 12)}
        <span className="sr-only">{sha256.slice(12)}</span>…
      </code>
      <CopyButton
        text={sha256}
        label={t('copyHash')}
        copiedLabel={common('copied')}
        failedLabel={common('copyFailed')}
      />
    </span>
  )
}
