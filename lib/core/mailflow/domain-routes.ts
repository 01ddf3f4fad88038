import { type Config, isTrue, isUnset, knownPart, or, type SendConnector, type Tri, tri } from '../model'
import type { Answers, EvidenceRef, Missing } from '../rules/define-rule'
import { selectOutbound } from './cloud-outbound'
import { allOf, anyOf, type Fact, fact } from './fact'
import { hasSpace, isOnPremisesType, sendsToEop } from './hybrid-connectors'
import { exportOf } from './missing'
import { mxRecord, mxTargetOf } from './mx'
import { selectSendConnector } from './send-selection'
import { isSendListed, organisationSend } from './source-servers'
import { mailboxServers } from './transport-servers'

/** Does the address space take the domain, or all domains of the pattern `*.contoso.com`, and is it narrower than `*`? */
function isOwnSpace(space: string, domain: string): boolean {
  if (space === domain) return true
  const bare = domain.startsWith('*.') ? domain.slice(2) : domain
  return space.startsWith('*.') && (bare === space.slice(2) || bare.endsWith(space.slice(1)))
}

/**
 * Does an enabled send connector name the domain, or a wildcard above it other than `*`? no only on a whole list. An internal relay
 * domain needs one: recipients that are not known here go where it leads (Accepted domains, learn.microsoft.com).
 */
export function ownRoute(config: Config, domain: string): Fact {
  const found = anyOf(
    organisationSend(config).map((s) =>
      allOf([fact(isTrue(s.enabled), s.enabled), hasSpace(s, (space) => isOwnSpace(space, domain))]),
    ),
  )
  return found.value === 'no' && isSendListed(config) !== 'yes' ? { value: 'unknown', evidence: found.evidence } : found
}

/** Where unknown recipients of a domain are sent: there or not, what shows it, and what would tell. */
export type Lead = {
  readonly value: Tri
  readonly connector: string
  readonly id: string
  readonly because: readonly EvidenceRef[]
  readonly missing: readonly Missing[]
}

const nowhere = (value: Tri, missing: readonly Missing[] = []): Lead => ({
  value,
  connector: '',
  id: '',
  because: [],
  missing,
})

/** By a smart host of Exchange Online, or by an MX that leads there. */
function sendsToCloud(config: Config, answers: Answers, s: SendConnector, domain: string): Lead {
  const eop = sendsToEop(s)
  const at = { connector: s.name, id: s.id }
  if (eop.value === 'yes')
    return { ...at, value: 'yes', because: [...fact('yes', s.addressSpaces).evidence, ...eop.evidence], missing: [] }
  if (eop.value === 'unknown') return { ...nowhere('unknown', [exportOf('sendConnectors')]), ...at }
  if ((knownPart(s.smartHosts) ?? []).length > 0) return { ...nowhere('no'), ...at }
  const mx = mxTargetOf(config, answers, domain, true)
  const because = fact('yes', s.addressSpaces, s.smartHosts).evidence
  return {
    ...at,
    value: mx === 'unknown' ? 'unknown' : tri(mx === 'exchange-online'),
    because,
    missing: mx === 'unknown' ? [mxRecord] : [],
  }
}

/** yes as soon as one says so; what is open is asked for. */
function merged(leads: readonly Lead[]): Lead {
  const yes = leads.find((l) => l.value === 'yes')
  if (yes) return yes
  const open = leads.filter((l) => l.value === 'unknown')
  return open[0] ? { ...open[0], missing: open.flatMap((l) => l.missing) } : (leads[0] ?? nowhere('no'))
}

/** Where one server sends it. */
function leadFrom(config: Config, answers: Answers, domain: string, server: string): Lead {
  const route = selectSendConnector(config, { server, domain, size: null, edge: false })
  if (route.state === 'winner') return sendsToCloud(config, answers, route.connector, domain)
  if (route.state === 'none') return nowhere('no')
  if (route.state === 'unknown') return nowhere('unknown', [exportOf('sendConnectors')])
  const choices = route.choices.map((c) => sendsToCloud(config, answers, c.connector, domain))
  const [one] = choices
  if (one && !route.orNone && choices.every((c) => c.value === one.value)) return one
  if (or(...choices.map((c) => c.value)) === 'no') return nowhere('no')
  const lacks = route.lacks.map((cmdlet): Missing => ({ cmdlet, side: 'on-premises', servers: [] }))
  return nowhere('unknown', lacks.length > 0 ? lacks : [exportOf('sendConnectors')])
}

/** Do the servers send what they do not know in the domain to Exchange Online? */
export function leadsToCloud(config: Config, answers: Answers, domain: string): Lead {
  const servers = mailboxServers(config)
  return merged((servers.length > 0 ? servers : ['']).map((server) => leadFrom(config, answers, domain, server)))
}

/** Does Exchange Online send what it does not know in the domain to the servers: over a connector of type OnPremises? */
export function leadsToServers(config: Config, answers: Answers, domain: string): Lead {
  const route = selectOutbound(config, { domain, viaServers: true })
  if (route.state === 'none') return nowhere('no')
  if (route.state === 'unknown') return nowhere('unknown', [exportOf('outboundConnectors')])
  const choices = route.state === 'winner' ? [route.connector] : route.choices
  const leads = choices.map((c): Lead => {
    const type = isOnPremisesType(c)
    const at = { connector: c.name, id: c.id }
    const because = [...fact('yes', c.recipientDomains).evidence, ...type.evidence]
    if (type.value !== 'yes') return { ...at, value: type.value, because, missing: [exportOf('outboundConnectors')] }
    if ((knownPart(c.smartHosts) ?? []).length > 0) return { ...at, value: 'yes', because, missing: [] }
    if (isUnset(c.smartHosts) === 'unknown' || c.smartHosts.state === 'truncated')
      return { ...at, value: 'unknown', because, missing: [exportOf('outboundConnectors')] }
    const mx = mxTargetOf(config, answers, domain, true)
    return {
      ...at,
      value: mx === 'unknown' ? 'unknown' : tri(mx === 'on-premises'),
      because,
      missing: mx === 'unknown' ? [mxRecord] : [],
    }
  })
  const same = new Set(leads.map((l) => l.value)).size === 1
  return same ? (leads[0] ?? nowhere('no')) : nowhere('unknown', [exportOf('outboundConnectors')])
}
