import {
  ArrowLeftRight,
  ArrowRight,
  AtSign,
  BadgeCheck,
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
import { Mark } from '@/components/ui'
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
          <ol start={start} className="space-y-3">
            {hop.steps.map((step, n) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: steps have no other identity
              <StepItem key={n} step={step} number={start + n} base={base} files={files} />
            ))}
          </ol>
        </section>
      )
    })
}

type ItemProps = { step: Step; number: number; base: string; files: Files }

function StepItem({ step, number, base, files }: ItemProps) {
  const t = useTranslations('simulator')
  const lang = useLocale()
  const Icon = icons[step.stage]
  return (
    <li className="keep grid grid-cols-[1.75rem_1fr] gap-x-2 rounded-card border border-line p-3">
      <span className="text-table font-semibold text-ink-2 tabular-nums">{number}</span>
      <div className="min-w-0">
        <p className="flex flex-wrap items-center gap-x-2 text-table text-ink-2">
          <Icon aria-hidden className="size-4 shrink-0" strokeWidth={1.75} />
          {t(`stage.${step.stage}`)}
          {step.confidence === 'likely' && <span>· {t('likely')}</span>}
          {step.confidence === 'unknown' && (
            <span className="inline-flex items-center gap-1 font-semibold text-ink">
              <Mark mark="unknown" /> {t('open')}
            </span>
          )}
        </p>
        <p className="mt-0.5 break-words">{stepText(step, lang)}</p>
        {step.because.length > 0 && <Because step={step} base={base} files={files} />}
        {step.missing.length > 0 && <StepMissing step={step} />}
        {step.notChosen.length > 0 && <NotChosen step={step} base={base} files={files} />}
      </div>
    </li>
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
