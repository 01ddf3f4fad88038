import 'server-only'
import { z } from 'zod'
import { exposureSchema, reportSchema, severities, traceSchema } from '@/lib/core'
import { errorCodes } from './errors'
import { auditId } from './ids'
import { shareAllowances, shareKinds, shareLevels } from './shares-input'

const text = z.string()
const moment = z.iso.datetime()
const statuses = ['draft', 'queued', 'running', 'done', 'failed'] as const
const counts = z.record(z.enum(severities), z.int())

/** As lists show an audit. Whoever may only upload hears how far it is and no more, so most of it may be missing. */
const audit = z.object({
  id: auditId,
  name: text,
  status: z.enum(statuses),
  createdAt: moment,
  environmentId: text.optional(),
  environmentName: text.optional(),
  analysedAt: moment.nullable().optional(),
  asOf: text.nullable().optional(),
  counts: counts.nullable().optional(),
  notAssessed: z.int().nullable().optional(),
  sources: z.int().optional(),
  error: text.nullable(),
})

const refused = z.object({
  part: z.enum(['file', 'answer']),
  name: text,
  code: z.enum(errorCodes),
  title: text,
  detail: text,
})

const received = z.object({
  id: auditId,
  name: text,
  status: z.enum(statuses),
  environment: z.object({ id: text, name: text }),
  files: z.array(z.object({ name: text, bytes: z.int(), sha256: text })),
  refused: z.array(refused),
  links: z.object({ self: text, page: text, report: text, findings: text, exposure: text }),
})

/** RFC 9457. */
const problem = z.object({
  type: text,
  status: z.int(),
  code: z.enum(errorCodes),
  title: text,
  detail: text,
  errors: z.array(z.object({ field: text, message: text })).optional(),
})

const word = z.union([text, z.number()])
const traceQuestion = z.strictObject({
  from: text.optional(),
  origin: text.optional(),
  to: text.optional(),
  port: word.optional(),
  localIp: text.optional(),
  tls: z.enum(['none', 'starttls']).optional(),
  peerCert: text.optional(),
  originator: text.optional(),
  auth: z.enum(['none', 'user', 'exchange-server']).optional(),
  mailFrom: text.optional(),
  rcptTo: text.optional(),
  size: word.optional(),
})

const newShare = z.object({
  target: z
    .object({ kind: z.enum(shareKinds) })
    .loose()
    .optional(),
  level: z.enum(shareLevels).optional(),
  allows: z.partialRecord(z.enum(shareAllowances), z.boolean()).optional(),
  password: text.nullable().optional(),
  note: text.optional(),
  days: z.number().optional(),
  endsAt: moment.optional(),
})

/** What the API takes and answers, as JSON Schema; each is a component of the document. */
export const apiSchemas = {
  Audit: audit,
  ReceivedAudit: received,
  Report: reportSchema,
  Findings: z.object({ findings: reportSchema.shape.findings }),
  Exposure: exposureSchema,
  Trace: traceSchema,
  TraceQuestion: traceQuestion,
  NewShare: newShare,
  Problem: problem,
} satisfies Readonly<Record<string, z.ZodType>>
export type ApiSchema = keyof typeof apiSchemas

type JsonSchema = Readonly<Record<string, unknown>>

/** A schema without the address of its dialect, which the whole document names once. Objects may hold more than it names. */
export function jsonSchema(name: ApiSchema): JsonSchema {
  const { $schema: _, ...schema } = z.toJSONSchema(apiSchemas[name], { target: 'draft-2020-12', io: 'input' })
  return schema
}
