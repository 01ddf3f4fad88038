import { Ban, Check, CircleHelp, type LucideIcon, Split } from 'lucide-react'
import Link from 'next/link'
import { useLocale, useTranslations } from 'next-intl'
import { CodeBlock, cx, Section } from '@/components/ui'
import {
  type AnswerWord,
  answerOf,
  assumedOf,
  branchText,
  collectCommand,
  decidedBy,
  formSearch,
  missingOf,
  ownHops,
  type SimForm,
  type Simulation,
  type TraceJson,
} from '@/lib/core'
import { formatList } from '@/lib/i18n/format'
import { type Files, PlaceLink, ValueText } from './property-place'
import { useAnswer } from './sentence'
import { Steps } from './steps'

const icons: Record<AnswerWord, LucideIcon> = { yes: Check, no: Ban, depends: Split, 'cannot-tell': CircleHelp }

type Shared = { base: string; form: SimForm; files: Files }

/** The answer in one sentence, how certain it is, and what the server typically says. */
export function AnswerLine({ trace, form }: { trace: TraceJson; form: SimForm }) {
  const t = useTranslations('simulator')
  const answer = useAnswer()
  const Icon = icons[answerOf(trace)]
  return (
    <div id="answer" className="keep scroll-mt-24 rounded-card border border-line-strong bg-subtle p-4">
      <p className="flex items-start gap-3 text-lead font-semibold">
        <Icon aria-hidden className="mt-0.5 size-5 shrink-0" strokeWidth={2} />
        <span className="min-w-0 break-words">{answer(trace, form.rcpt)}</span>
      </p>
      <p className="mt-1 text-table text-ink-2">{t(`confidence.${trace.confidence}`)}</p>
      {trace.reply && (
        <p className="mt-2">
          {t('reply')}{' '}
          <code lang="en">
            {trace.reply.code} {trace.reply.text}
          </code>
        </p>
      )}
      {trace.cycle.length > 0 && (
        <p className="mt-2 break-words">{t('cycle', { nodes: trace.cycle.map((n) => n.id).join(' → ') })}</p>
      )}
    </div>
  )
}

/** What the question left open, and was assumed so that it could be answered. */
export function AssumedNote({ trace, form }: { trace: TraceJson; form: SimForm }) {
  const t = useTranslations('simulator')
  const { from = '', originator = '' } = trace.question
  const assumed = assumedOf(form, trace.question)
  if (assumed.length === 0) return null
  return (
    <div className="keep mt-3 text-table text-ink-2">
      <p>{t('assumed.title')}</p>
      <ul className="list-disc gap-x-8 ps-5 sm:grid sm:grid-cols-2">
        {assumed.map((a) => (
          <li key={a} className="break-words">
            {t(`assumed.${a}`, { address: from, domain: originator })}
          </li>
        ))}
      </ul>
    </div>
  )
}

/** Whether the answer holds for the whole range that was asked, and where it does not. */
export function SpanNote({ simulation, base, form }: Shared & { simulation: Simulation }) {
  const t = useTranslations('simulator')
  const { span } = simulation
  if (!span) return null
  const { range } = span
  if (span.isWhole) return <p className="mt-3">{range === null ? t('span.cloudWhole') : t('span.whole', { range })}</p>
  return (
    <div className="mt-3">
      <p>{range === null ? t('span.cloudDiffers') : t('span.differs', { range })}</p>
      <ul className="list-disc ps-5">
        {span.differs.map((part) => (
          <li key={part.range} className="break-words">
            <Link href={`${base}/simulate?${formSearch({ ...form, from: part.range })}`} className="link">
              {part.range}
            </Link>{' '}
            <span className="text-ink-2">{part.connector ?? t('span.noConnector')}</span>
          </li>
        ))}
        {span.more > 0 && <li className="text-ink-2">{t('span.more', { count: span.more })}</li>}
      </ul>
    </div>
  )
}

/** The same question at the other servers, where none was named. */
export function ElsewhereList({ simulation, base, form }: Shared & { simulation: Simulation }) {
  const t = useTranslations('simulator')
  const { elsewhere, moreServers, trace } = simulation
  if (elsewhere.length === 0 || !trace) return null
  return (
    <Section title={t('elsewhere.title')} description={t('elsewhere.text', { server: trace.question.to ?? '' })}>
      <ul className="flex flex-wrap gap-x-6 gap-y-1">
        {elsewhere.map((e) => (
          <li key={e.server}>
            <Link href={`${base}/simulate?${formSearch({ ...form, to: e.server })}`} className="link">
              {e.server}
            </Link>{' '}
            {t(`word.${e.isTakenAnyway ? 'any-recipient' : e.disposition}`)}
          </li>
        ))}
        {moreServers > 0 && <li className="text-ink-2">{t('elsewhere.more', { count: moreServers })}</li>}
      </ul>
    </Section>
  )
}

