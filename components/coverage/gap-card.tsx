import { useLocale, useTranslations } from 'next-intl'
import { CodeBlock } from '@/components/ui'
import { Link } from '@/components/ui/link'
import { type Gap, questionNumbers, type Report, ruleInfos, ruleTitle, serverRanges } from '@/lib/core'
import { formatList } from '@/lib/i18n/format'

type Props = { gap: Gap; base: string; report: Report; short?: boolean }

/** One thing to collect: the command, where to run it, and what it makes possible. */
export function GapCard({ gap, base, report, short = false }: Props) {
  const t = useTranslations('coverage')
  const words = useTranslations('words')
  const locale = useLocale()
  const where = words(`runsOn.${gap.side}`)
  const Heading = short ? 'h3' : 'h2'
  return (
    <article className="keep">
      <Heading className="font-semibold">
        <code lang="en">{gap.cmdlet}</code>
        {short && <Value gap={gap} base={base} />}
      </Heading>
      <p className="mt-0.5 mb-2 text-table text-ink-2">
        {gap.servers.length > 0
          ? t('whereServers', { where, servers: formatList(serverRanges(gap.servers), locale) })
          : t('where', { where })}
      </p>
      <CodeBlock code={gap.command} copyLabel={t('copy')} />
      {!short && <Unlocks gap={gap} base={base} report={report} />}
    </article>
  )
}

/** The same in two words, for the overview. */
function Value({ gap, base }: { gap: Gap; base: string }) {
  const t = useTranslations('coverage')
  const text =
    gap.unlocks.length > 0
      ? t('unlocksShort', { count: gap.unlocks.length })
      : gap.helps.length > 0
        ? t('helpsShort', { count: gap.helps.length })
        : gap.completes.length > 0
          ? t('completesShort', { count: gap.completes.length })
          : t('raisesShort', { count: gap.couldRaise.length })
  return (
    <Link href={`${base}/coverage#${anchorOf(gap)}`} className="link ms-2 font-normal">
      {text}
    </Link>
  )
}

export const anchorOf = (gap: Pick<Gap, 'cmdlet' | 'side'>): string => `${gap.cmdlet.replace(/\W+/g, '-')}-${gap.side}`

function Unlocks({ gap, base, report }: Omit<Props, 'short'>) {
  const t = useTranslations('coverage')
  return (
    <div className="mt-2 space-y-2 text-table">
      <Rules label={t('unlocks', { count: gap.unlocks.length })} rules={gap.unlocks} />
      <Rules label={t('helps', { count: gap.helps.length })} rules={gap.helps} />
      <Rules label={t('completes', { count: gap.completes.length })} rules={gap.completes} />
      {gap.couldRaise.length > 0 && <Raises gap={gap} base={base} report={report} />}
      {gap.questions.length > 0 && <Questions questions={gap.questions} base={base} />}
    </div>
  )
}

function Rules({ label, rules }: { label: string; rules: readonly string[] }) {
  const locale = useLocale()
  if (rules.length === 0) return null
  return (
    <div>
      <p className="font-semibold">{label}</p>
      <ul className="list-disc space-y-1.5 ps-5">
        {rules.map((rule) => (
          <li key={rule}>
            <Link href={`/rules/${rule}`} className="link">
              {ruleTitle(ruleInfos, rule, locale)}
            </Link>
          </li>
        ))}
      </ul>
    </div>
  )
}

function Raises({ gap, base, report }: Omit<Props, 'short'>) {
  const t = useTranslations('coverage')
  const locale = useLocale()
  const titleOf = (id: string) => report.findings.find((f) => f.id === id)?.title[locale] ?? id
  return (
    <details>
      <summary className="tap py-1 font-semibold">{t('raises', { count: gap.couldRaise.length })}</summary>
      <ul className="mt-1.5 list-disc space-y-1.5 ps-5">
        {gap.couldRaise.map((id) => (
          <li key={id}>
            <Link href={`${base}/findings/${encodeURIComponent(id)}`} className="link">
              {titleOf(id)}
            </Link>
          </li>
        ))}
      </ul>
    </details>
  )
}

function Questions({ questions, base }: { questions: readonly number[]; base: string }) {
  const t = useTranslations('coverage')
  const common = useTranslations('common')
  return (
    <div>
      <p className="font-semibold">{t('questions')}</p>
      <ul className="list-disc space-y-1.5 ps-5">
        {questionNumbers
          .filter((n) => questions.includes(n))
          .map((n) => (
            <li key={n}>
              <Link href={`${base}/coverage?topic=${n}`} className="link">
                {common(`question.${n}`)}
              </Link>
            </li>
          ))}
      </ul>
    </div>
  )
}
