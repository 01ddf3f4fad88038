// The objects that the sample holds as CLIXML: send connectors, certificates.
import { bool, bytes, certificateSerializationData, date, enumeration, guid, i32, list, nil, object, str } from './clixml.mjs'
import { certificates, guidOf, hostOf, installed, organisationDn, sendConnectors } from './contoso.mjs'
import { friendlyName, rootCaNumber } from './objects.mjs'

const data = 'Microsoft.Exchange.Data'
const configuration = `${data}.Directory.SystemConfiguration`
const adId = (text, dn) => object(`${data}.Directory.ADObjectId`, text, { DistinguishedName: str(dn), Name: str(text), ObjectGuid: guid(guidOf(dn)) })
const local = (utc, offset) => date(`${new Date(Date.parse(utc) + offset * 3600e3).toISOString().slice(0, 19)}+0${offset}:00`)
const session = (server) => ({ PSComputerName: str(hostOf(server).toLowerCase()), RunspaceId: guid(guidOf(`runspace ${server}`)), PSShowComputerName: bool(false) })
const tail = (name, dn, category) => ({
  AdminDisplayName: str(''), ExchangeVersion: object(`${data}.ExchangeObjectVersion`, '0.1 (8.0.535.0)'), Name: str(name), DistinguishedName: str(dn), Identity: adId(name, dn), Guid: guid(guidOf(dn)),
  ObjectCategory: object(`${data}.Directory.ADObjectId`, `corp.contoso.com/Configuration/Schema/${category}`), ObjectClass: list('System.String', [str('top'), str(category.toLowerCase().replaceAll('-', ''))]),
  WhenChanged: local('2026-09-21T07:12:44Z', 2), WhenCreated: local('2025-10-02T11:05:20Z', 2), WhenChangedUTC: date('2026-09-21T07:12:44Z'), WhenCreatedUTC: date('2025-10-02T11:05:20Z'), OrganizationId: nil, Id: adId(name, dn), OriginatingServer: str('DC01.corp.contoso.com'), IsValid: bool(true), ObjectState: enumeration(`${data}.ObjectState`, 'Unchanged', 1),
})

const tlsCertificateName = (text) => {
  const [, issuer, subject] = /^<I>(.*)<S>(.*)$/.exec(text)
  return object(`${data}.SmtpX509Identifier`, text, { CertificateSubject: str(subject), CertificateIssuer: str(issuer), SubjectCommonName: str(/CN=([^,]*)/.exec(subject)[1]) })
}
const domain = (name) => object(`${data}.SmtpDomainWithSubdomains`, name, { Domain: str(name), IncludeSubDomains: bool(false) })
const addressSpace = (text) => {
  const [, type, address, cost] = /^([^:]*):(.*);(\d+)$/.exec(text)
  return object(`${data}.AddressSpace`, text, { Type: str(type), Address: str(address), Cost: i32(Number(cost)), IsLocal: bool(false) })
}

