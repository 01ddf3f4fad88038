import 'server-only'

/** What a person is here. Roles are ordered in no way: each is a list of permissions. */
export const roles = ['admin', 'auditor', 'viewer', 'uploader'] as const
export type Role = (typeof roles)[number]

/** What may be allowed. Everything that a page, a handler or an action does is one of these. */
export const permissions = [
  'self', // the own profile, and pages that hold nobody's data
  'read', // audits: findings, map, inventory
  'raw', // the uploaded originals
  'status', // how far the analysis of an audit is
  'upload', // drafts, their files, their analysis
  'delete', // audits
  'decide', // accept risks, set expectations
  'ask', // simulator, comparison, exports
  'share', // links for guests
  'tokens', // own API tokens
  'activity', // the activity log
  'manage', // environments, people, sign-in, retention, settings
] as const
export type Permission = (typeof permissions)[number]

/** The one place that says which role may do what. */
const grants: Readonly<Record<Role, readonly Permission[]>> = {
  admin: permissions,
  auditor: ['self', 'status', 'read', 'raw', 'upload', 'delete', 'decide', 'ask', 'share', 'tokens', 'activity'],
  viewer: ['self', 'status', 'read', 'ask', 'tokens'],
  uploader: ['self', 'status', 'upload', 'tokens'],
}

/** What an API token can be made for. */
export const scopes = ['upload', 'read', 'share'] as const
export type Scope = (typeof scopes)[number]

const opened: Readonly<Record<Scope, readonly Permission[]>> = {
  upload: ['upload', 'status'],
  read: ['read', 'raw', 'ask', 'status'],
  share: ['share'],
}

type Reach = {
  readonly role: Role
  /** Of a token; null for a person in a session. */
  readonly scopes: readonly Scope[] | null
  /** A setting of the instance. */
  readonly viewersSeeOriginals: boolean
}

/** What a role may do, cut down to the scopes of a token. */
export function permissionsOf({ role, scopes: own, viewersSeeOriginals }: Reach): ReadonlySet<Permission> {
  const granted = new Set(grants[role])
  if (viewersSeeOriginals && granted.has('read')) granted.add('raw')
  if (own === null) return granted
  const inScope = new Set(own.flatMap((scope) => opened[scope]))
  return new Set([...granted].filter((permission) => inScope.has(permission)))
}

/** Who asks: a person in a session, or a token that acts for one. */
export type Actor = {
  readonly kind: 'user' | 'token'
  /** Of the person. */
  readonly id: string
  readonly name: string
  readonly email: string
  readonly role: Role
  readonly permissions: ReadonlySet<Permission>
  readonly environments: 'all' | ReadonlySet<string>
  readonly scopes: ReadonlySet<Scope> | null
  readonly sessionId: string | null
  readonly tokenId: string | null
  /** Where the request came from. */
  readonly address: string
}

/** Where something is: its environment, and who made it where that matters. */
export type Place = { readonly environmentId: string; readonly createdBy?: string | null | undefined }

/** Whether something there exists for this person at all; what does not is answered like an unknown address. */
export function sees(actor: Actor, place: Place): boolean {
  if (actor.environments !== 'all' && !actor.environments.has(place.environmentId)) return false
  // Whoever may only upload knows of no audit but their own.
  return actor.permissions.has('read') || place.createdBy === undefined || place.createdBy === actor.id
}

/** Whether what an environment remembers is hidden from this person: it is part of what audits found. */
export const isUnaware = (actor: Actor): boolean => !actor.permissions.has('read')

/** Whether this person may do that, there. */
export const may = (actor: Actor, permission: Permission, place?: Place): boolean =>
  actor.permissions.has(permission) && (place === undefined || sees(actor, place))
