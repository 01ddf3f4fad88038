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
