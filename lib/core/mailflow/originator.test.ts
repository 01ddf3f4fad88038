import { describe, expect, it } from 'vitest'
import { configFrom } from '../testing/config-from'
import { acceptedDomain, exported, inCloud, remoteDomain, withoutProperties } from '../testing/exports-text'
import { trustsOriginator, trustsRecipients } from './originator'

type Own = Record<string, string>
const own = exported('Get-AcceptedDomain', acceptedDomain('contoso.com'))
const trusted = { TrustedMailInboundEnabled: 'True', TrustedMailOutboundEnabled: 'False' }
const plain = { TrustedMailInboundEnabled: 'False', TrustedMailOutboundEnabled: 'False' }
const remote = (...all: Own[]) => exported('Get-RemoteDomain', ...all)

describe('is the originator trusted', () => {
  it.each([
    ['an own domain', 'Contoso.com', own + remote(remoteDomain('*', plain)), 'yes', []],
    ['a remote domain', 'a.example', own + remote(remoteDomain('a.example', trusted)), 'yes', []],
    ['one below its wildcard', 'b.a.example', own + remote(remoteDomain('*.a.example', trusted)), 'yes', []],
    ['beside a wildcard', 'ba.example', own + remote(remoteDomain('*.a.example', trusted)), 'no', []],
    ['by the one for the rest', 'a.example', own + remote(remoteDomain('*', trusted)), 'yes', []],
    [
      'not by the one for the rest where a closer one says no',
      'a.example',
      own + remote(remoteDomain('*', trusted), remoteDomain('a.example', plain)),
      'no',
      [],
    ],
    [
      'not by what the cloud trusts',
      'a.example',
      own + remote(remoteDomain('*', plain), inCloud(remoteDomain('a.example', trusted))),
      'no',
      [],
    ],
    ['domains not supplied', 'a.example', remote(remoteDomain('*', plain)), 'unknown', ['Get-AcceptedDomain']],
    ['remote domains not supplied', 'a.example', own, 'unknown', ['Get-RemoteDomain']],
    [
      'one name not printed',
      'a.example',
      own + remote(remoteDomain('*', plain), withoutProperties(remoteDomain('x', plain), 'DomainName')),
      'unknown',
      ['Get-RemoteDomain'],
    ],
  ] as const)('%s', (_, domain, text, value, lacks) =>
    expect(trustsOriginator(configFrom(text), domain)).toMatchObject({ value, lacks }))

  it('inward and outward are two settings', () => {
    const config = configFrom(own + remote(remoteDomain('*', trusted)))
    expect([trustsOriginator(config, 'a.example').value, trustsRecipients(config, 'a.example').value]).toEqual([
      'yes',
      'no',
    ])
  })
})
