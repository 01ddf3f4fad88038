import 'server-only'
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getLocale, getTranslations } from 'next-intl/server'
import {
  findingOf,
  GuestBar,
  GuestFrame,
  type GuestPage,
  GuestView,
  guestPages,
  PasswordForm,
  Seen,
} from '@/components/guest'
import { ClientMessages } from '@/components/shell'
import { PageHeader } from '@/components/ui'
import type { SearchParams } from '@/lib/core'
import { answerWith } from '@/lib/server/answer-status'
import { type Guest, guestOf } from '@/lib/server/guests'
import { unlockAction } from './actions'
import NotFound from './not-found'
import { preferences } from './preferences'

// Every page asks for itself whether its link is open. No layout does: a layout stays when the browser goes from page to page.

/** `root` is the first view of the link, whichever that is. */
type Asked = { share: string; page: GuestPage | 'root'; finding?: string | undefined }

/** The view that is asked for; null for an unknown one, and for one that the link has not. */
function viewOf({ content }: Guest, { page, finding }: Asked): GuestPage | null {
  const views = guestPages(content)
  const view = page === 'root' ? views[0] : page
  const isThere = views.includes(view) && (view !== 'finding' || findingOf(content, finding) !== undefined)
  return isThere ? view : null
}

/** A page below a link: the view, the password's form, or that the link is not active. */
export async function guestPage(asked: Asked, search: SearchParams) {
  const state = await guestOf(asked.share)
  if (state?.state === 'locked') return <Locked share={state.id} />
  const page = state && viewOf(state.guest, asked)
  if (!page) return notActivePage()
  const { guest } = state
  const { base, content, endsAt } = guest
  return (
    <GuestFrame base={base} content={content} endsAt={endsAt} page={page} {...(await preferences())}>
      <GuestView base={base} content={content} page={page} finding={asked.finding} search={search} now={new Date()} />
      {guest.isNew && <Seen path={`${base}/opened`} />}
    </GuestFrame>
  )
}

/** Its title; a link that is locked or not active has none but the layout's. */
export async function guestMetadata(asked: Asked): Promise<Metadata> {
  const state = await guestOf(asked.share)
  if (state?.state !== 'open') return {}
  const { guest } = state
  const page = viewOf(guest, asked)
  if (!page) return {}
  const finding = page === 'finding' ? findingOf(guest.content, asked.finding) : undefined
  const t = await getTranslations('guest')
  return { title: finding ? finding.title[await getLocale()] : t(`page.${page}`) }
}

/** What no link has, and what is not active: one page for all of it. */
export function notActivePage() {
  if (!answerWith(404)) notFound()
  return <NotFound />
}

async function Locked({ share }: { share: string }) {
  const t = await getTranslations('guest.password')
  return (
    <>
      <GuestBar {...(await preferences())} />
      <main id="content" tabIndex={-1} className="mx-auto max-w-reading px-4 py-12 outline-none">
        <PageHeader title={t('title')} />
        <p className="mb-6">{t('text')}</p>
        <ClientMessages use={['guest']}>
          <PasswordForm unlock={unlockAction} share={share} />
        </ClientMessages>
      </main>
    </>
  )
}
