import { describe, expect, it } from 'vitest'
import type { Certificate } from '../model'
import { configFrom } from '../testing/config-from'
import {
  certificate,
  certificateExport,
  exchangeServer,
  exported,
  hybridConfiguration,
  receiveConnector,
  receiveExport,
  sendConnector,
  sendExport,
  shown,
  transportService,
  withoutProperties,
} from '../testing/exports-text'
import {
  canServe,
  hybridPicks,
  isInternalTransport,
  openHybrid,
  usageOf,
  validTwin,
  withoutInventory,
} from './certificate-usage'
import { inventoryOf, sideOf } from './certificate-uses'

const asOf = new Date('2026-11-21T00:00:00Z')
const PAIR = '<I>CN=Public CA G1<S>CN=mail.contoso.com'
const bare = certificate({ Services: 'None' })
const on = (...c: readonly Record<string, string>[]) => certificateExport('EX01', ...c)
const first = (text: string): { config: ReturnType<typeof configFrom>; c: Certificate } => {
  const config = configFrom(text)
  const [c] = config.certificates
  if (!c) throw new Error('no certificate')
  return { config, c }
}
const usage = (text: string) => {
  const { config, c } = first(text)
  const u = usageOf(config, asOf, c)
  return {
    hybrid: u.hybrid,
    named: u.named.value,
    inUse: u.inUse.value,
    missing: [...new Set(u.missing.map((m) => m.cmdlet))].sort(),
  }
}
const partner = { AddressSpaces: '{smtp:fabrikam.com;1}' }
const whole = `${receiveExport(receiveConnector())}${sendExport(sendConnector({ ...partner, TlsCertificateName: '' }))}`

describe('usageOf', () => {
  const no = { hybrid: 'no', named: 'no', inUse: 'no' }
  it.each([
    ['complete exports that do not name it', `${whole}${on(bare)}`, { ...no, missing: [] }],
    ['a service', `${whole}${on(certificate())}`, { ...no, inUse: 'yes' }],
    ['a service that shows it to nobody', `${whole}${on({ ...bare, Services: 'UM' })}`, no],
    ['a send connector', `${sendExport(sendConnector())}${on(bare)}`, { hybrid: 'yes', named: 'yes', inUse: 'yes' }],
    [
      'one to a partner',
      `${receiveExport(receiveConnector())}${sendExport(sendConnector(partner))}${on(bare)}`,
      { hybrid: 'no', named: 'yes', inUse: 'yes' },
    ],
    [
      'one on another server',
      `${receiveExport(receiveConnector())}${sendExport(sendConnector({ ...partner, SourceTransportServers: '{EX02}' }))}${on(bare)}`,
      no,
    ],
    [
      'a disabled one',
      `${receiveExport(receiveConnector())}${sendExport(sendConnector({ ...partner, Enabled: 'False' }))}${on(bare)}`,
      no,
    ],
    [
      'one behind the front end',
      `${receiveExport(receiveConnector({ TransportRole: 'HubTransport', TlsCertificateName: PAIR }))}${sendExport(sendConnector({ ...partner, TlsCertificateName: '' }))}${on(bare)}`,
      no,
    ],
    [
      'a host name',
      `${receiveExport(receiveConnector({ Fqdn: 'mail.contoso.com' }))}${sendExport(sendConnector({ ...partner, TlsCertificateName: '' }))}${on(bare)}`,
      { named: 'no', inUse: 'yes' },
    ],
    [
      'the hybrid configuration',
      `${whole}${hybridConfiguration({ TlsCertificateName: PAIR })}${on(bare)}`,
      { hybrid: 'no', named: 'yes', inUse: 'yes' },
    ],
  ])('%s', (_, text, expected) => expect(usage(text)).toMatchObject(expected))

  it.each([
    [
      'receive connectors',
      `${sendExport(sendConnector({ ...partner, TlsCertificateName: '' }))}${on(bare)}`,
      'Get-ReceiveConnector',
    ],
    ['send connectors', `${receiveExport(receiveConnector())}${on(bare)}`, 'Get-SendConnector'],
    [
      'the hybrid configuration',
      `${receiveExport(receiveConnector({ TlsDomainCapabilities: '{mail.protection.outlook.com:AcceptCloudServicesMail}' }))}${sendExport(sendConnector({ TlsCertificateName: '' }))}${on(bare)}`,
      'Get-HybridConfiguration',
    ],
    ['the services', `${whole}${on(withoutProperties(bare, 'Services'))}`, 'Get-ExchangeCertificate'],
    ['the subject', `${whole}${on(withoutProperties(bare, 'Subject'))}`, 'Get-ExchangeCertificate'],
    [
      'the name of a connector',
      `${receiveExport(receiveConnector())}${sendExport(withoutProperties(sendConnector(partner), 'TlsCertificateName'))}${on(bare)}`,
      'Get-SendConnector',
    ],
    [
      'whether a connector is enabled',
      `${receiveExport(receiveConnector())}${sendExport(withoutProperties(sendConnector(partner), 'Enabled'))}${on(bare)}`,
      'Get-SendConnector',
    ],
    [
      'the source servers of a connector',
      `${receiveExport(receiveConnector())}${sendExport(withoutProperties(sendConnector(partner), 'SourceTransportServers'))}${on(bare)}`,
      'Get-SendConnector',
    ],
    [
      'the mechanisms of a connector',
      `${receiveExport(withoutProperties(receiveConnector(), 'AuthMechanism'))}${sendExport(sendConnector({ ...partner, TlsCertificateName: '' }))}${on(bare)}`,
      'Get-ReceiveConnector',
    ],
  ])('is unknown without %s', (_, text, cmdlet) => {
    const found = usage(text)
    expect([found.inUse, found.missing]).toEqual(['unknown', expect.arrayContaining([cmdlet])])
  })

  it('does not say which of two is taken by host name', () => {
    const other = certificate({
      ...bare,
      NotBefore: '25.06.2025 00:00:00',
      NotAfter: '28.07.2029 00:00:00',
      Thumbprint: 'B'.repeat(40),
    })
    const receive = receiveExport(receiveConnector({ Fqdn: 'mail.contoso.com' }))
    expect(
      usage(`${receive}${sendExport(sendConnector({ ...partner, TlsCertificateName: '' }))}${on(bare, other)}`).inUse,
    ).toBe('unknown')
  })

  it('takes the only server for that of a certificate without one', () => {
    const text = `${sendExport(sendConnector())}${on(bare).replace(' -Server EX01', '')}`
    expect(usage(text)).toMatchObject({ named: 'yes', hybrid: 'yes' })
  })
})

