import { expect, it } from 'vitest'
import {
  acceptedDomain,
  certificate,
  certificateExport,
  contextOf,
  exported,
  hybridConnector,
  inboundConnector,
  inCloud,
  judge,
  sendExport,
  shown,
  withoutProperties,
} from '../../testing/exports-text'
import { rule } from './rule'

const inbound = (name: string, own: Record<string, string> = {}, ...without: string[]) =>
  exported(
    'Get-InboundConnector',
    withoutProperties(inboundConnector({ TlsSenderCertificateName: name, ...own }), ...without),
  )
const cloud = (domain = 'contoso.com', own: Record<string, string> = {}) =>
  exported('Get-AcceptedDomain', inCloud(acceptedDomain(domain, own)))
const below = { MatchSubDomains: 'True' }

it.each([
  ['the name itself', inbound('contoso.com') + cloud(), 'pass'],
  ['the name itself, in capitals', inbound('Contoso.COM') + cloud(), 'pass'],
  ['behind the wildcard', inbound('*.contoso.com') + cloud(), 'pass'],
  ['the parent', inbound('mail.contoso.com') + cloud(), 'info parent'],
  ['the parent of a wildcard', inbound('*.mail.contoso.com') + cloud(), 'medium parent'],
  ['farther up, with subdomains', inbound('a.mail.contoso.com') + cloud('contoso.com', below), 'medium ancestor'],
  ['farther up, without subdomains', inbound('a.mail.contoso.com') + cloud(), 'high none'],
  ['none', inbound('mail.fabrikam.net') + cloud(), 'high none'],
  ['a domain that only ends alike', inbound('mail.xcontoso.com') + cloud(), 'high none'],
  ['no name', inbound('') + cloud(), 'not-applicable'],
  ['the name was not printed', inbound('x', {}, 'TlsSenderCertificateName') + cloud(), 'not-assessed'],
  [
    'only the domains of the servers',
    inbound('mail.fabrikam.net') + exported('Get-AcceptedDomain', acceptedDomain('a.b')),
    'not-assessed',
  ],
  ['one domain by its name', inbound('mail.fabrikam.net') + named(), 'not-assessed'],
  [
    'not hybrid',
    inbound('x.y', { ConnectorSource: 'Default', CloudServicesMailEnabled: 'False' }) + cloud(),
    'not-applicable',
  ],
  ['disabled', inbound('x.y', { Enabled: 'False' }) + cloud(), 'not-applicable'],
])('%s: %s', (_, text, expected) => {
  const { state, fails } = judge(rule, text)
  const [f] = fails
  expect(f ? `${f.severity} ${f.params.relation}` : state).toBe(expected)
  expect(f?.confidence ?? 'likely').toBe('likely')
})

function named(): string {
  return shown('Get-AcceptedDomain contoso.com | Format-List', [inCloud(acceptedDomain('contoso.com'))])
}

it('asks for the list of the tenant', () => {
  expect(judge(rule, inbound('mail.fabrikam.net') + named()).missing).toEqual(['Get-AcceptedDomain'])
  expect(judge(rule, inbound('x', {}, 'TlsSenderCertificateName') + cloud()).missing).toEqual(['Get-InboundConnector'])
})

it.each([
  ['{mail.fabrikam.net, contoso.com}', 'contoso.com'],
  ['{mail.fabrikam.net, mail.contoso.com}', undefined],
])('names another host of the certificate where that is accepted: %s', (names, expected) => {
  const cert = certificate({ Subject: 'CN=mail.fabrikam.net', CertificateDomains: names })
  const sender = hybridConnector({ TlsCertificateName: '<I>CN=Public CA G1<S>CN=mail.fabrikam.net' })
  const servers = sendExport(sender) + certificateExport('EX01', cert)
  const fixOf = (text: string) => {
    const context = contextOf(text)
    const [first] = [...rule.check(context)]
    return first?.state === 'fail' ? rule.fix([first], context)?.steps[2]?.powershell : undefined
  }
  const change = fixOf(inbound('mail.fabrikam.net') + cloud() + servers)
  if (expected === undefined) expect(change).toBeUndefined()
  else expect(change).toContain(`-TlsSenderCertificateName '${expected}'`)
  expect(fixOf(inbound('mail.fabrikam.net') + cloud())).toBeUndefined()
  // Another server may show another certificate.
  const more = sendExport({ ...sender, SourceTransportServers: '{EX01, EX02}' }) + certificateExport('EX01', cert)
  expect(fixOf(inbound('mail.fabrikam.net') + cloud() + more)).toBeUndefined()
})
