import { useLocale, useTranslations } from 'next-intl'
import { DataTable, Mark, Notice, RowTh, Section, Th } from '@/components/ui'
import { Link } from '@/components/ui/link'
import { findingsSearch, type Outcome, type Report, type RuleCatalogue, ruleTitle } from '@/lib/core'

type Props = { base: string; report: Report; catalogue: RuleCatalogue }

const order: readonly Outcome['state'][] = ['fail', 'crashed', 'not-assessed', 'pass', 'not-applicable']

/** Every check that was made and what became of it, folded: passed ones are no reason to celebrate. */
export function AllChecks({ base, report, catalogue }: Props) {
  const t = useTranslations('overview')
  const { outcomes } = report.summary
  const rows = [...report.outcomes].sort(
    (a, b) => order.indexOf(a.state) - order.indexOf(b.state) || (a.rule < b.rule ? -1 : 1),
  )
  return (
    <Section title={t('checks.title')} id="checks" className="max-lg:order-5">
      {outcomes.crashed > 0 && (
        <Notice level="error" className="mb-3">
          {t('checks.crashed', { count: outcomes.crashed })}
        </Notice>
      )}
      <details>
        <summary className="tap py-1 text-ink-2">
          {t('checks.summary', {
            total: report.outcomes.length,
            fail: outcomes.fail,
            pass: outcomes.pass,
            open: outcomes.notAssessed,
            na: outcomes.notApplicable,
          })}
        </summary>
        <div className="mt-2">
          <ChecksTable base={base} rows={rows} catalogue={catalogue} />
        </div>
      </details>
    </Section>
  )
}

function ChecksTable({ base, rows, catalogue }: { base: string; rows: readonly Outcome[]; catalogue: RuleCatalogue }) {
  const t = useTranslations('overview')
  const coverage = useTranslations('coverage')
  const locale = useLocale()
  return (
    <DataTable caption={t('checks.caption')} hideCaption>
      <thead>
        <tr>
          <Th>{coverage('check')}</Th>
          <Th>{coverage('state')}</Th>
        </tr>
      </thead>
      <tbody>
        {rows.map((outcome) => (
          <tr key={outcome.rule}>
            <RowTh>
              <Link href={`/rules/${outcome.rule}`} className="link">
                {ruleTitle(catalogue, outcome.rule, locale)}
              </Link>
            </RowTh>
            <td>
              <State outcome={outcome} base={base} />
            </td>
          </tr>
        ))}
      </tbody>
    </DataTable>
  )
}

function State({ outcome, base }: { outcome: Outcome; base: string }) {
  const t = useTranslations('words')
  const text = t(`outcome.${outcome.state}`)
  switch (outcome.state) {
    case 'fail':
      return (
        <Link href={`${base}/findings${findingsSearch({ rule: [outcome.rule] })}`} className="link">
          {text}
        </Link>
      )
    case 'not-assessed':
      return (
        <Link href={`${base}/coverage?view=checks#${outcome.rule}`} className="link">
          <Mark mark="unknown" className="me-1.5 align-[-2px]" />
          {text}
        </Link>
      )
    case 'pass':
      return (
        <span className="inline-flex items-center gap-1.5">
          <Mark mark="passed" />
          {text}
        </span>
      )
    case 'not-applicable':
      return <span className="text-ink-2">{text}</span>
    case 'crashed':
      return (
        <span>
          {text} {outcome.error && <code>{outcome.error}</code>}
        </span>
      )
  }
}
