import { describe, expect, it } from 'vitest'
import { configFrom } from '../testing/config-from'
import {
  acceptedDomain,
  exported,
  inCloud,
  internetConnector,
  receiveConnector,
  receiveExport,
  remoteDomain,
  sendConnector,
  sendExport,
  shown,
  withoutProperties,
} from '../testing/exports-text'
import { areRemoteDomainsListed, hasTenant, remoteDomainsOf, remoteNameOf } from './remote-domains'

const list = (...all: readonly Record<string, string>[]) => exported('Get-RemoteDomain', ...all)
const both = configFrom(list(remoteDomain('*')) + list(inCloud(remoteDomain('Contoso.COM'))))

it('keeps the sides apart', () => {
  expect(remoteDomainsOf(both, 'on-premises').map(remoteNameOf)).toEqual(['*'])
  expect(remoteDomainsOf(both, 'exchange-online').map(remoteNameOf)).toEqual(['contoso.com'])
})

describe('areRemoteDomainsListed', () => {
  it.each([
    ['all', list(remoteDomain('*')), 'yes', 'no'],
    ['all of the cloud', list(inCloud(remoteDomain('*'))), 'no', 'yes'],
    ['one by name', shown('Get-RemoteDomain Default | Format-List', [remoteDomain('*')]), 'unknown', 'no'],
    [
      'one without its name',
      list(remoteDomain('*'), withoutProperties(remoteDomain('a.example'), 'DomainName')),
      'unknown',
      'no',
    ],
  ])('%s', (_, text, here, there) => {
    const config = configFrom(text)
    expect([areRemoteDomainsListed(config, 'on-premises'), areRemoteDomainsListed(config, 'exchange-online')]).toEqual([
      here,
      there,
    ])
  })
})

describe('hasTenant', () => {
  const alone = sendExport(internetConnector()) + receiveExport(receiveConnector())
  it.each([
    ['no sign of one', alone, false],
    ['not enough to tell', list(remoteDomain('*')), true],
    ['a connector to it', receiveExport(receiveConnector()) + sendExport(sendConnector()), true],
    [
      'an accepted routing domain',
      alone + exported('Get-AcceptedDomain', acceptedDomain('contoso.mail.onmicrosoft.com')),
      true,
    ],
    ['an export of it', alone + list(inCloud(remoteDomain('*'))), true],
  ])('%s: %s', (_, text, expected) => expect(hasTenant(configFrom(text))).toBe(expected))
})
