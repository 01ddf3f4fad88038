import { describe, expect, it } from 'vitest'
import { configFrom } from '../testing/config-from'
import { acceptedDomain, exported, inCloud } from '../testing/exports-text'
import { gatewayLeadsTo, gatewayMissing, gatewayTarget, mxLeadsTo, mxRecord } from './mx'

const domains = (...names: string[]) =>
  configFrom(exported('Get-AcceptedDomain', ...names.map((n) => inCloud(acceptedDomain(n)))))
const none = configFrom('')
const two = domains('contoso.com', 'fabrikam.com', 'contoso.onmicrosoft.com', 'contoso.mail.onmicrosoft.com')

describe('mxLeadsTo', () => {
  it.each([
    ['told of all', none, { mx: 'gateway' }, 'yes'],
    ['told of all otherwise', none, { mx: 'on-premises' }, 'no'],
    ['told of one', two, { 'mx:contoso.com': 'gateway' }, 'yes'],
    ['one is open', two, { 'mx:contoso.com': 'on-premises' }, 'unknown'],
    ['each told otherwise', two, { 'mx:contoso.com': 'on-premises', 'mx:fabrikam.com': 'exchange-online' }, 'no'],
    ['nothing told', two, {}, 'unknown'],
    ['nothing told, nothing known', none, {}, 'unknown'],
  ])('a gateway, %s', (_, config, answers, expected) =>
    expect(mxLeadsTo(config, answers as Record<string, string>, 'gateway')).toBe(expected))
})

describe('gatewayLeadsTo', () => {
  it.each([
    [{ mx: 'gateway', 'gateway-next-hop': 'exchange-online' }, 'yes', 'no', mxRecord],
    [{ mx: 'gateway', 'gateway-next-hop': 'on-premises' }, 'no', 'yes', mxRecord],
    [{ mx: 'gateway' }, 'unknown', 'unknown', gatewayTarget],
    [{ mx: 'on-premises' }, 'no', 'no', mxRecord],
    [{}, 'unknown', 'unknown', mxRecord],
    [{ 'gateway-next-hop': 'on-premises' }, 'no', 'unknown', mxRecord],
  ])('%j', (told, cloud, servers, missing) => {
    const answers = told as Record<string, string>
    expect(gatewayLeadsTo(none, answers, 'exchange-online')).toBe(cloud)
    expect(gatewayLeadsTo(none, answers, 'on-premises')).toBe(servers)
    if (cloud === 'unknown') expect(gatewayMissing(none, answers)).toEqual(missing)
  })
})
