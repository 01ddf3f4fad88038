import Link from 'next/link'
import { useLocale, useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { CodeBlock, Notice } from '@/components/ui'
import { cmdletOf, collectAsClixml, type ReportBlock, type ReportNotice, type ReportSource } from '@/lib/core'
import { AnswerAction } from './answer-form'
import { type Asked, linesHref } from './asking'
import { ConflictPanel } from './conflict-panel'
import { FoundLines } from './found-lines'
import {
  DateQuestion,
  EncodingQuestion,
  FormatQuestion,
  IgnoreAction,
  Proof,
  Quote,
  RepairQuestion,
  ServerQuestion,
} from './questions'
import {
  blocksToCollectAgain,
  blocksToComplete,
  checksTouched,
  conflictsOf,
  isCut,
  isLeftOut,
  type NoticeGroup,
  noticeGroups,
} from './upload-view'

/** The words of a notice in the reader's language. */
export type TextOfNotice = (notice: ReportNotice) => { message: string; remedy: string }

type Props = { asked: Asked; textOf: TextOfNotice }

/** What was recognised in one source, every notice with the line that proves it, and what can be done or answered. */
export function SourceDetails({ asked, textOf }: Props) {
  const t = useTranslations('upload')
  const { source, upload } = asked
  const conflicts = conflictsOf(source)
  const notices = noticeGroups(source).filter((g) => g.first.code !== 'contradiction' || conflicts.length === 0)
  const explained = source.status !== 'parsed' && source.status !== 'partial'
  return (
    <>
      <FoundLines source={source} servers={upload.facts.servers[source.name] ?? []} />
      {explained && <StatusLine source={source} label={t(`status.${statusKey(source)}`)} />}
      {(notices.length > 0 || conflicts.length > 0) && (
        <ul className="mt-2 flex flex-col gap-2">
          {conflicts.map((conflict) => (
            <li key={conflict.other}>
              <ConflictPanel asked={asked} conflict={conflict} />
            </li>
          ))}
          {notices.map((group) => (
            <li key={`${group.first.code} ${group.first.property ?? ''} ${group.first.level}`}>
              <NoticeView asked={asked} group={group} textOf={textOf} />
            </li>
          ))}
        </ul>
      )}
      <CollectAgain source={source} />
      <CollectAll source={source} />
      <Settled asked={asked} />
    </>
  )
}

type Explained = 'empty' | 'unknown-format' | 'refused' | 'failed'
const statusKey = ({ status }: ReportSource): Explained =>
  status === 'empty' || status === 'unknown-format' || status === 'refused' ? status : 'failed'

const missingOf = (block: ReportBlock) => ({
  cmdlet: block.collection ? cmdletOf[block.collection] : (block.cmdlet ?? ''),
  side: block.side,
  servers: block.server ? [block.server] : [],
})

/** A notice says the reason better than the status does. */
function StatusLine({ source, label }: { source: ReportSource; label: string }) {
  if (source.notices.length > 0) return null
  return (
    <div className="mt-2">
      <p>{label}</p>
      {source.status === 'unknown-format' && <Quote>{source.firstLine ?? ''}</Quote>}
    </div>
  )
}

/** The commands that bring what was lost, and what it means to go on without. */
function CollectAgain({ source }: { source: ReportSource }) {
  const t = useTranslations('upload')
  const blocks = blocksToCollectAgain(source)
  if (blocks.length === 0) return null
  const checks = checksTouched(source, source.notices.filter(isCut))
  return (
    <>
      {blocks.map((block) => (
        <CodeBlock
          key={`${block.collection} ${block.side} ${block.server}`}
          className="mt-2"
          label={t('collectAgain')}
          code={collectAsClixml(missingOf(block))}
        />
      ))}
      <p className="mt-1 text-table text-ink-2">{t('useWhatIsThere', { count: checks })}</p>
    </>
  )
}

/** Chosen properties may be all that somebody wanted to show: the command for the rest is there and does not press. */
function CollectAll({ source }: { source: ReportSource }) {
  const t = useTranslations('upload')
  const blocks = blocksToComplete(source)
  if (blocks.length === 0) return null
  return (
    <details suppressHydrationWarning className="mt-2 print:hidden">
      <summary className="tap py-1 text-table text-accent">{t('collectAll')}</summary>
      {blocks.map((block) => (
        <CodeBlock
          key={`${block.collection} ${block.side} ${block.server}`}
          className="mt-1"
          label={block.collection && <code lang="en">{cmdletOf[block.collection]}</code>}
          code={collectAsClixml(missingOf(block))}
        />
      ))}
    </details>
  )
}

/** Notices that are questions: the question says it all. */
const questions: readonly ReportNotice['code'][] = ['date-ambiguous', 'server-unknown', 'mojibake']

function NoticeView({ asked, group, textOf }: { asked: Asked; group: NoticeGroup; textOf: TextOfNotice }) {
  const t = useTranslations('upload')
  const locale = useLocale()
  const { first } = group
  const { message, remedy } = textOf(first)
  const isQuestion = questions.includes(first.code)
  return (
    <Notice level={isQuestion ? 'warning' : first.level}>
      {first.code === 'lines-joined' && <p className="font-semibold">{t('joined', { count: group.count })}</p>}
      {!isQuestion && <p className="wrap-anywhere">{message}</p>}
      {!isQuestion && <Place asked={asked} group={group} />}
      {remedy && !isQuestion && <p lang={locale}>{remedy}</p>}
      <Offer asked={asked} notice={first} place={isQuestion ? <Place asked={asked} group={group} /> : null} />
    </Notice>
  )
}

/** Where it is: the line itself, or its number, with the object and how many more there are. */
function Place({ asked, group: { first, count } }: { asked: Asked; group: NoticeGroup }) {
  const t = useTranslations('upload')
  const { source, upload } = asked
  const proof = upload.facts.excerpts.find((e) => e.source === source.name && e.line === first.line)
  const more = count > 1 && t('moreNotices', { count: count - 1 })
  const isRepair = first.code === 'lines-joined' || first.code === 'log-line-repaired'
  return (
    <>
      {proof && <Proof asked={asked} line={proof.line} text={proof.text} />}
      {(first.object || more || isRepair || (first.line !== undefined && !proof)) && (
        <p className="text-table text-ink-2">
          {first.line !== undefined && (isRepair || !proof) && (
            <Link href={linesHref(asked, first.line)} prefetch={false} className="link">
              {isRepair ? t('viewRepair') : t('line', { line: first.line })}
            </Link>
          )}{' '}
          {first.object && <code className="wrap-anywhere">{first.object}</code>} {more && `(${more})`}
        </p>
      )}
    </>
  )
}

/** What a person can do about a notice, at the notice. */
function Offer({ asked, notice, place }: { asked: Asked; notice: ReportNotice; place?: ReactNode }) {
  const t = useTranslations('upload')
  switch (notice.code) {
    case 'date-ambiguous':
      return <DateQuestion asked={asked} notice={notice} place={place} />
    case 'server-unknown':
      return <ServerQuestion asked={asked} place={place} />
    case 'mojibake':
      return <RepairQuestion asked={asked} />
    case 'encoding-guessed':
    case 'encodings-mixed':
    case 'characters-dropped':
    case 'characters-replaced':
      return <EncodingOffer asked={asked} />
    case 'not-recognised':
    case 'look-alike-refused':
    case 'document-refused':
      return (
        <OfferBox>
          <div className="flex flex-wrap items-end gap-2">
            <FormatQuestion asked={asked} />
            <div className="pb-1">
              <IgnoreAction asked={asked} isLeftOut={false} />
            </div>
          </div>
        </OfferBox>
      )
    case 'left-out':
      return (
        <OfferBox>
          <IgnoreAction asked={asked} isLeftOut={isLeftOut(asked.source)} />
        </OfferBox>
      )
    case 'personal-data-ignored':
    case 'not-needed':
    case 'private-key-refused':
      return (
        <details suppressHydrationWarning className="mt-1">
          <summary className="tap link text-table">{t('why')}</summary>
          <p className="mt-1 max-w-[72ch]">{t('whyPersonal')}</p>
        </details>
      )
    case 'too-large':
    case 'archive-refused':
    case 'too-demanding':
      return (
        <p className="mt-1 text-table">
          {t('limitsText', asked.asking.limits)} {t('splitText')}
        </p>
      )
    default:
      return null
  }
}

const OfferBox = ({ children }: { children: ReactNode }) => (
  <div className="mt-2 border-t border-line pt-2">{children}</div>
)

/** The line that a guess is judged by, and the other code pages. */
function EncodingOffer({ asked }: { asked: Asked }) {
  const t = useTranslations('upload')
  const line = asked.upload.facts.repairs.find((r) => r.source === asked.source.name)
  return (
    <>
      {line && <Proof asked={asked} line={line.line} text={line.before} />}
      <details suppressHydrationWarning className="mt-1 print:hidden">
        <summary className="tap text-table text-accent">{t('encodingText')}</summary>
        <div className="mt-1">
          <EncodingQuestion asked={asked} />
        </div>
      </details>
    </>
  )
}

/** Questions that are answered: the answer in short, and the question again to change it. */
function Settled({ asked }: { asked: Asked }) {
  const { source, upload } = asked
  const notices = upload.facts.settled[source.name] ?? []
  return notices.map((notice) => <SettledOne key={notice.code} asked={asked} notice={notice} />)
}

type Short = {
  readonly answer: string
  readonly title: 'date.title' | 'server.title' | 'repair.title' | 'encodingLabel'
  readonly word: 'date.day-firstShort' | 'date.month-firstShort' | 'repair.repairShort' | 'repair.keepShort' | null
}

/** The answer that settled a notice, and how it is said in a word. */
function shortAnswer(code: ReportNotice['code'], { source, asking }: Asked): Short | null {
  const given = (answer: string) => asking.answers[answer]
  if (code === 'date-ambiguous') {
    const word = given('date-order') === 'month-first' ? 'date.month-firstShort' : 'date.day-firstShort'
    return { answer: 'date-order', title: 'date.title', word }
  }
  if (code === 'mojibake') {
    const answer = `mojibake:${source.name}`
    return { answer, title: 'repair.title', word: given(answer) === 'keep' ? 'repair.keepShort' : 'repair.repairShort' }
  }
  if (code === 'server-unknown') return { answer: `server:${source.name}`, title: 'server.title', word: null }
  if (code === 'encoding-guessed') return { answer: `encoding:${source.name}`, title: 'encodingLabel', word: null }
  return null
}

function SettledOne({ asked, notice }: { asked: Asked; notice: ReportNotice }) {
  const t = useTranslations('upload')
  const short = shortAnswer(notice.code, asked)
  const value = short ? asked.asking.answers[short.answer] : undefined
  if (!short || value === undefined) return null
  return (
    // The key: a new answer closes what was opened to give it.
    <details key={value} suppressHydrationWarning className="mt-2 rounded-input border border-line px-3 py-1">
      <summary className="tap py-1 text-table">
        {t(short.title)} <strong>{t('answered', { value: short.word ? t(short.word) : value })}</strong>{' '}
        {asked.asking.remembered[short.answer] === value && <span className="text-ink-2">{t('rememberedShort')} </span>}
        <span className="link print:hidden">{t('change')}</span>
      </summary>
      <div className="pb-2">
        <Offer asked={asked} notice={notice} />
        <div className="mt-2">
          <AnswerAction asked={asked} answer={short.answer} value="" label={t('takeBack')} />
        </div>
      </div>
    </details>
  )
}
