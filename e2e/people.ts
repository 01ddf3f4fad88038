import { createHash, randomBytes, randomUUID } from 'node:crypto'
import path from 'node:path'
import Database from 'libsql'
import type { Role } from './access-table'
import { dataDir } from './server'

// People and sessions are put into the server's own database, as if they had signed in: what is tested is what they may do then.

type Row = Readonly<Record<string, string | number | null>>

/** Work with the database of the server under test. */
export function withDatabase<T>(work: (database: InstanceType<typeof Database>) => T): T {
  const database = new Database(path.join(dataDir, 'postern.db'), { timeout: 10_000 })
  try {
    return work(database)
  } finally {
    database.close()
  }
}

function insert(table: string, row: Row): void {
  const names = Object.keys(row)
  const sql = `INSERT INTO "${table}" (${names.map((n) => `"${n}"`).join(', ')}) VALUES (${names.map(() => '?').join(', ')})`
  withDatabase((database) => database.prepare(sql).run(...Object.values(row)))
}

const at = (milliseconds: number): string => new Date(Date.now() + milliseconds).toISOString().replace('Z', '+00:00')
const day = 86_400_000

export type Person = { readonly id: string; readonly email: string; readonly name: string; readonly cookie: string }

type Wish = { readonly role: Role; readonly environments: 'all' | readonly string[]; readonly expired?: boolean }

/** A person with a role in some environments, and the Cookie header of a session of theirs. */
export function newPerson({ role, environments, expired = false }: Wish): Person {
  const id = randomUUID()
  const token = randomBytes(32).toString('base64url')
  const name = `The ${role}`
  const email = `${role}-${id.slice(0, 8)}@example.org`
  const all = environments === 'all' ? 1 : 0
  insert('User', { id, email, name, role, allEnvironments: all, isActive: 1, createdAt: at(0) })
  if (environments !== 'all')
    for (const environmentId of environments) insert('Membership', { userId: id, environmentId })
  insert('Session', {
    ...{ id: randomUUID(), tokenHash: createHash('sha256').update(token).digest('hex'), userId: id },
    ...{ isComplete: 1, method: 'password', userAgent: 'test', address: '127.0.0.1' },
    ...{ provedAt: at(0), createdAt: at(-2 * day), lastSeenAt: at(0), expiresAt: at(expired ? -1000 : day) },
  })
  return { id, email, name, cookie: `postern-session=${token}` }
}

/** An API token of a person, as if they had made it: the value that a script sends. */
export function newApiToken(person: Person, scopes: readonly ('upload' | 'read' | 'share')[], expiresIn = day): string {
  const value = `pst_${randomBytes(32).toString('base64url')}`
  const tokenHash = createHash('sha256').update(value).digest('hex')
  insert('ApiToken', {
    ...{ id: randomUUID(), name: 'Nightly', hint: value.slice(0, 8), tokenHash, userId: person.id },
    ...{ scopes: JSON.stringify(scopes), environments: null, createdAt: at(0), expiresAt: at(expiresIn) },
  })
  return value
}
