import Link from 'next/link'
import { useLocale, useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { encodings, formatIds, type ReportNotice } from '@/lib/core'
import { formatDateLong } from '@/lib/i18n/format'
import { AnswerAction, AnswerForm, Choice, RememberedNote } from './answer-form'
import { type Asked, linesHref } from './asking'
import { bothReadings } from './upload-view'

const orders = ['day-first', 'month-first'] as const

/** Day or month first, with both readings of a date from the file. */
export function DateQuestion({ asked, notice, place }: { asked: Asked; notice: ReportNotice; place: ReactNode }) {
  const t = useTranslations('upload')
  const locale = useLocale()
  const { asking, upload } = asked
  const value = String(notice.params?.value ?? '')
  const readings = bothReadings(value)
  const given = asking.answers['date-order']
  if (asking.datesAt !== null && asking.datesAt !== upload.id) {
    const name = asking.uploads.find((u) => u.id === asking.datesAt)?.name ?? ''
    return (
      <>
        <p className="font-semibold">{t('date.title')}</p>
        {place}
        <p>
          <a href={`#file-${asking.datesAt}`} className="link">
            {t('date.elsewhere', { name })}
          </a>
        </p>
      </>
    )
  }
  return (
    <AnswerForm asked={asked} answer="date-order" submit={t('useAnswer')} isPrimary={given === undefined}>
      <fieldset>
        <legend className="font-semibold">{t('date.title')}</legend>
        {place}
        <p>{t('date.text', { value })}</p>
        {orders.map((order) => (
          <Choice key={order} value={order} isChosen={given === order}>
            {readings ? t(`date.${order}`, { date: formatDateLong(readings[order], locale) }) : t(`date.${order}Short`)}
          </Choice>
        ))}
      </fieldset>
      {given === undefined && <p className="text-table text-ink-2">{t('date.unanswered')}</p>}
      <RememberedNote asked={asked} answer="date-order" />
    </AnswerForm>
  )
}

/** Servers that are offered as a choice; more of them are typed, with suggestions. */
const choicesShown = 8

/** Which server an output is from: one that the other files name, or any other. */
export function ServerQuestion({ asked, place }: { asked: Asked; place: ReactNode }) {
  const t = useTranslations('upload')
  const { asking, source } = asked
  const answer = `server:${source.name}`
  const given = asking.answers[answer]
  const known = asking.servers.length <= choicesShown ? asking.servers : []
  const listId = `servers-${source.id}-${asked.upload.id}`
  const isOther = given !== undefined && !known.includes(given)
  const field = (
    <>
      <input
        type="text"
        name="other"
        defaultValue={isOther ? given : ''}
        list={listId}
        maxLength={255}
        pattern="[\p{L}\p{N}_.\-]+"
        title={t('server.hint')}
        autoComplete="off"
        spellCheck={false}
        aria-label={t('server.otherLabel')}
        className="field max-w-64"
      />
      <datalist id={listId}>
        {asking.servers.map((server) => (
          <option key={server} value={server} />
        ))}
      </datalist>
    </>
  )
  return (
    <AnswerForm asked={asked} answer={answer} submit={t('useAnswer')} isPrimary={given === undefined}>
      <fieldset>
        <legend className="font-semibold">{t('server.title')}</legend>
        {place}
        <div className="flex flex-wrap gap-x-6">
          {known.map((server) => (
            <Choice key={server} value={server} isChosen={given === server}>
              {server}
            </Choice>
          ))}
        </div>
        {known.length > 0 ? (
          <div className="flex flex-wrap items-center gap-x-3">
            <Choice value="" isChosen={isOther}>
              {t('server.other')}
            </Choice>
            {field}
          </div>
        ) : (
          field
        )}
      </fieldset>
      {given === undefined && <p className="mt-1 text-table text-ink-2">{t('server.unanswered')}</p>}
      <RememberedNote asked={asked} answer={answer} lasts={!/^paste-\d/.test(source.name)} />
    </AnswerForm>
  )
}

/** Damaged letters: the same line as it stands and put right. Never done without a word. */
export function RepairQuestion({ asked }: { asked: Asked }) {
  const t = useTranslations('upload')
  const { asking, source, upload } = asked
  const answer = `mojibake:${source.name}`
  const given = asking.answers[answer]
  const repair = upload.facts.repairs.find((r) => r.source === source.name && r.before !== r.after)
  if (!repair) return <p>{t('repair.none')}</p>
  return (
    <AnswerForm asked={asked} answer={answer} submit={t('useAnswer')} isPrimary={given === undefined}>
      <fieldset>
        <legend className="font-semibold">{t('repair.title')}</legend>
        <p>{t('repair.text')}</p>
        <Proof asked={asked} line={repair.line} note={t('repair.before')} text={repair.before} />
        <Proof asked={asked} line={repair.line} note={t('repair.after')} text={repair.after} />
        <Choice value="repair" isChosen={given === 'repair'}>
          {t('repair.repair')}
        </Choice>
        <Choice value="keep" isChosen={given === 'keep'}>
          {t('repair.keep')}
        </Choice>
      </fieldset>
    </AnswerForm>
  )
}

/** Text of a file as it stands. */
export function Quote({ children }: { children: ReactNode }) {
  return (
    <p
      lang="en"
      dir="ltr"
      className="my-1 rounded-input border border-line bg-canvas px-2 py-1 font-mono text-table break-all whitespace-pre-wrap [font-variant-ligatures:none]"
    >
      {children}
    </p>
  )
}

/** The line of the file that shows it, leading to the lines around it. */
export function Proof({ asked, line, text, note }: { asked: Asked; line: number; text: string; note?: string }) {
  const t = useTranslations('upload')
  return (
    <Quote>
      <Link href={linesHref(asked, line)} prefetch={false} className="link me-3 font-sans whitespace-nowrap">
        {t('line', { line })}
        {note && `, ${note}`}
      </Link>
      {text}
    </Quote>
  )
}

type SelectProps = {
  asked: Asked
  answer: string
  label: string
  automatic: string
  options: readonly (readonly [value: string, label: string])[]
}

function SelectQuestion({ asked, answer, label, automatic, options }: SelectProps) {
  const t = useTranslations('upload')
  const given = asked.asking.answers[answer] ?? ''
  return (
    <AnswerForm asked={asked} answer={answer} submit={t('apply')} inline>
      <label className="block min-w-0">
        <span className="mb-1 block text-table font-semibold">{label}</span>
        {/* The key: what was chosen elsewhere meanwhile is shown. */}
        <select key={given} name="value" defaultValue={given} className="field max-w-80">
          <option value="">{automatic}</option>
          {options.map(([value, text]) => (
            <option key={value} value={value}>
              {text}
            </option>
          ))}
        </select>
      </label>
    </AnswerForm>
  )
}

/** For a file that was not recognised, or taken for something else. */
export function FormatQuestion({ asked }: { asked: Asked }) {
  const t = useTranslations('upload')
  const options = [...formatIds, 'ignore' as const].map((id) => [id, t(`format.${id}`)] as const)
  const answer = `format:${asked.source.name}`
  const given = options.find(([id]) => id === asked.asking.answers[answer])
  const isInVain = given && given[0] !== 'ignore' && ['unknown-format', 'refused'].includes(asked.source.status)
  return (
    <div>
      <SelectQuestion asked={asked} answer={answer} label={t('readAs')} automatic={t('automatic')} options={options} />
      {isInVain && <p className="mt-1 max-w-[72ch] text-table">{t('readAsFailed', { format: given[1] })}</p>}
    </div>
  )
}

export function EncodingQuestion({ asked }: { asked: Asked }) {
  const t = useTranslations('upload')
  const { source } = asked
  const answer = `encoding:${source.name}`
  const isChosen = asked.asking.answers[answer] !== undefined
  return (
    <SelectQuestion
      asked={asked}
      answer={answer}
      label={t('encodingLabel')}
      automatic={isChosen || !source.encoding ? t('automatic') : t('automaticNow', { value: source.encoding })}
      options={encodings.map((e) => [e, e] as const)}
    />
  )
}

/** Leaves a file out, or takes it in again. */
export function IgnoreAction({ asked, isLeftOut }: { asked: Asked; isLeftOut: boolean }) {
  const t = useTranslations('upload')
  return (
    <AnswerAction
      asked={asked}
      answer={`format:${asked.source.name}`}
      value={isLeftOut ? '' : 'ignore'}
      label={t(isLeftOut ? 'useAgain' : 'leaveOut')}
    />
  )
}
