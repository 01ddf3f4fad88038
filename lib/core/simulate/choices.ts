import { exposureOf } from '../exposure/exposure'
import { edgeNames, serverNames } from '../mailflow/transport-servers'
import { type Config, formatIp, knownPart } from '../model'

/** What a question can name: the objects of the audit. Long lists are cut and counted. */
export type Choices = {
  readonly servers: readonly { readonly name: string; readonly isEdge: boolean }[]
  readonly ports: readonly number[]
  /** Addresses of the servers that connectors are bound to, where they do not listen on all of them. */
  readonly locals: readonly string[]
  /** First names of certificates. */
  readonly certificates: readonly string[]
  readonly domains: readonly string[]
  readonly more: { readonly servers: number; readonly certificates: number; readonly domains: number }
}

const most = 300
const byText = (a: string, b: string): number => a.localeCompare(b, 'en', { numeric: true })

/** The common name, or the first name that the certificate carries. */
function certificateName(c: Config['certificates'][number]): string | null {
  const common = 'value' in c.subject ? /(?:^|,\s*)CN=([^,]+)/i.exec(c.subject.value)?.[1] : undefined
  return (common ?? knownPart(c.certificateDomains)?.[0] ?? '').trim().toLowerCase() || null
}

/** Own domains and those that connectors are made for; a wildcard stands for its domain. */
export function domainsOf(config: Config): { readonly own: readonly string[]; readonly foreign: readonly string[] } {
  const plain = (domain: string): string => domain.replace(/^\*\.?/, '').toLowerCase()
  const own = new Set<string>()
  for (const d of config.acceptedDomains) if ('value' in d.domainName) own.add(plain(d.domainName.value))
  const foreign = new Set<string>()
  for (const c of config.sendConnectors)
    for (const s of knownPart(c.addressSpaces) ?? []) if (s.type.toLowerCase() === 'smtp') foreign.add(plain(s.domain))
  for (const c of config.outboundConnectors) for (const d of knownPart(c.recipientDomains) ?? []) foreign.add(plain(d))
  const sorted = (of: Iterable<string>) => [...of].filter((d) => d.includes('.')).sort(byText)
  return { own: sorted(own), foreign: sorted(foreign).filter((d) => !own.has(d)) }
}

/** The domain that a tenant sends as: its routing domain, else any own domain. */
export function tenantDomain(config: Config): string | null {
  const { own } = domainsOf(config)
  return (
    own.find((d) => d.endsWith('.mail.onmicrosoft.com')) ??
    own.find((d) => d.endsWith('.onmicrosoft.com')) ??
    own[0] ??
    null
  )
}

const known = new WeakMap<Config, Choices>()

export function choicesOf(config: Config): Choices {
  const found = known.get(config)
  if (found) return found
  const edges = new Set(edgeNames(config))
  const servers = [...serverNames(config)].sort(byText).map((name) => ({ name, isEdge: edges.has(name) }))
  const { listeners } = exposureOf(config)
  const locals = new Set(listeners.flatMap((l) => (l.localAddress === null ? [] : formatIp(l.family, l.localAddress))))
  const ports = new Set(listeners.map((l) => l.port))
  const certificates = [...new Set(config.certificates.flatMap((c) => certificateName(c) ?? []))].sort(byText)
  const { own, foreign } = domainsOf(config)
  const domains = [...own, ...foreign]
  const made = {
    servers: servers.slice(0, most),
    ports: [...ports].sort((a, b) => a - b).slice(0, most),
    locals: [...locals].sort(byText).slice(0, most),
    certificates: certificates.slice(0, most),
    domains: domains.slice(0, most),
    more: {
      servers: Math.max(0, servers.length - most),
      certificates: Math.max(0, certificates.length - most),
      domains: Math.max(0, domains.length - most),
    },
  }
  known.set(config, made)
  return made
}
