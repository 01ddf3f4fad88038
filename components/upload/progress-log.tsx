'use client'
import { Check, Circle, Loader } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useLocale, useTranslations } from 'next-intl'
import { useState } from 'react'
import { formatNumber } from '@/lib/i18n/format'
import { usePolling, useSafeRefresh } from './use-refresh'

const phases = ['reading', 'building', 'checking', 'drawing'] as const
type Phase = (typeof phases)[number]
export type ProgressState = { phase: Phase; done: number; total: number; detail?: string | undefined }

type Props = { audit: string; initial: ProgressState | null }

/** The page while the analysis runs: phases with real counts, no estimate. Leads to the report when it is done. */
export function ProgressLog({ audit, initial }: Props) {
  const t = useTranslations('uploader')
  const router = useRouter()
  const refresh = useSafeRefresh()
  const [progress, setProgress] = useState(initial)
  const [totals, setTotals] = useState<Partial<Record<Phase, number>>>(
    initial ? { [initial.phase]: initial.total } : {},
  )
  const answers = usePolling({
    url: `/api/audits/${audit}/status`,
    isOn: true,
    every: 400,
    onAnswer: (body) => {
      const { status, next } = parse(body)
      if (status === 'done') router.replace(`/a/${audit}`)
      else if (status === 'failed' || status === 'draft') void refresh()
      else if (next) {
        setProgress(next)
        setTotals((known) => ({ ...known, [next.phase]: next.total }))
      }
    },
  })
  const at = progress ? phases.indexOf(progress.phase) : -1
  return (
    <>
      {/* Phases are read out, counts are not: they change too fast. */}
      <p role="status" className="mb-4 text-lead font-semibold">
        {answers ? t(`phase.${progress?.phase ?? 'queued'}`) : t('offline')}
      </p>
      <ol className="flex flex-col gap-2">
        {phases.map((phase, index) => (
          <PhaseRow
            key={phase}
            phase={phase}
            state={index < at ? 'done' : index === at ? 'running' : 'ahead'}
            done={index === at ? (progress?.done ?? 0) : (totals[phase] ?? 0)}
            total={totals[phase]}
            detail={index === at ? progress?.detail : undefined}
          />
        ))}
      </ol>
    </>
  )
}

const icons = { done: Check, running: Loader, ahead: Circle }

type RowProps = {
  phase: Phase
  state: keyof typeof icons
  done: number
  total: number | undefined
  detail: string | undefined
}

function PhaseRow({ phase, state, done, total, detail }: RowProps) {
  const t = useTranslations('uploader')
  const locale = useLocale()
  const Icon = icons[state]
  return (
    <li
      className={state === 'ahead' ? 'flex gap-3 text-ink-3' : 'flex gap-3'}
      aria-current={state === 'running' ? 'step' : undefined}
    >
      <Icon aria-hidden className="mt-1 size-4 shrink-0" strokeWidth={2} />
      <span className="min-w-0">
        {t(`phase.${phase}`)}
        {state !== 'ahead' && total !== undefined && (
          <span className="tabular-nums">
            {': '}
            {t('count', { done: formatNumber(done, locale), total: formatNumber(total, locale) })}
          </span>
        )}
        {detail && <span className="block text-table wrap-anywhere text-ink-2">{detail}</span>}
      </span>
    </li>
  )
}

function parse(body: unknown): { status: string; next: ProgressState | null } {
  if (!body || typeof body !== 'object' || !('status' in body)) return { status: '', next: null }
  const status = String(body.status)
  const raw = 'progress' in body ? body.progress : null
  if (!raw || typeof raw !== 'object' || !('phase' in raw) || !('done' in raw) || !('total' in raw))
    return { status, next: null }
  const phase = phases.find((p) => p === raw.phase)
  if (!phase) return { status, next: null }
  const detail = 'detail' in raw && typeof raw.detail === 'string' ? raw.detail : undefined
  return { status, next: { phase, done: Number(raw.done), total: Number(raw.total), detail } }
}
