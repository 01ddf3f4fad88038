import type { CollectionName } from '../model'

type Names = readonly (readonly [number, string])[]

/**
 * Names of an enumeration's numbers. Exports print the names; numbers come from sessions that lost them. `flags`: the numbers are
 * bits.
 */
export type EnumTable = { readonly flags: boolean; readonly names: Names }

const flags = (...names: (readonly [number, string])[]): EnumTable => ({ flags: true, names })
const single = (...names: (readonly [number, string])[]): EnumTable => ({ flags: false, names })
/** Names whose numbers are not documented: only their spelling is put right, a number stays unknown. */
const spelled = (names: string): EnumTable => ({
  flags: false,
  names: names.split(' ').map((name) => [Number.NaN, name] as const),
})
const objectState = single([0, 'New'], [1, 'Unchanged'], [2, 'Changed'], [3, 'Deleted'])

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
  'sendConnectors.ErrorPolicies': single([0, 'Default']),
  'sendConnectors.Region': single([0, 'NotSpecified']),
  'inboundConnectors.ConnectorType': spelled('Partner OnPremises'),
  'inboundConnectors.ConnectorSource': spelled('Default Migrated HybridWizard AdminUI'),
  'outboundConnectors.ConnectorType': spelled('Partner OnPremises'),
  'outboundConnectors.ConnectorSource': spelled('Default Migrated HybridWizard AdminUI'),
  'outboundConnectors.TlsSettings': spelled('EncryptionOnly CertificateValidation DomainValidation'),
  'remoteDomains.AllowedOOFType': spelled('None External InternalLegacy ExternalLegacy'),
  'transportRules.State': spelled('Enabled Disabled'),
  'transportRules.Mode': spelled('Enforce Audit AuditAndNotify'),
  'transportRules.FromScope': spelled('InOrganization NotInOrganization'),
  'transportRules.SentToScope': spelled('InOrganization NotInOrganization ExternalPartner ExternalNonPartner'),
  'transportRules.ExceptIfFromScope': spelled('InOrganization NotInOrganization'),
  'transportRules.ExceptIfSentToScope': spelled('InOrganization NotInOrganization ExternalPartner ExternalNonPartner'),
  'adPermissions.InheritanceType': single(
    [0, 'None'],
    [1, 'All'],
    [2, 'Descendents'],
    [3, 'SelfAndChildren'],
    [4, 'Children'],
  ),
  // ActiveDirectoryRights of .NET; the rows of connectors hold these.
  'adPermissions.AccessRights': single(
    [16, 'ReadProperty'],
    [32, 'WriteProperty'],
    [256, 'ExtendedRight'],
    [983_551, 'GenericAll'],
  ),
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
    [1, 'Cafe'],
    [2, 'Mailbox'],
    [4, 'ClientAccess'],
    [16, 'UnifiedMessaging'],
    [32, 'HubTransport'],
    [64, 'Edge'],
    [16_384, 'FrontendTransport'],
  ),
  'servers.Edition': single([1, 'Standard'], [2, 'StandardEvaluation'], [3, 'Enterprise'], [4, 'EnterpriseEvaluation']),
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

export const enumTable = (collection: CollectionName, property: string): EnumTable | undefined => {
  const key = `${collection}.${property}`
  if (property === 'ObjectState') return objectState
  return Object.hasOwn(tables, key) ? tables[key] : undefined
}

const spelling = new Map<string, ReadonlyMap<string, string>>()
for (const [key, t] of Object.entries(tables)) {
  const map = new Map(t.names.map(([, name]) => [name.toLowerCase(), name] as const))
  for (const [alias, name] of Object.entries(aliases[key] ?? {})) map.set(alias, name)
  spelling.set(key, map)
}

/** Exchange's spelling of a name, whatever the case it came in; other names stay as they are. */
export const enumName = (collection: CollectionName, property: string, text: string): string =>
  spelling.get(`${collection}.${property}`)?.get(text.toLowerCase()) ?? text

/** Name of the number of a single value, or undefined where no name stands for it. */
export const enumOf = (collection: CollectionName, property: string, value: number): string | undefined =>
  enumTable(collection, property)?.names.find(([n]) => n === value)?.[1]

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

/** Every name that a value can have. */
export const enumNames: readonly string[] = [
  ...new Set([...Object.values(tables).flatMap((t) => t.names), ...capabilityBits].map(([, name]) => name)),
]

export const capabilitiesOf = (value: number): { names: string[]; unknown: number } => bitsOf(capabilityBits, value)
