import { useLocale, useTranslations } from 'next-intl'
import { DataTable, Notice, RowTh, Th } from '@/components/ui'
import { formatList } from '@/lib/i18n/format'
import type { TestOutcome } from '@/lib/server/sign-in/company-test'

type Props = {
  result: TestOutcome
  /** Why the account would be refused, as a sentence. */
  reason: string | null
  /** Names of the environments of the result; null is all. */
  places: readonly string[] | null
}

function Verdict({ result, reason, places }: Props) {
  const t = useTranslations('signInSettings')
  const account = useTranslations('account')
  const locale = useLocale()
  if (reason) return <Notice level="error" title={t('resultRefused', { reason })} />
  if (!result.role) return <Notice title={t('resultLocal')} />
  const where = places ? formatList(places, locale) : t('all')
  return <Notice title={t('resultRole', { role: account(`role.${result.role}`), places: where })} />
}

/** What the company's sign-in said about the person who tested it, and what that would lead to. */
export function TestResult(props: Props) {
  const t = useTranslations('signInSettings')
  const { email, claims } = props.result
  return (
    <div className="mt-4">
      <Verdict {...props} />
      <p className="my-3">{email ? t('resultEmail', { email }) : t('resultNoEmail')}</p>
      <DataTable caption={t('claims')}>
        <thead>
          <tr>
            <Th>{t('claim')}</Th>
            <Th>{t('value')}</Th>
          </tr>
        </thead>
        <tbody>
          {claims.map(([name, value]) => (
            <tr key={name}>
              <RowTh>{name}</RowTh>
              <td className="font-mono text-table [overflow-wrap:anywhere]">{value}</td>
            </tr>
          ))}
        </tbody>
      </DataTable>
    </div>
  )
}
