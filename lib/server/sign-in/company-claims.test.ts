import { describe, expect, it } from 'vitest'
import { grantOf, identityOf, isAllowedDomain } from './company-claims'
import { type Company, companySchema, isEntra } from './sign-in-settings'

const tenant = '11111111-2222-3333-4444-555555555555'
const entra = `https://login.microsoftonline.com/${tenant}/v2.0`
const of = (issuer: string): Company =>
  companySchema.parse({ label: 'Contoso', issuer, clientId: 'c', groupsClaim: 'groups' })

describe('settings of a company sign-in', () => {
  it.each([
    ['https://id.contoso.com', true],
    ['https://id.contoso.com/realms/x', true],
    ['http://127.0.0.1:8080', true],
    ['http://localhost:8080/x', true],
    ['http://[::1]:8080', true],
    [entra, true],
    [`${entra}/`, true],
    ['http://id.contoso.com', false],
    ['http://localhost.evil.example', false],
    ['ftp://id.contoso.com', false],
    ['https://id.contoso.com/?x=1', false],
    ['https://user@id.contoso.com', false],
    ['id.contoso.com', false],
    ['', false],
    ['https://login.microsoftonline.com/common/v2.0', false],
    ['https://login.microsoftonline.com/organizations/v2.0', false],
    ['https://login.microsoftonline.com/contoso.com/v2.0', false],
    [`https://login.microsoftonline.com/${tenant}`, false],
  ])('issuer %j: %s', (issuer, isGood) =>
    expect(companySchema.safeParse({ label: 'Contoso', issuer, clientId: 'c' }).success).toBe(isGood))

  it('knows Microsoft Entra ID by its host', () => {
    expect([isEntra(entra), isEntra('https://login.microsoftonline.us/x/v2.0')]).toEqual([true, true])
    expect(isEntra('https://login.microsoftonline.com.evil.example/x/v2.0')).toBe(false)
  })
})

describe('claims', () => {
  const generic = of('https://id.contoso.com')
  const read = (claims: Record<string, unknown>, company = generic) =>
    identityOf({ iss: company.issuer, sub: 's', ...claims }, company)

  it.each([
    [{ email: 'Anna@Contoso.com', email_verified: true }, 'anna@contoso.com'],
    [{ email: 'anna@contoso.com', email_verified: 'true' }, 'anna@contoso.com'],
    [{ email: 'anna@contoso.com', email_verified: false }, null],
    [{ email: 'anna@contoso.com', email_verified: 'false' }, null],
    [{ email: 'anna@contoso.com' }, null],
    [{ email: 'anna@contoso.com', xms_edov: true }, null],
    [{ email: 'nobody', email_verified: true }, null],
    [{ email: ['anna@contoso.com'], email_verified: true }, null],
    [{ preferred_username: 'anna@contoso.com', email_verified: true }, null],
  ])('%j prove %j', (claims, email) => expect(read(claims).email).toBe(email))

  it.each([
    [{ email: 'anna@contoso.com', email_verified: true }, null],
    [{ email: 'anna@contoso.com' }, null],
    [{ email: 'anna@contoso.com', xms_edov: true }, 'anna@contoso.com'],
    [{ email: 'anna@contoso.com', xms_edov: '1' }, 'anna@contoso.com'],
    [{ email: 'anna@contoso.com', xms_edov: 0 }, null],
    [{ upn: 'anna@contoso.com', xms_edov: true }, null],
  ])('%j of Microsoft prove %j', (claims, email) => expect(read(claims, of(entra)).email).toBe(email))

  it.each([
    [{ groups: ['a', 'b'] }, ['a', 'b']],
    [{ groups: 'a' }, ['a']],
    [{ groups: [1] }, []],
    [{}, []],
    [{ hasgroups: true }, null],
    [{ _claim_names: { groups: 'src1' } }, null],
    [{ _claim_names: { other: 'src1' } }, []],
    [{ groups: ['a'], hasgroups: true }, ['a']],
  ])('%j are the groups %j', (claims, groups) => expect(read(claims).groups).toEqual(groups))

  it('name somebody in one line', () => {
    expect(read({ name: ' Anna\n\u0000 Berg ' }).name).toBe('Anna Berg')
    expect(read({ name: 7, preferred_username: 'anna' }).name).toBe('anna')
    expect(read({ name: 'x'.repeat(500) }).name).toHaveLength(100)
  })
})

describe('what groups give', () => {
  const roles = [
    { group: 'a', role: 'auditor', environments: ['1'] },
    { group: 'b', role: 'auditor', environments: ['2'] },
    { group: 'v', role: 'viewer', environments: ['3'] },
    { group: 'V', role: 'viewer', environments: null },
    { group: 'A', role: 'admin', environments: ['1'] },
  ] as const
  it.each([
    [['a'], { role: 'auditor', environments: ['1'] }],
    [['v', 'b', 'a'], { role: 'auditor', environments: ['1', '2'] }],
    [['a', 'V'], { role: 'auditor', environments: ['1'] }],
    [['v', 'V'], { role: 'viewer', environments: null }],
    [['A', 'a'], { role: 'admin', environments: null }],
    [['x'], null],
    [[], null],
  ])('%j: %j', (groups, grant) =>
    expect(
      grantOf(
        groups,
        roles.map((entry) => ({ ...entry, environments: entry.environments && [...entry.environments] })),
      ),
    ).toEqual(grant))
})

it.each([
  ['a@contoso.com', [], true],
  [null, [], true],
  ['a@contoso.com', ['contoso.com'], true],
  ['a@x.contoso.com', ['contoso.com'], false],
  ['a@notcontoso.com', ['contoso.com'], false],
  [null, ['contoso.com'], false],
])('%j in the domains %j: %s', (email, domains, isAllowed) => expect(isAllowedDomain(email, domains)).toBe(isAllowed))
