import { z } from 'zod'
import { collections } from '../model/collections'
import { severities } from '../rules/define-rule'

const lines = z.tuple([z.number().int(), z.number().int()])
const place = z.object({ source: z.string(), lines })
const side = z.enum(['on-premises', 'edge', 'exchange-online', 'unknown'])
const bilingual = z.object({ en: z.string(), de: z.string() })
const severity = z.enum(severities)

const finding = z.object({
  id: z.string(),
  rule: z.string(),
  severity,
  title: bilingual,
  objects: z.array(z.object({ kind: z.string(), id: z.string(), server: z.string().nullable() })),
})

/** There in both audits, and not the same: another level, or other objects. `severity` is that of the newer one. */
const moved = finding.extend({ before: severity, added: z.array(z.string()), removed: z.array(z.string()) })

/** `check`: the check could not be done. `objects`: its objects are not in the exports. */
const apart = finding.extend({ reason: z.enum(['check', 'objects']) })

const check = z.object({
  rule: z.string(),
  missing: z.array(z.object({ cmdlet: z.string(), side, servers: z.array(z.string()) })),
})

/** What left a property and what came into it; a single value that changed is one of each. `kept`: entries of a list that stayed. */
const propertyChange = z.object({
  property: z.string(),
  removed: z.array(z.string()),
  added: z.array(z.string()),
  kept: z.number().int(),
  before: place.nullable(),
  after: place.nullable(),
  /** Dates of change, versions, GUIDs: they tell nothing about the mail flow. */
  isNoise: z.boolean(),
})

const objectChange = z.object({
  collection: z.enum(collections),
  id: z.string(),
  server: z.string().nullable(),
  side,
  change: z.enum(['changed', 'added', 'removed']),
  /** False: the export in which it is missing does not show its command, and may list a part only. */
  isCertain: z.boolean(),
  /** Where an object that came or went stands. */
  place: place.nullable(),
  properties: z.array(propertyChange),
  /** Properties that one of the exports cuts, leaves out or prints so that nobody can tell. */
  incomparable: z.array(z.string()),
})

/** Objects of one audit that the exports of the other one do not speak of. */
const notGiven = z.object({
  collection: z.enum(collections),
  server: z.string().nullable(),
  side,
  objects: z.number().int(),
})

const files = z.record(z.string(), z.string())

/** Two audits held against each other. Plain data: it is stored for guests, redacted, and sent as JSON. */
export const comparisonSchema = z.object({
  comparison: z.literal(1),
  before: z.object({ asOf: z.string(), files }),
  after: z.object({ asOf: z.string(), files }),
  findings: z.object({
    fixed: z.array(finding),
    new: z.array(finding),
    worse: z.array(moved),
    better: z.array(moved),
    unchanged: z.number().int(),
    noLongerAssessed: z.array(apart),
    newlyAssessed: z.array(apart),
  }),
  /** Checks that only one of the audits could do. */
  checks: z.object({ noLongerAssessed: z.array(check), newlyAssessed: z.array(check) }),
  objects: z.array(objectChange),
  /** Objects of both audits without any difference. */
  sameObjects: z.number().int(),
  notGiven: z.object({ before: z.array(notGiven), after: z.array(notGiven) }),
})

export type Comparison = z.infer<typeof comparisonSchema>
export type ComparedFinding = Comparison['findings']['fixed'][number]
export type MovedFinding = Comparison['findings']['worse'][number]
export type ApartFinding = Comparison['findings']['noLongerAssessed'][number]
export type ObjectChange = Comparison['objects'][number]
export type PropertyChange = ObjectChange['properties'][number]
export type NotGiven = Comparison['notGiven']['after'][number]
