import type { CollectionName } from '../model/collections'
import { collections } from '../model/collections'
import { type Finding, type InventoryObject, type Outcome, type Report, reportSchema } from '../report/schema'

const countBy = (findings: readonly Finding[], severity: Finding['severity']): number =>
  findings.filter((f) => f.absorbedBy === null && f.severity === severity).length

/** A finding with everything a report asks for; tests name only what they are about. */
export function aFinding(change: Partial<Finding> = {}): Finding {
  const rule = change.rule ?? 'some-rule'
  return {
    id: `${rule}.aaaaaa`,
    rule,
    severity: 'high',
    confidence: 'proven',
    proof: 'configuration',
    exposure: 'internet',
    question: 1,
    objects: [{ kind: 'receiveConnector', id: 'EX01\\Relay', server: 'EX01' }],
    title: { en: 'Title', de: 'Titel' },
    message: { en: 'EX01\\Relay accepts everything.', de: 'EX01\\Relay nimmt alles an.' },
    conditions: [],
    couldRaise: [],
    evidence: [
      { source: 's1', lines: [14, 14], property: 'RemoteIPRanges', text: 'RemoteIPRanges : {0.0.0.0-255.255.255.255}' },
    ],
    fix: null,
    absorbs: [],
    absorbedBy: null,
    ...change,
  }
}

export function anObject(
  id: string,
  properties: Readonly<Record<string, string | boolean | readonly string[]>>,
  change: Partial<InventoryObject> = {},
): InventoryObject {
  return {
    id,
    server: id.includes('\\') ? (id.split('\\')[0] ?? null) : null,
    side: 'on-premises',
    properties: Object.fromEntries(
      Object.entries(properties).map(([name, value], i) => [
        name,
        {
          state: 'ok',
          value: Array.isArray(value) ? [...value] : (value as string | boolean),
          source: 's1',
          lines: [i + 2, i + 2],
        },
      ]),
    ),
    ...change,
  }
}

export function aSource(change: Partial<Report['sources'][number]> = {}): Report['sources'][number] {
  return {
    id: 's1',
    name: 'ex01/receive.txt',
    sha256: '00'.repeat(32),
    bytes: 1000,
    encoding: 'utf-8',
    status: 'parsed',
    blocks: [aBlock()],
    notices: [],
    ...change,
  }
}

export function aBlock(
  change: Partial<Report['sources'][number]['blocks'][number]> = {},
): Report['sources'][number]['blocks'][number] {
  return {
    format: 'format-list',
    cmdlet: 'Get-ReceiveConnector',
    collection: 'receiveConnectors',
    certainty: 'certain',
    completeness: 'full',
    side: 'on-premises',
    server: null,
    listing: 'all',
    objects: 1,
    lines: [1, 100],
    ...change,
  }
}

export function anOutcome(rule: string, state: Outcome['state'], missing: Outcome['missing'] = []): Outcome {
  return { rule, state, findings: [], missing }
}

type Parts = {
  findings?: readonly Finding[]
  outcomes?: readonly Outcome[]
  sources?: Report['sources']
  inventory?: Partial<Record<CollectionName, InventoryObject[]>>
  answers?: Report['summary']['questions']
  asOf?: string
}

/** A report that passes the schema, made of the parts a test is about. */
export function aReport({
  findings = [],
  outcomes = [],
  sources = [aSource()],
  inventory = {},
  answers = [],
  asOf = '2026-11-21T00:00:00Z',
}: Parts = {}): Report {
  const count = (state: Outcome['state']) => outcomes.filter((o) => o.state === state).length
  return reportSchema.parse({
    report: 1,
    tool: { name: 'postern', version: '0.0.0' },
    asOf,
    asOfSource: 'option',
    sources,
    intended: [],
    messages: [],
    inventory: Object.fromEntries(collections.map((c) => [c, inventory[c] ?? []])),
    outcomes,
    findings,
    summary: {
      bySeverity: {
        critical: countBy(findings, 'critical'),
        high: countBy(findings, 'high'),
        medium: countBy(findings, 'medium'),
        low: countBy(findings, 'low'),
        info: countBy(findings, 'info'),
      },
      outcomes: {
        fail: count('fail'),
        pass: count('pass'),
        notAssessed: count('not-assessed'),
        notApplicable: count('not-applicable'),
        crashed: count('crashed'),
      },
      questions: answers,
    },
  })
}
