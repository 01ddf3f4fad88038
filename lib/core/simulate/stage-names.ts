/** Stages in their order, repeated for each hop; Exchange Online has its own. */
export const traceStages = [
  'connector-selection',
  'tls',
  'certificate',
  'identity',
  'permission',
  'sender',
  'recipient',
  'size',
  'proxy',
  'attribution',
  'classification',
  'routing',
  'next-hop',
] as const
export type TraceStage = (typeof traceStages)[number]
