import { z } from 'zod'
import { traceStages } from './stage-names'
import { authKinds, dispositions, nodeKinds, origins, type Trace, type TraceHop, traceConfidences } from './types'

const because = z.object({
  property: z.string(),
  value: z.string(),
  source: z.string(),
  lines: z.tuple([z.number().int(), z.number().int()]),
})

const step = z.object({
  stage: z.enum(traceStages),
  decision: z.string(),
  chosen: z.string().optional(),
  params: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
  because: z.array(because),
  notChosen: z.array(z.object({ id: z.string(), reason: z.string(), because: because.optional() })),
  missing: z.array(
    z.object({
      cmdlet: z.string(),
      side: z.enum(['on-premises', 'edge', 'exchange-online', 'unknown']),
      servers: z.array(z.string()),
    }),
  ),
  confidence: z.enum(traceConfidences),
})

const node = z.object({ kind: z.enum(nodeKinds), id: z.string() })

const way = z.object({
  disposition: z.enum(dispositions),
  confidence: z.enum(traceConfidences),
  reply: z.object({ code: z.string(), text: z.string(), typically: z.literal(true) }).nullable(),
  authAs: z.enum(['Internal', 'Anonymous', 'Partner', 'unknown']),
  hops: z.array(z.object({ node, steps: z.array(step) })),
  cycle: z.array(node),
})

/** A trace as it is printed with `--format json` and answered by the API. What the question leaves open is not in it. */
export const traceSchema = way.extend({
  question: z.object({
    from: z.string().optional(),
    origin: z.enum(origins).optional(),
    to: z.string().optional(),
    port: z.number().int(),
    localIp: z.string().optional(),
    tls: z.enum(['none', 'starttls']),
    peerCert: z.string().optional(),
    originator: z.string().optional(),
    auth: z.enum(authKinds),
    mailFrom: z.string().optional(),
    rcptTo: z.string().optional(),
    size: z.number().int().optional(),
  }),
  branches: z.array(
    way.extend({ reason: z.string(), params: z.record(z.string(), z.union([z.string(), z.number()])) }),
  ),
})

export type TraceJson = z.infer<typeof traceSchema>
type WayJson = z.infer<typeof way>

const flat = (b: Trace['hops'][number]['steps'][number]['because'][number]) => ({
  property: b.property,
  value: b.value,
  source: b.place.source,
  lines: [b.place.lines[0], b.place.lines[1]] as [number, number],
})

/** The stages of a hop are in their order: what a server does as a client, behind its routing, is a hop of its own. */
function legsOf({ node, steps }: TraceHop): readonly TraceHop[] {
  const places = steps.map((s) => traceStages.indexOf(s.stage))
  const later = places.flatMap((place, i) => (place < (places[i - 1] ?? 0) ? [i] : []))
  return [0, ...later].map((from, n) => ({ node, steps: steps.slice(from, later[n]) }))
}

const wayJson = (t: Omit<Trace, 'question' | 'branches'>): WayJson => ({
  disposition: t.disposition,
  confidence: t.confidence,
  reply: t.reply,
  authAs: t.authAs,
  hops: t.hops.flatMap(legsOf).map((h) => ({
    node: h.node,
    steps: h.steps.map((s) => ({
      ...{ stage: s.stage, decision: s.decision },
      ...(s.chosen === undefined ? {} : { chosen: s.chosen }),
      ...(s.params === undefined ? {} : { params: { ...s.params } }),
      because: s.because.map(flat),
      notChosen: s.notChosen.map((n) => ({
        ...{ id: n.id, reason: n.reason },
        ...(n.because === undefined ? {} : { because: flat(n.because) }),
      })),
      missing: s.missing.map((m) => ({ cmdlet: m.cmdlet, side: m.side, servers: [...m.servers] })),
      confidence: s.confidence,
    })),
  })),
  cycle: [...t.cycle],
})

/** The trace as the contract prints it. */
export function traceJson(trace: Trace): TraceJson {
  const unsaid = ['isOriginAssumed', ...(trace.question.isOriginAssumed ? ['origin'] : [])]
  const said = Object.entries(trace.question).filter(([field, value]) => value !== null && !unsaid.includes(field))
  return {
    question: Object.fromEntries(said) as TraceJson['question'],
    ...wayJson(trace),
    branches: trace.branches.map((b) => ({ reason: b.reason, params: { ...b.params }, ...wayJson(b) })),
  }
}
