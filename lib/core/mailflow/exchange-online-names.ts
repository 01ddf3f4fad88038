/** Lower case, without surrounding brackets or blanks and without a trailing dot. */
export const normHost = (host: string): string =>
  host
    .trim()
    .toLowerCase()
    .replace(/^\[(.*)\]$/, '$1')
    .replace(/\.$/, '')

/**
 * The name in the certificate with which Exchange Online sends, worldwide and in the national clouds. It is the same for all
 * tenants: it proves “Microsoft”, never “my tenant”.
 */
const serviceDomains = new Set([
  'mail.protection.outlook.com',
  'mail.protection.office365.us',
  'mail.protection.partner.outlook.cn',
  'mail.protection.outlook.de',
])
export const isServiceDomain = (domain: string): boolean => serviceDomains.has(normHost(domain))

const eopSuffixes = [
  '.mail.protection.outlook.com',
  '.mail.eo.outlook.com',
  '.mail.protection.outlook.de',
  '.mail.messaging.microsoft.com',
  '.mail.protection.office365.us',
  '.mail.protection.partner.outlook.cn',
  '.mx.microsoft', // host names of tenants with DNSSEC, since 2024
]

/** A host of Exchange Online Protection, in all spellings that were ever handed out as smart host or MX. */
export function eopHost(host: string): boolean {
  const h = normHost(host)
  return eopSuffixes.some((s) => h.endsWith(s) && h.length > s.length)
}

const retiredSuffixes = ['.mail.eo.outlook.com', '.mail.messaging.microsoft.com', '.mail.protection.outlook.de']

/** A name of Exchange Online Protection from the time of Forefront, or of the closed German cloud. No tenant gets one any more. */
export function isRetiredHost(host: string): boolean {
  const h = normHost(host)
  return eopHost(h) && retiredSuffixes.some((s) => h.endsWith(s))
}

/** The first label of a host of Exchange Online Protection, `contoso-com`: it stands for the domain whose MX the host is. */
export const hostToken = (host: string): string => normHost(host).split('.')[0] ?? ''

/**
 * May the token stand for the domain? Dots become hyphens; a domain with hyphens of its own loses them and gets a mark at the end
 * (`01c`, `0i`), so that two domains never share a token.
 */
export function isTokenOf(token: string, domain: string): boolean {
  const bare = (text: string) => text.replace(/[.-]/g, '')
  const [t, d] = [bare(token.toLowerCase()), bare(normHost(domain))]
  return t.startsWith(d) && /^(?:\d{1,2}[a-z])?$/.test(t.slice(d.length))
}

const tenantSuffixes = ['onmicrosoft.com', 'partner.onmschina.cn', 'onmicrosoft.us']
const labelsBefore = (domain: string): readonly string[] | undefined => {
  const d = normHost(domain)
  const suffix = tenantSuffixes.find((s) => d.endsWith(`.${s}`))
  return suffix === undefined ? undefined : d.slice(0, -suffix.length - 1).split('.')
}

/** `contoso.mail.onmicrosoft.com`: the domain by which a hybrid organisation reaches its mailboxes in the cloud. */
export function routingDomain(domain: string): boolean {
  const labels = labelsBefore(domain)
  return labels?.length === 2 && labels[0] !== '' && labels[1] === 'mail'
}

/** `contoso.onmicrosoft.com`: the domain a tenant was created with, and by default the one its mail carries as originator. */
export function initialDomain(domain: string): boolean {
  const labels = labelsBefore(domain)
  return labels?.length === 1 && labels[0] !== ''
}

/** Is the address space a wildcard above the routing domain of every tenant (`*.mail.onmicrosoft.com`), or of one? Not `*`. */
export function isAboveRoutingDomain(space: string): boolean {
  if (!space.startsWith('*.')) return false
  const parent = normHost(space.slice(2))
  return routingDomain(parent) || tenantSuffixes.some((s) => `.mail.${s}`.endsWith(`.${parent}`))
}

/** `contoso.onmicrosoft.com`, the domain that the tenant of a routing domain was created with. */
export const initialDomainOf = (routing: string): string => normHost(routing).replace('.mail.', '.')

/** The name that Exchange Online shows to servers of a tenant, by a domain of that tenant: each national cloud has its own. */
export function serviceDomainOf(domain: string): string {
  const d = normHost(domain)
  if (d.endsWith('.onmicrosoft.us') || d.endsWith('.office365.us')) return 'mail.protection.office365.us'
  if (d.endsWith('.onmschina.cn') || d.endsWith('.partner.outlook.cn')) return 'mail.protection.partner.outlook.cn'
  return 'mail.protection.outlook.com'
}