export const sendConnectorObjects = () =>
  sendConnectors.map((c) => {
    const dn = `CN=${c.name},CN=Connections,CN=Exchange Routing Group (DWBGZMFD01QNBJR),CN=Routing Groups,CN=Exchange Administrative Group (FYDIBOHF23SPDLT),CN=Administrative Groups,${organisationDn}`
    return {
      types: [`${configuration}.SmtpSendConnectorConfig`, `${configuration}.MailGateway`, `${configuration}.SendConnector`, `${data}.Directory.ADObject`, `${data}.ConfigurableObject`, 'System.Object'],
      text: c.name,
      props: {
        DNSRoutingEnabled: bool(c.dns),
        TlsDomain: c.tlsDomain ? domain(c.tlsDomain) : nil,
        TlsAuthLevel: c.authLevel ? enumeration(`${data}.TlsAuthLevel`, ...c.authLevel) : nil,
        ErrorPolicies: enumeration(`${data}.ErrorPolicies`, 'Default', 0),
        SmartHosts: list(`${data}.SmartHost`, c.hosts.map((h) => object(`${data}.SmartHost`, h, { IsIPAddress: bool(h.startsWith('[')), Domain: h.startsWith('[') ? nil : str(h) }))),
        Port: i32(25),
        ConnectionInactivityTimeOut: object([`${data}.EnhancedTimeSpan`, 'System.ValueType'], '00:10:00'),
        ForceHELO: bool(false),
        FrontendProxyEnabled: bool(false),
        IgnoreSTARTTLS: bool(false),
        CloudServicesMailEnabled: bool(c.cloud ?? false),
        Fqdn: c.fqdn ? object(`${data}.Fqdn`, c.fqdn, { Domain: str(c.fqdn) }) : nil,
        TlsCertificateName: c.certificate ? tlsCertificateName(c.certificate) : nil,
        RequireTLS: bool(c.requireTls ?? false),
        RequireOorg: bool(false),
        Enabled: bool(true),
        ProtocolLoggingLevel: enumeration(`${data}.ProtocolLoggingLevel`, ...(c.logging ?? ['None', 0])),
        SmartHostAuthMechanism: enumeration(`${configuration}.SmtpSendConnectorConfig+AuthMechanisms`, ...(c.hostAuth ?? ['None', 0])),
        AuthenticationCredential: nil,
        UseExternalDNSServersEnabled: bool(false),
        DomainSecureEnabled: bool(c.domainSecure ?? false),
        SourceIPAddress: object('System.Net.IPAddress', '0.0.0.0'),
        SmtpMaxMessagesPerConnection: i32(20),
        ConnectorType: enumeration(`${data}.SendConnectorType`, 'Default', 0),
        SmartHostsString: str(c.hosts.join(',')),
        CertificateSubject: nil,
        Region: enumeration(`${data}.SendConnectorRegion`, 'NotSpecified', 0),
        AddressSpaces: list(`${data}.AddressSpace`, c.spaces.map(addressSpace)),
        ConnectedDomains: list(`${data}.ConnectedDomain`, []),
        IsScopedConnector: bool(false),
        IsSmtpConnector: bool(true),
        Comment: str(c.comment ?? ''),
        SourceRoutingGroup: object(`${data}.Directory.ADObjectId`, 'Exchange Routing Group (DWBGZMFD01QNBJR)'),
        SourceTransportServers: list(`${data}.Directory.ADObjectId`, c.sources.map((s) => adId(s, `CN=${s},CN=Servers,${organisationDn}`))),
        HomeMTA: object(`${data}.Directory.ADObjectId`, 'Microsoft MTA'),
        HomeMtaServerId: object(`${data}.Directory.ADObjectId`, c.sources[0]),
        MaxMessageSize: object(`${data}.Unlimited\`1[[${data}.ByteQuantifiedSize]]`, '35 MB (36,700,160 bytes)'),
        ...tail(c.name, dn, 'ms-Exch-Routing-SMTP-Connector'),
      },
      ms: session('EX01'),
    }
  })

const service = { None: 0, IMAP: 1, POP: 2, IIS: 8, SMTP: 16 }
const longText = (c) => [['Subject', c.subject], ['Issuer', c.issuer], ['Serial Number', c.serial], ['Not Before', c.notBefore.slice(0, 10)], ['Not After', c.notAfter.slice(0, 10)], ['Thumbprint', c.thumbprint]].map(([k, v]) => `[${k}]\r\n  ${v}\r\n`).join('\r\n')

/** An exported certificate object holds its DER; what else Exchange knows of it is in SerializationData, which some exports lack. */
export const certificateObjects = (server, { serializationData }) =>
  installed[server].map(([id, services]) => {
    const c = certificates[id]
    const der = Buffer.from(c.der, 'base64')
    const payload = () => certificateSerializationData({ der, thumbprint: c.thumbprint, friendlyName: friendlyName(id), container: guidOf(`key ${server} ${id}`), selfSigned: c.selfSigned, status: 1, rootCa: rootCaNumber(id), services: services.split(', ').reduce((n, s) => n + service[s], 0), identity: `${hostOf(server)}\\${c.thumbprint}` })
    return {
      types: ['Microsoft.Exchange.Management.SystemConfigurationTasks.ExchangeCertificate', 'System.Security.Cryptography.X509Certificates.X509Certificate2', 'System.Security.Cryptography.X509Certificates.X509Certificate', 'System.Object'],
      text: longText(c),
      props: { RawData: bytes(der) },
      ms: { ...session(server), ...(serializationData ? { SerializationData: bytes(payload()) } : {}) },
    }
  })
