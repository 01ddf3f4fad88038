import { describe, expect, it } from 'vitest'
import {
  acceptedDomain,
  exported,
  inCloud,
  internetConnector,
  judge,
  outbound,
  outboundExports,
  sendExport,
  withoutProperties,
} from '../../testing/exports-text'
import { rule } from './rule'

type Own = Record<string, string>
const relay = { DomainType: 'InternalRelay' }
const here = (own: Own = relay) => exported('Get-AcceptedDomain', acceptedDomain('contoso.com', own))
const there = (own: Own = relay) => exported('Get-AcceptedDomain', inCloud(acceptedDomain('contoso.com', own)))
const send = (own: Own = {}) =>
  sendExport(
    internetConnector({
      AddressSpaces: '{SMTP:contoso.com;1}',
      SmartHosts: '{contoso-com.mail.protection.outlook.com}',
      DNSRoutingEnabled: 'False',
      ...own,
    }),
  )
const back = (own: Own = {}) => outboundExports([outbound(own)])

describe('a loop', () => {
  it.each([
    ['both relay, and each leads to the other', here() + there() + send() + back(), 'fail'],
    ['authoritative here', here({ DomainType: 'Authoritative' }) + there() + send() + back(), 'pass'],
    ['external relay here', here({ DomainType: 'ExternalRelay' }) + there() + send() + back(), 'pass'],
    ['authoritative there', here() + there({ DomainType: 'Authoritative' }) + send() + back(), 'pass'],
    [
      'not accepted there',
      here() + exported('Get-AcceptedDomain', inCloud(acceptedDomain('fabrikam.com'))) + send() + back(),
      'pass',
    ],
    ['to another system', here() + there() + send({ SmartHosts: '{third.contoso.com}' }) + back(), 'pass'],
    ['back by a partner', here() + there() + send() + back({ ConnectorType: 'Partner' }), 'pass'],
    ['not back', here() + there() + send() + back({ RecipientDomains: '{fabrikam.com}' }), 'pass'],
    [
      'type here not printed',
      exported('Get-AcceptedDomain', withoutProperties(acceptedDomain('contoso.com'), 'DomainType')) +
        there() +
        send() +
        back(),
      'not-assessed',
    ],
    [
      'type there not printed',
      here() +
        exported('Get-AcceptedDomain', withoutProperties(inCloud(acceptedDomain('contoso.com')), 'DomainType')) +
        send() +
        back(),
      'not-assessed',
    ],
    ['cloud domains not supplied', here() + send() + back(), 'not-assessed'],
    ['own domains not supplied', there() + send() + back(), 'not-assessed'],
    ['authoritative here, cloud not supplied', here({ DomainType: 'Authoritative' }) + send() + back(), 'not-assessed'],
  ])('%s: %s', (_, text, state) => expect(judge(rule, text).state).toBe(state))

  it('names both connectors', () =>
    expect(judge(rule, here() + there() + send() + back()).fails).toMatchObject([
      {
        key: 'contoso.com',
        severity: 'high',
        params: { out: 'Internet', back: 'Outbound to contoso' },
        objects: [{ kind: 'acceptedDomain' }, { kind: 'outboundConnector', id: 'Outbound to contoso' }],
      },
    ]))
})

describe('by MX', () => {
  const dns = send({ SmartHosts: '{}', DNSRoutingEnabled: 'True' })
  it.each([
    [{ mx: 'exchange-online' }, 'fail', []],
    [{ mx: 'on-premises' }, 'pass', []],
    [{}, 'not-assessed', ['Resolve-DnsName -Type MX']],
  ])('%j: %s', (answers, state, missing) =>
    expect(judge(rule, here() + there() + dns + back(), answers as Own)).toMatchObject({ state, missing }))
})
