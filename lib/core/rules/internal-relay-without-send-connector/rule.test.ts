import { describe, expect, it } from 'vitest'
import { configFrom } from '../../testing/config-from'
import {
  acceptedDomain,
  exchangeServer,
  exported,
  inCloud,
  internetConnector,
  judge,
  sendExport,
  withoutProperties,
} from '../../testing/exports-text'
import { rule } from './rule'

const relay = (own: Record<string, string> = {}) =>
  acceptedDomain('sub.contoso.com', { DomainType: 'InternalRelay', ...own })
const domains = (...all: readonly Record<string, string>[]) => exported('Get-AcceptedDomain', ...all)
const send = (AddressSpaces: string, own: Record<string, string> = {}) =>
  internetConnector({ AddressSpaces, Name: AddressSpaces, Identity: AddressSpaces, ...own })
const servers = exported('Get-ExchangeServer', exchangeServer('EX01'), exchangeServer('EDGE01', { ServerRole: 'Edge' }))
const star = send('{SMTP:*;1}')

describe('a domain', () => {
  it.each([
    ['authoritative', domains(acceptedDomain('sub.contoso.com')) + sendExport(star), 'pass'],
    ['external relay', domains(relay({ DomainType: 'ExternalRelay' })) + sendExport(star), 'pass'],
    ['of the cloud', domains(acceptedDomain('contoso.com')) + domains(inCloud(relay())) + sendExport(star), 'pass'],
    ['with its connector', domains(relay()) + sendExport(star, send('{SMTP:sub.contoso.com;1}')), 'pass'],
    ['with a wildcard above it', domains(relay()) + sendExport(star, send('{SMTP:*.contoso.com;1}')), 'pass'],
    [
      'with a disabled connector',
      domains(relay()) + sendExport(star, send('{SMTP:sub.contoso.com;1}', { Enabled: 'False' })),
      'fail',
    ],
    ['with nothing', domains(relay()) + sendExport(star), 'fail'],
    ['with some of the connectors', domains(relay()) + exported('Get-SendConnector Internet', star), 'not-assessed'],
    ['of unknown type', domains(withoutProperties(relay(), 'DomainType')) + sendExport(star), 'not-assessed'],
    [
      'picked by name',
      exported('Get-AcceptedDomain contoso.com', acceptedDomain('contoso.com')) + sendExport(star),
      'not-assessed',
    ],
    ['of the cloud only', domains(inCloud(relay())) + sendExport(star), 'not-assessed'],
  ])('%s: %s', (_, text, state) => expect(judge(rule, text).state).toBe(state))

  it('asks for the side that is missing', () => {
    expect(judge(rule, domains(relay()) + exported('Get-SendConnector Internet', star)).missing).toEqual([
      'Get-SendConnector',
    ])
    expect(judge(rule, domains(withoutProperties(relay(), 'DomainType')) + sendExport(star)).missing).toEqual([
      'Get-AcceptedDomain',
    ])
    expect(judge(rule, domains(withoutProperties(relay(), 'DomainName')) + sendExport(star)).fails).toEqual([])
  })
})

describe('its level', () => {
  const level = (connectors: readonly Record<string, string>[], answers: Record<string, string> = {}) => {
    const [fail] = judge(rule, domains(relay()) + sendExport(...connectors) + servers, answers).fails
    return [fail?.severity, fail?.params.over, fail?.couldRaise !== undefined]
  }
  it.each([
    ['the Internet by DNS', [star], 'high', 'no', false],
    ['no way out', [send('{SMTP:fabrikam.com;1}')], 'high', 'no', false],
    ['a smart host', [send('{SMTP:*;1}', { SmartHosts: '{gw.contoso.com}' })], 'medium', 'yes', false],
    [
      'a disabled smart host beside',
      [star, send('{SMTP:*;5}', { SmartHosts: '{gw.contoso.com}', Enabled: 'False' })],
      'high',
      'no',
      false,
    ],
    ['two, one by DNS', [star, send('{SMTP:*;5}', { SmartHosts: '{gw.contoso.com}' })], 'high', 'no', false],
    [
      'a smart host, and the Internet by DNS for one domain',
      [send('{SMTP:*;1}', { SmartHosts: '{gw.contoso.com}' }), send('{SMTP:fabrikam.com;1}')],
      'medium',
      'yes',
      false,
    ],
    ['an Edge', [send('{SMTP:*;100}', { SourceTransportServers: '{EDGE01}' })], 'medium', 'yes', false],
    ['an Edge that leads inside', [star, send('{SMTP:--;1}')], 'medium', 'yes', false],
    ['smart hosts not printed', [withoutProperties(star, 'SmartHosts')], 'medium', 'unknown', true],
  ])('%s: %s', (_, connectors, ...expected) => expect(level(connectors)).toEqual(expected))

  it('names the connector that takes everything, if it is enabled', () => {
    const named = (...connectors: readonly Record<string, string>[]) => {
      const [fail] = judge(rule, domains(relay()) + sendExport(...connectors)).fails
      return [fail?.params.star, fail?.params.connector]
    }
    expect(named(star, send('{SMTP:fabrikam.com;1}'))).toEqual(['yes', '{SMTP:*;1}'])
    expect(named(send('{SMTP:*;1}', { Enabled: 'False' }))).toEqual(['no', ''])
  })

  it('is a note where all recipients are known', () => expect(level([star], { resolvable: 'all' })[0]).toBe('info'))
})

it('sends from where mail to the Internet is sent', () => {
  const text = domains(relay()) + sendExport(star)
  const [first] = judge(rule, text).fails
  const fix = first && rule.fix([first], { config: configFrom(text), asOf: new Date(), answers: {} })
  expect(fix?.steps[2]?.powershell.split('\n').at(-1)).toBe(
    "New-SendConnector -Name 'Relay sub.contoso.com' -AddressSpaces 'SMTP:sub.contoso.com;1' -DNSRoutingEnabled $false -SmartHosts <smart-hosts> -SourceTransportServers 'EX01'",
  )
})
