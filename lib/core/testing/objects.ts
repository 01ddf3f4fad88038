import {
  type AcceptedDomain,
  type AdPermission,
  type Binding,
  type CollectionName,
  type Config,
  type ConfigObject,
  collections,
  type ExportedBlock,
  type IpRange,
  missing,
  type Property,
  parseIp,
  parseIpRange,
  type ReceiveConnector,
  type Side,
} from '../model'

/** Small hand-made objects for tests of the semantics. What is not given is missing; `null` says so explicitly. */
let line = 0
const place = (lines: readonly [number, number] = [++line, line]) => ({ source: 's1', lines })

export const prop = <T>(name: string, value: T | undefined, state: 'ok' | 'truncated' = 'ok'): Property<T> =>
  value === undefined
    ? missing(name)
    : {
        state: Array.isArray(value) && value.length === 0 ? 'empty' : state,
        name,
        value,
        raw: String(value),
        place: place(),
      }

const base = <K extends CollectionName>(
  collection: K,
  id: string,
  name: string,
  server: string | null,
  side: Side,
) => ({
  collection,
  id,
  name,
  server,
  side,
  properties: {},
  place: place(),
})

function binding(text: string): Binding {
  const at = text.lastIndexOf(':')
  const address = parseIp(text.slice(0, at))
  if (!address) throw new Error(`${text} is not a binding`)
  return {
    family: address.family,
    address: address.value === 0n ? null : address.value,
    port: Number(text.slice(at + 1)),
    text,
  }
}

const range = (text: string): IpRange => {
  const r = parseIpRange(text)
  if (!r) throw new Error(`${text} is not a range`)
  return r
}

export type ConnectorSpec = {
  readonly name: string
  readonly server?: string
  readonly side?: Side
  readonly enabled?: boolean | null
  readonly bindings?: readonly string[] | null
  readonly ranges?: readonly string[] | null
  readonly cut?: boolean
  readonly auth?: readonly string[] | null
  readonly groups?: readonly string[] | null
  readonly role?: string | null
}

export const ANY = ['0.0.0.0-255.255.255.255', '::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff'] as const

export function receiveConnector(spec: ConnectorSpec): ReceiveConnector {
  const { name, server = 'EX01', side = 'on-premises' } = spec
  const or = <T>(value: T | null | undefined, usual: T): T | undefined =>
    value === null ? undefined : (value ?? usual)
  const head = base('receiveConnectors', `${server}\\${name}`, name, server, side)
  return {
    ...head,
    enabled: prop('Enabled', or(spec.enabled, true)),
    bindings: prop('Bindings', or(spec.bindings, ['0.0.0.0:25'])?.map(binding)),
    remoteIPRanges: prop('RemoteIPRanges', or(spec.ranges, ANY)?.map(range), spec.cut ? 'truncated' : 'ok'),
    authMechanism: prop('AuthMechanism', or(spec.auth, ['Tls'])),
    permissionGroups: prop('PermissionGroups', or(spec.groups, ['AnonymousUsers'])),
    transportRole: prop('TransportRole', or(spec.role, 'FrontendTransport')),
    fqdn: missing('Fqdn'),
    tlsCertificateName: missing('TlsCertificateName'),
    tlsDomainCapabilities: missing('TlsDomainCapabilities'),
    requireTLS: prop('RequireTLS', false),
  }
}

export type RowSpec = {
  readonly sid?: string | null
  readonly user?: string
  readonly rights?: readonly string[] | null
  readonly deny?: boolean | null
  readonly inherited?: boolean | null
}

export function accessRow(c: ReceiveConnector, spec: RowSpec = {}): AdPermission {
  const { sid = 'S-1-5-7', user = 'NT AUTHORITY\\ANONYMOUS LOGON' } = spec
  const or = <T>(value: T | null | undefined, usual: T): T | undefined =>
    value === null ? undefined : (value ?? usual)
  return {
    ...base('adPermissions', `${c.id}|${sid ?? user}`, user, c.server, c.side),
    connector: c.id,
    user,
    sid,
    extendedRights: prop('ExtendedRights', or(spec.rights, ['ms-exch-smtp-accept-any-recipient'])),
    deny: prop('Deny', or(spec.deny, false)),
    isInherited: prop('IsInherited', or(spec.inherited, false)),
  }
}

export function acceptedDomain(domain: string | undefined, side: Side = 'on-premises'): AcceptedDomain {
  return {
    ...base('acceptedDomains', domain ?? '?', domain ?? '?', null, side),
    domainName: prop('DomainName', domain),
    domainType: prop('DomainType', 'Authoritative'),
  }
}

export function block(collection: CollectionName, more: Partial<ExportedBlock> = {}): ExportedBlock {
  return {
    collection,
    side: 'on-premises',
    server: null,
    listing: 'all',
    completeness: 'full',
    objects: 1,
    place: { source: 's1', lines: [1, 1_000_000] },
    ...more,
  }
}

/** A config of these objects; each collection that is given counts as exported by a command that lists all. */
export function configOf(parts: Partial<Config>): Config {
  const given = collections.filter((c) => parts[c] !== undefined)
  const empty = {
    receiveConnectors: [],
    sendConnectors: [],
    certificates: [],
    inboundConnectors: [],
    outboundConnectors: [],
    acceptedDomains: [],
    remoteDomains: [],
    servers: [],
    hybridConfigurations: [],
    adPermissions: [],
    transportConfigs: [],
    transportServices: [],
    transportRules: [],
    edgeSubscriptions: [],
    organizationConfigs: [],
    blockedConnectors: [],
    outboundSpamPolicies: [],
    onPremisesOrganizations: [],
    authConfigs: [],
  }
  return { ...empty, exports: given.map((c) => block(c)), intended: [], messages: [], ...parts }
}

/** The property of an object is gone, as if the export had not listed it. */
export function without<T extends ConfigObject>(object: T, key: keyof T & string): T {
  const p = object[key]
  if (typeof p !== 'object' || p === null || !('state' in p) || !('name' in p))
    throw new Error(`${key} is not a property`)
  return { ...object, [key]: missing(String(p.name)) }
}
