import { randomInt } from 'node:crypto'
import type { APIRequestContext, APIResponse, Browser, PlaywrightWorkerArgs } from '@playwright/test'
import { baseURL } from './server'

/** A link as the API makes it. */
export type Link = { readonly id: string; readonly path: string; readonly token: string }

/** Makes a link to an audit, or to what `body` names of it. */
export async function share(request: APIRequestContext, audit: string, body: object = {}): Promise<Link> {
  const answer = await request.post(`/api/v1/audits/${audit}/shares`, { data: body })
  if (answer.status() !== 201) throw new Error(`${answer.status()} ${await answer.text()}`)
  const { id, path } = await answer.json()
  return { id, path, token: path.slice('/s/'.length) }
}

/** Guests come from different places: guesses are counted by address. */
const somewhere = () => ({ 'X-Forwarded-For': `10.${randomInt(256)}.${randomInt(256)}.${randomInt(256)}` })
const nobody = { cookies: [], origins: [] }

/** Requests of somebody without an account; cookies stay with it. */
export const guestRequests = (playwright: PlaywrightWorkerArgs['playwright']): Promise<APIRequestContext> =>
  playwright.request.newContext({ baseURL, storageState: nobody, extraHTTPHeaders: somewhere() })

type ContextOptions = Parameters<Browser['newContext']>[0]

/** A browser of somebody without an account. */
export const guestBrowser = (browser: Browser, options: ContextOptions = {}) =>
  browser.newContext({ baseURL, storageState: nobody, extraHTTPHeaders: somewhere(), ...options })

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#x27': "'", '#39': "'" }

/** Everything of an answer, as sent and as a browser or a script reads it. */
export async function everythingOf(answer: APIResponse): Promise<string> {
  const body = await answer.text()
  const html = body.replace(/&(#?\w+);/g, (whole, name: string) => entities[name] ?? whole)
  const json = html.replace(/\\u([0-9a-f]{4})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  return [JSON.stringify(answer.headers()), body, html, json.replaceAll('\\\\', '\\').replaceAll('\\"', '"')].join('\n')
}

/** Addresses of a page that lead to pages of the same link. */
export function linksIn(html: string, link: Link): string[] {
  const found = [...html.matchAll(/(?:href|action)="([^"#]+)/g)].map(([, href = '']) => href.replaceAll('&amp;', '&'))
  return [...new Set(found.filter((href) => href === `/s/${link.id}` || href.startsWith(`/s/${link.id}/`)))]
}
