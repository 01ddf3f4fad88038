import { describe, expect, it } from 'vitest'
import { configFrom } from '../testing/config-from'
import { acceptedDomain, exported, inCloud, shown, withoutProperties } from '../testing/exports-text'
import { certificateDomainFit, ownershipOf, takesEveryDomain } from './accepted-domains'

type Own = Record<string, string>
const below = { MatchSubDomains: 'True' }
const cloud = (domain: string, own: Own = {}) => inCloud(acceptedDomain(domain, own))
const listOf = (...domains: Own[]) => configFrom(exported('Get-AcceptedDomain', ...domains))

describe('certificateDomainFit', () => {
  it.each([
    ['contoso.com', [cloud('contoso.com')], 'strong'],
    ['CONTOSO.com.', [cloud('contoso.com')], 'strong'],
    ['*.contoso.com', [cloud('contoso.com')], 'strong'],
    ['mail.contoso.com', [cloud('mail.contoso.com'), cloud('contoso.com')], 'strong'],
    ['mail.contoso.com', [cloud('contoso.com')], 'parent'],
    ['mail.contoso.com', [cloud('contoso.com', below)], 'parent'],
    ['*.mail.contoso.com', [cloud('contoso.com')], 'parent'],
    ['a.b.contoso.com', [cloud('contoso.com', below)], 'ancestor'],
    ['a.b.c.contoso.com', [cloud('contoso.com', below)], 'ancestor'],
    ['a.b.contoso.com', [cloud('contoso.com')], 'none'],
    ['a.b.contoso.com', [cloud('b.contoso.com'), cloud('contoso.com', below)], 'parent'],
    ['mail.fabrikam.com', [cloud('contoso.com')], 'none'],
    ['mailcontoso.com', [cloud('contoso.com')], 'none'],
    ['localhost', [cloud('contoso.com')], 'none'],
  ] as const)('%s: %j', (name, domains, expected) =>
    expect(certificateDomainFit(listOf(...domains), name)).toBe(expected))

  it('tells nothing but a match from a list that is not whole', () => {
    const some = configFrom(shown('Get-AcceptedDomain contoso.com | Format-List', [cloud('contoso.com', below)]))
    expect(certificateDomainFit(some, 'contoso.com')).toBe('strong')
    for (const name of ['mail.contoso.com', 'a.b.contoso.com', 'mail.fabrikam.com'])
      expect(certificateDomainFit(some, name)).toBe('unknown')
    const nameless = listOf(cloud('contoso.com'), withoutProperties(cloud('a.b'), 'DomainName'))
    expect(certificateDomainFit(nameless, 'mail.fabrikam.com')).toBe('unknown')
  })

  it('does not take the domains of the servers for those of the tenant', () => {
    const own = listOf(acceptedDomain('contoso.com', { OriginatingServer: 'dc01.contoso.local' }))
    expect(certificateDomainFit(own, 'contoso.com')).toBe('unknown')
  })
})

describe('ownershipOf', () => {
  const here = acceptedDomain('contoso.com', { DomainType: 'InternalRelay' })
  const typeOf = (name: string, ...domains: Own[]) => {
    const owner = ownershipOf(listOf(...domains), 'on-premises', name)
    return owner.state === 'own' ? owner.type : owner.state
  }

  it.each([
    ['contoso.com', 'InternalRelay'],
    ['a.contoso.com', 'foreign'],
    ['a.fabrikam.com', 'Authoritative'],
    ['b.a.fabrikam.com', 'ExternalRelay'],
    ['fabrikam.com', 'foreign'],
  ])('%s: %s', (name, type) => {
    const [wide, closer] = [acceptedDomain('*.fabrikam.com'), acceptedDomain('*.a.fabrikam.com')]
    expect(typeOf(name, here, wide, { ...closer, DomainType: 'ExternalRelay' })).toBe(type)
  })

  it('knows the domain for everything, and does not take it for a name', () => {
    const star = acceptedDomain('*', { DomainType: 'ExternalRelay' })
    expect(typeOf('a.example', here, star)).toBe('ExternalRelay')
    expect(typeOf('contoso.com', star, here)).toBe('InternalRelay')
    expect(takesEveryDomain(listOf(here, star), 'on-premises')).toBe(true)
    expect(takesEveryDomain(listOf(here), 'on-premises')).toBe(false)
  })
})
