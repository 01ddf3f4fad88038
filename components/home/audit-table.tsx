import Link from 'next/link'
import { useLocale, useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { DataTable, HiddenTh, RowTh, SeverityLabel, StateMark, Th } from '@/components/ui'
import { formatNumber } from '@/lib/i18n/format'
import type { AuditRow } from '@/lib/server/audits'
import { AuditState, auditHref } from './audit-state'
import { Collected } from './collected'

type Props = {
  audits: readonly AuditRow[]
  /** Leaves the environment out where it is the page's own. */
  withEnvironment?: boolean
  /** A last column: what can be done with an audit. */
  renderActions?: ((audit: AuditRow) => ReactNode) | false
}

const shown = ['critical', 'high', 'medium'] as const

/** Audits with their state and what they found. Every number leads to the list that makes it up. */
export function AuditTable({ audits, withEnvironment, renderActions }: Props) {
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
        {audits.map((audit) => (
          <AuditLine
            key={audit.id}
            audit={audit}
            withEnvironment={withEnvironment}
            actions={renderActions ? renderActions(audit) : null}
          />
        ))}
      </tbody>
    </DataTable>
  )
}

type LineProps = { audit: AuditRow; withEnvironment: boolean | undefined; actions: ReactNode }

function AuditLine({ audit, withEnvironment, actions }: LineProps) {
  const { counts } = audit
  return (
    <tr>
      <RowTh className="min-w-40">
        <Link href={auditHref(audit)} className="link font-semibold">
          {audit.name}
        </Link>
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
        <td key={severity} className="num">
          <Count value={counts?.[severity]} href={`/a/${audit.id}/findings?sev=${severity}`} />
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
