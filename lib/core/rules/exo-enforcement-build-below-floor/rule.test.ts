import { expect, it } from 'vitest'
import {
  exchangeServer,
  exported,
  judge,
  receiveConnector,
  receiveExport,
  sendConnector,
  sendExport,
  withoutProperties,
} from '../../testing/exports-text'
import { rule } from './rule'

const server = (name: string, version: string) =>
  exchangeServer(name, { AdminDisplayVersion: version.replace(/^(\d+\.\d+)\.(.*)$/, 'Version $1 (Build $2)') })
const servers = (...versions: readonly string[]) =>
  exported('Get-ExchangeServer', ...versions.map((v, i) => server(`EX0${i + 1}`, v)))
const asked = (build: string, own: Record<string, string> = {}, day = '2026-11-21') =>
  judge(rule, sendExport(sendConnector(own)) + servers(build), {}, new Date(`${day}T00:00:00Z`))

it.each([
  ['15.2.1118.7', 'fail', 'high'],
  ['15.2.1544.48', 'fail', 'high'],
  ['15.2.1748.38', 'fail', 'high'],
  ['15.2.1748.39', 'pass', undefined],
  ['15.2.1748.10', 'not-assessed', undefined],
  ['15.1.2507.60', 'fail', 'high'],
  ['15.1.2507.6', 'not-assessed', undefined],
  ['15.0.1497.2', 'fail', 'critical'],
  ['14.3.123.4', 'fail', 'critical'],
  ['15.2.2562.17', 'pass', undefined],
])('%s: %s %s', (build, state, severity) => {
  const found = asked(build)
  expect([found.state, found.fails[0]?.severity]).toEqual([state, severity])
})

it('says that it is likely, and of which day its limit is', () =>
  expect(asked('15.2.1118.7').fails).toMatchObject([
    {
      confidence: 'likely',
      objects: [{ kind: 'server', id: 'EX01' }],
      params: { floor: '15.2.1748.39', recordedOn: '2026-10-02', version: '2019', connector: 'Outbound to Office 365' },
    },
  ]))

it('asks for the file version where only the cumulative update is known, and for the report when its limit is old', () => {
  expect(asked('15.2.1748.10').missing).toEqual([
    'Get-Command ExSetup.exe | Format-List FileVersionInfo',
    'Get-OnPremServerReportInfo',
  ])
  expect(asked('15.2.1748.39', {}, '2027-03-01')).toMatchObject({
    state: 'not-assessed',
    missing: ['Get-OnPremServerReportInfo'],
  })
  expect(asked('15.2.1118.7', {}, '2027-03-01').state).toBe('fail')
})

it('looks at source servers only, and each once', () => {
  const two = sendExport(
    sendConnector({ SourceTransportServers: '{EX02}' }),
    sendConnector({ Name: 'B', Identity: 'B', SourceTransportServers: '{EX02}' }),
  )
  const found = judge(rule, two + servers('15.2.1118.7', '15.2.2562.17'))
  expect([found.state, found.verdicts.length]).toEqual(['pass', 1])
})

it.each([
  ['disabled', { Enabled: 'False' }],
  ['to the Internet', { AddressSpaces: '{SMTP:*;1}', CloudServicesMailEnabled: 'False' }],
])('a connector that is %s says nothing', (_, own) => expect(asked('15.2.1118.7', own).fails).toEqual([]))

it('does not apply without a hybrid', () => {
  const text = sendExport(sendConnector({ AddressSpaces: '{SMTP:*;1}' })) + receiveExport(receiveConnector())
  expect(judge(rule, text + servers('15.2.1118.7')).fails).toEqual([])
})

it('asks for what it does not see', () => {
  const hidden = sendExport(withoutProperties(sendConnector(), 'SourceTransportServers'))
  expect(judge(rule, hidden + servers('15.2.2562.17'))).toMatchObject({
    state: 'not-assessed',
    missing: ['Get-SendConnector'],
  })
  const unknown = sendExport(withoutProperties(sendConnector(), 'AddressSpaces'))
  expect(judge(rule, unknown + servers('15.2.1118.7'))).toMatchObject({ state: 'not-assessed', fails: [] })
  const other = sendExport(sendConnector({ SourceTransportServers: '{EX09}' }))
  expect(judge(rule, other + servers('15.2.2562.17'))).toMatchObject({
    state: 'not-assessed',
    missing: ['Get-ExchangeServer'],
  })
  const cut = sendExport(sendConnector({ SourceTransportServers: '{EX01...}' }))
  expect(judge(rule, cut + servers('15.2.2562.17'))).toMatchObject({
    state: 'not-assessed',
    missing: ['Get-SendConnector'],
  })
  const nameless = exported('Get-ExchangeServer', withoutProperties(exchangeServer(), 'AdminDisplayVersion'))
  expect(judge(rule, sendExport(sendConnector()) + nameless)).toMatchObject({
    state: 'not-assessed',
    missing: ['Get-ExchangeServer'],
  })
})

it('is one finding for Mailbox servers and Edges', () => {
  const build = { AdminDisplayVersion: 'Version 15.2 (Build 1118.7)' }
  const all = exported(
    'Get-ExchangeServer',
    exchangeServer('EX01', build),
    exchangeServer('EDGE01', { ...build, ServerRole: 'Edge' }),
  )
  const found = judge(rule, sendExport(sendConnector({ SourceTransportServers: '{EX01, EDGE01}' })) + all)
  expect(found.fails.map((f) => f.side)).toEqual(['on-premises', 'on-premises'])
})

it('asks whether there is a hybrid where no connector leads to one', () =>
  expect(
    judge(
      rule,
      sendExport(sendConnector({ AddressSpaces: '{SMTP:*;1}', CloudServicesMailEnabled: 'False' })) +
        servers('15.2.1118.7'),
    ),
  ).toMatchObject({
    state: 'not-assessed',
    missing: ['Get-ReceiveConnector'],
  }))
