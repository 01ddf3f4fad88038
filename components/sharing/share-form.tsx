'use client'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useActionState, useState, useTransition } from 'react'
import { Button } from '@/components/ui/button'
import { Link } from '@/components/ui/link'
import { AlwaysRemoved } from './always-removed'
import { ChoiceFields, type ListFacts } from './choice-fields'
import { NewLink } from './new-link'
import { Preview } from './preview'
import { ProtectFields } from './protect-fields'
import { parseShareChoices, type ShareChoices, type SharePolicy, shareFields, shareSearch } from './query'
import { Refused } from './refused'
import { noAnswer, type ShareAction } from './state'

type Props = {
  audit: string
  /** As the address says. */
  choices: ShareChoices
  policy: SharePolicy & { readonly passwordForFull: boolean }
  list: ListFacts
  range: { readonly min: string; readonly max: string }
  /** Pseudonyms are made from it: the link gets those of the preview. */
  draft: string
  previewSrc: string
  /** A password that nobody has yet. */
  suggestion: string
  /** The view that the page was opened from. */
  back: string
  create: ShareAction
}

/**
 * Two forms: what guests see, which the address says and the preview shows, and the link itself, which needs a password and a note that
 * belong in no address. Without scripts the first is sent to see its preview, and the second makes what the preview shows.
 */
export function ShareForm({ choices: asked, policy, create, ...props }: Props) {
  const t = useTranslations('sharing')
  const router = useRouter()
  const [choices, setChoices] = useState(asked)
  const [isUpdating, startUpdate] = useTransition()
  const [answer, submit, isCreating] = useActionState(create, noAnswer)
  const path = `/a/${props.audit}/share`
  const choose = (change: Partial<ShareChoices>) => {
    const next = parseShareChoices(Object.fromEntries(shareFields({ ...choices, ...change })), policy)
    const href = `${path}?${shareSearch(next)}`
    setChoices(next)
    // Another size is another look at the same page.
    if ('frame' in change) window.history.replaceState(null, '', href)
    else startUpdate(() => router.replace(href, { scroll: false }))
  }
  const isFull = choices.level === 'full'
  return (
    <>
      {answer.made && <NewLink made={answer.made} />}
      <div className="grid items-start gap-8 lg:grid-cols-[minmax(0,26rem)_minmax(0,1fr)] lg:grid-rows-[auto_1fr]">
        <form id="choices" action={path} aria-label={t('choices')} autoComplete="off">
          <Kept choices={choices} names={['finding', 'list', 'state', 'other']} />
          <ChoiceFields choices={choices} policy={policy} list={props.list} range={props.range} choose={choose} />
          <noscript>
            <Button type="submit" className="mt-4">
              {t('update')}
            </Button>
            <p className="mt-1 text-table text-ink-2">{t('updateHint')}</p>
          </noscript>
        </form>
        <div className="min-w-0 lg:sticky lg:top-16 lg:row-span-2">
          <Preview
            src={props.previewSrc}
            frame={choices.frame}
            isUpdating={isUpdating}
            choose={choose}
            form="choices"
          />
        </div>
        <form action={submit} aria-label={t('protect.title')} autoComplete="off">
          <Refused answer={answer} />
          <Kept choices={choices} />
          <input type="hidden" name="audit" value={props.audit} />
          <input type="hidden" name="draft" value={props.draft} />
          <ProtectFields
            key={answer.made?.url}
            isNeeded={isFull && policy.passwordForFull}
            isUsual={isFull}
            suggestion={props.suggestion}
            note={answer.refused?.typed.note ?? ''}
          />
          <AlwaysRemoved />
          <div className="mt-6 flex flex-wrap gap-2">
            <Button type="submit" kind="primary" aria-disabled={isCreating}>
              {t(isCreating ? 'creating' : 'create')}
            </Button>
            <Link href={props.back} className="tap inline-flex items-center px-2">
              {t('cancel')}
            </Link>
          </div>
        </form>
      </div>
    </>
  )
}

type KeptProps = { choices: ShareChoices; names?: readonly string[] }

/** Choices that a form sends along unseen. */
function Kept({ choices, names }: KeptProps) {
  return shareFields(choices)
    .filter(([name]) => name !== 'frame' && (names === undefined || names.includes(name)))
    .map(([name, value]) => <input key={name} type="hidden" name={name} value={value} />)
}
