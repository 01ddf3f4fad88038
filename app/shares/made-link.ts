import 'server-only'
import { headers } from 'next/headers'
import type { MadeLink } from '@/components/sharing'
import { ownAddress } from '@/lib/server/own-address'
import type { NewLink, ShareKind, ShareLevel } from '@/lib/server/shares'
import { mailText } from './mail-text'

type About = { kind: ShareKind; level: ShareLevel; password: string | null; hasPassword: boolean; isRenewed: boolean }

/** A link with all that is shown of it once: the whole address, and what to write to the guest. */
export async function madeLink({ path, endsAt }: NewLink, about: About): Promise<MadeLink> {
  const { kind, level, password, hasPassword, isRenewed } = about
  const url = `${ownAddress(await headers()) ?? ''}${path}`
  const told = { kind, level, hasPassword, endsAt, url }
  const mail = { en: await mailText(told, 'en'), de: await mailText(told, 'de') }
  return { url, endsAt, password, hasPassword, isRenewed, mail }
}
