import { z } from 'zod'
import { db } from '@/lib/server/db'
import { AppError } from '@/lib/server/errors'
import { json, route } from '@/lib/server/http'
import { runner } from '@/lib/server/startup'

export const dynamic = 'force-dynamic'

/** Database and job runner answer, so that an upload would be kept and analysed. */
export const GET = route(z.unknown(), 'open', async () => {
  try {
    await (await db()).environment.findFirst({ select: { id: true } })
  } catch (cause) {
    throw new AppError('not-ready', {}, { cause })
  }
  if (!runner()?.isAlive) throw new AppError('not-ready')
  return json({ status: 'ready' })
})
