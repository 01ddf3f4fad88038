import 'server-only'
import type { Permission } from './access'
import type { ErrorCode } from './errors'
import { readSamples, type Sample, sendSamples, uploadSamples } from './openapi-samples'
import type { ApiSchema } from './openapi-schemas'

export type Words = { readonly en: string; readonly de: string }
type Parameter = {
  readonly name: string
  readonly in: 'path' | 'query'
  readonly description: Words
  readonly values?: readonly string[]
  readonly pattern?: string
}
type Body = { readonly type: string; readonly schema: ApiSchema | 'UploadForm'; readonly example?: unknown }
type Answer = {
  readonly status: 200 | 201 | 204
  readonly description: Words
  readonly types: readonly string[]
  readonly schema?: ApiSchema
  readonly example?: unknown
}

/** One thing that a program can ask for. */
export type Operation = {
  readonly id: string
  readonly method: 'get' | 'post' | 'delete'
  readonly path: string
  readonly needs: Permission
  readonly summary: Words
  readonly parameters: readonly Parameter[]
  readonly body?: Body
  readonly answer: Answer
  /** What it refuses beside what every operation may refuse. */
  readonly errors: readonly ErrorCode[]
  readonly samples: readonly Sample[]
}

const audit: Parameter = {
  ...{ name: 'audit', in: 'path', pattern: '^[0-9a-hjkmnp-tv-z]{6}$' },
  description: { en: 'Id of the audit, six characters', de: 'Kennung der Prüfung, sechs Zeichen' },
}
const json = ['application/json']
const id = '5h1xd2'
const links = {
  self: `/api/v1/audits/${id}`,
  page: `/a/${id}`,
  report: `/api/v1/audits/${id}/report`,
  findings: `/api/v1/audits/${id}/findings`,
  exposure: `/api/v1/audits/${id}/exposure`,
}
const sha256 = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'
const received = {
  ...{ id, name: '2026-11-21', status: 'queued' },
  environment: { id: '01a20213-4409-743a-a758-86a18376f0ee', name: 'Contoso AG' },
  files: [{ name: 'ex01/receive.txt', bytes: 48_213, sha256 }],
  ...{ refused: [], links },
}
const question = { from: '203.0.113.7', to: 'EX01', rcptTo: 'someone@example.net' }

const ofAudit = (suffix: string) => ({
  path: `/audits/{audit}${suffix}`,
  samples: readSamples(`/audits/${id}${suffix}`),
})

