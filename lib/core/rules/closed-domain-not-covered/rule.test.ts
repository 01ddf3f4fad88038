import { describe, expect, it } from 'vitest'
import {
  exported,
  inboundConnector,
  judge,
  outbound,
  outboundExports,
  sendConnector,
  sendExport,
  withoutProperties,
} from '../../testing/exports-text'
import { rule } from './rule'

const told = (connector = 'any', mx?: string) => ({ 'closed:member.example': connector, ...(mx ? { mx } : {}) })
const send = (spaces: string, own: Record<string, string> = {}) =>
  sendExport(sendConnector({ AddressSpaces: spaces, ...own }))

describe('the way out', () => {
  it.each([
    ['named', '{smtp:member.example;1}', {}, 'any', 'pass'],
    ['parent with subdomains', '{smtp:*.example;1}', {}, 'any', 'pass'],
    ['parent alone', '{smtp:example;1}', {}, 'any', 'fail'],
    ['everything', '{smtp:*;1}', {}, 'any', 'fail'],
    ['disabled', '{smtp:member.example;1}', { Enabled: 'False' }, 'any', 'fail'],
    ['the one that was told', '{smtp:member.example;1}', {}, 'outbound to office 365', 'pass'],
    ['cut', '{smtp:a.example;1...}', {}, 'any', 'not-assessed'],
  ] as const)('%s: %s', (_, spaces, own, connector, state) =>
    expect(judge(rule, send(spaces, own), told(connector)).state).toBe(state))

  it('is not decided where another connector than the one that was told takes it', () =>
    expect(judge(rule, send('{smtp:member.example;1}'), told('Closed')).state).toBe('not-assessed'))

  it('knows outbound connectors of Exchange Online', () => {
    const text = outboundExports([outbound({ RecipientDomains: '{member.example}' })])
    expect(judge(rule, text, told()).state).toBe('pass')
    const other = outboundExports([outbound({ RecipientDomains: '{*}' })])
    expect(judge(rule, other, told()).state).toBe('fail')
    expect(judge(rule, exported('Get-OutboundConnector', outbound({ RecipientDomains: '{*}' })), told()).state).toBe(
      'not-assessed',
    )
  })

  it('does not apply where nothing was told', () =>
    expect(judge(rule, send('{smtp:*;1}')).state).toBe('not-applicable'))
})

const CERT = { RestrictDomainsToCertificate: 'True' }
const into = (own: Record<string, string>, ...hidden: string[]) =>
  send('{smtp:member.example;1}') +
  exported(
    'Get-InboundConnector',
    withoutProperties(
      inboundConnector({ ConnectorType: 'Partner', SenderDomains: '{smtp:member.example;1}', ...own }),
      ...hidden,
    ),
  )

describe('the way in', () => {
  it.each([
    ['restricted', CERT, 'exchange-online', [], 'pass'],
    ['open', {}, 'exchange-online', [], 'fail'],
    ['for everybody', { ...CERT, SenderDomains: '{smtp:*;1}' }, 'exchange-online', [], 'fail'],
    ['another domain', { ...CERT, SenderDomains: '{smtp:a.example;1}' }, 'exchange-online', [], 'fail'],
    ['disabled', { ...CERT, Enabled: 'False' }, 'exchange-online', [], 'fail'],
    ['own servers', { ...CERT, ConnectorType: 'OnPremises' }, 'exchange-online', [], 'fail'],
    ['MX elsewhere', {}, 'gateway', [], 'pass'],
    ['MX unknown', {}, undefined, [], 'not-assessed'],
    ['flag not printed', {}, 'exchange-online', ['RestrictDomainsToCertificate'], 'not-assessed'],
    ['senders not printed', CERT, 'exchange-online', ['SenderDomains'], 'not-assessed'],
  ] as const)('%s: %s', (_, own, mx, hidden, state) =>
    expect(judge(rule, into(own, ...hidden), told('any', mx)).state).toBe(state))

  it('tells the ways apart', () => {
    const ways = (text: string) =>
      judge(rule, text, told('any', 'exchange-online')).fails.map((f) => [f.params.way, f.side])
    expect(ways(into({}))).toEqual([['in', 'exchange-online']])
    expect(ways(send('{smtp:*;1}'))).toEqual([['out', 'on-premises']])
  })

  it('is not known where Exchange Online takes the mail and nothing of it was exported', () =>
    expect(judge(rule, send('{smtp:member.example;1}'), told('any', 'exchange-online'))).toMatchObject({
      state: 'not-assessed',
      missing: ['Get-InboundConnector'],
    }))
})
