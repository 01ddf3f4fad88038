// The sample organisation as data: what exists, and what is wrong with it (marked "planted"). samples/README.md lists the faults.
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'

export const certificates = JSON.parse(readFileSync(new URL('../certificates.json', import.meta.url), 'utf8'))
export const guidOf = (seed) => {
  const h = createHash('sha256').update(`contoso/${seed}`).digest('hex')
  return `${h.slice(0, 8)}-${h.slice(8, 12)}-4${h.slice(13, 16)}-a${h.slice(17, 20)}-${h.slice(20, 32)}`
}
export const hostOf = (server) => `${server}.corp.contoso.com`
export const organisationDn = 'CN=Contoso,CN=Microsoft Exchange,CN=Services,CN=Configuration,DC=corp,DC=contoso,DC=com'
const groupDn = `CN=Exchange Administrative Group (FYDIBOHF23SPDLT),CN=Administrative Groups,${organisationDn}`

export const tlsName = (id) => `<I>${certificates[id].issuer}<S>${certificates[id].subject}`
const capability = 'mail.protection.outlook.com:AcceptCloudServicesMail'
// The identifier that hybrid set-ups pinned before 2016, when the capability named a certificate of Microsoft instead of a domain.
const pinned =
  '<I>CN=MSIT Machine Auth CA 2, DC=redmond, DC=corp, DC=microsoft, DC=com<S>CN=mail.protection.outlook.com, OU=Forefront Online Protection for Exchange, O=Microsoft, L=Redmond, S=WA, C=US:AcceptCloudServicesMail'

export const everywhere = ['::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff', '0.0.0.0-255.255.255.255']
const all = 'Tls, Integrated, BasicAuth, BasicAuthRequireTLS, ExchangeServer'
const bound = (port) => [`[::]:${port}`, `0.0.0.0:${port}`]
const client = { perSource: '20', percentage: 2, recipients: 200, size: 'Enabled' }

/** The five connectors that set-up creates on a Mailbox server, in their shipped state. */
const builtIn = (s) => [
  { server: s, name: `Default ${s}`, role: 'HubTransport', bindings: ['0.0.0.0:2525', '[::]:2525'], ranges: everywhere, auth: all, groups: 'ExchangeUsers, ExchangeServers, ExchangeLegacyServers', perSource: 'Unlimited', percentage: 100, recipients: 5000, size: 'EnabledWithoutValue' },
  { ...client, server: s, name: `Client Proxy ${s}`, role: 'HubTransport', bindings: bound(465), ranges: everywhere, auth: all, groups: 'ExchangeUsers, ExchangeServers', gssapi: true, rate: '5', rateSource: 'User' },
  { ...client, server: s, name: `Default Frontend ${s}`, role: 'FrontendTransport', bindings: bound(25), ranges: everywhere, auth: all, groups: 'AnonymousUsers, ExchangeServers, ExchangeLegacyServers', logging: 'Verbose', domainSecure: true },
  { ...client, server: s, name: `Outbound Proxy Frontend ${s}`, role: 'FrontendTransport', bindings: bound(717), ranges: everywhere, auth: all, groups: 'ExchangeServers', logging: 'Verbose', domainSecure: true, tarpit: '00:00:00' },
  { ...client, server: s, name: `Client Frontend ${s}`, role: 'FrontendTransport', bindings: bound(587), ranges: everywhere, auth: 'Tls, Integrated, BasicAuth, BasicAuthRequireTLS', groups: 'ExchangeUsers', gssapi: true, rate: '5', rateSource: 'User' },
]
const own = (server, name, ranges, more = {}) => ({ ...client, server, name, role: 'FrontendTransport', bindings: ['0.0.0.0:25'], ranges, auth: 'Tls', groups: 'AnonymousUsers', logging: 'Verbose', ...more })
const relay = { groups: 'AnonymousUsers, Custom', relay: true }
const trusted = { auth: 'Tls, ExternalAuthoritative', groups: 'ExchangeServers' }
const hybrid = { tlsCertificateName: tlsName('hybrid'), capabilities: [capability] }
const frontEnd = (s, change) => builtIn(s).map((c) => (c.name === `Default Frontend ${s}` ? { ...c, ...change } : c))
const gateway = ['203.0.113.10', '203.0.113.11']

