import { describe, expect, it } from 'vitest'
import { configFrom } from '../testing/config-from'
import {
  acceptedDomain,
  exported,
  hybridConfiguration,
  inboundConnector,
  inCloud,
  outbound,
  withoutProperties,
} from '../testing/exports-text'
import {
  certificateNameOfServers,
  coversDomain,
  sharedDomains,
  smartHostOfServers,
  smartHostsOf,
} from './hybrid-outbound'

describe('coverage of a domain', () => {
  const domains = exported('Get-AcceptedDomain', inCloud(acceptedDomain('contoso.com')))
  const covers = (own: Record<string, string>, domain = 'contoso.com', more = domains, ...hidden: string[]) => {
    const config = configFrom(exported('Get-OutboundConnector', withoutProperties(outbound(own), ...hidden)) + more)
    const [c] = config.outboundConnectors
    return c && coversDomain(config, c, domain)
  }
  const all = { RecipientDomains: '{}', AllAcceptedDomains: 'True' }

  it.each([
    ['by name', covers({}), 'yes'],
    ['by name, spelt otherwise', covers({ RecipientDomains: '{Contoso.COM}' }), 'yes'],
    ['by none', covers({}, 'fabrikam.com'), 'no'],
    ['by none above', covers({}, 'eu.contoso.com'), 'no'],
    ['by a wildcard', covers({ RecipientDomains: '{*.contoso.com}' }, 'eu.contoso.com'), 'yes'],
    ['not by a wildcard below', covers({ RecipientDomains: '{*.contoso.com}' }), 'no'],
    ['not by a wildcard of another', covers({ RecipientDomains: '{*.contoso.com}' }, 'notcontoso.com'), 'no'],
    ['by all', covers({ RecipientDomains: '{*}' }, 'fabrikam.com'), 'yes'],
    ['by all accepted ones', covers(all), 'yes'],
    ['by all accepted ones, a foreign one', covers(all, 'fabrikam.com'), 'no'],
    ['by all accepted ones, which are not known', covers(all, 'contoso.com', ''), 'unknown'],
    ['list not printed', covers({}, 'contoso.com', domains, 'RecipientDomains'), 'unknown'],
    ['list cut', covers({ RecipientDomains: '{a.com, b.com, c.com, d.com...}' }), 'unknown'],
    ['not printed whether all', covers({}, 'fabrikam.com', domains, 'AllAcceptedDomains'), 'no'],
    [
      'not printed whether all, an own one',
      covers({ RecipientDomains: '{}' }, 'contoso.com', domains, 'AllAcceptedDomains'),
      'unknown',
    ],
  ])('%s: %s', (_, found, expected) => expect(found).toBe(expected))
})

it('reads what the wizard was told', () => {
  const config = (own: Record<string, string>) => configFrom(hybridConfiguration(own))
  const shared = (own: Record<string, string>) => sharedDomains(config(own)).map((d) => d.domain)
  expect(shared({ Domains: '{Contoso.com, autod:fabrikam.com, contoso.com}' })).toEqual(['contoso.com', 'fabrikam.com'])
  expect(shared({})).toEqual([])
  expect(smartHostOfServers(config({ OnPremisesSmartHost: 'Mail.contoso.com' }))).toBe('mail.contoso.com')
  expect(smartHostOfServers(config({ OnPremisesSmartHost: 'contoso-com.mail.protection.outlook.com' }))).toBeUndefined()
  expect(certificateNameOfServers(config({ TlsCertificateName: '<I>CN=CA<S>CN=mail.contoso.com, C=DE' }))).toBe(
    'mail.contoso.com',
  )
  expect(certificateNameOfServers(config({ TlsCertificateName: '<I>CN=CA<S>CN=EX01' }))).toBeUndefined()
  expect(certificateNameOfServers(configFrom(exported('Get-InboundConnector', inboundConnector())))).toBe(
    'mail.contoso.com',
  )
  const disabled = inboundConnector({ Enabled: 'False' })
  expect(certificateNameOfServers(configFrom(exported('Get-InboundConnector', disabled)))).toBeUndefined()
})

it('knows the public name of a server by the hybrid configuration of its forest', () => {
  const ofForest = (domain: string, server: string) =>
    exported('Get-HybridConfiguration', {
      OnPremisesSmartHost: `mail.${domain}.com`,
      ReceivingTransportServers: `{${server}}`,
      Features: '{SecureMail}',
      DistinguishedName: `CN=Hybrid Configuration,CN=Services,CN=Configuration,DC=${domain},DC=local`,
    })
  const both = configFrom(ofForest('contoso', 'EX01') + ofForest('fabrikam', 'FX01'))
  expect(both.hybridConfigurations.map((h) => h.id)).toEqual([
    'Hybrid Configuration (contoso.local)',
    'Hybrid Configuration (fabrikam.local)',
  ])
  expect(smartHostsOf(both, 'FX01')).toEqual(['mail.fabrikam.com'])
  expect(smartHostsOf(both, 'ex01.contoso.local')).toEqual(['mail.contoso.com'])
  expect(smartHostsOf(both, 'EX09')).toEqual(['mail.contoso.com', 'mail.fabrikam.com'])
  const twice = configFrom(ofForest('contoso', 'EX01') + ofForest('contoso', 'EX01'))
  expect(twice.hybridConfigurations.map((h) => h.id)).toEqual(['Hybrid Configuration'])
})
