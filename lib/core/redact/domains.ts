import { domainKey } from '../model'
import type { Registry } from './registry'
import { isPlainWord } from './vocabulary'
import { baseLength, endingOf, isKeptLabel, serviceName } from './well-known'

type DomainContext = {
  readonly registry: Registry
  /** The pseudonym of a server by its short name. */
  readonly serverOf: (label: string) => string | undefined
}

export type Domains = {
  /** `*.mail.contoso.com` → `*.mail.domain-1.example`; names of Microsoft's services stay. */
  readonly domain: (text: string) => string
  /** One label that stands alone, as in `DC=contoso`. */
  readonly label: (text: string) => string
}

/** Pseudonyms of domains: what lies below one domain lies below one pseudonym, and labels that only say what a host is for stay. */
export function domainsOf({ registry, serverOf }: DomainContext): Domains {
  const bases = new Map<string, string>()
  const label = (text: string): string => {
    const own = text.toLowerCase()
    const server = serverOf(own)
    if (server !== undefined) return text === own ? server.toLowerCase() : server
    return isKeptLabel(own) ? own : registry.number('domain', own, 'host-', false)
  }
  const base = (labels: readonly string[]): string => {
    const key = labels.join('.')
    const known = bases.get(key)
    if (known !== undefined) return known
    const name = registry.number('domain', key, 'domain-', false)
    const made = `${name}.${endingOf(labels.at(-1) ?? '')}`
    bases.set(key, made)
    return made
  }
  const tenant = (name: string) => registry.number('domain', name, 'tenant-', false)
  /** `contoso-com` in front of a host of Exchange Online stands for a domain, and goes on doing so. */
  const token = (name: string): string => {
    const bare = name.replace(/-/g, '')
    for (const [domain, made] of bases) {
      const own = domain.replace(/[.-]/g, '')
      if (bare.startsWith(own) && /^(?:\d{1,2}[a-z])?$/.test(bare.slice(own.length)))
        return made.replaceAll('.', '-') + bare.slice(own.length)
    }
    const at = name.lastIndexOf('-')
    return at > 0 ? base([name.slice(0, at), name.slice(at + 1)]).replaceAll('.', '-') : tenant(name)
  }
  const service = (host: string, text: string): string | undefined => {
    const found = serviceName(host)
    if (found === undefined) return undefined
    const { kind, suffix, labels } = found
    if (labels.length === 0) return text
    const keep = (l: string): string => {
      if (l === 'mail' || l === '*') return l
      // Microsoft's own hosts are called by words and numbers; a customer's are called by their name.
      if (kind === 'public') return isPlainWord(l) ? l : label(l)
      return kind === 'tenant' ? tenant(l) : token(l)
    }
    const made = labels.map(keep)
    if (made.join('.') === labels.join('.')) return text
    return [...made, suffix].join('.')
  }
  const plain = (host: string, text: string): string => {
    const labels = host.split('.')
    const cased = text.split('.')
    const own = labels.slice(-baseLength(labels))
    if (own.length < 2 || own[0] === '*') return labels.map(label).join('.')
    const under = labels.slice(0, labels.length - own.length).map((l, i) => label(cased[i] ?? l))
    return [...under, base(own)].join('.')
  }
  const domain = (text: string): string => {
    const dot = text.endsWith('.') && text.length > 1 ? '.' : ''
    const host = domainKey(dot === '' ? text : text.slice(0, -1))
    const made = service(host, dot === '' ? text : text.slice(0, -1)) ?? plain(host, text)
    return registry.note('domain', text, made) + dot
  }
  return { domain, label }
}
