import { describe, expect, it } from 'vitest'
import type { Verdict } from '../rules/define-rule'
import { configFrom } from '../testing/config-from'
import {
  certificate,
  certificateExport,
  exported,
  hybridConnector,
  inboundConnector,
  sendExport,
  shown,
  withoutProperties,
} from '../testing/exports-text'
import {
  failOfInbound,
  isNameOfServers,
  isOnPremisesInbound,
  matchesOwnServers,
  onInbound,
  shownToExchangeOnline,
} from './cloud-inbound'
import { evidenceOf } from './receive-evidence'

type Own = Record<string, string>
const asOf = new Date('2026-11-21T00:00:00Z')
const inbound = (own: Own = {}, ...without: string[]) =>
  exported('Get-InboundConnector', withoutProperties(inboundConnector(own), ...without))
const send = (own: Own = {}) => sendExport(hybridConnector(own))
const cert = (own: Own = {}) => certificateExport('EX01', certificate(own))
const wordOf = (v: Verdict) => (v.state === 'not-assessed' ? v.missing.map((m) => m.cmdlet).join() : v.state)

describe('onInbound', () => {
  const words = (text: string, bad: 'yes' | 'no' | 'unknown' | null) =>
    [
      ...onInbound(configFrom(text), isOnPremisesInbound, (c, applies) =>
        bad === null
          ? null
          : {
              bad,
              fail: () =>
                failOfInbound(c, applies, {
                  severity: 'low',
                  exposure: 'none',
                  params: {},
                  evidence: evidenceOf(c.connectorSource),
                  conditions: [],
                }),
              missing: [{ cmdlet: 'Other', side: 'exchange-online', servers: [] }],
            },
      ),
    ].map(wordOf)

  it.each([
    [inbound(), 'yes', ['fail']],
    [inbound(), 'no', ['pass']],
    [inbound(), 'unknown', ['Other']],
    [inbound(), null, []],
    [inbound({ Enabled: 'False' }), 'yes', []],
    [inbound({ ConnectorType: 'Partner' }), 'yes', []],
    [inbound({}, 'Enabled'), 'yes', ['Get-InboundConnector']],
    [inbound({}, 'Enabled'), 'no', ['Get-InboundConnector']],
    [shown('Get-InboundConnector X | fl', []), 'yes', ['Get-InboundConnector']],
    [shown('Get-InboundConnector X | fl', [inboundConnector()]), 'no', ['pass']],
  ] as const)('%#: %s', (text, bad, expected) => expect(words(text, bad)).toEqual(expected))

  it('proves first what is wrong, then what makes it one of those', () => {
    const [v] = onInbound(configFrom(inbound()), isOnPremisesInbound, (c, applies) => ({
      bad: 'yes',
      fail: () =>
        failOfInbound(c, applies, {
          severity: 'low',
          exposure: 'none',
          params: { x: 1 },
          evidence: evidenceOf(c.connectorSource),
          conditions: [],
          couldRaise: [],
        }),
    }))
    expect(v).toMatchObject({
      state: 'fail',
      side: 'exchange-online',
      params: { connector: 'Inbound from contoso', x: 1 },
    })
    expect(v?.state === 'fail' && v.evidence.map((e) => e.property)).toEqual([
      'ConnectorSource',
      'Enabled',
      'ConnectorType',
    ])
    expect(v).not.toHaveProperty('couldRaise')
  })
})

describe('shownToExchangeOnline', () => {
  const of = (text: string) => {
    const { shown: found, missing } = shownToExchangeOnline(configFrom(text), asOf)
    return [found.map((s) => `${s.names.join()} ${s.whole}`), missing.map((m) => m.cmdlet)]
  }
  const names = ['mail.contoso.com true']
  it.each([
    ['both known', send() + cert(), [names, []]],
    ['no certificates', send(), [[], ['Get-ExchangeCertificate']]],
    ['no connectors', cert(), [[], ['Get-SendConnector']]],
    ['disabled', send({ Enabled: 'False' }) + cert(), [[], []]],
    ['to the Internet', send({ AddressSpaces: '{SMTP:*;1}' }) + cert(), [[], []]],
    [
      'one by its name',
      shown('Get-SendConnector X | fl', [hybridConnector()]) + cert(),
      [names, ['Get-SendConnector']],
    ],
    ['names that were cut', send() + cert({ CertificateDomains: '{a.b, ...}' }), [['mail.contoso.com,a.b false'], []]],
    [
      'without source servers',
      sendExport(withoutProperties(hybridConnector(), 'SourceTransportServers')) + cert(),
      [[], ['Get-SendConnector']],
    ],
  ])('%s', (_, text, expected) => expect(of(text)).toEqual(expected))
})

describe('matchesOwnServers', () => {
  const of = (text: string) => {
    const config = configFrom(text)
    const [c] = config.inboundConnectors
    return c && matchesOwnServers(config, asOf, c)
  }
  it.each([
    ['the name', inbound() + send() + cert(), 'yes'],
    ['another name', inbound({ TlsSenderCertificateName: 'a.b' }) + send() + cert(), 'no'],
    ['no name', inbound({ TlsSenderCertificateName: '' }), 'no'],
    ['a name that was not printed', inbound({}, 'TlsSenderCertificateName') + send() + cert(), 'unknown'],
    ['no certificates', inbound() + send(), 'unknown'],
    [
      'names that were cut',
      inbound({ TlsSenderCertificateName: 'a.b' }) + send() + cert({ CertificateDomains: '{mail.contoso.com, ...}' }),
      'unknown',
    ],
  ])('%s: %s', (_, text, expected) => expect(of(text)).toBe(expected))
})

it.each([
  ['mail.contoso.com', '{mail.contoso.com}', 'yes'],
  ['MAIL.contoso.com', '{mail.contoso.com}', 'yes'],
  ['*.contoso.com', '{mail.contoso.com}', 'yes'],
  ['*.contoso.com', '{contoso.com}', 'no'],
  ['*.contoso.com', '{a.mail.contoso.com}', 'no'],
  ['edge.contoso.com', '{*.contoso.com}', 'yes'],
  ['a.edge.contoso.com', '{*.contoso.com}', 'no'],
  ['edge.contoso.com', '{mail.contoso.com}', 'no'],
  ['edge.contoso.com', '{mail.contoso.com, ...}', 'unknown'],
  ['mail.contoso.com', '{mail.contoso.com, ...}', 'yes'],
  ['', '{mail.contoso.com}', 'no'],
])('is a name of the servers: %s in %s: %s', (name, names, expected) => {
  const config = configFrom(
    inbound({ TlsSenderCertificateName: name }) + cert({ Subject: 'CN=x', CertificateDomains: names }),
  )
  const [c] = config.inboundConnectors
  expect(c && isNameOfServers(config, c)).toBe(expected)
})
