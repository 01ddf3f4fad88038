import { describe, expect, it } from 'vitest'
import {
  acceptedDomain,
  certificate,
  certificateExport,
  contextOf,
  exported,
  hybridConfiguration,
  inCloud,
  judge,
  outbound,
  outboundExports,
  receiveConnector,
  receiveExport,
  withoutProperties,
} from '../../testing/exports-text'
import { rule } from './rule'

type Listed = Record<string, string>
const name = { TlsCertificateName: '<I>CN=Public CA G1<S>CN=mail.contoso.com' }
const other = { TlsDomain: 'hybrid.contoso.com' }
const receive = (own: Listed = {}, server = 'EX01') => receiveConnector({ ...name, ...own }, server)
const hybrid = (servers = '{EX01}', own: Listed = {}) =>
  hybridConfiguration({ ReceivingTransportServers: servers, ...own })
const one = (own: Listed, connector = receive(), cert: Listed = {}, hidden: readonly string[] = []) =>
  `${hybrid()}${outboundExports([withoutProperties(outbound(own), ...hidden)])}${receiveExport(connector)}${certificateExport('EX01', certificate(cert))}`
const found = (text: string) => {
  const { state, fails } = judge(rule, text)
  return [...fails.map((f) => f.severity), state][0]
}

describe('the name that Exchange Online asks for', () => {
  it.each([
    ['borne', one({}), 'pass'],
    ['not borne', one(other), 'critical'],
    ['borne by a wildcard', one(other, receive(), { CertificateDomains: '{mail.contoso.com, *.contoso.com}' }), 'pass'],
    ['a wildcard', one({ TlsDomain: '*.contoso.com' }), 'pass'],
    ['another wildcard', one({ TlsDomain: '*.fabrikam.com' }), 'critical'],
    ['not asked for', one({ ...other, TlsSettings: 'CertificateValidation' }), 'not-applicable'],
    ['asked for by a disabled connector', one({ ...other, Enabled: 'False' }), 'not-applicable'],
    ['asked for in test mode', one({ ...other, TestMode: 'True' }), 'not-applicable'],
    ['asked for of a partner', one({ ...other, ConnectorType: 'Partner' }), 'not-applicable'],
    ['asked for, not printed', one(other, receive(), {}, ['TlsDomain']), 'not-assessed'],
    ['level not printed', one(other, receive(), {}, ['TlsSettings']), 'not-assessed'],
    [
      'names not printed in full',
      one(other, receive(), { CertificateDomains: '{a.com, b.com, c.com, d.com...}' }),
      'not-assessed',
    ],
    ['no STARTTLS', one(other, receive({ AuthMechanism: 'Integrated' })), 'not-applicable'],
    ['no such certificate', one(other, receive({ TlsCertificateName: '<I>CN=CA<S>CN=x' })), 'not-applicable'],
    ['on another port', one(other, receive({ Bindings: '{0.0.0.0:587}' })), 'not-applicable'],
    ['for other addresses', one(other, receive({ RemoteIPRanges: '{10.0.0.0/8}' })), 'not-applicable'],
    ['connector without its ranges', one(other, withoutProperties(receive(), 'RemoteIPRanges')), 'not-assessed'],
  ] as const)('%s: %s', (_, text, expected) => expect(found(text)).toBe(expected))

  it('asks for what is missing', () => {
    const rest = `${outboundExports([outbound(other)])}`
    const certs = certificateExport('EX01', certificate())
    const both = `${hybrid('{EX01, EX02}')}${rest}${receiveExport(receive(), receive({}, 'EX02'))}${certs}`
    const judged = judge(rule, both)
    expect(judged.fails.map((f) => [f.severity, f.couldRaise?.[0]])).toEqual([
      ['high', { cmdlet: 'Get-ExchangeCertificate', side: 'on-premises', servers: ['EX02'] }],
    ])
    expect(judged.verdicts.map((v) => v.state)).toEqual(['fail', 'not-assessed'])
    const none = `${hybrid('{EX02}')}${rest}${receiveExport(receive())}${certs}`
    expect(judge(rule, none)).toMatchObject({ state: 'not-assessed', missing: ['Get-ReceiveConnector'] })
    const cut = `${hybrid('{EX01, EX01, EX01, EX01...}')}${outboundExports([outbound()])}${receiveExport(receive())}${certs}`
    expect(judge(rule, cut)).toMatchObject({ state: 'not-assessed', missing: ['Get-HybridConfiguration'] })
  })

  it('is critical where all servers lack it, and high where some do', () => {
    const servers = (second: Listed) =>
      judge(
        rule,
        `${hybrid('{EX01, EX02}')}${outboundExports([outbound(other)])}${receiveExport(receive(), receive({}, 'EX02'))}${certificateExport('EX01', certificate())}${certificateExport('EX02', certificate(second))}`,
      ).fails
    expect(servers({}).map((f) => [f.key, f.severity, f.objects[0].id])).toEqual([
      ['', 'critical', 'EX01'],
      ['', 'critical', 'EX02'],
    ])
    const some = servers({ CertificateDomains: '{mail.contoso.com, hybrid.contoso.com}' })
    expect(some.map((f) => [f.severity, f.objects[0].id, f.couldRaise])).toEqual([['high', 'EX01', undefined]])
    expect(some[0]?.objects.map((o) => o.kind)).toEqual(['server', 'receiveConnector', 'certificate'])
  })

  it('needs a verdict that holds for every certificate that may be picked', () => {
    // Newest NotBefore and newest NotAfter name different ones.
    const old = certificate({
      Thumbprint: 'B'.repeat(40),
      NotBefore: '01.01.2026 00:00:00',
      NotAfter: '01.01.2028 00:00:00',
      CertificateDomains: '{hybrid.contoso.com}',
    })
    const text = `${hybrid()}${outboundExports([outbound(other)])}${receiveExport(receive())}${certificateExport('EX01', certificate(), old)}`
    expect(found(text)).toBe('not-assessed')
    expect(found(text.replace('{hybrid.contoso.com}', '{x.contoso.com}'))).toBe('critical')
  })

  it('needs the name from every connector that answers Exchange Online', () => {
    const second = { TlsCertificateName: '<I>CN=Public CA G1<S>CN=x.contoso.com', RemoteIPRanges: '{40.92.0.0/15}' }
    const cert = certificate({
      Subject: 'CN=x.contoso.com',
      CertificateDomains: '{x.contoso.com}',
      Thumbprint: 'C'.repeat(40),
    })
    const text = (ranges: Listed) =>
      `${hybrid()}${outboundExports([outbound()])}${receiveExport(receive(), receiveConnector({ ...second, ...ranges }, 'EX01', 'Cloud'))}${certificateExport('EX01', certificate(), cert)}`
    expect(found(text({}))).toBe('critical')
    expect(found(text({ RemoteIPRanges: '{10.0.0.0/8}' }))).toBe('pass')
  })

  it('tells the connectors of several forests apart by the smart host', () => {
    const second = outbound({ ...other, SmartHosts: '{mail.fabrikam.com}', Name: 'B', Identity: 'B' })
    const text = (own: Listed) =>
      `${hybrid('{EX01}', own)}${outboundExports([outbound(), second])}${receiveExport(receive())}${certificateExport('EX01', certificate())}`
    expect(found(text({ OnPremisesSmartHost: 'mail.contoso.com' }))).toBe('pass')
    expect(found(text({ OnPremisesSmartHost: 'mail.fabrikam.com' }))).toBe('critical')
    expect(judge(rule, text({}))).toMatchObject({ state: 'not-assessed', missing: ['Get-HybridConfiguration'] })
  })

  it('passes nothing with an old list of addresses where another connector may answer', () => {
    const apps = receiveConnector({ RemoteIPRanges: '{10.0.0.0/8}' }, 'EX01', 'Apps')
    const text = (...connectors: Listed[]) =>
      `${hybrid()}${outboundExports([outbound()])}${receiveExport(...connectors)}${certificateExport('EX01', certificate({ NotAfter: '28.07.2037 01:59:59' }))}`
    const later = new Date('2027-06-01T00:00:00Z')
    expect(judge(rule, text(receive(), apps)).state).toBe('pass')
    expect(judge(rule, text(receive(), apps), {}, later).state).toBe('not-assessed')
    expect(judge(rule, text(receive()), {}, later).state).toBe('pass')
  })
})

