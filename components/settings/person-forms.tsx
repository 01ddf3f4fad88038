'use client'
import { useTranslations } from 'next-intl'
import { Field } from '@/components/account/field'
import { TimeText } from '@/components/ui/time-text'
import type { Role } from '@/lib/server/access'
import type { HandedOver } from '@/lib/server/hand-over'
import { EndShares, type OpenLinks } from './end-shares'
import { SelectField } from './fields'
import { FormFrame } from './form-frame'
import { MadeOnce } from './made-once'
import { type OutcomeAction, useOutcome } from './use-outcome'
import { type Named, WhereField } from './where-field'

const roles = ['viewer', 'auditor', 'uploader', 'admin'] as const satisfies readonly Role[]
const faultWords = ['not-an-email', 'taken', 'missing'] as const

function useFault(faults: Readonly<Record<string, string>>) {
  const t = useTranslations('people.fault')
  return (field: string): string | undefined => {
    const word = faults[field]
    if (word === undefined) return undefined
    return t(field === 'environments' ? 'environments' : (faultWords.find((known) => known === word) ?? 'missing'))
  }
}

/** The link that was made, and whether it went by mail. */
function MadeLink({ made }: { made: HandedOver }) {
  const t = useTranslations('people')
  const mail = { sent: t('madeMailed', made), failed: t('madeNotMailed', made), off: '' }[made.mail]
  return (
    <MadeOnce title={t('made', made)} copyLabel={t('copyLink')} value={made.address}>
      {t.rich('madeText', { until: () => <TimeText value={made.until} /> })} {mail}
    </MadeOnce>
  )
}

type AccessProps = {
  environments: readonly Named[]
  shown: Readonly<Record<string, string>>
  fault: (field: string) => string | undefined
}

function AccessFields({ environments, shown, fault }: AccessProps) {
  const t = useTranslations('people')
  return (
    <>
      <SelectField
        name="role"
        label={t('role')}
        value={shown.role ?? 'viewer'}
        options={roles.map((role) => [role, t(`roleText.${role}`)])}
      />
      <WhereField
        label={t('sees')}
        allLabel={t('seesAll')}
        someLabel={t('seesSome')}
        noneLabel={t('noEnvironment')}
        hint={t('seesHint')}
        error={fault('environments')}
        environments={environments}
        shown={shown}
      />
    </>
  )
}

type InviteProps = { action: OutcomeAction<HandedOver>; environments: readonly Named[] }

/** Invites somebody; shows the link once. */
export function InviteForm({ action, environments }: InviteProps) {
  const t = useTranslations('people')
  const outcome = useOutcome(action)
  const { shown, done } = outcome
  const fault = useFault(outcome.fault)
  return (
    <div>
      {done && <MadeLink made={done} />}
      <FormFrame outcome={outcome} label={t('inviteSubmit')} isQuiet>
        <Field name="name" label={t('name')} error={fault('name')} defaultValue={shown.name} autoComplete="off" />
        <Field
          name="email"
          type="email"
          label={t('email')}
          error={fault('email')}
          defaultValue={shown.email}
          autoComplete="off"
        />
        <AccessFields environments={environments} shown={shown} fault={fault} />
      </FormFrame>
    </div>
  )
}

type EditProps = {
  action: OutcomeAction<true>
  id: string
  role: Role
  places: 'all' | readonly Named[]
  environments: readonly Named[]
  name: string
  /** Open links that the person made. */
  shares: OpenLinks
}

/** Another role, other environments. */
export function AccessForm({ action, id, role, places, environments, name, shares }: EditProps) {
  const t = useTranslations('people')
  const ticked = places === 'all' ? [] : places.map((place) => [`in:${place.id}`, 'on'])
  const where = places === 'all' ? 'all' : 'some'
  const outcome = useOutcome(action, { role, where, ...Object.fromEntries(ticked) })
  const fault = useFault(outcome.fault)
  return (
    <FormFrame outcome={outcome} label={t('accessSubmit')} hidden={{ person: id }}>
      <AccessFields environments={environments} shown={outcome.shown} fault={fault} />
      <EndShares of="lost" name={name} shares={shares} typed={outcome.refused?.typed} />
    </FormFrame>
  )
}

/** Makes a new link for somebody; shows it once. */
export function LinkForm({ action, id, label }: { action: OutcomeAction<HandedOver>; id: string; label: string }) {
  const outcome = useOutcome(action)
  return (
    <div>
      {outcome.done && <MadeLink made={outcome.done} />}
      <FormFrame outcome={outcome} label={label} hidden={{ person: id }} isQuiet kind="secondary" />
    </div>
  )
}

/** One button that does what it says, and what came of it. */
export function ButtonForm({ action, id, label }: { action: OutcomeAction<true>; id: string; label: string }) {
  const outcome = useOutcome(action)
  return <FormFrame outcome={outcome} label={label} hidden={{ person: id }} kind="secondary" />
}
