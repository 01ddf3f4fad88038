import { type Config, contains, isUnset, known, knownPart, or, type SendConnector, type Tri } from '../model'
import type { Missing } from '../rules/define-rule'
import { connectorsOf } from './connectors-of'
import { sendConnectorsOf } from './hybrid-connectors'
import { isListedWhole } from './listing'
import { exportOf, exportOfObject } from './missing'
import { once } from './once'
import { isRemoved, siteOf } from './send-candidates'
import { sameServer } from './server-names'
import { edgeNames } from './transport-servers'

/**
 * The send connectors of the organisation. Those that Edges listed are copies of them, and count only where nothing else is there, as on
 * an Edge without a subscription.
 */
export function organisationSend(config: Config): readonly SendConnector[] {
  const all = sendConnectorsOf(config)
  const shared = all.filter((s) => s.side !== 'edge')
  const exported = config.exports.some((b) => b.collection === 'sendConnectors' && b.side !== 'edge')
  return shared.length > 0 || exported ? shared : all
}

/** Do the exports hold all of them? An Edge lists only its own. */
export const isSendListed = once(
  (config: Config): Tri =>
    config.exports.some((b) => b.collection === 'sendConnectors' && b.listing === 'all' && b.side !== 'edge')
      ? 'yes'
      : 'unknown',
)

/** Its source servers that are still there, as far as the names tell. */
export const liveSources = (s: SendConnector): readonly string[] =>
  (knownPart(s.sourceTransportServers) ?? []).filter((name) => !isRemoved(name))

const roleNames = (config: Config, server: string): readonly string[] | undefined => {
  const found = config.servers.find((s) => sameServer(s.name, server))
  return found && knownPart(found.serverRole)?.map((r) => r.toLowerCase())
}

/** What the server is, as far as it matters for sending. Exchange 2010 sends from its Hub Transport servers. */
export function sendingRole(config: Config, server: string): 'mailbox' | 'edge' | 'unknown' {
  const roles = roleNames(config, server)
  if (roles?.includes('edge') || edgeNames(config).some((e) => sameServer(e, server))) return 'edge'
  if (roles?.some((r) => r === 'mailbox' || r === 'hubtransport')) return 'mailbox'
  const [own] = connectorsOf(config, server)
  return own?.side === 'on-premises' ? 'mailbox' : 'unknown'
}

/** The servers that could send in its place: Mailbox servers of its site, or the other Edges. It is among them. */
export function peersOf(config: Config, server: string): readonly string[] {
  const role = sendingRole(config, server)
  if (role === 'edge') return edgeNames(config)
  const site = siteOf(config, server)
  return site === undefined
    ? []
    : config.servers.map((s) => s.name).filter((n) => sendingRole(config, n) === role && siteOf(config, n) === site)
}

/** Why a connector has a source server that cannot send; `absent` needs a whole list of servers. */
export type SourceFault = {
  readonly value: Tri
  readonly cause: 'empty' | 'removed' | 'absent'
  readonly names: readonly string[]
  readonly missing: Missing | null
}

/** Does the connector lack a source server, or name one that was removed? Its source servers: Set-SendConnector, -SourceTransportServers. */
export function sourceFault(config: Config, s: SendConnector): SourceFault {
  const p = s.sourceTransportServers
  const own = exportOfObject(s)
  if (isUnset(p) === 'yes') return { value: 'yes', cause: 'empty', names: [], missing: null }
  const removed = (knownPart(p) ?? []).filter(isRemoved)
  if (removed.length > 0) return { value: 'yes', cause: 'removed', names: removed, missing: null }
  const isListed = (name: string) =>
    sameServer(name, s.server) ||
    config.servers.some((x) => sameServer(x.name, name)) ||
    edgeNames(config).some((e) => sameServer(e, name))
  const absent = liveSources(s).filter((name) => !isListed(name))
  const whole = isListedWhole(config, 'servers') === 'yes'
  if (absent.length > 0) {
    const value = whole ? 'yes' : 'unknown'
    return { value, cause: 'absent', names: absent, missing: whole ? null : exportOf('servers') }
  }
  const all = contains(p, () => false)
  return { value: all, cause: 'absent', names: [], missing: all === 'no' ? null : own }
}

type Claims = {
  readonly bySpace: ReadonlyMap<string, readonly SendConnector[]>
  /** Those of which not all spaces are known. */
  readonly open: readonly SendConnector[]
}
const claims = new WeakMap<Config, Claims>()
const spaceKey = (a: { readonly type: string; readonly domain: string }): string => `${a.type} ${a.domain}`

function claimsOf(config: Config): Claims {
  const present = claims.get(config)
  if (present) return present
  const bySpace = new Map<string, SendConnector[]>()
  const open: SendConnector[] = []
  for (const s of organisationSend(config)) {
    if (known(s.enabled) === false) continue
    if (contains(s.addressSpaces, () => false) === 'unknown') open.push(s)
    for (const a of knownPart(s.addressSpaces) ?? []) {
      const group = bySpace.get(spaceKey(a))
      if (group) group.push(s)
      else bySpace.set(spaceKey(a), [s])
    }
  }
  const found = { bySpace, open }
  claims.set(config, found)
  return found
}

/** Is the connector the only enabled one for at least one of its address spaces? */
export function isOnlyRoute(config: Config, s: SendConnector): Tri {
  const { bySpace, open } = claimsOf(config)
  const listed = open.some((o) => o !== s) ? 'unknown' : isSendListed(config)
  const alone = (knownPart(s.addressSpaces) ?? []).map((a): Tri => {
    const shared = bySpace.get(spaceKey(a))?.some((o) => o !== s)
    return shared ? 'no' : listed
  })
  return or(
    ...alone,
    contains(s.addressSpaces, () => false),
  )
}
