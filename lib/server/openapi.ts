import 'server-only'
import { type Permission, permissionsOf, type Scope, scopes } from './access'
import { type ErrorCode, refusals } from './errors'
import { type Operation, operations, type Words } from './openapi-operations'
import { type ApiSchema, apiSchemas, jsonSchema } from './openapi-schemas'
import type { uploadFields } from './received-audits'

type Language = keyof Words
type Json = Readonly<Record<string, unknown>>

/** Scopes of a token that open what needs this permission. */
export const scopesOpening = (permission: Permission): Scope[] =>
  scopes.filter((scope) => permissionsOf({ role: 'admin', scopes: [scope], viewersSeeOriginals: true }).has(permission))

const ref = (name: ApiSchema): Json => ({ $ref: `#/components/schemas/${name}` })

const uploadWords: Readonly<Record<(typeof uploadFields)[number], Words>> = {
  environment: {
    en: 'Id or name of an environment; may be left out where there is only one',
    de: 'Kennung oder Name einer Umgebung; entbehrlich, wo es nur eine gibt',
  },
  name: { en: 'Name of the audit; else the day', de: 'Name der Prüfung, sonst der Tag' },
  analyse: { en: 'false keeps it a draft', de: 'false lässt sie ein Entwurf bleiben' },
  answer: {
    en: 'KEY=VALUE: what exports cannot tell, such as mx=gateway; may be given many times',
    de: 'SCHLÜSSEL=WERT: was Exporte nicht sagen, etwa mx=gateway; auch mehrfach',
  },
}

function uploadForm(lang: Language): Json {
  const field = (name: (typeof uploadFields)[number], schema: Json) => [
    name,
    { ...schema, description: uploadWords[name][lang] },
  ]
  const file = { type: 'string', contentMediaType: 'application/octet-stream' }
  return {
    type: 'object',
    properties: Object.fromEntries([
      field('environment', { type: 'string' }),
      field('name', { type: 'string' }),
      field('analyse', { type: 'string', enum: ['true', 'false'], default: 'true' }),
      field('answer', { type: 'array', items: { type: 'string' } }),
      ['file', { type: 'array', items: file, minItems: 1 }],
    ]),
    ...{ required: ['file'], additionalProperties: false },
  }
}

/** What every operation may refuse. */
const always: readonly ErrorCode[] = [
  'bad-request',
  'not-signed-in',
  'not-allowed',
  'not-found',
  'forbidden-host',
  'too-many',
  'internal',
]

function problems(codes: readonly ErrorCode[], lang: Language): Json {
  const byStatus = new Map<number, ErrorCode[]>()
  for (const code of new Set(codes)) {
    const { status } = refusals[code]
    byStatus.set(status, [...(byStatus.get(status) ?? []), code])
  }
  const entry = ([status, all]: [number, ErrorCode[]]) => [
    String(status),
    {
      description: all.map((code) => `${code}: ${refusals[code][lang].title}`).join('; '),
      content: { 'application/problem+json': { schema: ref('Problem') } },
    },
  ]
  return Object.fromEntries([...byStatus].sort(([a], [b]) => a - b).map(entry))
}

function answered({ answer }: Operation, lang: Language): Json {
  const media = {
    ...(answer.schema && { schema: ref(answer.schema) }),
    ...(answer.example !== undefined && { example: answer.example }),
  }
  const content = Object.fromEntries(answer.types.map((type) => [type, media]))
  const location = { Location: { schema: { type: 'string' }, description: '/api/v1/audits/{audit}' } }
  return {
    description: answer.description[lang],
    ...(answer.types.length > 0 && { content }),
    ...(answer.schema === 'ReceivedAudit' && { headers: location }),
  }
}

function requested({ body }: Operation, lang: Language): Json {
  if (!body) return {}
  const schema = body.schema === 'UploadForm' ? uploadForm(lang) : ref(body.schema)
  const example = body.example === undefined ? {} : { example: body.example }
  return { requestBody: { required: true, content: { [body.type]: { schema, ...example } } } }
}

const parameters = (operation: Operation, lang: Language): Json[] =>
  operation.parameters.map(({ name, in: place, description, values, pattern }) => ({
    ...{ name, in: place, required: true, description: description[lang] },
    schema: { type: 'string', ...(values && { enum: values }), ...(pattern && { pattern }) },
  }))

const described = (operation: Operation, lang: Language): Json => ({
  operationId: operation.id,
  summary: operation.summary[lang],
  security: scopesOpening(operation.needs).map((scope) => ({ token: [scope] })),
  ...(operation.parameters.length > 0 && { parameters: parameters(operation, lang) }),
  ...requested(operation, lang),
  responses: {
    [operation.answer.status]: answered(operation, lang),
    ...problems([...always, ...operation.errors], lang),
  },
  ...(operation.samples.length > 0 && { 'x-codeSamples': operation.samples }),
})

const info = {
  en: {
    title: 'Postern',
    description:
      'Uploads exports and reads what was found. Errors are problem details (RFC 9457), in the language of Accept-Language or ?lang=de. A token is made under Settings; it acts for its person, within its scopes and environments.',
  },
  de: {
    title: 'Postern',
    description:
      'Lädt Exporte hoch und liest, was gefunden wurde. Fehler sind Problembeschreibungen (RFC 9457), in der Sprache von Accept-Language oder ?lang=de. Ein Token wird in den Einstellungen erstellt; es handelt für seine Person, in seinen Bereichen und Umgebungen.',
  },
}

/** The OpenAPI 3.1 description of /api/v1, made from the table of its operations. */
export function openApi(lang: Language): Json {
  const paths: Record<string, Record<string, Json>> = {}
  for (const operation of operations)
    paths[operation.path] = { ...paths[operation.path], [operation.method]: described(operation, lang) }
  const names = Object.keys(apiSchemas) as ApiSchema[] // its own keys
  return {
    openapi: '3.1.1',
    jsonSchemaDialect: 'https://json-schema.org/draft/2020-12/schema',
    info: { ...info[lang], version: '1' },
    servers: [{ url: '/api/v1' }],
    paths,
    components: {
      securitySchemes: { token: { type: 'http', scheme: 'bearer' } },
      schemas: Object.fromEntries(names.map((name) => [name, jsonSchema(name)])),
    },
  }
}
