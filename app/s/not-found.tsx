import { GuestBar, NotActive } from '@/components/guest'
import { preferences } from './preferences'

/** Part of what Next sends with every page here. It does not set the status: guest-page.tsx does. */
export default async function GuestNotFound() {
  return (
    <>
      <GuestBar {...(await preferences())} />
      <NotActive />
    </>
  )
}
