import { expect, it } from 'vitest'
import { configFrom } from '../testing/config-from'
import { exported, inboundConnector, shown, withoutProperties } from '../testing/exports-text'
import { filtersOnThePath, isInternetDoor, looksPast } from './enhanced-filtering'

type Own = Record<string, string>
const partner: Own = { ConnectorType: 'Partner', ConnectorSource: 'Default', CloudServicesMailEnabled: 'False' }
const configOf = (own: Own, ...without: string[]) =>
  configFrom(exported('Get-InboundConnector', withoutProperties(inboundConnector(own), ...without)))
const only = (own: Own, ...without: string[]) => {
  const [c] = configOf(own, ...without).inboundConnectors
  if (!c) throw new Error('no connector was read')
  return c
}

it.each([
  [{}, [], 'no'],
  [{ EFSkipLastIP: 'True' }, [], 'yes'],
  [{ EFSkipIPs: '{192.0.2.1}' }, [], 'yes'],
  [{}, ['EFSkipLastIP'], 'unknown'],
  [{}, ['EFSkipIPs'], 'unknown'],
  [{ EFSkipLastIP: 'True' }, ['EFSkipIPs'], 'yes'],
])('looks past others, %j without %j: %s', (own, without, expected) =>
  expect(looksPast(only(own, ...without)).value).toBe(expected))

it.each([
  [{}, 'yes'],
  [partner, 'yes'],
  [{ ...partner, SenderDomains: '{smtp:a.b;1}' }, 'no'],
  [{ ...partner, Enabled: 'False' }, 'no'],
  [{ Enabled: 'False' }, 'no'],
  [{ ConnectorSource: 'Default', CloudServicesMailEnabled: 'False' }, 'no'],
])('mail from the Internet may come in, %j: %s', (own, expected) =>
  expect(isInternetDoor(only(own)).value).toBe(expected))

it('knows that nobody looks past others only from all connectors', () => {
  expect(filtersOnThePath(configOf({}))).toBe('no')
  expect(filtersOnThePath(configOf({ EFSkipLastIP: 'True' }))).toBe('yes')
  expect(filtersOnThePath(configOf({ EFSkipLastIP: 'True', Enabled: 'False' }))).toBe('no')
  expect(filtersOnThePath(configFrom(shown('Get-InboundConnector X | fl', [inboundConnector()])))).toBe('unknown')
  expect(filtersOnThePath(configFrom(''))).toBe('unknown')
})
