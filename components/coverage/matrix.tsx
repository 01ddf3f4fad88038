import { useTranslations } from 'next-intl'
import { cx, DataTable, RowTh, Section, Th } from '@/components/ui'
import { Link } from '@/components/ui/link'
import {
  type Cell,
  coverageMatrix,
  type LogCell,
  type MatrixRow,
  placePath,
  type Report,
  serverCollections,
} from '@/lib/core'

/** Which export is there, for which server: in words, each with the place to look at. */
export function Matrix({ report, base }: { report: Report; base: string }) {
  const t = useTranslations('coverage')
  const { servers, organisation } = coverageMatrix(report)
  return (
    <Section title={t('matrix')} id="matrix">
      {servers.length === 0 ? (
        <p className="text-ink-2">{t('noServers')}</p>
      ) : (
        <ServerTable rows={servers} base={base} />
      )}
      <div className="mt-4">
        <OrganisationTable rows={organisation} base={base} />
      </div>
    </Section>
  )
}

type TableProps = { rows: readonly MatrixRow[]; base: string }

function ServerTable({ rows, base }: TableProps) {
  const t = useTranslations('coverage')
  const words = useTranslations('words')
  return (
    <DataTable caption={t('matrixServers')}>
      <thead>
        <tr>
          <Th>{t('server')}</Th>
          {serverCollections.map((collection) => (
            <Th key={collection}>{words(`collection.${collection}`)}</Th>
          ))}
          {rows[0]?.logs.map(({ direction }) => (
            <Th key={direction}>{t(`logs.${direction}`)}</Th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.server}>
            <RowTh>
              {row.server}
              {row.side === 'edge' && <span className="text-ink-2"> ({words('side.edge')})</span>}
            </RowTh>
            {row.cells.map((cell) => (
              <td key={cell.collection}>
                <CellText cell={cell} base={base} />
              </td>
            ))}
            {row.logs.map((log) => (
              <td key={log.direction}>
                <LogText log={log} base={base} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </DataTable>
  )
}

function OrganisationTable({ rows, base }: TableProps) {
  const t = useTranslations('coverage')
  const words = useTranslations('words')
  return (
    <DataTable caption={t('matrixOrganisation')}>
      <thead>
        <tr>
          <Th>{t('export')}</Th>
          <Th>{t('place')}</Th>
          <Th>{t('state')}</Th>
        </tr>
      </thead>
      <tbody>
        {rows.flatMap((row) =>
          row.cells.map((cell) => (
            <tr key={`${row.side} ${cell.collection}`}>
              <RowTh>{words(`collection.${cell.collection}`)}</RowTh>
              <td>{words(`side.${row.side}`)}</td>
              <td>
                <CellText cell={cell} base={base} />
              </td>
            </tr>
          )),
        )}
      </tbody>
    </DataTable>
  )
}

const signs: Record<Cell['state'], string> = { complete: '●', cut: '◐', missing: '○' }

/** The state of an export in a word, a link to its lines where there are some. */
export function CellText({ cell, base }: { cell: Cell; base: string }) {
  const t = useTranslations('coverage')
  const text = (
    <>
      <span aria-hidden className={cx('me-1.5', cell.state === 'missing' ? 'text-unknown' : 'text-ink-2')}>
        {signs[cell.state]}
      </span>
      {t(`cell.${cell.state}`)}
    </>
  )
  if (!cell.place) return <span className="whitespace-nowrap">{text}</span>
  return (
    <Link href={`${base}/${placePath(cell.place.source, cell.place.lines)}`} className="link whitespace-nowrap">
      {text}
    </Link>
  )
}

function LogText({ log, base }: { log: LogCell; base: string }) {
  const t = useTranslations('coverage')
  if (!log.place) return <span className="text-ink-2">{t('logs.none')}</span>
  return (
    <Link href={`${base}/${placePath(log.place.source, log.place.lines)}`} className="link whitespace-nowrap">
      {t('logs.records', { count: log.records })}
    </Link>
  )
}
