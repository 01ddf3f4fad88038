import Link from 'next/link'
import { useLocale, useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { DataTable, HiddenTh, RowTh, SeverityLabel, StateMark, Th } from '@/components/ui'
import { formatNumber } from '@/lib/i18n/format'
import type { AuditRow } from '@/lib/server/audits'
import { AuditState, auditHref } from './audit-state'
import { Collected } from './collected'
import { Delta } from './delta'

type Props = {
  audits: readonly AuditRow[]
  /** Those that the one before is looked for in, newest first, where not all of them are shown. */
  all?: readonly AuditRow[]
  /** Leaves the environment out where it is the page's own. */
  withEnvironment?: boolean
  /** Below the name: who made it, what is shared of it. */
  renderMeta?: (audit: AuditRow) => ReactNode
  /** A last column: what can be done with an audit. */
  renderActions?: (audit: AuditRow, before: AuditRow | undefined) => ReactNode
}

const shown = ['critical', 'high', 'medium'] as const

/** The newest analysed audit of the same environment that comes later in a list with the newest first. */
function auditBefore(audit: AuditRow, all: readonly AuditRow[]): AuditRow | undefined {
  if (audit.status !== 'done') return undefined
  const older = all.slice(all.indexOf(audit) + 1)
  return older.find((a) => a.status === 'done' && a.environmentId === audit.environmentId)
}

/** Audits with their state and what they found. Every number leads to the list that makes it up. */
export function AuditTable({ audits, all = audits, withEnvironment, renderMeta, renderActions }: Props) {
  const t = useTranslations('home')
  return (
    <DataTable caption={t('auditsCaption')} hideCaption>
      <thead>
        <tr>
          <Th>{t('audit')}</Th>
          {withEnvironment && <Th>{t('environment')}</Th>}
          <Th>{t('state')}</Th>
          <Th>{t('collected')}</Th>
          {shown.map((severity) => (
            <Th key={severity} className="num">
              <SeverityLabel severity={severity} />
            </Th>
          ))}
          <Th className="num">
            <StateMark state="unknown" />
          </Th>
          <Th className="num">{t('files')}</Th>
          {renderActions && <HiddenTh>{t('actions')}</HiddenTh>}
        </tr>
      </thead>
      <tbody>
        {audits.map((audit) => {
          const before = auditBefore(audit, all)
          return (
            <AuditLine
              key={audit.id}
              audit={audit}
              before={before}
              withEnvironment={withEnvironment}
              meta={renderMeta?.(audit)}
              actions={renderActions?.(audit, before)}
            />
          )
        })}
      </tbody>
    </DataTable>
  )
}

type LineProps = {
  audit: AuditRow
  before: AuditRow | undefined
  withEnvironment: boolean | undefined
  meta: ReactNode
  actions: ReactNode
}

function AuditLine({ audit, before, withEnvironment, meta, actions }: LineProps) {
  const { counts } = audit
  return (
    <tr>
      <RowTh className="min-w-40">
        <Link href={auditHref(audit)} className="link font-semibold">
          {audit.name}
        </Link>
        {meta}
      </RowTh>
      {withEnvironment && (
        <td>
          <Link href={`/e/${audit.environmentId}`} className="link">
            {audit.environmentName}
          </Link>
        </td>
      )}
      <td>
        <AuditState audit={audit} />
      </td>
      <td className="whitespace-nowrap">
        <Collected audit={audit} />
      </td>
      {shown.map((severity) => (
        <td key={severity} className="num whitespace-nowrap">
          <Count value={counts?.[severity]} href={`/a/${audit.id}/findings?sev=${severity}`} />
          <Delta value={counts?.[severity]} before={before?.counts?.[severity]} />
        </td>
      ))}
      <td className="num">
        <Count value={audit.notAssessed} href={`/a/${audit.id}/coverage`} />
      </td>
      <td className="num">
        <Count value={audit.sources} href={audit.status === 'done' ? `/a/${audit.id}/files` : auditHref(audit)} />
      </td>
      {actions && <td>{actions}</td>}
    </tr>
  )
}

/** A number as the link to what it counts; nothing where nothing was counted. */
export function Count({ value, href }: { value: number | null | undefined; href: string }) {
  const locale = useLocale()
  if (value === null || value === undefined) return null
  return (
    <Link href={href} className="link">
      {formatNumber(value, locale)}
    </Link>
  )
}
