import { useTranslations } from 'next-intl'
import { cx } from '@/components/ui/classes'
import { StatusRegion } from '@/components/ui/status-region'
import { Choice } from './choice'
import type { ShareChoices } from './query'

type Props = {
  src: string
  frame: ShareChoices['frame']
  isUpdating: boolean
  choose: (change: Partial<ShareChoices>) => void
  /** The form that the choice of a size belongs to. */
  form: string
}

// The frame is wider than its place and is made smaller, so that the page in it is as wide as on a desktop.
const sizes = {
  desktop: 'h-[300%] w-[300%] origin-top-left scale-[0.33333] sm:h-[200%] sm:w-[200%] sm:scale-50',
  phone: 'mx-auto h-full w-full max-w-[24.375rem] border-x border-line',
}

/** The very page that guests get, without scripts and forms: nothing in it can do anything here. */
export function Preview({ src, frame, isUpdating, choose, form }: Props) {
  const t = useTranslations('sharing.preview')
  return (
    <section aria-labelledby="share-preview" className="min-w-0">
      <div className="mb-2 flex flex-wrap items-end justify-between gap-x-4 gap-y-1">
        <div>
          <h2 id="share-preview" className="text-h3">
            {t('title')}
          </h2>
          <p className="text-table text-ink-2">{t('text')}</p>
        </div>
        <fieldset className="flex flex-wrap gap-x-4">
          <legend className="sr-only">{t('frame')}</legend>
          {(['desktop', 'phone'] as const).map((size) => (
            <Choice
              key={size}
              type="radio"
              name="frame"
              value={size}
              form={form}
              checked={frame === size}
              onChoose={() => choose({ frame: size })}
              label={t(size)}
            />
          ))}
        </fieldset>
      </div>
      <div
        aria-busy={isUpdating}
        className={cx(
          'h-[70vh] min-h-96 overflow-hidden rounded-card border border-line-strong bg-subtle',
          isUpdating && 'opacity-60',
        )}
      >
        <iframe src={src} title={t('title')} sandbox="allow-same-origin" className={cx('bg-canvas', sizes[frame])} />
      </div>
      <StatusRegion hidden>{isUpdating && t('updating')}</StatusRegion>
      <p className="mt-2 text-table">
        <a href={src} target="_blank" rel="noreferrer" className="link">
          {t('open')}
        </a>
      </p>
    </section>
  )
}
