import {
  ArrowLeftRight,
  ArrowRight,
  AtSign,
  BadgeCheck,
  ChevronDown,
  Fingerprint,
  Inbox,
  KeyRound,
  Lock,
  type LucideIcon,
  Plug,
  Route,
  Ruler,
  Tag,
  UserRound,
} from 'lucide-react'
import { useLocale, useTranslations } from 'next-intl'
import { cx, Mark } from '@/components/ui'
import { reasonText, stepText, type TraceJson } from '@/lib/core'
import { formatList } from '@/lib/i18n/format'
import { type Files, PropertyPlace } from './property-place'

type Hop = TraceJson['hops'][number]
export type Step = Hop['steps'][number]

const icons: Record<Step['stage'], LucideIcon> = {
  'connector-selection': Plug,
  tls: Lock,
  certificate: BadgeCheck,
  identity: UserRound,
  permission: KeyRound,
  sender: AtSign,
  recipient: Inbox,
  size: Ruler,
  proxy: ArrowLeftRight,
  attribution: Fingerprint,
  classification: Tag,
  routing: Route,
  'next-hop': ArrowRight,
}

type Props = { hops: readonly Hop[]; base: string; files: Files /** Number of the first step. */; from?: number }

/** The way step by step, one heading for each place it comes to. Numbers go on over the places. */
export function Steps({ hops, base, files, from = 1 }: Props) {
  const t = useTranslations('simulator')
  let next = from
  const last = from - 1 + hops.reduce((sum, hop) => sum + hop.steps.length, 0)
  return hops
    .filter((hop) => hop.steps.length > 0)
    .map((hop, i) => {
      const start = next
      next += hop.steps.length
      return (
        // biome-ignore lint/suspicious/noArrayIndexKey: a way may come to a place twice
        <section key={i} className="mt-4 first:mt-0">
          <h3 className="mb-2 font-semibold break-words">
            {hop.node.id === '?' ? t('node.any') : t(`node.${hop.node.kind}`, { name: hop.node.id })}
          </h3>
          <ol start={start} className="hidden space-y-3 sm:block print:block">
            {hop.steps.map((step, n) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: steps have no other identity
              <StepItem key={n} step={step} number={start + n} base={base} files={files} />
            ))}
          </ol>
          <ol start={start} className="space-y-2 sm:hidden print:hidden">
            {hop.steps.map((step, n) => (
              <FoldedStep
                // biome-ignore lint/suspicious/noArrayIndexKey: steps have no other identity
                key={n}
                {...{ step, base, files }}
                number={start + n}
                isOpen={step.confidence === 'unknown' || start + n === last}
              />
            ))}
          </ol>
        </section>
      )
    })
}

type ItemProps = { step: Step; number: number; base: string; files: Files }

function StepItem({ step, number, base, files }: ItemProps) {
  return (
    <li className="keep grid grid-cols-[1.75rem_1fr] gap-x-2 rounded-card border border-line p-3">
      <span className="text-table font-semibold text-ink-2 tabular-nums">{number}</span>
      <div className="min-w-0">
        <StepHead step={step} />
        <StepBody step={step} base={base} files={files} />
      </div>
    </li>
  )
}

/** The same on a phone: what a step rests on is folded, but for what is open and for the last one, which decides. */
function FoldedStep({ step, number, base, files, isOpen }: ItemProps & { isOpen: boolean }) {
  const head = (
    <>
      <span className="text-table font-semibold text-ink-2 tabular-nums">{number}</span>
      <span className="min-w-0">
        <StepHead step={step} />
      </span>
    </>
  )
  const grid = 'grid grid-cols-[1.25rem_1fr_auto] gap-x-2'
  if (step.because.length + step.missing.length + step.notChosen.length === 0)
    return <li className={cx('rounded-card border border-line p-3', grid)}>{head}</li>
  return (
    <li className="rounded-card border border-line">
      <details open={isOpen} className="group/step">
        <summary className={cx('tap cursor-pointer list-none p-3', grid)}>
          {head}
          <ChevronDown
            aria-hidden
            className="size-4 shrink-0 text-ink-2 group-open/step:rotate-180"
            strokeWidth={1.75}
          />
        </summary>
        <div className="px-3 pb-3">
          <StepBody step={step} base={base} files={files} />
        </div>
      </details>
    </li>
  )
}

/** What the step is about, how certain it is, and what it says. */
function StepHead({ step }: { step: Step }) {
  const t = useTranslations('simulator')
  const Icon = icons[step.stage]
  return (
    <>
      <span className="flex flex-wrap items-center gap-x-2 text-table text-ink-2">
        <Icon aria-hidden className="size-4 shrink-0" strokeWidth={1.75} />
        {t(`stage.${step.stage}`)}
        {step.confidence === 'likely' && <span>· {t('likely')}</span>}
        {step.confidence === 'unknown' && (
          <span className="inline-flex items-center gap-1 font-semibold text-ink">
            <Mark mark="unknown" /> {t('open')}
          </span>
        )}
      </span>
      <span className="mt-0.5 block break-words">{stepText(step, useLocale())}</span>
    </>
  )
}

function StepBody({ step, base, files }: Omit<ItemProps, 'number'>) {
  return (
    <>
      {step.because.length > 0 && <Because step={step} base={base} files={files} />}
      {step.missing.length > 0 && <StepMissing step={step} />}
      {step.notChosen.length > 0 && <NotChosen step={step} base={base} files={files} />}
    </>
  )
}

type PartProps = Omit<ItemProps, 'number'>

function Because({ step, base, files }: PartProps) {
  const t = useTranslations('simulator')
  return (
    <div className="mt-1.5 text-table">
      <p className="text-ink-2">{t('because')}</p>
      <ul>
        {step.because.map((b, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a property may be named twice
          <li key={i} className="break-words">
            <PropertyPlace because={b} base={base} files={files} />
          </li>
        ))}
      </ul>
    </div>
  )
}

function StepMissing({ step }: { step: Step }) {
  const t = useTranslations('simulator')
  const locale = useLocale()
  return (
    <ul className="mt-1.5 text-table">
      {step.missing.map((m) => (
        <li key={`${m.cmdlet} ${m.side}`}>
          <a href="#missing" className="link">
            <code lang="en">{m.cmdlet}</code>
          </a>{' '}
          {m.servers.length > 0 ? t('wouldTellOn', { servers: formatList([...m.servers], locale) }) : t('wouldTell')}
        </li>
      ))}
    </ul>
  )
}

/** More than these are folded. */
const few = 3

function NotChosen({ step, base, files }: PartProps) {
  const t = useTranslations('simulator')
  const lang = useLocale()
  const list = (
    <ul className="mt-1">
      {step.notChosen.map((n, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a name may come twice
        <li key={i} className="py-0.5 break-words">
          <span className="font-semibold">{n.id}</span> {reasonText(n, lang)}
          {n.because && (
            <span className="block text-ink-2">
              <PropertyPlace because={n.because} base={base} files={files} />
            </span>
          )}
        </li>
      ))}
    </ul>
  )
  const title = t('notChosen', { count: step.notChosen.length })
  return (
    <div className="mt-1.5 text-table">
      {step.notChosen.length > few ? (
        <details>
          <summary className="tap py-0.5 text-ink-2">{title}</summary>
          {list}
        </details>
      ) : (
        <>
          <p className="text-ink-2">{title}</p>
          {list}
        </>
      )}
    </div>
  )
}
