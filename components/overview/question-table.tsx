import { useLocale, useTranslations } from 'next-intl'
import { Section } from '@/components/ui'
import { Link } from '@/components/ui/link'
import { findingsSearch, type QuestionRow, questionRows, type Report, type RuleCatalogue } from '@/lib/core'
import { formatList } from '@/lib/i18n/format'

type Props = { base: string; report: Report; catalogue: RuleCatalogue }

/** The six questions, each with one of four words, and the way to what stands behind it. */
export function QuestionTable({ base, report, catalogue }: Props) {
  const t = useTranslations('overview')
  return (
    <Section title={t('questions.title')} id="questions" className="max-lg:order-2">
      <ol className="overflow-hidden rounded-card border border-line">
        {questionRows(report, catalogue).map((row) => (
          <Question key={row.question} row={row} base={base} />
        ))}
      </ol>
      <p className="mt-2 text-table text-ink-2">{t('questions.note')}</p>
    </Section>
  )
}

function Question({ row, base }: { row: QuestionRow; base: string }) {
  const words = useTranslations('words')
  const common = useTranslations('common')
  const { question } = row
  return (
    <li className="grid gap-x-4 gap-y-1 border-t border-line px-3 py-2.5 first:border-t-0 md:grid-cols-[1.5rem_minmax(0,1fr)_9.5rem_minmax(0,1fr)]">
      <span aria-hidden className="hidden text-ink-2 tabular-nums md:block">
        {question}
      </span>
      <Link href={`${base}/findings${findingsSearch({ topic: [question] })}`} className="link">
        {common(`question.${question}`)}
      </Link>
      <strong className="font-semibold">{words(`answer.${row.answer}`)}</strong>
      <Reasons row={row} base={base} question={question} />
    </li>
  )
}

type ReasonsProps = { row: QuestionRow; base: string; question: QuestionRow['question'] }

/** How many ways, how they are known, and what is missing to say more. */
function Reasons({ row, base, question }: ReasonsProps) {
  const t = useTranslations('overview')
  const words = useTranslations('words')
  const locale = useLocale()
  const list = (search: string, text: string) => (
    <Link href={`${base}/findings${search}`} className="link">
      {text}
    </Link>
  )
  return (
    <span className="flex flex-wrap gap-x-3 gap-y-1.5 text-table text-ink-2">
      {row.faults > 0 &&
        list(
          findingsSearch({ topic: [question], sev: row.faultSeverities }),
          t('questions.faults', { count: row.faults }),
        )}
      {row.notes > 0 &&
        list(findingsSearch({ topic: [question], sev: ['info'] }), t('questions.notes', { count: row.notes }))}
      {row.accepted > 0 &&
        list(findingsSearch({ topic: [question], st: ['accepted'] }), t('questions.accepted', { count: row.accepted }))}
      {row.basedOn.length > 0 && (
        <span>
          {formatList(
            row.basedOn.map((p) => words(`proof.${p}`)),
            locale,
          )}
        </span>
      )}
      {row.notAssessed > 0 && (
        <Link href={`${base}/coverage?view=checks#q${question}`} className="link">
          {t('questions.open', { count: row.notAssessed })}
        </Link>
      )}
      {row.checks === 0 && <span>{t('questions.noChecks')}</span>}
      {row.checks > 0 && row.answer === 'cannot-tell' && row.notAssessed === 0 && (
        <span>{t(row.faults + row.notes + row.accepted === 0 ? 'questions.nothingThere' : 'questions.undecided')}</span>
      )}
      {row.cmdlets.length > 0 && row.answer === 'cannot-tell' && (
        <span>
          {t.rich('questions.needs', {
            cmdlets: () => <Cmdlets names={row.cmdlets} />,
          })}
        </span>
      )}
    </span>
  )
}

function Cmdlets({ names }: { names: readonly string[] }) {
  return (
    <span>
      {names.slice(0, 2).map((name) => (
        <code key={name} lang="en" className="me-1">
          {name}
        </code>
      ))}
    </span>
  )
}