/** The commands whose output would tell more. */
export function MissingPart({ trace }: { trace: TraceJson }) {
  const t = useTranslations('simulator')
  const words = useTranslations('words')
  const locale = useLocale()
  const missing = missingOf(trace)
  if (missing.length === 0) return null
  return (
    <Section title={t('missing.title')} id="missing" description={t('missing.text')}>
      <ul className={cx('grid gap-4', missing.length > 1 && 'xl:grid-cols-2')}>
        {missing.map((m) => (
          <li key={`${m.cmdlet} ${m.side}`} className="min-w-0">
            <p className="mb-1 text-table">
              {t('missing.where', {
                where: words(`runsOn.${m.side}`),
                servers: formatList([...m.servers], locale),
                count: m.servers.length,
              })}
            </p>
            <CodeBlock code={collectCommand(m)} />
          </li>
        ))}
      </ul>
    </Section>
  )
}

/** The way, and where it goes apart. */
export function WayPart({ trace, base, form, files }: Shared & { trace: TraceJson }) {
  const t = useTranslations('simulator')
  const isOpen = trace.disposition === 'ambiguous'
  const others = isOpen ? trace.branches : trace.branches.slice(1)
  const steps = trace.hops.reduce((sum, h) => sum + h.steps.length, 0)
  return (
    <Section title={t('way')}>
      {steps === 0 && !isOpen && <p className="text-ink-2">{t('noSteps')}</p>}
      <Steps hops={trace.hops} base={base} files={files} />
      {others.length > 0 && (
        <div className="mt-6">
          <h3 className="mb-3 font-semibold">
            {isOpen ? t('branches.open', { count: others.length }) : t('branches.same', { count: others.length })}
          </h3>
          <ul className={cx('grid gap-4', others.length > 1 && 'xl:grid-cols-2')}>
            {others.map((branch, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: branches have no other identity
              <li key={i} className="min-w-0">
                <Branch branch={branch} common={trace.hops} base={base} form={form} files={files} open={isOpen} />
              </li>
            ))}
          </ul>
        </div>
      )}
    </Section>
  )
}

type BranchProps = Shared & {
  branch: TraceJson['branches'][number]
  common: TraceJson['hops']
  open: boolean
}

function Branch({ branch, common, base, form, files, open }: BranchProps) {
  const lang = useLocale()
  const answer = useAnswer()
  const t = useTranslations('simulator')
  const own = ownHops(branch.hops, common)
  const from = open ? common.reduce((sum, h) => sum + h.steps.length, 0) + 1 : 1
  return (
    <details open={open} className="rounded-card border border-line-strong p-3">
      <summary className="tap font-semibold break-words">{branchText(branch, lang)}</summary>
      <p className="mt-1">{answer(branch, form.rcpt)}</p>
      {branch.reply && (
        <p className="text-table text-ink-2">
          {t('reply')}{' '}
          <code lang="en">
            {branch.reply.code} {branch.reply.text}
          </code>
        </p>
      )}
      {branch.cycle.length > 0 && <p>{t('cycle', { nodes: branch.cycle.map((n) => n.id).join(' → ') })}</p>}
      <div className="mt-3">
        <Steps hops={own} base={base} files={files} from={from} />
      </div>
    </details>
  )
}

/** The last ones are what people look at first; the others are folded. */
const [firstDecided, mostDecided] = [8, 30]

/** The properties that the answer rests on, the last one first: where it could be changed. */
export function DecidedPart({ trace, base, files }: Shared & { trace: TraceJson }) {
  const t = useTranslations('simulator')
  const isOpen = trace.disposition === 'ambiguous'
  const hops = isOpen ? [...trace.hops, ...trace.branches.flatMap((b) => b.hops)] : trace.hops
  const decided = decidedBy(hops)
  if (decided.length === 0) return null
  const folded = decided.slice(firstDecided, mostDecided)
  return (
    <Section title={t('decided.title')} id="decided" description={t('decided.text')}>
      <DecidedList decided={decided.slice(0, firstDecided)} base={base} files={files} />
      {folded.length > 0 && (
        <details className="mt-2">
          <summary className="tap py-1 text-table text-ink-2">{t('decided.earlier', { count: folded.length })}</summary>
          <DecidedList decided={folded} base={base} files={files} />
        </details>
      )}
      {decided.length > mostDecided && (
        <p className="mt-1 text-table text-ink-2">{t('decided.more', { count: decided.length - mostDecided })}</p>
      )}
    </Section>
  )
}

type DecidedProps = { decided: ReturnType<typeof decidedBy>; base: string; files: Files }

const DecidedList = ({ decided, base, files }: DecidedProps) => (
  <ul className="divide-y divide-line rounded-card border border-line text-table">
    {decided.map((b) => (
      <li
        key={`${b.source} ${b.lines[0]} ${b.property}`}
        className="grid gap-x-4 gap-y-1 px-3 py-2 sm:grid-cols-[12rem_1fr_16rem]"
      >
        <code lang="en" className="font-semibold break-words">
          {b.property}
        </code>
        <span className="min-w-0 break-words">
          <ValueText value={b.value} />
        </span>
        <span className="min-w-0 break-words">
          <PlaceLink because={b} base={base} files={files} />
        </span>
      </li>
    ))}
  </ul>
)
