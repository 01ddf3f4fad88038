import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import { z } from 'zod'
import { canonicalJson } from './canonical'

/** Who may stand behind an entry: a person, a token, the guest of a share, the server itself, or somebody who is not known. */
export const actorKinds = ['user', 'token', 'guest', 'system', 'nobody'] as const
export type ActorKind = (typeof actorKinds)[number]

/** An entry as it is exported and checked. Fields are as loose as a damaged log may be: the hash tells what is wrong. */
export const activityEntrySchema = z.object({
  seq: z.number().int(),
  /** ISO 8601 with milliseconds, UTC. */
  at: z.string(),
  actorKind: z.string(),
  actorId: z.string().nullable(),
  actorName: z.string(),
  action: z.string(),
  environmentId: z.string().nullable(),
  auditId: z.string().nullable(),
  object: z.string().nullable(),
  details: z.unknown(),
  address: z.string(),
  previousHash: z.string(),
  hash: z.string(),
})
export type ActivityEntry = z.infer<typeof activityEntrySchema>

/** An entry before it is chained to the one before it. */
export type UnchainedEntry = Omit<ActivityEntry, 'previousHash' | 'hash'>

/** The newest entry of a log, by which the rest is known. */
export const logHeadSchema = z.object({ seq: z.number().int().nonnegative(), hash: z.string().regex(/^[0-9a-f]{64}$/) })
export type LogHead = z.infer<typeof logHeadSchema>

/** What the first entry follows. */
export const emptyLog: LogHead = { seq: 0, hash: '0'.repeat(64) }

/** SHA-256 in hex over the entry and the hash of the entry before it. */
export function entryHash(entry: UnchainedEntry, previousHash: string): string {
  const { seq, at, actorKind, actorId, actorName, action, environmentId, auditId, object, details, address } = entry
  const what = { seq, at, actorKind, actorId, actorName, action, environmentId, auditId, object, details, address }
  return bytesToHex(sha256(utf8ToBytes(canonicalJson({ ...what, previousHash }))))
}
