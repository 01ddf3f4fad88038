import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getLocale, getTranslations } from 'next-intl/server'
import { preferences } from '@/app/s/preferences'
import { previewParams } from '@/app/shares/preview-address'
import { findingOf, GuestFrame, type GuestPage, GuestView, guestPages } from '@/components/guest'
import { parseShareChoices, type ShareChoices, shareEnd, shareTargetOf } from '@/components/sharing'
import { Notice } from '@/components/ui'
import type { SearchParams } from '@/lib/core'
import { AppError, sentence } from '@/lib/server/errors'
import { enterAudit } from '@/lib/server/gate'
import { instance } from '@/lib/server/instance'
import { type GuestContent, previewContent, shareView } from '@/lib/server/shares'

type Props = {
  params: Promise<{ audit: string; view: string; path?: string[] }>
  searchParams: Promise<SearchParams>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  await enterAudit((await params).audit, 'share')
  return { title: (await getTranslations('sharing.preview'))('title'), referrer: 'no-referrer' }
}

/** What guests of a link would get, by the same components, for the one who is about to make it. Nothing is stored. */
export default async function PreviewPage({ params, searchParams }: Props) {
  const { audit, view, path = [] } = await params
  const actor = await enterAudit(audit, 'share')
  const asked = previewParams(view)
  const choices = parseShareChoices(asked, (await instance()).sharing)
  const allows = Object.fromEntries(choices.allows.map((name) => [name, true]))
  const target = shareTargetOf(choices)
  const parsed = shareView.safeParse({ auditId: audit, target, level: choices.level, allows, draft: asked.draft })
  if (!parsed.success) notFound()
  const content = await refusedOr(previewContent(actor, parsed.data))
  if (content instanceof AppError) return <Refused error={content} />
  const base = `/shares/preview/${audit}/${view}`
  return <Shown base={base} content={content} choices={choices} path={path} search={await searchParams} />
}

const refusedOr = <T,>(work: Promise<T>): Promise<T | AppError> =>
  work.catch((error: unknown) => {
    if (error instanceof AppError) return error
    throw error
  })

const folders: Readonly<Partial<Record<GuestPage, string>>> = {
  findings: 'findings',
  map: 'map',
  coverage: 'coverage',
  comparison: 'compare',
}

/** The view that a path below the link names; null for one that no link has. */
function pageOf(content: GuestContent, [first, second, ...rest]: readonly string[]): GuestPage | null {
  const views = guestPages(content)
  if (first === undefined) return views[0]
  const isFinding = first === 'findings' && second !== undefined
  const page = views.find((view) => (isFinding ? view === 'finding' : folders[view] === first))
  return page && rest.length === 0 && (isFinding || second === undefined) ? page : null
}

type ShownProps = {
  base: string
  content: GuestContent
  choices: ShareChoices
  path: readonly string[]
  search: SearchParams
}

async function Shown({ base, content, choices, path, search }: ShownProps) {
  const page = pageOf(content, path) ?? notFound()
  const finding = path[1] === undefined ? undefined : decodeURIComponent(path[1])
  if (page === 'finding' && !findingOf(content, finding)) notFound()
  const now = new Date()
  return (
    <GuestFrame base={base} content={content} endsAt={endOf(choices, now)} page={page} {...(await preferences())}>
      <GuestView base={base} content={content} page={page} finding={finding} search={search} now={now} />
    </GuestFrame>
  )
}

/** Today while no day is named yet. */
function endOf(choices: ShareChoices, now: Date): Date {
  const end = shareEnd(choices, now)
  return Number.isNaN(end.getTime()) ? now : end
}

async function Refused({ error }: { error: AppError }) {
  const { title, detail } = sentence(error, await getLocale())
  return (
    <main className="p-4">
      <Notice level="error" title={title}>
        {detail}
      </Notice>
    </main>
  )
}
