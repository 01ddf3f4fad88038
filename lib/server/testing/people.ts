import type { Db, UserRow } from '../db'

let made = 0

/** A person to test with; everything that is not said is ordinary. */
export const newPerson = (
  client: Db,
  data: Partial<Parameters<Db['user']['create']>[0]['data']> = {},
): Promise<UserRow> =>
  client.user.create({
    data: { email: `anna${++made}@contoso.com`, name: 'Anna Berg', role: 'auditor', allEnvironments: true, ...data },
  })

/** A session of that person, good for an hour. */
export const newSession = (client: Db, userId: string) =>
  client.session.create({
    data: {
      ...{ userId, tokenHash: `hash ${++made}`, isComplete: true, method: 'password' },
      ...{ provedAt: new Date(), userAgent: '', address: '192.0.2.1', expiresAt: new Date(Date.now() + 3_600_000) },
    },
  })
