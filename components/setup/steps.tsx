import { useTranslations } from 'next-intl'
import { cx, Link } from '@/components/ui'

export const setupSteps = [1, 2, 3, 4] as const
export type SetupStep = (typeof setupSteps)[number]

const label = (isCurrent: boolean) => cx('tap inline-block py-1', isCurrent ? 'font-semibold' : 'text-ink-2')

/** Where in the set-up somebody is. The first step is done only once; without an account nothing else can be opened. */
export function Steps({ current }: { current: SetupStep }) {
  const t = useTranslations('setup')
  const isOpen = (step: SetupStep) => current !== 1 && step !== 1 && step !== current
  return (
    <nav aria-label={t('steps')} className="mb-6">
      <ol className="flex flex-wrap gap-x-6 gap-y-1 border-b border-line text-table">
        {setupSteps.map((step) => (
          <li
            key={step}
            aria-current={step === current ? 'step' : undefined}
            className={cx('-mb-px border-b-2', step === current ? 'border-accent' : 'border-transparent')}
          >
            <span className={label(step === current)}>
              {step}{' '}
              {isOpen(step) ? (
                <Link href={`/setup/${step}`} prefetch={false} className="link">
                  {t(`step.${step}`)}
                </Link>
              ) : (
                t(`step.${step}`)
              )}
            </span>
          </li>
        ))}
      </ol>
    </nav>
  )
}
