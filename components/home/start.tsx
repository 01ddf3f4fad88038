import { useTranslations } from 'next-intl'
import { Button, ButtonLink, Card } from '@/components/ui'
import { questionNumbers } from '@/lib/core'

/** The sample needs an environment of its own, which not everybody may make. */
type Props = {
  startSample: ((form: FormData) => Promise<void>) | null
  /** Address of the sample where it is there already. */
  sample?: string | undefined
}

function SampleButton({ startSample, sample }: Props) {
  const t = useTranslations('home')
  if (sample !== undefined)
    return (
      <ButtonLink href={sample} prefetch={false} kind="primary">
        {t('sample')}
      </ButtonLink>
    )
  return startSample === null ? null : (
    <form action={startSample}>
      <Button type="submit" kind="primary">
        {t('sample')}
      </Button>
    </form>
  )
}

/** Two equal ways in. */
export function Ways(props: Props) {
  const t = useTranslations('home')
  return (
    <div className="grid gap-4 md:grid-cols-2">
      {(props.startSample || props.sample) && (
        <Card className="flex flex-col items-start gap-4">
          <p className="flex-1">{t('sampleText')}</p>
          <SampleButton {...props} />
        </Card>
      )}
      <Card className="flex flex-col items-start gap-4">
        <p className="flex-1">{t('startText')}</p>
        <ButtonLink href="/new" prefetch={false} kind="primary">
          {t('start')}
        </ButtonLink>
      </Card>
    </div>
  )
}

/** The first screen of an empty instance: the ways in, and what the answer will be about. */
export function Start(props: Props) {
  return (
    <>
      <Ways {...props} />
      <Questions />
    </>
  )
}

function Questions() {
  const t = useTranslations('home')
  const common = useTranslations('common')
  return (
    <section className="mt-8" aria-labelledby="answers">
      <h2 id="answers" className="mb-3 text-h3">
        {t('answers')}
      </h2>
      <ol className="grid gap-x-8 gap-y-2 sm:grid-cols-2">
        {questionNumbers.map((n) => (
          <li key={n} className="flex gap-3 border-t border-line pt-2">
            <span aria-hidden className="w-5 shrink-0 font-semibold text-ink-2 tabular-nums">
              {n}
            </span>
            {common(`question.${n}`)}
          </li>
        ))}
      </ol>
    </section>
  )
}
