import { describe, expect, it } from 'vitest'
import { configFrom } from '../../testing/config-from'
import {
  exchangeServer,
  exported,
  hybridConfiguration,
  internetConnector,
  judge,
  receiveConnector,
  receiveExport,
  sendConnector,
  sendExport,
  shown,
  withoutProperties,
} from '../../testing/exports-text'
import { rule } from './rule'

const ENTRY = '{mail.protection.outlook.com:AcceptCloudServicesMail}'
const NAME = '<I>CN=Public CA G1<S>CN=mail.contoso.com'
const edgeConnector = (own: Record<string, string> = {}, name = 'Default internal receive connector EDGE01') =>
  withoutProperties(
    receiveConnector(
      { Bindings: '{0.0.0.0:25}', TlsDomainCapabilities: ENTRY, TlsCertificateName: NAME, ...own },
      'EDGE01',
      name,
    ),
    'TransportRole',
  )
const received = (...connectors: readonly Record<string, string>[]) =>
  shown('Get-ReceiveConnector -Server EDGE01 | Format-List', connectors)
const hybrid = (own: Record<string, string> = {}) =>
  hybridConfiguration({
    EdgeTransportServers: '{EDGE01}',
    SendingTransportServers: '{}',
    ReceivingTransportServers: '{}',
    ...own,
  })
const servers = exported('Get-ExchangeServer', exchangeServer('EX01'), exchangeServer('EDGE01', { ServerRole: 'Edge' }))

describe('an Edge of the hybrid configuration', () => {
  it.each([
    ['ready', {}, 'pass', undefined],
    ['no capability', { TlsDomainCapabilities: '{}' }, 'fail', ['yes', 'no']],
    ['another domain', { TlsDomainCapabilities: '{fabrikam.com:AcceptCloudServicesMail}' }, 'fail', ['yes', 'no']],
    ['no name', { TlsCertificateName: '' }, 'fail', ['no', 'yes']],
    ['neither', { TlsDomainCapabilities: '{}', TlsCertificateName: '' }, 'fail', ['yes', 'yes']],
    ['disabled', { Enabled: 'False' }, 'fail', ['yes', 'no']],
    ['another port', { Bindings: '{0.0.0.0:2525}' }, 'fail', ['yes', 'no']],
  ])('%s', (_, own, state, values) => {
    const found = judge(rule, hybrid() + received(edgeConnector(own)))
    expect(found.state).toBe(state)
    expect(found.fails[0]?.conditions.slice(1).map((c) => c.value)).toEqual(values)
  })

  it('may have one connector that is ready beside others', () => {
    const other = edgeConnector(
      { TlsDomainCapabilities: '{}', TlsCertificateName: '', Bindings: '{10.0.0.1:25}' },
      'Other',
    )
    expect(judge(rule, hybrid() + received(other, edgeConnector())).state).toBe('pass')
    // The entry on one, the name on another: neither is ready.
    const half = edgeConnector({ TlsDomainCapabilities: '{}', Bindings: '{10.0.0.1:25}' }, 'Other')
    expect(judge(rule, hybrid() + received(half, edgeConnector({ TlsCertificateName: '' }))).state).toBe('fail')
  })

  it.each(['TlsDomainCapabilities', 'TlsCertificateName', 'Enabled', 'Bindings'])('asks without %s', (name) =>
    expect(judge(rule, hybrid() + received(withoutProperties(edgeConnector(), name)))).toMatchObject({
      state: 'not-assessed',
      missing: ['Get-ReceiveConnector'],
    }))

  it('asks for the export of the Edge', () => {
    const { verdicts, state } = judge(rule, hybrid() + receiveExport(receiveConnector()))
    expect(state).toBe('not-assessed')
    expect(verdicts).toMatchObject([
      { missing: [{ cmdlet: 'Get-ReceiveConnector', side: 'edge', servers: ['EDGE01'] }] },
    ])
    const named = shown("Get-ReceiveConnector 'EDGE01\\Default' | Format-List", [
      edgeConnector({ TlsDomainCapabilities: '{}' }),
    ])
    expect(judge(rule, hybrid() + named).state).toBe('not-assessed')
  })

  it('takes the certificate name that the hybrid uses', () => {
    const powershell = (text: string) => {
      const [first] = judge(rule, text).fails
      return (
        first &&
        rule
          .fix([first], { config: configFrom(text), asOf: new Date(), answers: {} })
          ?.steps[2]?.powershell.split('\n')
          .at(-1)
      )
    }
    const bare = received(edgeConnector({ TlsCertificateName: '' }))
    expect(powershell(hybrid({ TlsCertificateName: NAME }) + bare)).toBe(
      `Set-ReceiveConnector -Identity 'EDGE01\\Default internal receive connector EDGE01' -TlsCertificateName '${NAME}'`,
    )
    expect(powershell(hybrid() + bare)).toContain('-TlsCertificateName <certificate-name>')
  })
})

describe('without a name in the hybrid configuration', () => {
  const bare = received(edgeConnector({ TlsDomainCapabilities: '{}' }))
  it.each([
    ['an Edge sends', sendExport(sendConnector({ SourceTransportServers: '{EDGE01}' })) + servers + bare, 'fail'],
    ['a Mailbox server sends', sendExport(sendConnector()) + servers + bare, 'not-applicable'],
    ['the hybrid configuration names none', hybrid({ EdgeTransportServers: '{}' }) + bare, 'not-applicable'],
    ['nobody knows who sends', sendExport(sendConnector()) + bare, 'not-assessed'],
    ['no hybrid', sendExport(internetConnector()) + receiveExport(receiveConnector()) + servers, 'not-applicable'],
    ['nothing tells whether there is one', sendExport(internetConnector()) + servers, 'not-assessed'],
    ['neither input', servers + bare, 'not-assessed'],
  ])('%s: %s', (_, text, state) => expect(judge(rule, text).state).toBe(state))
})
