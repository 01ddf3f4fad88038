import { Check, CircleHelp, type LucideIcon, X } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { useSentence } from '@/components/simulator'
import { Button, HiddenTh } from '@/components/ui'
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

/* The cells become blocks on a phone, which takes the table's meaning from browsers: the roles give it back. */
/* biome-ignore-start lint/a11y/noRedundantRoles: see above */
/* biome-ignore-start lint/a11y/useSemanticElements: see above */

/** What is expected, what is now, and whether that is the same: a table on a desk, cards on a phone. */
export function ExpectationTable({ expectations, base, env, drop }: Props) {
  const t = useTranslations('expectations')
  return (
    <div className="overflow-x-clip rounded-card border border-line max-lg:not-print:border-0">
      <table role="table" className="data-table max-lg:not-print:block">
        <caption className="sr-only">{t('caption')}</caption>
        <thead role="rowgroup" className="max-lg:not-print:sr-only">
          <tr role="row">
            {(['state', 'expectation', 'expected', 'now'] as const).map((column) => (
              <th key={column} role="columnheader" scope="col">
                {t(`column.${column}`)}
              </th>
            ))}
            {drop && <HiddenTh>{t('column.actions')}</HiddenTh>}
          </tr>
        </thead>
        <tbody role="rowgroup" className="max-lg:not-print:block">
          {expectations.map((expectation) => (
            <Row key={expectation.id} expectation={expectation} base={base} env={env} drop={drop} />
          ))}
        </tbody>
      </table>
    </div>
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
    <tr
      role="row"
      className="max-lg:not-print:mt-2 max-lg:not-print:block max-lg:not-print:rounded-card max-lg:not-print:border max-lg:not-print:border-line"
    >
      <td role="cell" className="max-lg:not-print:block max-lg:not-print:border-0! max-lg:not-print:pb-0!">
        <State state={state} />
      </td>
      <th
        role="rowheader"
        scope="row"
        className="[overflow-wrap:anywhere] max-lg:not-print:block max-lg:not-print:border-0! lg:min-w-56"
      >
        {name !== '' && <span className="block text-body font-semibold">{name}</span>}
        <span className={name === '' ? 'text-body' : 'text-ink-2'}>{asked}</span>
      </th>
      <Fact name="expected">{t(`answer.${expected}`)}</Fact>
      <Fact name="now">
        <Now expectation={expectation} base={base} />
      </Fact>
      {drop && (
        <td role="cell" className="max-lg:not-print:block max-lg:not-print:border-0! max-lg:not-print:ps-1!">
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

/** A cell that carries its column's name on a phone, where the head is out of sight. */
function Fact({ name, children }: { name: 'expected' | 'now'; children: ReactNode }) {
  const t = useTranslations('expectations')
  return (
    <td role="cell" className="max-lg:not-print:block max-lg:not-print:border-0! max-lg:not-print:py-0! lg:min-w-32">
      <span aria-hidden className="text-ink-2 lg:hidden print:hidden">
        {t(`column.${name}`)}:{' '}
      </span>
      {children}
    </td>
  )
}
/* biome-ignore-end lint/a11y/noRedundantRoles: see above */
/* biome-ignore-end lint/a11y/useSemanticElements: see above */

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
