import { z } from 'zod'
import { collections } from '../model/collections'
import { noticeCodes } from '../model/diagnostic'
import { formatIds } from '../model/raw'
import { confidences, exposures, proofs, questionNumbers, severities } from '../rules/define-rule'
import { formFields } from '../simulate/form-fields'

const lines = z.tuple([z.number().int(), z.number().int()])
const side = z.enum(['on-premises', 'edge', 'exchange-online', 'unknown'])
const bilingual = z.object({ en: z.string(), de: z.string() })
const severity = z.enum(severities)
const params = z.record(z.string(), z.union([z.string(), z.number()]))

const notice = z.object({
  code: z.enum(noticeCodes),
  level: z.enum(['info', 'warning', 'error']),
  line: z.number().int().optional(),
  property: z.string().optional(),
  object: z.string().optional(),
  params: params.optional(),
  /** In English; the app translates by `code` and `params`. */
  message: z.string(),
  remedy: z.string(),
})

const block = z.object({
  format: z.enum(formatIds),
  cmdlet: z.string().nullable(),
  collection: z.enum(collections).nullable(),
  certainty: z.enum(['certain', 'likely', 'unsure']),
  completeness: z.enum(['full', 'projection', 'table', 'identity-only']),
  side,
  server: z.string().nullable(),
  listing: z.enum(['all', 'named', 'unknown']),
  objects: z.number().int(),
  lines,
  /** For outbound connectors: what Get-OutboundConnector was asked for, where that is known. */
  part: z.enum(['plain', 'test-mode', 'rule-scoped']).optional(),
  /** Some values were cut or cannot be used. */
  gaps: z.literal(true).optional(),
  /** The objects are what commands would make of them, not what is. */
  intended: z.literal(true).optional(),
  /** Local time of the session that printed it. */
  takenAt: z.string().optional(),
  log: z
    .object({
      direction: z.enum(['receive', 'send', 'unknown']),
      records: z.number().int(),
      sessions: z.number().int(),
      from: z.string(),
      to: z.string(),
      service: z.enum(['frontend', 'hub', 'mailbox', 'edge']).optional(),
    })
    .optional(),
})

const source = z.object({
  id: z.string(),
  name: z.string(),
  sha256: z.string(),
  bytes: z.number().int(),
  encoding: z.string(),
  status: z.enum(['parsed', 'partial', 'empty', 'unknown-format', 'refused', 'failed']),
  /** First line that is not blank, for sources that were not recognised. */
  firstLine: z.string().optional(),
  blocks: z.array(block),
  notices: z.array(notice),
})

const propertyState = z.enum(['ok', 'empty', 'null', 'missing', 'truncated', 'unusable', 'ambiguous'])
const property = z.object({
  state: propertyState,
  value: z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]).optional(),
  source: z.string(),
  lines,
})

const inventoryObject = z.object({
  id: z.string(),
  server: z.string().nullable(),
  side,
  properties: z.record(z.string(), property),
})

/** An object as a command in the files would make it. */
const intended = inventoryObject.extend({
  collection: z.enum(collections),
  command: z.string(),
  source: z.string(),
  lines,
})

const message = z.object({
  source: z.string(),
  lines,
  headers: z.array(z.object({ name: z.string(), text: z.string(), lines })),
})

const missing = z.object({ cmdlet: z.string(), side, servers: z.array(z.string()) })

const outcome = z.object({
  rule: z.string(),
  state: z.enum(['fail', 'pass', 'not-assessed', 'not-applicable', 'crashed']),
  findings: z.array(z.string()),
  missing: z.array(missing),
  /** Id of the error for `crashed`. */
  error: z.string().optional(),
})

const evidence = z.object({ source: z.string(), lines, property: z.string(), text: z.string() })

