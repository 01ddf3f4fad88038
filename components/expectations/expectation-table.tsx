import { Check, CircleHelp, type LucideIcon, X } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useSentence } from '@/components/simulator'
import { Button, DataTable, HiddenTh, RowTh, Th } from '@/components/ui'
import { Link } from '@/components/ui/link'
import { type ExpectationState, formSearch } from '@/lib/core'
import type { JudgedExpectation } from '@/lib/server/expectations'

type Drop = (form: FormData) => Promise<void>
type Props = {
  expectations: readonly JudgedExpectation[]
  /** Of the audit that was asked. */
  base: string
  env: string
  /** Absent for whoever may not decide. */
  drop?: Drop | undefined
}

/** What is expected, what is now, and whether that is the same. */
export function ExpectationTable({ expectations, base, env, drop }: Props) {
  const t = useTranslations('expectations')
  return (
    <DataTable caption={t('caption')} hideCaption>
      <thead>
        <tr>
          <Th>{t('column.state')}</Th>
          <Th>{t('column.expectation')}</Th>
          <Th>{t('column.expected')}</Th>
          <Th>{t('column.now')}</Th>
          {drop && <HiddenTh>{t('column.actions')}</HiddenTh>}
        </tr>
      </thead>
      <tbody>
        {expectations.map((expectation) => (
          <Row key={expectation.id} expectation={expectation} base={base} env={env} drop={drop} />
        ))}
      </tbody>
    </DataTable>
  )
}

const icons: Record<ExpectationState, { Icon: LucideIcon; colour: string }> = {
  kept: { Icon: Check, colour: 'text-passed' },
  broken: { Icon: X, colour: 'text-high' },
  'cannot-tell': { Icon: CircleHelp, colour: 'text-unknown' },
}

function State({ state }: { state: ExpectationState }) {
  const t = useTranslations('expectations')
  const { Icon, colour } = icons[state]
  return (
    <span className="inline-flex items-center gap-1.5 font-semibold whitespace-nowrap">
      <Icon aria-hidden className={`size-4 shrink-0 ${colour}`} strokeWidth={2.5} />
      {t(`state.${state}`)}
    </span>
  )
}

type RowProps = Omit<Props, 'expectations'> & { expectation: JudgedExpectation }

function Row({ expectation, base, env, drop }: RowProps) {
  const t = useTranslations('expectations')
  const sentence = useSentence()
  const { id, name, form, expected, state } = expectation
  const asked = sentence(form)
  return (
    <tr>
      <td>
        <State state={state} />
      </td>
      <RowTh className="min-w-56 [overflow-wrap:anywhere]">
        {name !== '' && <span className="block text-body font-semibold">{name}</span>}
        <span className={name === '' ? 'text-body' : 'text-ink-2'}>{asked}</span>
      </RowTh>
      <td className="min-w-32">{t(`answer.${expected}`)}</td>
      <td className="min-w-32">
        <Now expectation={expectation} base={base} />
      </td>
      {drop && (
        <td>
          <form action={drop}>
            <input type="hidden" name="env" value={env} />
            <input type="hidden" name="id" value={id} />
            <Button type="submit" size="small" kind="quiet" aria-label={t('dropLabel', { name: name || asked })}>
              {t('drop')}
            </Button>
          </form>
        </td>
      )}
    </tr>
  )
}

/** The answer that decides, with the simulator's page behind it. */
function Now({ expectation: { answer, form }, base }: Pick<RowProps, 'expectation' | 'base'>) {
  const t = useTranslations('expectations')
  if (!answer) return t('notAsked')
  const isEverywhere = form.to === '' && form.start === '' && answer.server !== ''
  const asked = isEverywhere ? { ...form, to: answer.server } : form
  return (
    <>
      {t(`answer.${answer.isTakenAnyway ? 'any-recipient' : answer.disposition}`)}{' '}
      {isEverywhere && <span className="text-ink-2">{t('at', { server: answer.server })}</span>}
      <Link href={`${base}/simulate?${formSearch(asked)}`} className="link block">
        {t('why')}
      </Link>
    </>
  )
}
