import 'server-only'
import type { AsyncLocalStorage } from 'node:async_hooks'
import type { ServerResponse } from 'node:http'

// Filled by scripts/http-server.mjs, which runs before anything of Next.
const shared = globalThis as { posternAnswers?: AsyncLocalStorage<ServerResponse> | undefined }

/**
 * The status of the page that is being rendered. `notFound()` of Next sets one too, but then sends a page that stays blank until its scripts
 * have run. Too late, once the first bytes have gone, it changes nothing.
 */
export function answerWith(status: number): void {
  const answer = shared.posternAnswers?.getStore()
  if (answer && !answer.headersSent) answer.statusCode = status
}
