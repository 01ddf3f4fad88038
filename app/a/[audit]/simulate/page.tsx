import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { keepAction } from '@/app/e/[env]/expectations/actions'
import { KeepForm } from '@/components/expectations'
import { CopyLink } from '@/components/findings/copy-link'
import { ClientMessages } from '@/components/shell'
import {
  AnswerLine,
  AssumedNote,
  DecidedPart,
  ElsewhereList,
  Examples,
  type Files,
  MissingPart,
  SimulatorForm,
  SpanNote,
  useSentence,
  WayPart,
} from '@/components/simulator'
import { ButtonLink, Notice, PageHeader, StatusRegion } from '@/components/ui'
import {
  expectable,
  formFields,
  formSearch,
  originOf,
  parseForm,
  pathOnMap,
  type SearchParams,
  type SimForm,
  type Simulation,
  swapForm,
  type Topology,
  type TraceJson,
} from '@/lib/core'
import type { AuditRow } from '@/lib/server/audits'
import { loadTopology } from '@/lib/server/reports'
import { simulateAudit } from '@/lib/server/simulations'
import { analysedAudit } from '../audit'
import { CollectedMeta } from './collected-meta'
import { orRefusal, Refused } from './refused'

type Props = { params: Promise<{ audit: string }>; searchParams: Promise<SearchParams> }

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('simulator'))('title') }
}

/** A form sends every field; the address that stays says only what is asked, and never names a mailbox. */
function toItsAddress(base: string, search: SearchParams, form: SimForm): void {
  const sent = [...formFields, 'name' as const].filter((key) => search[key] !== undefined)
  const isClean = sent.every((key) => key !== 'name' && form[key] !== '' && search[key] === form[key])
  const query = formSearch(form)
  if (!isClean) redirect(`${base}/simulate${query === '' ? '' : `?${query}`}`)
}

export default async function SimulatorPage({ params, searchParams }: Props) {
  const { actor, audit, report } = await analysedAudit((await params).audit, 'ask')
  const base = `/a/${audit.id}`
  const search = await searchParams
  const form = parseForm(search)
  toItsAddress(base, search, form)
  const t = await getTranslations('simulator')
  const simulation = await orRefusal(simulateAudit(audit.id, form))
  const files: Files = Object.fromEntries(report.sources.map((s) => [s.id, s.name]))
  const topology = await loadTopology(audit.id)
  return (
    <div className="mx-auto max-w-app">
      <PageHeader title={t('title')} meta={<CollectedMeta asOf={report.asOf} />} />
      {'refusal' in simulation ? (
        <Refused refusal={simulation.refusal} />
      ) : (
        <div className="grid gap-8 lg:grid-cols-[20rem_minmax(0,1fr)] print:block">
          <SimulatorForm
            key={formSearch(form)}
            base={base}
            form={form}
            choices={simulation.choices}
            problems={simulation.problems}
          />
          <div className="min-w-0">
            <Result
              base={base}
              form={form}
              simulation={simulation}
              files={files}
              topology={topology}
              keep={actor.permissions.has('decide') && <Keep audit={audit} form={form} trace={simulation.trace} />}
            />
            <Examples base={base} examples={simulation.examples} />
          </div>
        </div>
      )}
    </div>
  )
}

type ResultProps = {
  base: string
  form: SimForm
  simulation: Simulation
  files: Files
  topology: Topology | null
  keep: ReactNode
}

function Result({ base, form, simulation, files, topology, keep }: ResultProps) {
  const t = useTranslations('simulator')
  const sentence = useSentence()
  const { trace, problems } = simulation
  const shared = { base, form, files }
  return (
    <>
      {trace && <p className="mb-3 max-w-[72ch] break-words">{sentence(form)}</p>}
      <StatusRegion>
        {trace && <AnswerLine trace={trace} form={form} />}
        {problems.length > 0 && <Problems problems={problems} />}
        {!trace && problems.length === 0 && <p className="max-w-[72ch]">{t('intro')}</p>}
      </StatusRegion>
      {trace && (
        <>
          <SpanNote {...shared} simulation={simulation} />
          <AssumedNote trace={trace} form={form} />
          <Actions base={base} form={form} trace={trace} topology={topology} />
          {keep}
          <ElsewhereList {...shared} simulation={simulation} />
          <MissingPart trace={trace} />
          <WayPart {...shared} trace={trace} />
          <DecidedPart {...shared} trace={trace} />
        </>
      )}
    </>
  )
}

const usualAnswers = ['accepted', 'relayed', 'rejected'] as const

/** The form that keeps the answer for the audits to come. */
function Keep({ audit, form, trace }: { audit: AuditRow; form: SimForm; trace: TraceJson | null }) {
  if (!trace) return null
  const now = expectable.find((d) => d === trace.disposition) ?? null
  return (
    <ClientMessages use={['expectations']}>
      <KeepForm
        keep={keepAction}
        env={audit.environmentId}
        environment={audit.environmentName}
        question={formSearch(form)}
        answers={[...new Set([...(now ? [now] : []), ...usualAnswers])]}
        now={now}
      />
    </ClientMessages>
  )
}

/** As the fields stand in the form. */
const fieldOrder = ['start', 'from', 'cert', 'auth', 'tls', 'to', 'port', 'local', 'sender', 'rcpt', 'size']
const inOrder = (problems: Simulation['problems']) =>
  [...problems].sort((a, b) => fieldOrder.indexOf(a.field) - fieldOrder.indexOf(b.field))

/** How many fields need another value, each a link to it. */
function Problems({ problems }: { problems: Simulation['problems'] }) {
  const t = useTranslations('simulator')
  return (
    <Notice level="warning" title={t('problems', { count: problems.length })}>
      <ul className="flex flex-wrap gap-x-4">
        {inOrder(problems).map(({ field }) => (
          <li key={field}>
            <a href={`#sim-${field}`} className="link inline-block min-h-6">
              {t(`field.${field}`)}
            </a>
          </li>
        ))}
      </ul>
    </Notice>
  )
}

type ActionProps = Pick<ResultProps, 'base' | 'form' | 'topology'> & { trace: TraceJson }

function Actions({ base, form, trace, topology }: ActionProps) {
  const t = useTranslations('simulator')
  const common = useTranslations('common')
  const { question } = trace
  const origin = question.origin ?? originOf(question.from ?? null)
  const isCloud = origin === 'exchange-online' || origin === 'other-tenant'
  const start = question.from === undefined ? null : { address: question.from, port: question.port, isCloud }
  const nodes = trace.hops.map((h) => h.node)
  const path = topology === null ? [] : pathOnMap(topology, nodes, start)
  return (
    <div className="mt-3 flex flex-wrap gap-2 print:hidden">
      <CopyLink
        path={`${base}/simulate?${formSearch(form)}`}
        label={t('copyLink')}
        copiedLabel={common('copied')}
        failedLabel={common('copyFailed')}
      />
      {path.length > 0 && (
        <ButtonLink href={`${base}/map?path=${encodeURIComponent(path.join(','))}`} size="small">
          {t('onMap')}
        </ButtonLink>
      )}
      <ButtonLink href={`${base}/simulate?${formSearch(swapForm(form))}`} size="small">
        {t('swap')}
      </ButtonLink>
    </div>
  )
}
