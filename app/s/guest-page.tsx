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
import { type Guest, guestOf } from '@/lib/server/guests'
import { unlockAction } from './actions'
import { preferences } from './preferences'

// Every page asks for itself whether its link is open. No layout does: a layout stays when the browser goes from page to page.

/** `root` is the first view of the link, whichever that is. */
type Asked = { share: string; page: GuestPage | 'root'; finding?: string | undefined }

/** The view that is asked for; unknown ones, and those that the link has not, are not there. */
function viewOf({ content }: Guest, { page, finding }: Asked): GuestPage {
  const views = guestPages(content)
  const view = page === 'root' ? views[0] : page
  const isThere = views.includes(view) && (view !== 'finding' || findingOf(content, finding) !== undefined)
  return isThere ? view : notFound()
}

/** A page below a link: the view, the password's form, or that the link is not active. */
export async function guestPage(asked: Asked, search: SearchParams) {
  const state = await guestOf(asked.share)
  if (state.state === 'locked') return <Locked share={state.id} />
  const { guest } = state
  const { base, content, endsAt } = guest
  const page = viewOf(guest, asked)
  return (
    <GuestFrame base={base} content={content} endsAt={endsAt} page={page} {...(await preferences())}>
      <GuestView base={base} content={content} page={page} finding={asked.finding} search={search} now={new Date()} />
      {guest.isNew && <Seen path={`${base}/opened`} />}
    </GuestFrame>
  )
}

/** Its title; a locked link has none but the layout's. */
export async function guestMetadata(asked: Asked): Promise<Metadata> {
  const state = await guestOf(asked.share)
  if (state.state === 'locked') return {}
  const { guest } = state
  const page = viewOf(guest, asked)
  const finding = page === 'finding' ? findingOf(guest.content, asked.finding) : undefined
  const t = await getTranslations('guest')
  return { title: finding ? finding.title[await getLocale()] : t(`page.${page}`) }
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
