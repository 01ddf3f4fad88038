import 'server-only'
import type { AsyncLocalStorage } from 'node:async_hooks'
import type { ServerResponse } from 'node:http'

// Filled by scripts/http-server.mjs, which runs before anything of Next.
const shared = globalThis as { posternAnswers?: AsyncLocalStorage<ServerResponse> | undefined }

/**
 * Gives the page that is being rendered another status. `notFound()` of Next does so too, but then sends a page that stays blank until its
 * scripts have run. False where it cannot be done: what the router asks for begins with 200 before the page is known, and tells in its body.
 */
export function answerWith(status: number): boolean {
  const answer = shared.posternAnswers?.getStore()
  if (!answer || answer.headersSent || answer.req.headers.rsc !== undefined) return false
  answer.statusCode = status
  return true
}