/** Every operation of /api/v1. A handler that is not here fails the test, and so does an entry without a handler. */
export const operations: readonly Operation[] = [
  {
    ...{ id: 'createAudit', method: 'post', path: '/audits', needs: 'upload', parameters: [], samples: uploadSamples },
    summary: {
      en: 'Makes an audit from files, in one request. The environment comes before the files; a file that is refused does not lose the others.',
      de: 'Legt eine Prüfung aus Dateien an, in einer Anfrage. Die Umgebung steht vor den Dateien; eine abgelehnte Datei hält die übrigen nicht auf.',
    },
    body: { type: 'multipart/form-data', schema: 'UploadForm' },
    answer: {
      ...{ status: 201, types: json, schema: 'ReceivedAudit', example: received },
      description: {
        en: 'The audit, the files that were taken and the parts that were not',
        de: 'Die Prüfung, die angenommenen Dateien und die abgelehnten Teile',
      },
    },
    errors: ['no-body', 'incomplete', 'too-large', 'audit-full', 'no-space', 'no-environment'],
  },
  {
    ...{ id: 'getAudit', method: 'get', needs: 'status', parameters: [audit], errors: [], ...ofAudit('') },
    summary: { en: 'How far an audit is, and what it counts', de: 'Wie weit eine Prüfung ist und was sie zählt' },
    answer: {
      ...{ status: 200, types: json, schema: 'Audit' },
      example: { id, name: '2026-11-21', status: 'running', createdAt: '2026-11-21T09:30:00.000Z', error: null },
      description: {
        en: 'The audit. With the scope upload alone: only its state.',
        de: 'Die Prüfung. Mit dem Bereich upload allein: nur ihr Stand.',
      },
    },
  },
  {
    ...{ id: 'getReport', method: 'get', needs: 'read', parameters: [audit], errors: [], ...ofAudit('/report') },
    summary: { en: 'The whole report of an analysed audit', de: 'Der ganze Bericht einer ausgewerteten Prüfung' },
    answer: { status: 200, types: json, schema: 'Report', description: { en: 'The report', de: 'Der Bericht' } },
  },
  {
    ...{ id: 'listFindings', method: 'get', needs: 'read', parameters: [audit], errors: [], ...ofAudit('/findings') },
    summary: {
      en: 'All findings of an analysed audit; accepted ones say so',
      de: 'Alle Befunde einer ausgewerteten Prüfung; akzeptierte sind gekennzeichnet',
    },
    answer: { status: 200, types: json, schema: 'Findings', description: { en: 'Findings', de: 'Befunde' } },
  },
  {
    ...{ id: 'getExposure', method: 'get', needs: 'ask', parameters: [audit], ...ofAudit('/exposure') },
    summary: {
      en: 'Who may do what on every listener, for the whole address space',
      de: 'Wer an jedem Zugang was darf, für den ganzen Adressraum',
    },
    answer: {
      ...{ status: 200, types: json, schema: 'Exposure' },
      description: { en: 'Listeners with classes of addresses', de: 'Zugänge mit Klassen von Adressen' },
    },
    errors: ['files-gone', 'too-demanding'],
  },
  {
    ...{ id: 'traceMessage', method: 'post', path: '/audits/{audit}/trace', needs: 'ask', parameters: [audit] },
    summary: { en: 'The way of one message', de: 'Der Weg einer Nachricht' },
    body: { type: 'application/json', schema: 'TraceQuestion', example: question },
    answer: {
      ...{ status: 200, types: json, schema: 'Trace' },
      description: { en: 'Each step with what decided it', de: 'Jeder Schritt mit dem, was ihn entschied' },
    },
    errors: ['files-gone', 'too-demanding'],
    samples: sendSamples(`/audits/${id}/trace`, question),
  },
  {
    ...{ id: 'exportReport', method: 'get', needs: 'ask', path: '/audits/{audit}/export', errors: [] },
    samples: readSamples(`/audits/${id}/export?format=sarif`),
    parameters: [
      audit,
      {
        ...{ name: 'format', in: 'query', values: ['csv', 'markdown', 'sarif', 'json'] },
        description: { en: 'Form of the file', de: 'Format der Datei' },
      },
    ],
    summary: { en: 'The report as a file', de: 'Der Bericht als Datei' },
    answer: {
      ...{ status: 200, types: ['text/csv', 'text/markdown', 'application/sarif+json', 'application/json'] },
      description: { en: 'The file', de: 'Die Datei' },
    },
  },
  {
    ...{ id: 'getOriginal', method: 'get', needs: 'raw', path: '/audits/{audit}/sources/{source}/raw', errors: [] },
    samples: readSamples(`/audits/${id}/sources/s1/raw`),
    parameters: [
      audit,
      {
        ...{ name: 'source', in: 'path', pattern: '^s\\d{1,6}$' },
        description: { en: 'Id of a source of the report', de: 'Kennung einer Quelle des Berichts' },
      },
    ],
    summary: { en: 'The decoded text of one source', de: 'Der dekodierte Text einer Quelle' },
    answer: { status: 200, types: ['text/plain'], description: { en: 'The text', de: 'Der Text' } },
  },
  {
    ...{ id: 'listShares', method: 'get', needs: 'share', parameters: [audit], errors: [], ...ofAudit('/shares') },
    summary: { en: 'Links of an audit for guests', de: 'Freigaben einer Prüfung für Gäste' },
    answer: {
      status: 200,
      types: json,
      description: { en: 'The links, without their tokens', de: 'Die Links, ohne ihre Token' },
    },
  },
  {
    ...{ id: 'createShare', method: 'post', path: '/audits/{audit}/shares', needs: 'share', parameters: [audit] },
    summary: { en: 'Makes a link for a guest', de: 'Erstellt eine Freigabe für einen Gast' },
    body: { type: 'application/json', schema: 'NewShare', example: { level: 'pseudonyms', days: 7 } },
    answer: {
      ...{ status: 201, types: json },
      description: { en: 'The link; its address is told this once', de: 'Die Freigabe; ihre Adresse steht nur hier' },
    },
    errors: ['not-analysed', 'share-end', 'share-level', 'share-password', 'share-summary'],
    samples: sendSamples(`/audits/${id}/shares`, { level: 'pseudonyms', days: 7 }),
  },
  {
    ...{ id: 'endShare', method: 'delete', path: '/shares/{share}', needs: 'share', errors: [], samples: [] },
    summary: { en: 'Ends a link at once', de: 'Beendet eine Freigabe sofort' },
    parameters: [{ name: 'share', in: 'path', description: { en: 'Id of the link', de: 'Kennung der Freigabe' } }],
    answer: { status: 204, types: [], description: { en: 'It is ended', de: 'Sie ist beendet' } },
  },
  {
    ...{ id: 'getDescription', method: 'get', path: '/openapi.json', needs: 'status', parameters: [], errors: [] },
    summary: { en: 'This description', de: 'Diese Beschreibung' },
    answer: { status: 200, types: json, description: { en: 'OpenAPI 3.1', de: 'OpenAPI 3.1' } },
    samples: readSamples('/openapi.json'),
  },
]
