import { type Certainty, type CollectionName, recognise } from '../../model'

export type Kind = { readonly collection: CollectionName | null; readonly certainty: Certainty }

/** Columns of the cmdlets' own views, as Exchange's Exchange.format.ps1xml and its documentation show them. */
const views: Readonly<Partial<Record<CollectionName, string>>> = {
  receiveConnectors: 'Identity Bindings Enabled',
  sendConnectors: 'Identity AddressSpaces Enabled',
  certificates: 'Thumbprint Services Subject',
  acceptedDomains: 'Name DomainName DomainType Default',
  remoteDomains: 'Name DomainName AllowedOOFType',
  inboundConnectors: 'Name SenderDomains SenderIPAddresses Enabled',
  outboundConnectors: 'Name RecipientDomains SmartHosts Enabled',
  adPermissions: 'Identity User Deny Inherited',
  servers: 'Name Site ServerRole Edition AdminDisplayVersion',
}

/** One of these among columns that all belong to the kind tells it: tables have few columns. */
const telling: readonly (readonly [CollectionName, string])[] = [
  ['receiveConnectors', 'Bindings RemoteIPRanges PermissionGroups TlsDomainCapabilities TransportRole AuthMechanism'],
  ['sendConnectors', 'AddressSpaces SourceTransportServers DNSRoutingEnabled'],
  ['outboundConnectors', 'RecipientDomains'],
  ['inboundConnectors', 'SenderDomains SenderIPAddresses TlsSenderCertificateName'],
]
const shared =
  'Identity Name Id Server Enabled Fqdn Comment TlsCertificateName RequireTLS MaxMessageSize ProtocolLoggingLevel SmartHosts TlsDomain TlsAuthLevel CloudServicesMailEnabled ConnectorType ConnectorSource Port PSComputerName RunspaceId Guid WhenChanged WhenCreated'

const words = (text: string): string[] => text.toLowerCase().split(' ')
const viewSets = Object.entries(views).map(([c, names]) => [c as CollectionName, new Set(words(names))] as const)
const tellingSets = telling.map(([c, names]) => [c, new Set(words(names))] as const)
const sharedSet = new Set(words(shared))

/** Kind of a table's rows by its columns (lower case) alone. */
export function kindOfColumns(names: ReadonlySet<string>): Kind | undefined {
  const view = viewSets.find(([, of]) => [...of].every((n) => names.has(n)))
  const seen = recognise(names)
  if (view !== undefined && (seen === undefined || seen.collection === view[0] || view[1].size === names.size))
    return { collection: view[0], certainty: view[1].size === names.size ? 'certain' : 'likely' }
  if (seen !== undefined) return { collection: seen.collection, certainty: seen.certainty }
  const named = names.has('identity') || names.has('name') || names.has('id')
  const fits = tellingSets.filter(
    ([, of]) => [...names].some((n) => of.has(n)) && [...names].every((n) => of.has(n) || sharedSet.has(n)),
  )
  return named && fits.length === 1 && fits[0] ? { collection: fits[0][0], certainty: 'likely' } : undefined
}

/** Names of columns that one of the known kinds has, for a quick look at what may be a header. */
export const mayBeHeader = (name: string): boolean => firstColumns.has(name.toLowerCase())
const firstColumns = new Set([
  ...sharedSet,
  ...viewSets.flatMap(([, of]) => [...of]),
  ...tellingSets.flatMap(([, of]) => [...of]),
])