it.each([
  [{}, 'yes'],
  [{ HasPrivateKey: 'False' }, 'no'],
  [{ NotAfter: '20.11.2026 00:00:00' }, 'no'],
  [{ NotBefore: '23.11.2026 00:00:00' }, 'no'],
  [{ NotAfter: '21.11.2026 03:00:00' }, 'unknown'],
  [{ Status: 'Revoked' }, 'no'],
  [{ Status: 'Untrusted' }, 'no'],
  [{ Status: 'Invalid' }, 'no'],
  [{ Status: 'DateInvalid' }, 'no'],
  [{ Status: 'PendingRequest' }, 'no'],
  [{ Status: 'RevocationCheckFailure' }, 'yes'],
])('canServe %j: %s', (own, expected) => expect(canServe(first(on(certificate(own))).c, asOf)).toBe(expected))

describe('validTwin', () => {
  const old = certificate({ NotAfter: '01.12.2026 00:00:00', Thumbprint: 'A'.repeat(40) })
  const twin = (text: string) => {
    const { config, c } = first(text)
    return validTwin(config, asOf, c)?.thumbprint[0]
  }
  it.each([
    ['later', on(old, certificate()), '2'],
    ['earlier', on(old, certificate({ NotAfter: '30.11.2026 00:00:00' })), undefined],
    ['another subject', on(old, certificate({ Subject: 'CN=x' })), undefined],
    ['without key', on(old, certificate({ HasPrivateKey: 'False' })), undefined],
    ['on another server', `${on(old)}${certificateExport('EX02', certificate())}`, undefined],
    ['alone', on(old), undefined],
  ])('%s', (_, text, expected) => expect(twin(text)).toBe(expected))
})

it.each([
  ['a'.repeat(40), 'yes'],
  ['B'.repeat(40), 'no'],
  ['', 'no'],
  [undefined, 'unknown'],
])('is %s the internal transport certificate: %s', (thumbprint, expected) => {
  const service =
    thumbprint === undefined
      ? ''
      : exported(
          'Get-TransportService',
          transportService('EX01', { InternalTransportCertificateThumbprint: thumbprint }),
        )
  const { config, c } = first(`${service}${on(certificate({ Thumbprint: 'A'.repeat(40) }))}`)
  expect(isInternalTransport(config, c)).toBe(expected)
})

