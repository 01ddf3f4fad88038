import 'server-only'
import { z } from 'zod'
import { comparisonSchema, type Report, reportSchema, type Topology, topologySchema } from '@/lib/core'
import { shareKinds, shareLevels, sharesAllows } from './shares-input'

/** What is stored for guests and checked when it is read. All of it may be shown, and nothing else is known of a share's pages. */
export const guestContent = z.object({
  content: z.literal(1),
  kind: z.enum(shareKinds),
  level: z.enum(shareLevels),
  allows: sharesAllows,
  /** Names of the environment and the audit; null where names are replaced. */
  environmentName: z.string().nullable(),
  auditName: z.string().nullable(),
  /** Who shares it: the instance's name; null where names are replaced. */
  sharedBy: z.string().nullable(),
  report: reportSchema,
  topology: topologySchema.nullable(),
  comparison: comparisonSchema.nullable(),
  /** Filter of a list, or state of a map, with which the page opens. */
  search: z.string(),
})

/** What guests of a link may see, redacted when the link was made. */
export type GuestContent = Omit<z.infer<typeof guestContent>, 'report' | 'topology'> & {
  readonly report: Report
  readonly topology: Topology | null
}
