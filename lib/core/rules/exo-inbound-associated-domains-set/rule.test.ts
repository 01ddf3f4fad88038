import { expect, it } from 'vitest'
import {
  acceptedDomain,
  exported,
  hybridConfiguration,
  inboundConnector,
  inCloud,
  judge,
  withoutProperties,
} from '../../testing/exports-text'
import { rule } from './rule'

const inbound = (list: string, own: Record<string, string> = {}, ...without: string[]) =>
  exported(
    'Get-InboundConnector',
    withoutProperties(inboundConnector({ AssociatedAcceptedDomains: list, ...own }), ...without),
  )
const shared = (...domains: string[]) => hybridConfiguration({ Domains: `{${domains.join(', ')}}` })
const cloud = (...domains: string[]) =>
  exported('Get-AcceptedDomain', ...domains.map((d) => inCloud(acceptedDomain(d))))
const both = shared('contoso.com', 'autod:fabrikam.com') + cloud('contoso.com', 'fabrikam.com')

it.each([
  ['no list', inbound('{}'), 'pass'],
  ['a list, nothing else known', inbound('{contoso.com}'), 'low'],
  ['a shared domain is left out', inbound('{contoso.com}') + both, 'medium'],
  ['all shared domains are on it', inbound('{contoso.com, Fabrikam.com}') + both, 'low'],
  ['by the name of the object', inbound('{Main}') + shared('contoso.com') + named('Main', 'contoso.com'), 'low'],
  ['a cut list', inbound('{contoso.com, ...}') + both, 'low'],
  [
    'a domain that is not shared',
    inbound('{contoso.com}') + shared('contoso.com') + cloud('contoso.com', 'a.b'),
    'low',
  ],
  [
    'a domain the tenant does not have',
    inbound('{contoso.com}') + shared('contoso.com', 'a.b') + cloud('contoso.com'),
    'low',
  ],
  ['made by hand for headers', inbound('{contoso.com}', { ConnectorSource: 'Default' }), 'low'],
  [
    'not hybrid',
    inbound('{contoso.com}', { ConnectorSource: 'Default', CloudServicesMailEnabled: 'False' }),
    'not-applicable',
  ],
  ['disabled', inbound('{contoso.com}', { Enabled: 'False' }), 'not-applicable'],
  ['the list was not printed', inbound('{}', {}, 'AssociatedAcceptedDomains'), 'not-assessed'],
])('%s: %s', (_, text, expected) => {
  const { state, fails } = judge(rule, text)
  expect(fails[0]?.severity ?? state).toBe(expected)
})

function named(name: string, domain: string): string {
  return exported('Get-AcceptedDomain', inCloud(acceptedDomain(domain, { Name: name, Identity: name })))
}

it.each([
  [inbound('{contoso.com}'), ['Get-HybridConfiguration', 'Get-AcceptedDomain']],
  [inbound('{contoso.com}') + shared('contoso.com') + cloud('contoso.com'), []],
  [inbound('{contoso.com, ...}') + both, ['Get-InboundConnector']],
  [inbound('{contoso.com}') + both, []],
])('says what could raise the level', (text, cmdlets) => {
  const [first] = judge(rule, text).fails
  expect((first?.couldRaise ?? []).map((m) => m.cmdlet)).toEqual(cmdlets)
  const leftOut = first?.conditions.find((c) => c.key === 'left-out')?.value
  expect(leftOut).toBe(cmdlets.length > 0 ? 'unknown' : first?.severity === 'medium' ? 'yes' : 'no')
})
