import type { CollectionName, Side } from './collections'
import type { IpFamily, IpRange } from './ip-range'
import type { Place, Property } from './property'

/** One object of Exchange. `properties` holds everything that was exported, under Exchange's own spelling. */
export type ConfigObject = {
  readonly collection: CollectionName
  /** `SERVER\Name`, `SERVER\THUMBPRINT`, `CONNECTOR-ID|SID-or-account`, DomainName or Name: see the report's contract. */
  readonly id: string
  readonly name: string
  readonly server: string | null
  readonly side: Side
  readonly properties: Readonly<Record<string, Property>>
  readonly place: Place
}

/** One item of Bindings. `address` null means every local address of the family (`0.0.0.0`, `[::]`). */
export type Binding = {
  readonly family: IpFamily
  readonly address: bigint | null
  readonly port: number
  readonly text: string
}

/** One item of TlsDomainCapabilities. `pinned`: the entry names a certificate (`<I>…<S>…`) instead of a domain. */
export type TlsDomainCapability = {
  readonly domain: string
  readonly capabilities: readonly string[]
  readonly pinned: boolean
  /** Bits of an integer value that no documented name stands for. Non-empty makes every "nothing but" test unknown. */
  readonly unknownBits: number
  readonly text: string
}

/** TlsCertificateName. Only `standard` (`<I>issuer<S>subject`) can be matched with a certificate. */
export type TlsCertificateName = {
  readonly syntax: 'standard' | 'subject-only' | 'thumbprint' | 'other'
  readonly issuer: string
  readonly subject: string
  readonly text: string
}

/** One item of AddressSpaces, `Type:Space;Cost`. `domain` is lower case; `includeSubDomains` for `*.contoso.com` and `*`. */
export type AddressSpace = {
  readonly type: string
  readonly domain: string
  readonly includeSubDomains: boolean
  readonly cost: number
  readonly text: string
}

export type ReceiveConnector = ConfigObject & {
  readonly enabled: Property<boolean>
  readonly bindings: Property<readonly Binding[]>
  readonly remoteIPRanges: Property<readonly IpRange[]>
  readonly authMechanism: Property<readonly string[]>
  readonly permissionGroups: Property<readonly string[]>
  /** FrontendTransport, HubTransport. Not printed on an Edge nor by Exchange 2010. */
  readonly transportRole: Property<string>
  readonly fqdn: Property<string>
  readonly tlsCertificateName: Property<TlsCertificateName>
  readonly tlsDomainCapabilities: Property<readonly TlsDomainCapability[]>
  readonly requireTLS: Property<boolean>
}

export type SendConnector = ConfigObject & {
  readonly enabled: Property<boolean>
  readonly addressSpaces: Property<readonly AddressSpace[]>
  readonly smartHosts: Property<readonly string[]>
  readonly dnsRoutingEnabled: Property<boolean>
  readonly sourceTransportServers: Property<readonly string[]>
  readonly fqdn: Property<string>
  readonly requireTLS: Property<boolean>
  readonly ignoreSTARTTLS: Property<boolean>
  readonly tlsAuthLevel: Property<string>
  readonly tlsDomain: Property<string>
  readonly tlsCertificateName: Property<TlsCertificateName>
  readonly cloudServicesMailEnabled: Property<boolean>
}

export type Certificate = ConfigObject & {
  readonly thumbprint: string
  readonly subject: Property<string>
  readonly issuer: Property<string>
  readonly certificateDomains: Property<readonly string[]>
  /** ISO 8601; ends in Z where the offset is known. */
  readonly notBefore: Property<string>
  readonly notAfter: Property<string>
  readonly services: Property<readonly string[]>
  readonly status: Property<string>
  readonly rootCAType: Property<string>
  readonly isSelfSigned: Property<boolean>
  readonly hasPrivateKey: Property<boolean>
}

export type AcceptedDomain = ConfigObject & {
  /** Lower case, as exported otherwise: `contoso.com`, `*.contoso.com`, `*`. */
  readonly domainName: Property<string>
  /** Authoritative, InternalRelay, ExternalRelay */
  readonly domainType: Property<string>
}

export type HybridConfiguration = ConfigObject & {
  readonly features: Property<readonly string[]>
  readonly domains: Property<readonly string[]>
  readonly receivingTransportServers: Property<readonly string[]>
  readonly sendingTransportServers: Property<readonly string[]>
  readonly edgeTransportServers: Property<readonly string[]>
  readonly onPremisesSmartHost: Property<string>
  readonly tlsCertificateName: Property<TlsCertificateName>
}

