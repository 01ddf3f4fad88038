import { describe, expect, it } from 'vitest'
import { brief } from '../../testing/check'
import { acceptedDomain, block, configOf } from '../../testing/objects'
import { rule } from './rule'

const contoso = acceptedDomain('contoso.com')
const all = acceptedDomain('*')

describe(rule.id, () => {
  it('does not mind a wildcard with a domain behind it', () => {
    expect(brief(rule, configOf({ acceptedDomains: [contoso, acceptedDomain('*.contoso.com')] }))).toEqual(['-: pass'])
    expect(brief(rule, configOf({ acceptedDomains: [contoso, all] }))[0]).toBe('*: critical')
  })

  it('cannot pass on a selection of domains', () => {
    const exports = [block('acceptedDomains', { listing: 'named' })]
    expect(brief(rule, configOf({ acceptedDomains: [contoso], exports }))).toEqual(['-: Get-AcceptedDomain'])
    expect(brief(rule, configOf({ acceptedDomains: [all], exports }))[0]).toBe('*: critical')
  })

  it('passes on the list of the servers, whatever else was exported', () => {
    const exports = [block('acceptedDomains'), block('acceptedDomains', { side: 'exchange-online', listing: 'named' })]
    expect(brief(rule, configOf({ acceptedDomains: [contoso], exports }))).toEqual(['-: pass'])
    expect(brief(rule, configOf({ acceptedDomains: [], exports }))).toEqual(['-: Get-AcceptedDomain'])
  })

  it('cannot pass on the list of the cloud, nor on a domain without its name', () => {
    const exports = [block('acceptedDomains', { side: 'exchange-online' })]
    const cloud = acceptedDomain('contoso.com', 'exchange-online')
    expect(brief(rule, configOf({ acceptedDomains: [cloud], exports }))).toEqual(['-: Get-AcceptedDomain'])
    expect(brief(rule, configOf({ acceptedDomains: [acceptedDomain(undefined)] }))[0]).toBe('?: Get-AcceptedDomain')
  })
})
