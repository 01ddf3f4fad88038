// For tests and proofs: claims a new server as a person would, with the code from its data directory.
import { readFileSync } from 'node:fs'
import path from 'node:path'

/** The account that tests sign in with. */
export const admin = { name: 'Ada Admin', email: 'ada@example.org', password: 'quiet harbour copper lantern' }

/** Makes the first account of the server at `base`; resolves to the Cookie header of its session. */
export async function claimServer(base, dataDir) {
  const code = readFileSync(path.join(dataDir, 'setup-code'), 'utf8').trim()
  const answer = await fetch(`${base}/api/setup`, { method: 'POST', body: JSON.stringify({ code, ...admin }) })
  if (answer.status !== 201) throw new Error(`set-up: ${answer.status} ${await answer.text()}`)
  return answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ')
}
