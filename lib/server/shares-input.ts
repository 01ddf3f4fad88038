import 'server-only'
import { z } from 'zod'
import { auditId } from './ids'

/** How much of an audit a guest sees: everything, stand-ins for each name and address, or numbers alone. */
export const shareLevels = ['full', 'pseudonyms', 'summary'] as const
export type ShareLevel = (typeof shareLevels)[number]

export const shareKinds = ['finding', 'findings', 'map', 'audit', 'comparison'] as const
export type ShareKind = (typeof shareKinds)[number]

/**
 * What a guest sees beside the bare view: the steps that mend it; the lines that prove it, and names of files; the findings on a map; files
 * to take away.
 */
export const shareAllowances = ['fix', 'evidence', 'findings', 'export'] as const
export type ShareAllowance = (typeof shareAllowances)[number]
export const sharesAllows = z.partialRecord(z.enum(shareAllowances), z.boolean())
/** What is not named is not allowed. */
export type ShareAllows = z.infer<typeof sharesAllows>

const search = z.string().max(2000)

/** What is shared of an audit. `search` is the query of the list's or the map's address. */
export const shareTarget = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('finding'), finding: z.string().max(200) }),
  z.object({ kind: z.literal('findings'), search }),
  z.object({ kind: z.literal('map'), search }),
  z.object({ kind: z.literal('audit') }),
  z.object({ kind: z.literal('comparison'), other: auditId }),
])
export type ShareTarget = z.infer<typeof shareTarget>

/** What decides what a guest sees; the preview needs no more. */
export const shareView = z.object({
  auditId,
  target: shareTarget,
  level: z.enum(shareLevels),
  allows: sharesAllows,
  /** The same draft has the same pseudonyms: what was previewed is what guests get. Another one for each link. */
  draft: z
    .string()
    .regex(/^[\w-]{16,64}$/)
    .optional(),
})
export type ShareView = z.infer<typeof shareView>

/** A new link. `endsAt`: within the policy. `note`: for whom; only people here see it. */
export const shareInput = shareView.extend({
  endsAt: z.date(),
  password: z.string().max(200).nullable(),
  note: z.string().trim().max(200),
})
export type ShareInput = z.infer<typeof shareInput>

/** Days that a link lives where nobody says otherwise. */
export const defaultShareDays = 14
