import { GuestBar, NotActive } from '@/components/guest'
import { preferences } from './preferences'

export default async function GuestNotFound() {
  return (
    <>
      <GuestBar {...(await preferences())} />
      <NotActive />
    </>
  )
}
