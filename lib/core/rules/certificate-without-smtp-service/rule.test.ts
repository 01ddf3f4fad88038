import { describe, expect, it } from 'vitest'
import {
  certificate,
  certificateExport,
  judgeOfBoth as judge,
  receiveConnector,
  receiveExport,
  sendConnector,
  sendExport,
  withoutProperties,
} from '../../testing/exports-text'
import { rule } from './rule'

const bare = certificate({ Services: 'IIS' })
const PAIR = '<I>CN=Public CA G1<S>CN=mail.contoso.com'
const setup = certificate({
  CertificateDomains: '{EX01, EX01.contoso.local}',
  IsSelfSigned: 'True',
  Issuer: 'CN=EX01',
  Subject: 'CN=EX01',
  Services: 'IMAP, POP, IIS, SMTP',
  Thumbprint: 'A'.repeat(40),
})

describe('named by a connector', () => {
  it('finds it by a send connector on each of its source servers, by a receive connector on its own', () => {
    const send = sendExport(sendConnector({ SourceTransportServers: '{EX01, EX02}' }))
    const on = (server: string, c: Record<string, string>) => certificateExport(server, c)
    const found = judge(rule, `${send}${on('EX01', certificate())}${on('EX02', bare)}`)
    expect(found.fails.map((f) => [f.objects[0].id, f.severity, f.confidence])).toEqual([
      [`EX02\\${bare.Thumbprint}`, 'medium', 'likely'],
    ])
    const receive = receiveExport(receiveConnector({ TlsCertificateName: PAIR }))
    expect(judge(rule, `${receive}${on('EX01', bare)}`).fails[0]?.params).toMatchObject({
      via: 'name',
      connector: 'EX01\\Default Frontend EX01',
    })
  })

  it('is one finding a certificate, however many connectors and servers take it', () => {
    const text = `${sendExport(sendConnector())}${receiveExport(receiveConnector({ TlsCertificateName: PAIR }))}${certificateExport('EX01', bare)}`
    expect(judge(rule, text).fails.map((f) => [f.key, f.params.uses])).toEqual([[bare.Thumbprint, 2]])
  })

  it.each([
    ['disabled connector', sendConnector({ Enabled: 'False' }), [bare], 'not-applicable'],
    ['no name set', sendConnector({ TlsCertificateName: '' }), [bare], 'not-applicable'],
    [
      'another subject',
      sendConnector({ TlsCertificateName: '<I>CN=Public CA G1<S>CN=other' }),
      [bare],
      'not-applicable',
    ],
    ['SMTP bound', sendConnector(), [certificate()], 'pass'],
    ['services not printed', sendConnector(), [withoutProperties(bare, 'Services')], 'not-assessed'],
    ['name not printed', withoutProperties(sendConnector(), 'TlsCertificateName'), [bare], 'not-assessed'],
    ['no private key', sendConnector(), [certificate({ ...bare, HasPrivateKey: 'False' })], 'not-applicable'],
  ])('%s', (_, connector, certificates, state) => {
    expect(judge(rule, `${sendExport(connector)}${certificateExport('EX01', ...certificates)}`).state).toBe(state)
  })

  it('asks for the certificates of a source server that are not there', () => {
    const send = sendExport(sendConnector({ SourceTransportServers: '{EX01, EX02}' }))
    expect(judge(rule, `${send}${certificateExport('EX01', certificate())}`)).toMatchObject({
      state: 'not-assessed',
      missing: ['Get-ExchangeCertificate'],
    })
  })

  it('speaks only when newest start and latest end agree', () => {
    const longer = certificate({
      NotBefore: '25.06.2025 02:00:00',
      NotAfter: '28.07.2028 01:59:59',
      Thumbprint: 'B'.repeat(40),
    })
    const send = sendExport(sendConnector())
    const pair = (services: string) => certificateExport('EX01', bare, { ...longer, Services: services })
    expect(judge(rule, `${send}${pair('SMTP')}`).state).toBe('not-assessed')
    expect(judge(rule, `${send}${pair('None')}`).fails.map((f) => f.key)).toEqual([bare.Thumbprint, 'B'.repeat(40)])
  })

  it('lets an older twin without SMTP rest', () => {
    const older = certificate({
      ...bare,
      NotBefore: '25.06.2025 02:00:00',
      NotAfter: '28.12.2026 01:59:59',
      Thumbprint: 'C'.repeat(40),
    })
    expect(judge(rule, `${sendExport(sendConnector())}${certificateExport('EX01', older, certificate())}`).state).toBe(
      'pass',
    )
  })
})

describe('picked by host name', () => {
  const receive = receiveExport(receiveConnector())
  it('leaves a pristine server alone', () => {
    const wmsvc = certificate({
      CertificateDomains: '{WMSvc-SHA2-EX01}',
      Subject: 'CN=WMSvc-SHA2-EX01',
      Issuer: 'CN=WMSvc-SHA2-EX01',
      IsSelfSigned: 'True',
      Services: 'None',
      Thumbprint: 'D'.repeat(40),
    })
    expect(judge(rule, `${receive}${certificateExport('EX01', setup, wmsvc)}`).state).toBe('pass')
  })

  it('finds a certificate of a CA that takes the place of the self-signed one', () => {
    const machine = certificate({
      CertificateDomains: '{EX01.contoso.local}',
      Subject: 'CN=EX01.contoso.local',
      Services: 'None',
    })
    const { fails } = judge(rule, `${receive}${certificateExport('EX01', setup, machine)}`)
    expect(fails.map((f) => f.params)).toMatchObject([{ via: 'host', host: 'EX01.contoso.local', services: 'None' }])
  })

  it('does not look behind the front end, nor at a connector without Tls', () => {
    const machine = certificate({ CertificateDomains: '{EX01.contoso.local}', Services: 'None' })
    for (const own of [{ TransportRole: 'HubTransport', Bindings: '{0.0.0.0:2525}' }, { AuthMechanism: 'Integrated' }])
      expect(judge(rule, `${receiveExport(receiveConnector(own))}${certificateExport('EX01', machine)}`).state).toBe(
        'not-applicable',
      )
  })
})
