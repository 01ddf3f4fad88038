'use server'
import { redirect } from 'next/navigation'
import { z } from 'zod'
import { unlockGuest } from '@/lib/server/guests'
import { action, type FormRefusal } from '@/lib/server/http'

const unlock = action(
  z.object({ share: z.string().regex(/^[0-9a-z]{10}$/), password: z.string().max(200) }),
  'open',
  async ({ share, password }) => {
    await unlockGuest(share, password)
    redirect(`/s/${share}`)
  },
)

/** Opens a link with its password; what was refused goes back into the form. One that is not active any more says so by itself. */
export async function unlockAction(_: FormRefusal | null, form: FormData): Promise<FormRefusal | null> {
  const refused = await unlock(form)
  if (refused?.code === 'not-found') redirect(`/s/${form.get('share')}`)
  return refused
}