describe('without a hybrid configuration', () => {
  const bare = (text: string) => text.replace(hybrid(), '')
  it('counts every server', () => {
    expect(found(bare(one(other)))).toBe('critical')
    expect(found(bare(one({})))).toBe('pass')
  })
})

it('sets a name that all servers show, of a domain of the tenant, and else asks', () => {
  const change = (text: string) => {
    const [fail] = judge(rule, text).fails
    return fail && rule.fix([fail], contextOf(text))?.steps[2]?.powershell.split('\n').at(-1)
  }
  const set = "Set-OutboundConnector -Identity 'Outbound to contoso' -TlsDomain"
  const names = {
    CertificateDomains: '{EX01.contoso.local, mail.contoso.com, mail.fabrikam.com}',
    Subject: 'CN=mail.contoso.com',
  }
  expect(change(one(other, receive(), names))).toBe(`${set} 'mail.contoso.com'`)
  const accepted = (domain: string) => exported('Get-AcceptedDomain', inCloud(acceptedDomain(domain)))
  expect(change(one(other, receive(), names) + accepted('fabrikam.com'))).toBe(`${set} 'mail.fabrikam.com'`)
  expect(change(one(other, receive(), names) + accepted('tailspin.com'))).toBe(`${set} <tls-domain>`)
  const listed = (domains: string, server: string) =>
    certificateExport(server, certificate({ CertificateDomains: domains }))
  const pair = `${hybrid('{EX01, EX02}')}${outboundExports([outbound(other)])}${receiveExport(receive(), receive({}, 'EX02'))}`
  const both = `${listed('{ex.contoso.local, a.contoso.com, mail.contoso.com}', 'EX01')}${listed('{ex.contoso.local, mail.contoso.com, b.contoso.com}', 'EX02')}`
  expect(change(`${pair}${both}`)).toBe(`${set} 'mail.contoso.com'`)
})
