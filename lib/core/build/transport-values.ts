import {
  type AddressSpace,
  type Binding,
  domainKey,
  parseIp,
  type TlsCertificateName,
  type TlsDomainCapability,
} from '../model'
import { capabilitiesOf } from './enums'

/** `0.0.0.0:25`, `[::]:25`, `[fe80::1%4]:25`, and `:::25` as joined columns print it. */
export function parseBinding(text: string): Binding | undefined {
  const m = /^(.*):(\d{1,5})$/.exec(text.trim())
  const ip = m && parseIp(m[1] ?? '')
  const port = Number(m?.[2])
  if (!ip || port > 65_535) return undefined
  return { family: ip.family, address: ip.value === 0n ? null : ip.value, port, text }
}

/** Works equal texts out once, since all connectors of an organisation share a few. */
export function remembering<T>(read: (text: string) => T): (text: string) => T {
  const known = new Map<string, { readonly value: T }>()
  return (text) => {
    const found = known.get(text)
    if (found !== undefined) return found.value
    const value = read(text)
    known.set(text, { value })
    return value
  }
}

/** `smtp:*.contoso.com;1`. The cost stands behind the last semicolon, `SMTP` and 1 are the defaults (New-SendConnector, -AddressSpaces). */
export function parseAddressSpace(text: string): AddressSpace {
  const body = text.trim().replace(/^local:/i, '')
  const cost = /;(\d{1,3})$/.exec(body)
  const rest = cost ? body.slice(0, cost.index) : body
  const type = /^([A-Za-z][\w+.-]{0,40}):(.*)$/s.exec(rest)
  const space = domainKey(type?.[2] ?? rest)
  return {
    type: (type?.[1] ?? 'SMTP').toUpperCase(),
    domain: space,
    includeSubDomains: space === '*' || space.startsWith('*.'),
    cost: cost ? Number(cost[1]) : 1,
    text,
  }
}

/** `domain:Capability,Capability`; the capabilities stand behind the last colon, since a pinned certificate name may hold one. */
export function parseCapability(text: string): TlsDomainCapability | undefined {
  const colon = text.lastIndexOf(':')
  if (colon <= 0) return undefined
  const domain = text.slice(0, colon).trim()
  const words = text
    .slice(colon + 1)
    .split(',')
    .map((s) => s.trim())
    .filter((s) => s !== '' && !/^none$/i.test(s))
  const number = words.length === 1 && /^\d{1,9}$/.test(words[0] ?? '') ? capabilitiesOf(Number(words[0])) : undefined
  return {
    domain,
    capabilities: number?.names ?? words,
    pinned: /^<I>/i.test(domain),
    unknownBits: number?.unknown ?? 0,
    text,
  }
}

export function parseCertificateName(text: string): TlsCertificateName | undefined {
  const t = text.trim()
  if (t === '') return undefined
  const full = /^<I>(.*)<S>(.*)$/is.exec(t)
  if (full) return { syntax: 'standard', issuer: full[1] ?? '', subject: full[2] ?? '', text: t }
  if (/^[0-9A-F]{40}$/i.test(t)) return { syntax: 'thumbprint', issuer: '', subject: '', text: t }
  const subject = /^<S>(.*)$/is.exec(t)?.[1] ?? (/^[A-Za-z0-9.]{1,40}=/.test(t) ? t : undefined)
  return subject === undefined
    ? { syntax: 'other', issuer: '', subject: '', text: t }
    : { syntax: 'subject-only', issuer: '', subject, text: t }
}
