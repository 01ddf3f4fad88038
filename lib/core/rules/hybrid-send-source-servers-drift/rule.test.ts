import { expect, it } from 'vitest'
import {
  contextOf,
  hybridConfiguration,
  hybridConnector,
  judge,
  receiveConnector,
  receiveExport,
  sendExport,
  shown,
  withoutProperties,
} from '../../testing/exports-text'
import { rule } from './rule'

const from = (SourceTransportServers: string, own: Record<string, string> = {}) =>
  sendExport(hybridConnector({ SourceTransportServers, ...own }))
const named = (SendingTransportServers: string, EdgeTransportServers = '{}') =>
  hybridConfiguration({ SendingTransportServers, EdgeTransportServers })

it.each([
  ['{EX01, EX02}', named('{EX02, ex01.contoso.local}'), 'pass'],
  ['{EX01}', named('{EX01, EX02}'), ': EX02'],
  ['{EX01, EX03}', named('{EX01}'), 'EX03: '],
  ['{EX01, EX03}', named('{EX01, EX02}'), 'EX03: EX02'],
  ['{EDGE01}', named('{}', '{EDGE01}'), 'pass'],
  ['{EX01}', named('{}', '{EDGE01}'), 'EX01: EDGE01'],
  ['{EDGE01}', named('{EX01}', '{EDGE01}'), 'pass'],
  ['{EX01}', named('{EX01}', '{EDGE01}'), 'pass'],
  ['{}', named('{EX01}'), ': EX01'],
  ['', named('{EX01}'), ': EX01'],
  ['{EX01}', named('{}'), 'not-applicable'],
  ['{EX01, ...}', named('{EX01, EX02}'), 'not-assessed'],
  ['{EX03, ...}', named('{EX01, EX02}'), 'EX03: EX01, EX02'],
  ['System.Object[]', named('{EX01}'), 'not-assessed'],
  ['{EX01}', named('{EX01, ...}'), 'not-assessed'],
  ['{EX01}', named('{EX02}', 'System.Object[]'), 'not-assessed'],
  ['{EX01}', named('{EX01}', 'System.Object[]'), 'pass'],
])('from %s: %#', (sources, configuration, expected) => {
  const { state, fails } = judge(rule, `${from(sources)}${configuration}`)
  expect([...fails.map((f) => `${f.params.extra}: ${f.params.lacking}`), state][0]).toBe(expected)
  for (const f of fails) expect(f.severity).toBe('medium')
})

it('does not apply where nothing is hybrid, or no hybrid configuration exists', () => {
  const internet = from('{EX01}', { AddressSpaces: '{SMTP:*;1}' })
  const receive = receiveExport(receiveConnector({}, 'EX01', 'a'), receiveConnector({}, 'EX01', 'b'))
  expect(judge(rule, `${internet}${receive}`).state).toBe('not-applicable')
  expect(judge(rule, `${shown('Get-HybridConfiguration | Format-List', [])}${from('{EX01}')}`).state).toBe(
    'not-applicable',
  )
})

it('asks for what is missing', () => {
  expect(judge(rule, from('{EX01}')).missing).toEqual(['Get-HybridConfiguration'])
  expect(judge(rule, `${from('{EX01}')}${named('{EX01, ...}')}`).missing).toEqual(['Get-HybridConfiguration'])
  const unprinted = sendExport(withoutProperties(hybridConnector(), 'SourceTransportServers'))
  expect(judge(rule, `${unprinted}${named('{EX01}')}`).missing).toEqual(['Get-SendConnector'])
})

it('is about the enabled connector for the routing domain only', () => {
  const relay = { AddressSpaces: '{SMTP:*;1}', SmartHosts: '{contoso-com.mail.protection.outlook.com}' }
  expect(judge(rule, `${from('{EX02}', relay)}${named('{EX01}')}`).state).toBe('not-applicable')
  expect(judge(rule, `${from('{EX02}', { Enabled: 'False' })}${named('{EX01}')}`).state).toBe('not-applicable')
})

it('takes the list of the hybrid configuration, of Edges where it names those alone', () => {
  const change = (configuration: string) => {
    const context = contextOf(`${from('{EX09}')}${configuration}`)
    const [first] = [...rule.check(context)]
    return first?.state === 'fail' ? rule.fix([first], context)?.steps[2]?.powershell : undefined
  }
  expect(change(named('{EX01, EX02}'))).toContain("-SourceTransportServers 'EX01','EX02'")
  expect(change(named('{}', '{EDGE01}'))).toContain("-SourceTransportServers 'EDGE01'")
})