/** One access-list row of a receive connector. */
export type AdPermission = ConfigObject & {
  /** Id of the receive connector the row belongs to: `SERVER\Name`. */
  readonly connector: string
  /** The account as exported. */
  readonly user: string
  /** SID of the account where it was exported or the (localised) name stands for a well-known one, else null. */
  readonly sid: string | null
  /** Lower case, e.g. `ms-exch-smtp-accept-any-recipient`. */
  readonly extendedRights: Property<readonly string[]>
  readonly deny: Property<boolean>
  readonly isInherited: Property<boolean>
}

export type ExchangeServer = ConfigObject & {
  readonly fqdn: Property<string>
  readonly serverRole: Property<readonly string[]>
  readonly site: Property<string>
  /** `15.2.986.5`, from `Version 15.2 (Build 986.5)`. */
  readonly version: Property<string>
}

export type InboundConnector = ConfigObject & {
  readonly enabled: Property<boolean>
  readonly connectorType: Property<string>
  readonly connectorSource: Property<string>
  readonly cloudServicesMailEnabled: Property<boolean>
  readonly tlsSenderCertificateName: Property<string>
}

export type OutboundConnector = ConfigObject & {
  readonly enabled: Property<boolean>
  readonly connectorType: Property<string>
  readonly connectorSource: Property<string>
  readonly cloudServicesMailEnabled: Property<boolean>
  readonly routeAllMessagesViaOnPremises: Property<boolean>
  readonly recipientDomains: Property<readonly string[]>
  readonly smartHosts: Property<readonly string[]>
  readonly tlsDomain: Property<string>
}

export type ObjectOf = {
  readonly receiveConnectors: ReceiveConnector
  readonly sendConnectors: SendConnector
  readonly certificates: Certificate
  readonly inboundConnectors: InboundConnector
  readonly outboundConnectors: OutboundConnector
  readonly acceptedDomains: AcceptedDomain
  readonly remoteDomains: ConfigObject
  readonly servers: ExchangeServer
  readonly hybridConfigurations: HybridConfiguration
  readonly adPermissions: AdPermission
  readonly transportConfigs: ConfigObject
  readonly transportServices: ConfigObject
  readonly transportRules: ConfigObject
  readonly edgeSubscriptions: ConfigObject
  readonly organizationConfigs: ConfigObject
  readonly blockedConnectors: ConfigObject
  readonly outboundSpamPolicies: ConfigObject
  readonly onPremisesOrganizations: ConfigObject
  readonly authConfigs: ConfigObject
}

/** How much of an object an export shows. */
export type Completeness = 'full' | 'projection' | 'table' | 'identity-only'

/** What Get-OutboundConnector was asked for: it shows connectors in test mode and those of transport rules only when asked. */
export type ExportedPart = 'plain' | 'test-mode' | 'rule-scoped'

/**
 * One output of one cmdlet that the sources contain, also when it listed nothing. `listing`: `all` where the command is known and
 * names no object, `named` where it names or filters, `unknown` where the file does not tell.
 */
export type ExportedBlock = {
  readonly collection: CollectionName
  readonly side: Side
  /** The server the whole output is about, where that is known. */
  readonly server: string | null
  readonly listing: 'all' | 'named' | 'unknown'
  readonly completeness: Completeness
  /** The file shows that a part of the output is gone. `listing` is `named` then. */
  readonly isPartial?: true
  readonly objects: number
  /** For adPermissions: ids of the connectors whose whole access list was asked for, where that is known. */
  readonly connectors?: readonly string[]
  /** For outboundConnectors: which part of them the output lists, where that is known. */
  readonly part?: ExportedPart
  readonly place: Place
}

export type Config = { readonly [K in CollectionName]: readonly ObjectOf[K][] } & {
  readonly exports: readonly ExportedBlock[]
  /** What commands in the files would set, the HCW's own among them. Never mixed with what is. */
  readonly intended: readonly IntendedObject[]
  readonly messages: readonly MessageHeaders[]
}

/** An object as a `New-` or `Set-` command would make it: only the parameters that were given. */
export type IntendedObject = ConfigObject & { readonly command: string }

/** The headers of one message in their order, the newest `Received` first. */
export type MessageHeaders = {
  readonly place: Place
  readonly headers: readonly { readonly name: string; readonly text: string; readonly place: Place }[]
}