export const receiveConnectors = {
  EX01: [
    ...frontEnd('EX01', hybrid),
    own('EX01', 'Relay Applications', ['10.10.0.0/16'], { ...relay, comment: 'Line of business applications, ticket 2214' }), // planted: a whole network may relay
    own('EX01', 'Azure Workloads', ['40.64.0.0/10']), // planted: answers Exchange Online instead of the hybrid connector
    own('EX01', 'From Mail Gateway', gateway, { ...trusted, comment: 'Gateway of the provider' }), // planted: public hosts trusted as Exchange servers
  ],
  EX02: [
    ...frontEnd('EX02', { ...hybrid, groups: 'AnonymousUsers, ExchangeServers, ExchangeLegacyServers, Custom', relay: true }), // planted: relay right on the built-in connector
    // planted: the list is longer than the export shows
    own('EX02', 'Relay Applications', ['10.10.20.11', '10.10.20.12', '10.10.20.13', '10.10.20.14', '10.10.20.21', '10.10.20.22'], relay),
    own('EX02', 'From Mail Gateway', gateway, { ...trusted, comment: 'Gateway of the provider' }),
    own('EX02', 'Multifunction Printers', ['10.10.30.10-10.10.30.60']), // planted: crosses the next one
    own('EX02', 'Scan to Mail', ['10.10.30.50-10.10.30.99']),
  ],
  EX03: [
    ...frontEnd('EX03', { ...hybrid, capabilities: [capability, '*.fabrikam.com:AcceptOrgHeaders, AcceptCloudServicesMail'] }), // planted: trusts a partner like Exchange Online
    own('EX03', 'Relay Data Centre', ['198.51.100.0/24'], relay), // planted: open to public addresses
    own('EX03', 'Relay Cloud Applications', ['52.96.0.0/12'], relay), // planted: contains ranges of Exchange Online
    own('EX03', 'Legacy Fax', ['10.20.5.40'], { ...trusted, enabled: false }),
  ],
  EX04: [
    ...builtIn('EX04'), // planted: receives from Exchange Online, but has no capability
    own('EX04', 'Backup Appliances', ['10.20.0.0/16'], trusted), // planted: a whole network trusted as Exchange servers
    own('EX04', 'Monitoring Service', ['192.0.2.0/25'], { groups: 'AnonymousUsers, Custom' }), // planted: custom rights, access list not exported
  ],
  EDGE01: [
    {
      server: 'EDGE01', name: 'Default internal receive connector EDGE01', bindings: ['0.0.0.0:25'], ranges: ['0.0.0.0-255.255.255.255'], auth: 'Tls, ExchangeServer', groups: 'AnonymousUsers, ExchangeServers, Partners',
      perSource: '20', percentage: 2, recipients: 200, size: 'Enabled', rate: '600', timeout: '00:05:00', inactivity: '00:01:00', tlsCertificateName: tlsName('edge'), capabilities: [pinned], // planted: pinned to a certificate that is gone
    },
  ],
}

export const receiveConnectorDn = (c) => `CN=${c.name},CN=SMTP Receive Connectors,CN=Protocols,CN=${c.server},CN=Servers,${groupDn}`

/** Rights of the permission groups, as the access list of a connector shows them (Microsoft Learn, Receive connectors, permission groups). */
const smtp = (...names) => names.map((n) => `ms-Exch-SMTP-${n}`)
const exchange = [...smtp('Submit', 'Accept-Any-Recipient', 'Accept-Any-Sender', 'Accept-Authoritative-Domain-Sender', 'Accept-Authentication-Flag', 'Accept-Exch50'), 'ms-Exch-Bypass-Anti-Spam', 'ms-Exch-Bypass-Message-Size-Limit', 'ms-Exch-Accept-Headers-Routing']
const rights = {
  AnonymousUsers: [['anonymous', [...smtp('Submit', 'Accept-Any-Sender', 'Accept-Authoritative-Domain-Sender'), 'ms-Exch-Accept-Headers-Routing']]],
  ExchangeUsers: [['users', [...smtp('Submit', 'Accept-Any-Recipient'), 'ms-Exch-Bypass-Anti-Spam', 'ms-Exch-Accept-Headers-Routing']]],
  ExchangeServers: [
    ['CONTOSO\\Exchange Servers', [...exchange, 'ms-Exch-Accept-Headers-Organization', 'ms-Exch-Accept-Headers-Forest']],
    ['MS Exchange\\Edge Transport Servers', [...exchange, 'ms-Exch-Accept-Headers-Organization', 'ms-Exch-Accept-Headers-Forest']],
    ['MS Exchange\\Externally Secured Servers', exchange],
  ],
  ExchangeLegacyServers: [['CONTOSO\\ExchangeLegacyInterop', exchange]],
}

