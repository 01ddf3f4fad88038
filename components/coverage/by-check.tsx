import { useLocale, useTranslations } from 'next-intl'
import { DataTable, RowTh, Th } from '@/components/ui'
import { Link } from '@/components/ui/link'
import { type CheckGap, ruleInfos, ruleTitle } from '@/lib/core'
import { formatList } from '@/lib/i18n/format'

type Props = {
  checks: readonly CheckGap[]
  base: string
  caption: string
  /** Anchors of the questions: on the first of several tables. */
  anchors?: boolean
}

/** Every check that could not be done, by question, with what it needs. */
export function CoverageByCheck({ checks, base, caption, anchors = true }: Props) {
  const t = useTranslations('coverage')
  return (
    <DataTable caption={caption}>
      <thead>
        <tr>
          <Th>{t('check')}</Th>
          <Th>{t('needs')}</Th>
          <Th>{t('questionHead')}</Th>
        </tr>
      </thead>
      <tbody>
        {checks.map((check, i) => (
          <Row
            key={check.rule}
            check={check}
            base={base}
            isFirst={anchors && checks[i - 1]?.question !== check.question}
          />
        ))}
      </tbody>
    </DataTable>
  )
}

/** The first check of a question carries the anchor that other pages link to. */
function Row({ check, base, isFirst }: { check: CheckGap; base: string; isFirst: boolean }) {
  const t = useTranslations('coverage')
  const common = useTranslations('common')
  const locale = useLocale()
  const { question } = check
  return (
    <tr id={check.rule}>
      <RowTh>
        <Link href={`/rules/${check.rule}`} className="link">
          {ruleTitle(ruleInfos, check.rule, locale)}
        </Link>
      </RowTh>
      <td>
        <ul className="space-y-1.5">
          {check.missing.map((m) => (
            <li key={`${m.side} ${m.cmdlet} ${m.servers.join()}`}>
              <Needs missing={m} />
            </li>
          ))}
        </ul>
      </td>
      <td id={isFirst && question ? `q${question}` : undefined}>
        {question && (
          <Link
            href={`${base}/coverage?topic=${question}&view=checks`}
            className="link"
            title={common(`question.${question}`)}
          >
            {t('question', { number: question })}
          </Link>
        )}
      </td>
    </tr>
  )
}

function Needs({ missing }: { missing: CheckGap['missing'][number] }) {
  const t = useTranslations('coverage')
  const words = useTranslations('words')
  const locale = useLocale()
  const cmdlet = () => <code lang="en">{missing.cmdlet}</code>
  if (missing.servers.length > 0) return t.rich('onServers', { cmdlet, servers: formatList(missing.servers, locale) })
  return (
    <>
      {cmdlet()} <span className="text-ink-2">({words(`side.${missing.side}`)})</span>
    </>
  )
}
