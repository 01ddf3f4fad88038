import type { CollectionName } from '../model'

/** Names of an enumeration's numbers. Exports print the names; numbers come from sessions that lost them. */
export type EnumTable = { readonly flags: boolean; readonly names: readonly (readonly [number, string])[] }

const flags = (...names: (readonly [number, string])[]): EnumTable => ({ flags: true, names })
const single = (...names: (readonly [number, string])[]): EnumTable => ({ flags: false, names })

const tables: Readonly<Record<string, EnumTable>> = {
  'receiveConnectors.AuthMechanism': flags(
    [1, 'Tls'],
    [2, 'Integrated'],
    [4, 'BasicAuth'],
    [8, 'BasicAuthRequireTLS'],
    [16, 'ExchangeServer'],
    [32, 'ExternalAuthoritative'],
  ),
  'receiveConnectors.PermissionGroups': flags(
    [1, 'AnonymousUsers'],
    [2, 'ExchangeUsers'],
    [4, 'ExchangeServers'],
    [8, 'ExchangeLegacyServers'],
    [16, 'Partners'],
    [32, 'Custom'],
  ),
  'receiveConnectors.TransportRole': single(
    [2, 'Mailbox'],
    [32, 'HubTransport'],
    [64, 'Edge'],
    [16384, 'FrontendTransport'],
  ),
  'receiveConnectors.ProtocolLoggingLevel': single([0, 'None'], [1, 'Verbose']),
  'receiveConnectors.SizeEnabled': single([0, 'Disabled'], [1, 'Enabled'], [2, 'EnabledWithoutValue']),
  'receiveConnectors.MessageRateSource': single([0, 'None'], [1, 'IPAddress'], [2, 'User'], [3, 'All']),
  'receiveConnectors.ExtendedProtectionPolicy': single([0, 'None'], [1, 'Allow'], [2, 'Require']),
  'sendConnectors.TlsAuthLevel': single([1, 'EncryptionOnly'], [2, 'CertificateValidation'], [4, 'DomainValidation']),
  'sendConnectors.ProtocolLoggingLevel': single([0, 'None'], [1, 'Verbose']),
  'sendConnectors.SmartHostAuthMechanism': single(
    [0, 'None'],
    [2, 'BasicAuth'],
    [4, 'BasicAuthRequireTLS'],
    [8, 'ExchangeServer'],
    [16, 'ExternalAuthoritative'],
  ),
  'sendConnectors.ConnectorType': single([0, 'Default'], [1, 'XPremises']),
  'acceptedDomains.DomainType': single([0, 'Authoritative'], [1, 'ExternalRelay'], [2, 'InternalRelay']),
  'certificates.Services': flags(
    [1, 'IMAP'],
    [2, 'POP'],
    [4, 'UM'],
    [8, 'IIS'],
    [16, 'SMTP'],
    [32, 'Federation'],
    [64, 'UMCallRouter'],
  ),
  'certificates.Status': single(
    [0, 'Unknown'],
    [1, 'Valid'],
    [2, 'Revoked'],
    [3, 'DateInvalid'],
    [4, 'Untrusted'],
    [5, 'Invalid'],
    [6, 'RevocationCheckFailure'],
    [7, 'PendingRequest'],
  ),
  'certificates.RootCAType': single(
    [0, 'None'],
    [1, 'ThirdParty'],
    [2, 'Enterprise'],
    [3, 'Registry'],
    [4, 'GroupPolicy'],
    [5, 'Unknown'],
  ),
  'servers.ServerRole': flags(
    [2, 'Mailbox'],
    [4, 'ClientAccess'],
    [16, 'UnifiedMessaging'],
    [32, 'HubTransport'],
    [64, 'Edge'],
  ),
  'hybridConfigurations.Features': single(
    [0, 'FreeBusy'],
    [1, 'MoveMailbox'],
    [2, 'Mailtips'],
    [3, 'MessageTracking'],
    [4, 'OwaRedirection'],
    [5, 'OnlineArchive'],
    [6, 'SecureMail'],
    [7, 'CentralizedTransport'],
    [8, 'Photos'],
  ),
}

/** Names that documentation and cmdlets write in more than one way. */
const aliases: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'receiveConnectors.PermissionGroups': {
    anonymous: 'AnonymousUsers',
    partner: 'Partners',
    exchangeserver: 'ExchangeServers',
    exchangelegacyserver: 'ExchangeLegacyServers',
    exchangeuser: 'ExchangeUsers',
  },
}

const capabilityBits: readonly (readonly [number, string])[] = [
  [1, 'AcceptOorgHeader'],
  [2, 'AcceptOorgProtocol'],
  [4, 'AcceptProxyProtocol'],
  [8, 'AcceptProxyFromProtocol'],
  [16, 'AcceptProxyToProtocol'],
  [32, 'AcceptXAttrProtocol'],
  [64, 'AcceptOrgHeaders'],
  [128, 'AcceptXSysProbeProtocol'],
  [256, 'AcceptCrossForestMail'],
  [512, 'AcceptCloudServicesMail'],
  [1024, 'AllowSubmit'],
  [2048, 'AcceptXOriginalFromProtocol'],
  [4096, 'AllowConsumerMail'],
]

const spelling = new Map<string, ReadonlyMap<string, string>>()
for (const [key, t] of Object.entries(tables)) {
  const map = new Map(t.names.map(([, name]) => [name.toLowerCase(), name] as const))
  for (const [alias, name] of Object.entries(aliases[key] ?? {})) map.set(alias, name)
  spelling.set(key, map)
}

export const enumTable = (collection: CollectionName, property: string): EnumTable | undefined =>
  Object.hasOwn(tables, `${collection}.${property}`) ? tables[`${collection}.${property}`] : undefined

/** Exchange's spelling of a name, whatever the case it came in; other names stay as they are. */
export const enumName = (collection: CollectionName, property: string, text: string): string =>
  spelling.get(`${collection}.${property}`)?.get(text.toLowerCase()) ?? text

/** Splits a number into the names of its bits, and the bits that no name stands for. */
export function bitsOf(
  names: readonly (readonly [number, string])[],
  value: number,
): { names: string[]; unknown: number } {
  const found: string[] = []
  let unknown = value
  for (const [bit, name] of names) {
    if (bit !== 0 && Math.floor(value / bit) % 2 === 1) {
      found.push(name)
      unknown -= bit
    }
  }
  return { names: found, unknown }
}

export const capabilitiesOf = (value: number): { names: string[]; unknown: number } => bitsOf(capabilityBits, value)
