'use server'
import { revalidatePath } from 'next/cache'
import { redirect } from 'next/navigation'
import { z } from 'zod'
import type { Outcome } from '@/components/settings/use-outcome'
import { record, type Who } from '@/lib/server/activity'
import { forever, instance, type Section, saveInstance, saveSections } from '@/lib/server/instance'
import { outcomeOf } from './outcome'

const text = z.string().max(2000)
const tick = z.string().optional()
/** Empty is no number, and refused as one. */
const numberOf = (typed: string): number => (typed.trim() === '' ? Number.NaN : Number(typed))

async function saved(by: Who, section: Exclude<Section, 'signIn'>): Promise<true> {
  await record(by, 'settings-changed', { object: section, details: { ...(await instance())[section] } })
  revalidatePath('/', 'layout')
  return true
}

const general = outcomeOf(
  z.object({ name: text, imprintUrl: text, privacyUrl: text, defaultLocale: z.enum(['en', 'de']) }),
  'manage',
  async (input, actor) => {
    const [imprintUrl, privacyUrl] = [input.imprintUrl.trim(), input.privacyUrl.trim()]
    await saveInstance('general', { ...input, imprintUrl, privacyUrl })
    return saved(actor, 'general')
  },
)

/** Saves what the instance is called. */
export async function saveGeneral(before: Outcome<true> | null, form: FormData): Promise<Outcome<true>> {
  return general(before, form)
}

const kept = (input: { days: string; never?: string | undefined }) => ({
  keepOriginalsDays: input.never === 'on' ? forever : numberOf(input.days),
})

const retention = outcomeOf(z.object({ days: text, never: tick }), 'manage', async (input, actor) => {
  await saveInstance('retention', kept(input))
  return saved(actor, 'retention')
})

/** Saves how long originals are kept. */
export async function saveRetention(before: Outcome<true> | null, form: FormData): Promise<Outcome<true>> {
  return retention(before, form)
}

const viewers = outcomeOf(z.object({ viewers: tick }), 'manage', async (input, actor) => {
  await saveInstance('privacy', { viewersSeeOriginals: input.viewers === 'on' })
  return saved(actor, 'privacy')
})

/** Saves whether viewers see originals. */
export async function saveViewers(before: Outcome<true> | null, form: FormData): Promise<Outcome<true>> {
  return viewers(before, form)
}

const sharing = outcomeOf(
  z.object({ maxDays: text, defaultDays: text, allowFull: tick, fullNeeds: tick }),
  'manage',
  async (input, actor) => {
    await saveInstance('sharing', {
      ...{ maxDays: numberOf(input.maxDays), defaultDays: numberOf(input.defaultDays) },
      ...{ allowFull: input.allowFull === 'on', passwordForFull: input.fullNeeds === 'on' },
    })
    return saved(actor, 'sharing')
  },
)

/** Saves what links for guests may be. */
export async function saveSharing(before: Outcome<true> | null, form: FormData): Promise<Outcome<true>> {
  return sharing(before, form)
}

const first = outcomeOf(
  z.object({ name: text, days: text, never: tick }),
  'manage',
  async (input, actor): Promise<true> => {
    const { general } = await instance()
    await saveSections({ general: { ...general, name: input.name }, retention: kept(input) })
    await saved(actor, 'general')
    await saved(actor, 'retention')
    redirect('/setup/3')
  },
)

/** Saves what the set-up asks for, all or nothing, and goes on to its next step. */
export async function saveFirst(before: Outcome<true> | null, form: FormData): Promise<Outcome<true>> {
  return first(before, form)
}
