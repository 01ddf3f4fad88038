import { Check, CircleDashed, CircleSlash } from 'lucide-react'
import { useLocale, useTranslations } from 'next-intl'
import { CopyButton, cx, Section } from '@/components/ui'
import { type Answerable, cmdletOf, collectCommand, collections, ruleCatalogue } from '@/lib/core'
import { formatList } from '@/lib/i18n/format'

const icons = { yes: Check, partly: CircleDashed, no: CircleSlash }
const colours = { yes: 'text-passed', partly: 'text-medium', no: 'text-unknown' }

type Props = {
  answers: readonly Answerable[]
  /** Without files everything is missing: then the commands alone are the to-do list. */
  hasFiles: boolean
}

/** The six questions, live: what the files so far can answer, and the command that brings what is missing. */
export function Answers({ answers, hasFiles }: Props) {
  const t = useTranslations('upload')
  return (
    <Section title={t('answers')} description={t('answersText')} flush>
      <ol className="flex flex-col">
        {answers.map((answer) => (
          <AnswerRow key={answer.question} answer={answer} hasFiles={hasFiles} />
        ))}
      </ol>
    </Section>
  )
}

const oncePerCmdlet = (missing: Answerable['missing']) => [
  ...new Map(missing.map((m) => [`${m.side} ${m.cmdlet}`, m])).values(),
]

/** Checks of a question that cannot be done, or not in full, without the output of a cmdlet. */
function unlockedBy(cmdlet: string, question: Answerable['question']): number {
  const asked = collections.filter((c) => cmdletOf[c] === cmdlet)
  const isUnlocked = (inputs: readonly string[]) => asked.some((c) => inputs.includes(c))
  return ruleCatalogue.filter((r) => r.question === question && isUnlocked([...r.needs, ...r.optional])).length
}

/** More servers than this are counted only. */
const serversNamed = 3

/** Where an export is missing: beside others of its kind that are there, the cmdlet alone would say nothing. */
function useWhere() {
  const t = useTranslations('upload')
  const words = useTranslations('words')
  const locale = useLocale()
  return ({ side, servers }: Answerable['missing'][number]): string => {
    if (side === 'exchange-online') return words('side.exchange-online')
    if (servers.length === 0) return side === 'edge' ? words('side.edge') : ''
    return servers.length <= serversNamed ? formatList(servers, locale) : t('servers', { count: servers.length })
  }
}

type RowProps = { answer: Answerable; hasFiles: boolean }

function AnswerRow({ answer: { question, answer, missing }, hasFiles }: RowProps) {
  const t = useTranslations('upload')
  const common = useTranslations('common')
  const where = useWhere()
  const Icon = icons[answer]
  return (
    <li className="border-t border-line py-2">
      <div className="flex gap-3">
        <span className="min-w-0 flex-1">
          <span className="sr-only">{question}. </span>
          {common(`question.${question}`)}
        </span>
        <span className="inline-flex items-center gap-1.5 self-start font-semibold whitespace-nowrap">
          <Icon aria-hidden className={cx('mark size-4 shrink-0', colours[answer])} strokeWidth={2} />
          {t(`answer.${answer}`)}
        </span>
      </div>
      {missing.length === 0 && answer !== 'yes' && <p className="mt-1 text-table text-ink-2">{t('noCheck')}</p>}
      {hasFiles && missing.length > 0 && (
        <div className="mt-1 flex items-baseline gap-2 text-table text-ink-2">
          <span className="shrink-0">{t('missing')}</span>
          {/* On paper there is nothing to press: the names alone. */}
          <span className="hidden print:inline">
            {oncePerCmdlet(missing)
              .map((m) => [m.cmdlet, where(m) && `(${where(m)})`].filter(Boolean).join(' '))
              .join(', ')}
          </span>
          <ul className="flex flex-wrap gap-1 print:hidden">
            {oncePerCmdlet(missing).map((m) => (
              <li key={`${m.side} ${m.cmdlet}`} className="flex flex-wrap items-baseline gap-x-1.5">
                <CopyButton
                  text={collectCommand({ ...m, servers: [...m.servers] })}
                  label={[m.cmdlet, where(m) && `(${where(m)})`].filter(Boolean).join(' ')}
                  copiedLabel={common('copied')}
                  failedLabel={common('copyFailed')}
                  className="text-start! font-mono text-meta! font-normal!"
                />
                <span className="text-meta">{t('unlocks', { count: unlockedBy(m.cmdlet, question) })}</span>
              </li>
            ))}
          </ul>
        </div>
      )}
    </li>
  )
}