describe('inventoryOf', () => {
  const named = shown(
    'Get-ExchangeCertificate -Server EX01 -Thumbprint 2D21517C0A4E6B1F3C5D7E8F90A1B2C3D4E5F607 | Format-List',
    [certificate()],
  )
  it.each([
    ['a listing', on(certificate()), 'EX01', [true, 'yes']],
    ['one that was asked for', named, 'EX01', [true, 'unknown']],
    ['another server', on(certificate()), 'EX02', [false, 'no']],
    ['a listing of nobody', on(certificate()).replace(' -Server EX01', ''), 'EX01', [true, 'yes']],
    [
      'a listing of nobody, two servers',
      `${sendExport(sendConnector({ SourceTransportServers: '{EX01, EX02}' }))}${on(certificate()).replace(' -Server EX01', '')}`,
      'EX01',
      [false, 'no'],
    ],
  ])('%s', (_, text, server, expected) => {
    const { uploaded, whole } = inventoryOf(configFrom(text), server)
    expect([uploaded, whole]).toEqual(expected)
  })

  it('names the servers without one, Edges for themselves', () => {
    const config = configFrom(
      `${on(certificate())}${exported('Get-ExchangeServer', exchangeServer('EX01'), exchangeServer('EX02'), exchangeServer('EDGE01', { ServerRole: 'Edge' }))}`,
    )
    expect(withoutInventory(config).map((m) => [m.side, m.servers])).toEqual([
      ['edge', ['EDGE01']],
      ['on-premises', ['EX02']],
    ])
    expect([sideOf(config, 'edge01'), sideOf(config, 'EX02')]).toEqual(['edge', 'on-premises'])
  })
})

describe('hybridPicks', () => {
  const picks = (text: string) =>
    [...hybridPicks(configFrom(text), asOf)].map((p) => [
      p.connector.name,
      p.sure,
      p.picked.length,
      p.missing.map((m) => m.cmdlet),
    ])
  const capable = {
    TlsCertificateName: PAIR,
    TlsDomainCapabilities: '{mail.protection.outlook.com:AcceptCloudServicesMail}',
  }
  const out = 'Outbound to Office 365'
  it.each([
    ['send', `${sendExport(sendConnector())}${on(bare)}`, [[out, 'yes', 1, []]]],
    ['receive', `${receiveExport(receiveConnector(capable))}${on(bare)}`, [['Default Frontend EX01', 'yes', 1, []]]],
    ['by host name', `${receiveExport(receiveConnector({ ...capable, TlsCertificateName: '' }))}${on(bare)}`, []],
    ['to a partner', `${sendExport(sendConnector(partner))}${on(bare)}`, []],
    [
      'perhaps hybrid',
      `${sendExport(withoutProperties(sendConnector(), 'AddressSpaces'))}${on(bare)}`,
      [[out, 'unknown', 1, ['Get-SendConnector']]],
    ],
    [
      'sources not printed',
      `${sendExport(withoutProperties(sendConnector(), 'SourceTransportServers'))}${on(bare)}`,
      [[out, 'yes', 0, ['Get-SendConnector']]],
    ],
    [
      'sources not printed, no name',
      `${sendExport(withoutProperties(sendConnector({ TlsCertificateName: '' }), 'SourceTransportServers'))}${on(bare)}`,
      [],
    ],
    ['certificates not supplied', sendExport(sendConnector()), [[out, 'yes', 0, ['Get-ExchangeCertificate']]]],
  ])('%s', (_, text, expected) => expect(picks(text)).toEqual(expected))
})

it.each([
  ['no hybrid mail', whole, []],
  ['hybrid mail, everything listed', `${receiveExport(receiveConnector())}${sendExport(sendConnector())}`, []],
  ['hybrid mail, send connectors only', sendExport(sendConnector()), ['Get-ReceiveConnector']],
  ['nothing known', on(bare), ['Get-HybridConfiguration', 'Get-SendConnector', 'Get-ReceiveConnector']],
])('openHybrid, %s', (_, text, cmdlets) => expect(openHybrid(configFrom(text)).map((m) => m.cmdlet)).toEqual(cmdlets))
