import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import Ajv2020 from 'ajv/dist/2020'
import addFormats from 'ajv-formats'
import { describe, expect, it } from 'vitest'
import { refusals } from './errors'
import { openApi, scopesOpening } from './openapi'
import { operations } from './openapi-operations'
import { apiSchemas } from './openapi-schemas'

const root = path.resolve(import.meta.dirname, '../../app/api/v1')

/** `GET /audits/{audit}` → the permission that its handler asks for, as the sources say. */
function handlers(): Map<string, string> {
  const found = new Map<string, string>()
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((f) => path.basename(f) === 'route.ts')
  for (const file of files) {
    const address = `/${path.dirname(file).replaceAll(path.sep, '/')}`.replaceAll('[', '{').replaceAll(']', '}')
    const source = readFileSync(path.join(root, file), 'utf8')
    for (const [, method, , needs] of source.matchAll(
      /export const (GET|POST|PUT|PATCH|DELETE) = route\((.*?), '(\w+)'/g,
    ))
      found.set(`${method} ${address}`, needs ?? '')
    const exported = source.match(/export (const|async function|function) (GET|POST|PUT|PATCH|DELETE)\b/g) ?? []
    expect(
      [...found.keys()].filter((k) => k.endsWith(` ${address}`)),
      file,
    ).toHaveLength(exported.length)
  }
  return found
}

type Schema = { $ref?: string; type?: string }
type Media = { schema?: Schema; example?: unknown }
type Described = {
  operationId: string
  summary: string
  security: Record<string, string[]>[]
  parameters?: { name: string; in: string; required: boolean; schema: Schema }[]
  requestBody?: { content: Record<string, Media> }
  responses: Record<string, { description: string; content?: Record<string, Media> }>
}
type Document = {
  openapi: string
  info: { title: string; version: string }
  paths: Record<string, Record<string, Described>>
  components: { schemas: Record<string, Schema>; securitySchemes: Record<string, unknown> }
}
const languages = ['en', 'de'] as const
const documents = Object.fromEntries(
  languages.map((lang) => [lang, JSON.parse(JSON.stringify(openApi(lang)))]),
) as Record<(typeof languages)[number], Document>
const document = documents.en
const all = Object.entries(document.paths).flatMap(([at, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ at, method, operation })),
)

it('describes every handler of the API with the permission it asks for, and no other', () => {
  const listed = new Map(operations.map((o) => [`${o.method.toUpperCase()} ${o.path}`, o.needs]))
  expect(Object.fromEntries(listed)).toEqual(Object.fromEntries(handlers()))
  expect(all).toHaveLength(operations.length)
})

it('names the scopes that open it', () => {
  expect(scopesOpening('upload')).toEqual(['upload'])
  expect(scopesOpening('status')).toEqual(['upload', 'read'])
  for (const { at, operation } of all) {
    expect(operation.security.length, at).toBeGreaterThan(0)
    for (const need of operation.security) expect(Object.keys(need)).toEqual(['token'])
  }
  expect(Object.keys(document.components.securitySchemes)).toEqual(['token'])
})

describe('is OpenAPI 3.1:', () => {
  it('version, information and paths', () => {
    expect(document.openapi).toMatch(/^3\.1\.\d$/)
    expect(document.info).toMatchObject({ title: expect.any(String), version: expect.any(String) })
    for (const at of Object.keys(document.paths)) expect(at).toMatch(/^\/[\w./{}-]*$/)
    const ids = all.map((o) => o.operation.operationId)
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('every part of an address is a required parameter, and no other', () => {
    for (const { at, operation } of all) {
      const inPath = operation.parameters?.filter((p) => p.in === 'path') ?? []
      expect(inPath.map((p) => p.name).sort(), at).toEqual([...at.matchAll(/\{(\w+)\}/g)].map((m) => m[1] ?? '').sort())
      for (const p of operation.parameters ?? [])
        expect(p).toMatchObject({ required: true, schema: { type: 'string' } })
      const keys = (operation.parameters ?? []).map((p) => `${p.in} ${p.name}`)
      expect(new Set(keys).size).toBe(keys.length)
    }
  })

  it('every answer has a description and a media type, every error is problem details', () => {
    for (const { at, operation } of all)
      for (const [status, answer] of Object.entries(operation.responses)) {
        expect(status).toMatch(/^[2345]\d\d$/)
        expect(answer.description.trim(), `${at} ${status}`).not.toBe('')
        for (const type of Object.keys(answer.content ?? {})) expect(type).toMatch(/^[\w.+-]+\/[\w.+-]+$/)
        if (Number(status) >= 400) expect(Object.keys(answer.content ?? {})).toEqual(['application/problem+json'])
      }
  })

  it('every reference leads somewhere, and every component is used', () => {
    const refs = [...JSON.stringify(document.paths).matchAll(/"\$ref":"([^"]+)"/g)].map((m) => m[1] ?? '')
    const known = Object.keys(document.components.schemas).map((name) => `#/components/schemas/${name}`)
    expect([...new Set(refs)].sort()).toEqual(known.sort())
  })

  it('every schema is one', () => {
    const ajv = addFormats(new Ajv2020({ strict: false }))
    for (const [name, schema] of Object.entries(document.components.schemas))
      expect(() => ajv.compile({ ...schema, $id: name }), name).not.toThrow()
    for (const { at, operation } of all)
      for (const media of Object.values(operation.requestBody?.content ?? {}))
        if (media.schema?.$ref === undefined) expect(() => ajv.compile(media.schema ?? {}), at).not.toThrow()
  })
})

it('its examples are what it says', () => {
  const ajv = addFormats(new Ajv2020({ strict: false }))
  let checked = 0
  for (const { at, operation } of all)
    for (const media of [operation.requestBody, ...Object.values(operation.responses)].flatMap((part) =>
      Object.values(part?.content ?? {}),
    )) {
      if (media.example === undefined || media.schema?.$ref === undefined) continue
      const name = media.schema.$ref.split('/').at(-1) ?? ''
      const validate = ajv.compile(document.components.schemas[name] ?? false)
      expect(validate(media.example), `${at}: ${ajv.errorsText(validate.errors)}`).toBe(true)
      checked++
    }
  expect(checked).toBeGreaterThan(3)
})

it('an error as the API answers it is a problem of the description', () => {
  const code = 'not-found'
  const { status, en } = refusals[code]
  expect(apiSchemas.Problem.safeParse({ type: 'about:blank', status, code, ...en }).success).toBe(true)
})

it('says the same in both languages', () => {
  const shape = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(shape)
    if (typeof value !== 'object' || value === null) return typeof value
    return Object.fromEntries(Object.entries(value).map(([key, v]) => [key, shape(v)]))
  }
  expect(shape(documents.de)).toEqual(shape(documents.en))
  for (const { id, summary, answer } of operations) {
    if (id !== 'getDescription') expect(answer.description.de, id).not.toBe(answer.description.en)
    expect(summary.de).not.toBe(summary.en)
  }
})
