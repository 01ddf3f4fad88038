import { type Actor, permissionsOf, type Role } from '../access'

/** Somebody with a role, in all environments unless said otherwise. */
export function testActor(role: Role = 'admin', over: Partial<Actor> = {}): Actor {
  return {
    kind: 'user',
    id: `id-of-${role}`,
    name: `The ${role}`,
    email: `${role}@example.org`,
    role,
    permissions: permissionsOf({ role, scopes: null, viewersSeeOriginals: false }),
    environments: 'all',
    scopes: null,
    sessionId: 'session',
    tokenId: null,
    address: '192.0.2.1',
    ...over,
  }
}
