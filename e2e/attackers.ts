import { readFileSync } from 'node:fs'
import path from 'node:path'
import { withDatabase } from './people'
import { baseURL } from './server'

// What an attacker has: requests that no page of ours would send. Shared by the attack tests.

const built = (file: string): Record<string, unknown> =>
  JSON.parse(readFileSync(path.join(import.meta.dirname, '../.next/server', file), 'utf8'))

type Action = { readonly filename: string; readonly exportedName: string }

/** The id under which a server action is called, such as `app/actions.ts deleteAuditAction`. */
export function actionId(name: string): string {
  const all = Object.entries(built('server-reference-manifest.json').node as Record<string, Action>)
  const [id] = all.find(([, { filename, exportedName }]) => `${filename} ${exportedName}` === name) ?? []
  if (id === undefined) throw new Error(`no action ${name}`)
  return id
}

/** Every address of the build, with its parameters in brackets: pages and handlers. */
export const builtRoutes = (): string[] =>
  Object.keys(built('app-paths-manifest.json'))
    .map((entry) => entry.replace(/\/(page|route)$/, '') || '/')
    .filter((route) => !route.startsWith('/_'))

export type Answer = { readonly status: number; readonly text: string; readonly headers: Headers }

/** A request with nothing but what is said here; redirects are not followed. */
export async function ask(at: string, cookie: string | null, init: RequestInit = {}): Promise<Answer> {
  const headers = { ...(cookie ? { cookie } : {}), ...(init.headers as Record<string, string>) }
  const answer = await fetch(new URL(at, baseURL), { redirect: 'manual', ...init, headers })
  return { status: answer.status, text: await answer.text(), headers: answer.headers }
}

type Fields = Readonly<Record<string, string>>

/** Calls a server action with fields of one's own, in both forms that actions take: alone, or after the state before. The fields come first, as React sends them. */
export async function callAction(name: string, fields: Fields, cookie: string | null, headers: Fields = {}) {
  const answers: Answer[] = []
  for (const shape of ['["$K1"]', '[null,"$K1"]']) {
    const form = new FormData()
    for (const [field, value] of Object.entries(fields)) form.set(`_1_${field}`, value)
    form.set('0', shape)
    const sent = { 'Next-Action': actionId(name), Origin: new URL(baseURL).origin, ...headers }
    answers.push(await ask('/sign-in', cookie, { method: 'POST', body: form, headers: sent }))
  }
  return answers
}

/** Rows of the server's database, as text to compare. */
export const rows = (sql: string, ...values: readonly string[]): string =>
  JSON.stringify(withDatabase((database) => database.prepare(sql).all(...values)))
