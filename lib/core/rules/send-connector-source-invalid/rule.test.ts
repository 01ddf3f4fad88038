import { expect, it } from 'vitest'
import { configFrom } from '../../testing/config-from'
import {
  exchangeServer,
  exported,
  internetConnector,
  judge,
  sendExport,
  shown,
  withoutProperties,
} from '../../testing/exports-text'
import { rule } from './rule'

const servers = exported('Get-ExchangeServer', exchangeServer('EX01'), exchangeServer('EX02'))
const one = (sources: string, ...more: Record<string, string>[]) =>
  sendExport(internetConnector({ SourceTransportServers: sources }), ...more)
const other = (own: Record<string, string>) => internetConnector({ Name: 'B', Identity: 'B', ...own })
const GUID = '0b8a8f1e-5c39-4bd6-9d0d-2a4f4c2f6f11'

it.each([
  ['{}', 'empty', '', 0],
  ['{EX01, EX00}', 'absent', 'EX00', 1],
  ['{EX00}', 'absent', 'EX00', 0],
  [`{EX01, ${GUID}}`, 'removed', GUID, 1],
  [`{EX01, EX02, EX9 DEL:${GUID}}`, 'removed', `EX9 DEL:${GUID}`, 2],
])('%s: %s', (sources, cause, names, left) => {
  const { fails } = judge(rule, one(sources) + servers)
  expect(fails).toMatchObject([{ severity: 'high', params: { cause, servers: names, left, only: 'yes' } }])
  expect(fails[0]?.couldRaise).toBeUndefined()
})

it.each([
  ['the same space', one('{}', other({})), 'medium', undefined],
  ['another space', one('{}', other({ AddressSpaces: '{SMTP:fabrikam.com;1}' })), 'high', undefined],
  ['the space of another type', one('{}', other({ AddressSpaces: '{X400:*;1}' })), 'high', undefined],
  ['the same space, disabled', one('{}', other({ Enabled: 'False' })), 'high', undefined],
  [
    'one of two spaces',
    sendExport(
      internetConnector({ SourceTransportServers: '{}', AddressSpaces: '{SMTP:*;1, SMTP:fabrikam.com;1}' }),
      other({}),
    ),
    'high',
    undefined,
  ],
  ['an unknown space', one('{}', withoutProperties(other({}), 'AddressSpaces')), 'medium', ['Get-SendConnector']],
  [
    'what was not listed',
    shown('Get-SendConnector "Internet" | Format-List', [internetConnector({ SourceTransportServers: '{}' })]),
    'medium',
    ['Get-SendConnector'],
  ],
])('beside %s', (_, text, severity, could) => {
  const [first] = judge(rule, text).fails
  expect([first?.severity, first?.couldRaise?.map((m) => m.cmdlet)]).toEqual([severity, could])
})

it.each([
  ['{EX01, EX02.contoso.local}', servers, 'pass', []],
  ['{EX01}', '', 'not-assessed', ['Get-ExchangeServer']],
  [
    '{EX01, EX00}',
    shown('Get-ExchangeServer EX01 | Format-List', [exchangeServer('EX01')]),
    'not-assessed',
    ['Get-ExchangeServer'],
  ],
  ['{EX01...}', servers, 'not-assessed', ['Get-SendConnector']],
])('%s %#: %s', (sources, list, state, missing) => {
  expect(judge(rule, one(sources) + list)).toMatchObject({ state, missing })
})

it('leaves disabled ones, and asks whether one is', () => {
  const bare = internetConnector({ SourceTransportServers: '{}' })
  expect(judge(rule, sendExport({ ...bare, Enabled: 'False' })).state).toBe('not-applicable')
  expect(judge(rule, sendExport(withoutProperties(bare, 'Enabled')))).toMatchObject({ missing: ['Get-SendConnector'] })
})

it.each([
  ['{EX01, EX00}', servers, "'EX01'"],
  ['{EX00}', servers, "'EX01','EX02'"],
  [`{EX02, ${GUID}}`, '', "'EX02'"],
  ['{}', '', '<source-servers>'],
])('%s %#: %s', (sources, list, expected) => {
  const text = one(sources) + list
  const [first] = judge(rule, text).fails
  const context = { config: configFrom(text), asOf: new Date(), answers: {} }
  expect(first && rule.fix([first], context)?.steps[2]?.powershell.split('\n').at(-1)).toBe(
    `Set-SendConnector -Identity 'Internet' -SourceTransportServers ${expected}`,
  )
})
