import type { Db } from '../db'

let made = 0
const dayMs = 86_400_000

type Wish = { readonly userId: string; readonly environmentId: string; readonly endsAt?: Date }

/** A link of an audit of its own to test with; open for a day unless something else is said. It shows nothing. */
export async function newShare(client: Db, { userId, environmentId, endsAt = new Date(Date.now() + dayMs) }: Wish) {
  const id = `share${++made}`
  const audit = await client.audit.create({ data: { id: `audit${made}`, environmentId, name: 'x', answers: {} } })
  return client.share.create({
    data: {
      ...{
        id,
        tokenHash: id,
        environmentId,
        auditId: audit.id,
        userId,
        kind: 'audit',
        level: 'pseudonyms',
        target: {},
      },
      ...{ allows: {}, note: '', content: new Uint8Array([1]), endsAt },
    },
  })
}
