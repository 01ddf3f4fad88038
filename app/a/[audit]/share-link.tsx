import 'server-only'
import { ShareButton } from '@/components/sharing'
import type { Actor } from '@/lib/server/access'
import type { ShareKind } from '@/lib/server/shares'

type Props = {
  actor: Actor
  audit: string
  what: ShareKind
  /** What of it: see the choices of a link. */
  about?: Readonly<Partial<Record<'finding' | 'list' | 'state' | 'other', string>>>
}

/** The way to a link of a view of an audit; absent for whoever may not share. */
export function ShareLink({ actor, audit, what, about = {} }: Props) {
  if (!actor.permissions.has('share')) return null
  const fields = Object.entries({ what, ...about }).filter(([, value]) => value !== '')
  return <ShareButton href={`/a/${audit}/share?${new URLSearchParams(fields)}`} />
}