export function accessList(c, accounts) {
  const row = (user, right, more = {}) => ({ Identity: `${c.server}\\${c.name}`, User: accounts[user] ?? user, Deny: more.deny ?? false, IsInherited: more.inherited ?? false, ExtendedRights: [right] })
  const rows = c.groups.split(', ').flatMap((g) => (rights[g] ?? []).flatMap(([user, list]) => list.map((r) => row(user, r))))
  if (c.groups.includes('ExchangeLegacyServers')) rows.push(...['Organization', 'Forest'].map((h) => row('CONTOSO\\ExchangeLegacyInterop', `ms-Exch-Accept-Headers-${h}`, { deny: true })))
  if (c.relay) rows.push(row('anonymous', 'ms-Exch-SMTP-Accept-Any-Recipient'))
  rows.push(row('CONTOSO\\Organization Management', 'ms-Exch-Store-Admin', { inherited: true }))
  return rows
}

/** Which certificate is installed where, and what it is bound to. */
export const installed = {
  EX01: [['hybrid', 'IIS, SMTP'], ['hybridOld', 'IIS, SMTP'], ['webmail', 'IMAP, POP'], ['setup-EX01', 'IMAP, POP, IIS, SMTP'], ['auth', 'SMTP'], ['wmsvc-EX01', 'None']],
  EX02: [['hybrid', 'IIS, SMTP'], ['hybridOld', 'IIS, SMTP'], ['webmail', 'IMAP, POP'], ['setup-EX02', 'IMAP, POP, IIS, SMTP'], ['auth', 'SMTP'], ['wmsvc-EX02', 'None']],
  EX03: [['hybrid', 'IIS'], ['relay', 'SMTP'], ['setup-EX03', 'IMAP, POP, IIS, SMTP'], ['auth', 'SMTP'], ['wmsvc-EX03', 'None']], // planted: the hybrid certificate is not bound to SMTP
  EX04: [['hybrid', 'IIS, SMTP'], ['relay', 'SMTP'], ['setup-EX04', 'IMAP, POP, IIS, SMTP'], ['auth', 'SMTP'], ['wmsvc-EX04', 'None']],
  EDGE01: [['edge', 'SMTP'], ['setup-EDGE01', 'SMTP']],
}

const mailbox = ['EX01', 'EX02', 'EX03', 'EX04']
export const hybridGuid = guidOf('hybrid')
export const sendConnectors = [
  { name: `Outbound to Office 365 - ${hybridGuid}`, spaces: ['smtp:contoso.mail.onmicrosoft.com;1'], hosts: [], dns: true, requireTls: true, authLevel: ['DomainValidation', 4], tlsDomain: 'mail.protection.outlook.com', cloud: true, fqdn: 'mail.contoso.com', certificate: tlsName('hybrid'), sources: mailbox },
  { name: 'Internet via mail gateway', spaces: ['SMTP:*;1'], hosts: ['smtp-out.fabrikam.com'], dns: false, requireTls: true, authLevel: ['CertificateValidation', 2], fqdn: 'mail.contoso.com', sources: ['EX01', 'EX02', 'EX03', 'EX04'], logging: ['Verbose', 1], comment: 'Everything that is not Exchange Online' },
  { name: 'Fax server', spaces: ['SMTP:fax.contoso.com;1'], hosts: ['[10.20.5.40]'], dns: false, sources: ['EX03', 'EX04'] },
  { name: 'EdgeSync - Munich to Internet', spaces: ['SMTP:*;100'], hosts: [], dns: true, domainSecure: true, sources: ['EDGE01'] },
  { name: 'EdgeSync - Inbound to Munich', spaces: ['SMTP:--;1'], hosts: ['--'], dns: false, hostAuth: ['ExchangeServer', 8], sources: ['EDGE01'] },
]

export const acceptedDomains = [
  ['contoso.com', 'Authoritative', true],
  ['contoso.at', 'Authoritative', false],
  ['contoso.mail.onmicrosoft.com', 'Authoritative', false],
  ['fax.contoso.com', 'InternalRelay', false],
]

export const servers = [
  ['EX01', 'Mailbox', 'Munich', '15.2 (Build 1748.10)'],
  ['EX02', 'Mailbox', 'Munich', '15.2 (Build 1748.10)'],
  ['EX03', 'Mailbox', 'Vienna', '15.2 (Build 2562.17)'],
  ['EX04', 'Mailbox', 'Vienna', '15.2 (Build 2562.17)'],
  ['EDGE01', 'Edge', 'Munich', '15.2 (Build 1748.10)'],
]
