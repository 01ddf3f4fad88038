import { describe, expect, it } from 'vitest'
import { may, type Permission, permissions, permissionsOf, type Role, roles, type Scope, scopes, sees } from './access'
import { testActor } from './testing/actors'

const table: Readonly<Record<Role, readonly Permission[]>> = {
  admin: permissions,
  auditor: ['self', 'status', 'read', 'raw', 'upload', 'delete', 'decide', 'ask', 'share', 'tokens', 'activity'],
  viewer: ['self', 'status', 'read', 'ask', 'tokens'],
  uploader: ['self', 'status', 'upload', 'tokens'],
}
const of = (role: Role, own: readonly Scope[] | null = null, viewersSeeOriginals = false) =>
  [...permissionsOf({ role, scopes: own, viewersSeeOriginals })].sort()

describe('permissionsOf', () => {
  it.each(roles)('%s may do what the table says', (role) => expect(of(role)).toEqual([...table[role]].sort()))
  it('lets viewers see originals where the instance says so, and uploaders never', () => {
    expect(of('viewer', null, true)).toContain('raw')
    expect(of('uploader', null, true)).not.toContain('raw')
  })
  it.each(roles)('a token of a %s can do less than the person, and nothing beyond its scopes', (role) => {
    for (const scope of scopes) expect(of(role)).toEqual(expect.arrayContaining(of(role, [scope])))
    expect(of(role, [])).toEqual([])
    for (const never of ['self', 'manage', 'tokens', 'delete', 'decide', 'activity'])
      expect(of(role, [...scopes])).not.toContain(never)
  })
  it('a token of a viewer cannot upload, whatever its scopes', () =>
    expect(of('viewer', ['upload', 'read'])).toEqual(['ask', 'read', 'status']))
})

describe('sees', () => {
  const here = { environmentId: 'here' }
  const member = { environments: new Set(['here']) }
  it('knows only the environments of a person', () => {
    expect(sees(testActor('auditor', member), here)).toBe(true)
    expect(sees(testActor('auditor', member), { environmentId: 'there' })).toBe(false)
    expect(sees(testActor('admin'), { environmentId: 'there' })).toBe(true)
  })
  it('shows an uploader their own audits only', () => {
    const uploader = testActor('uploader', member)
    expect(sees(uploader, here)).toBe(true)
    expect(sees(uploader, { ...here, createdBy: uploader.id })).toBe(true)
    expect(sees(uploader, { ...here, createdBy: 'somebody' })).toBe(false)
    expect(sees(uploader, { ...here, createdBy: null })).toBe(false)
    expect(sees(testActor('viewer', member), { ...here, createdBy: 'somebody' })).toBe(true)
  })
})

describe('may', () => {
  it('asks for the role and the place', () => {
    const auditor = testActor('auditor', { environments: new Set(['here']) })
    expect(may(auditor, 'share', { environmentId: 'here' })).toBe(true)
    expect(may(auditor, 'share', { environmentId: 'there' })).toBe(false)
    expect(may(auditor, 'manage', { environmentId: 'here' })).toBe(false)
    expect(may(auditor, 'self')).toBe(true)
  })
})