const fix = z.object({
  steps: z.array(z.object({ kind: z.enum(['backup', 'try', 'change', 'check', 'rollback']), powershell: z.string() })),
  effect: z.enum(['none', 'reconnect', 'restart']),
  minutes: z.number(),
  runsOn: z.enum(['exchange-management-shell', 'edge', 'exchange-online']),
  placeholders: z.array(z.object({ name: z.string(), label: bilingual })),
})

const effectFinding = z.object({ id: z.string(), rule: z.string(), severity, title: bilingual })
/** What the change of the fix does to the findings, worked out on the model. */
const change = z.discriminatedUnion('state', [
  z.object({ state: z.literal('unknown'), reason: z.enum(['no-fix', 'placeholder', 'command', 'cannot-tell']) }),
  z.object({
    state: z.literal('known'),
    isResolved: z.boolean(),
    resolved: z.array(effectFinding),
    eased: z.array(effectFinding),
    added: z.array(effectFinding),
  }),
])

const finding = z.object({
  id: z.string(),
  rule: z.string(),
  severity,
  confidence: z.enum(confidences),
  proof: z.enum(proofs),
  exposure: z.enum(exposures),
  question: z.literal(questionNumbers),
  objects: z.array(z.object({ kind: z.string(), id: z.string(), server: z.string().nullable() })),
  title: bilingual,
  message: bilingual,
  conditions: z.array(
    z.object({
      key: z.string(),
      value: z.enum(['yes', 'no', 'unknown']),
      text: bilingual,
      evidence: z.number().int().optional(),
    }),
  ),
  couldRaise: z.array(missing),
  /** At least one piece of what an analysis found; none where lines are not shared. */
  evidence: z.array(evidence),
  fix: fix.nullable(),
  absorbs: z.array(z.string()),
  absorbedBy: z.string().nullable(),
  /** The question to the simulator whose answer rests on the evidence: fields of its form, where there is one. */
  simulation: z.partialRecord(z.enum(formFields), z.string()).optional(),
  /** Only where it was asked for (`analyse --effects`), and not on what a lead covers. */
  change: change.optional(),
  /** Only where the report was held against an older one: `worse` has a higher level or an object that the older one lacks. */
  baseline: z.enum(['new', 'worse', 'known']).optional(),
  /** Only where a list of accepted risks covers every object of the finding. */
  accepted: z.object({ reason: z.string(), until: z.string().nullable() }).optional(),
})

const questionAnswer = z.enum(['yes', 'partly', 'none-found', 'cannot-tell'])

/** The report as it is stored, printed with `--format json` and read again. What does not pass it is no report. */
export const reportSchema = z.object({
  report: z.literal(1),
  tool: z.object({ name: z.literal('postern'), version: z.string() }),
  asOf: z.string(),
  /** Where asOf comes from. */
  asOfSource: z.enum(['option', 'exports', 'now']),
  sources: z.array(source),
  inventory: z.record(z.enum(collections), z.array(inventoryObject)),
  intended: z.array(intended),
  messages: z.array(message),
  outcomes: z.array(outcome),
  findings: z.array(finding),
  summary: z.object({
    bySeverity: z.record(severity, z.number().int()),
    outcomes: z.object({
      fail: z.number().int(),
      pass: z.number().int(),
      notAssessed: z.number().int(),
      notApplicable: z.number().int(),
      crashed: z.number().int(),
    }),
    questions: z.array(z.object({ question: z.literal(questionNumbers), answer: questionAnswer })),
  }),
})

/** What an audit says: sources, inventory, outcomes, findings, summary. */
export type Report = z.infer<typeof reportSchema>
export type ReportSource = Report['sources'][number]
export type ReportNotice = ReportSource['notices'][number]
export type ReportBlock = ReportSource['blocks'][number]
export type InventoryObject = Report['inventory'][keyof Report['inventory']][number]
export type Outcome = Report['outcomes'][number]
export type Finding = Report['findings'][number]
export type QuestionAnswer = Report['summary']['questions'][number]['answer']
export type Language = 'en' | 'de'
