import 'server-only'
import { z } from 'zod'
import { db } from './db'
import { settings } from './env'
import { AppError } from './errors'
import { signInSchema } from './sign-in/sign-in-settings'

// What is wrong with a field is told by a word that pages translate.
const httpsAddress = z.union(
  [z.literal(''), z.url({ protocol: /^https$/, error: 'https' }).max(500, 'too-long')],
  'https',
)
/** Originals are never deleted: to be chosen, never a default. */
export const forever = -1
const days = (most: number) => z.int('days').min(1, 'days').max(most, 'days')
/** Days from the start of an analysis, or `forever`. */
export const keepDays = z.int('days').refine((n) => n === forever || (n >= 1 && n <= 3650), 'days')
const oneLine = z.string().transform((text) => text.replace(/\s+/g, ' ').trim())

/** The settings that people change in the app, by section. Every field has a default: a new instance has no rows. */
export const sections = {
  general: z.object({
    name: oneLine.pipe(z.string().min(1, 'required').max(80, 'too-long')).default('Postern'),
    /** Empty where there is none. */
    imprintUrl: httpsAddress.default(''),
    privacyUrl: httpsAddress.default(''),
    /** For people whose browser asks for neither language. */
    defaultLocale: z.enum(['en', 'de']).default('en'),
  }),
  retention: z.object({ keepOriginalsDays: keepDays.default(30) }),
  sharing: z
    .object({
      maxDays: days(365).default(90),
      defaultDays: days(365).default(14),
      allowFull: z.boolean().default(true),
      passwordForFull: z.boolean().default(true),
    })
    .refine((s) => s.defaultDays <= s.maxDays, { path: ['defaultDays'], error: 'above-most' }),
  signIn: signInSchema,
  privacy: z.object({ viewersSeeOriginals: z.boolean().default(false) }),
} as const

export type Section = keyof typeof sections
const sectionNames = Object.keys(sections).filter((key): key is Section => key in sections)
export type Instance = { readonly [S in Section]: Readonly<z.infer<(typeof sections)[S]>> }

async function load(): Promise<Instance> {
  const rows = await (await db()).setting.findMany({ where: { key: { in: Object.keys(sections) } } })
  const read = <T>(section: Section, schema: z.ZodType<T>): T => {
    const parsed = schema.safeParse(rows.find((row) => row.key === section)?.value ?? {})
    if (parsed.success) return parsed.data
    console.error(`[instance] the section ${section} is not what this version writes; its defaults hold`, parsed.error)
    return schema.parse({})
  }
  return {
    general: read('general', sections.general),
    retention: read('retention', sections.retention),
    sharing: read('sharing', sections.sharing),
    signIn: read('signIn', sections.signIn),
    privacy: read('privacy', sections.privacy),
  }
}

const cacheMs = 5000
type Cached = { readonly dataDir: string; readonly until: number; readonly value: Promise<Instance> }
const shared = globalThis as { posternInstance?: Cached | undefined }

/** The settings of the instance. Read again after five seconds, and at once after a change by this server. */
export function instance(): Promise<Instance> {
  const { dataDir } = settings()
  const held = shared.posternInstance
  if (held && held.dataDir === dataDir && held.until > Date.now()) return held.value
  const value = load()
  shared.posternInstance = { dataDir, until: Date.now() + cacheMs, value }
  value.catch(() => {
    shared.posternInstance = undefined // a failed read is not kept
  })
  return value
}

type Values = { readonly [S in Section]?: z.input<(typeof sections)[S]> }

/** Replaces some sections, all or none. Throws AppError('bad-request') with a word for each field that is wrong. */
export async function saveSections(values: Values): Promise<void> {
  const named = sectionNames.filter((key) => values[key] !== undefined)
  const parsed = named.map((key) => ({ key, ...sections[key].safeParse(values[key]) }))
  const issues = parsed.flatMap(({ error }) => error?.issues ?? [])
  if (issues.length > 0) {
    const fields = issues.map((issue) => ({ field: issue.path.join('.'), message: issue.message }))
    throw new AppError('bad-request', { reason: fields.map((f) => f.field).join(', ') }, {}, fields)
  }
  await (await db()).$transaction(async (tx) => {
    for (const { key, data: value = {} } of parsed)
      await tx.setting.upsert({ where: { key }, create: { key, value }, update: { value } })
  })
  shared.posternInstance = undefined
}

/** Replaces one section. Throws as `saveSections` does. */
export async function saveInstance<S extends Section>(section: S, value: z.input<(typeof sections)[S]>): Promise<void> {
  await saveSections({ [section]: value })
}
