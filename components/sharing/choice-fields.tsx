import { useLocale, useTranslations } from 'next-intl'
import { Notice } from '@/components/ui/notice'
import { formatDate, formatNumber } from '@/lib/i18n/format'
import { Choice, ChoiceGroup } from './choice'
import { type ShareChoices, type SharePolicy, shareAllowancesOf, shareDays, shareKindsOf, shareLevelsOf } from './query'

/** What the page knows of the audit: how many findings the list has, and whether a filter made it. */
export type ListFacts = { readonly count: number; readonly isFiltered: boolean }

export type ChoiceProps = {
  choices: ShareChoices
  policy: SharePolicy
  list: ListFacts
  /** The first and the last day that may be named. */
  range: { readonly min: string; readonly max: string }
  choose: (change: Partial<ShareChoices>) => void
}

const most = 1000

/** What is shared, how much of it, what beside it, and until when. */
export function ChoiceFields(props: ChoiceProps) {
  return (
    <>
      <What {...props} />
      <Level {...props} />
      <Also {...props} />
      <Ends {...props} />
    </>
  )
}

function What({ choices, list, choose }: ChoiceProps) {
  const t = useTranslations('sharing')
  const shown = formatNumber(list.count, useLocale())
  return (
    <ChoiceGroup legend={t('what')} className="">
      {shareKindsOf(choices).map((kind) => (
        <Choice
          key={kind}
          type="radio"
          name="what"
          value={kind}
          checked={choices.what === kind}
          onChoose={() => choose({ what: kind })}
          label={
            kind === 'findings'
              ? t(list.isFiltered ? 'kind.filtered' : 'kind.findings', { count: list.count, shown })
              : t(`kind.${kind}`)
          }
          text={kind === 'findings' && list.count > most && t('most')}
        />
      ))}
    </ChoiceGroup>
  )
}

function Level({ choices, policy, choose }: ChoiceProps) {
  const t = useTranslations('sharing')
  const levels = shareLevelsOf(choices.what, policy)
  return (
    <ChoiceGroup legend={t('level')}>
      {levels.map((level) => (
        <Choice
          key={level}
          type="radio"
          name="level"
          value={level}
          checked={choices.level === level}
          onChoose={() => choose({ level })}
          label={t(`levelName.${level}`)}
          text={t(`levelText.${level}`)}
        />
      ))}
      {!policy.allowFull && <p className="mt-1 text-table text-ink-2">{t('levelOff')}</p>}
      {!levels.includes('summary') && <p className="mt-1 text-table text-ink-2">{t('levelNone')}</p>}
      {choices.level === 'full' && (
        <Notice level="warning" className="mt-2">
          {t('fullWarning')}
        </Notice>
      )}
    </ChoiceGroup>
  )
}

function Also({ choices, choose }: ChoiceProps) {
  const t = useTranslations('sharing')
  return (
    <ChoiceGroup legend={t('also')}>
      <div className="grid gap-x-4 sm:grid-cols-2">
        {shareAllowancesOf(choices.what, choices.level, choices.allows.includes('findings')).map((name) => (
          <Choice
            key={name}
            type="checkbox"
            name={name}
            value="1"
            checked={choices.allows.includes(name)}
            onChoose={(isChecked) =>
              choose({ allows: [...choices.allows.filter((other) => other !== name), ...(isChecked ? [name] : [])] })
            }
            label={t(`allow.${name}`)}
          />
        ))}
      </div>
    </ChoiceGroup>
  )
}

function Ends({ choices, policy, range, choose }: ChoiceProps) {
  const t = useTranslations('sharing')
  const max = formatDate(range.max, useLocale())
  return (
    <div className="group/ends mt-5 flex flex-wrap gap-x-4 gap-y-3">
      <label>
        <span className="mb-1 block font-semibold">{t('ends')}</span>
        <select
          name="end"
          value={choices.end}
          onChange={(event) => choose({ end: event.currentTarget.value })}
          className="field w-auto"
        >
          {shareDays(policy).map((days) => (
            <option key={days} value={days}>
              {t('days', { days })}
            </option>
          ))}
          <option value="date">{t('onDate')}</option>
        </select>
      </label>
      <div className="hidden group-has-[option[value=date]:checked]/ends:block">
        <label htmlFor="share-until" className="mb-1 block font-semibold">
          {t('until')}
        </label>
        <input
          id="share-until"
          type="date"
          name="until"
          min={range.min}
          max={range.max}
          value={choices.until}
          onChange={(event) => choose({ until: event.currentTarget.value })}
          aria-describedby="share-until-hint"
          className="field w-auto"
        />
        <p id="share-until-hint" className="mt-1 text-table text-ink-2">
          {t('untilHint', { max })}
        </p>
      </div>
    </div>
  )
}
