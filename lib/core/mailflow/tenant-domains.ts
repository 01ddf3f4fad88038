import { type Config, domainKey, known, knownPart, type Property } from '../model'
import { initialDomain, initialDomainOf, routingDomain } from './exchange-online-names'
import { type Fact, fact } from './fact'
import { flagOf } from './property-of'
import { isSendListed, organisationSend } from './source-servers'

/** A domain of a tenant, and the lines that name it. */
export type TenantDomain = { readonly domain: string; readonly because: Fact }

function collect(named: Iterable<readonly [string, Property<unknown>]>): readonly TenantDomain[] {
  const found = new Map<string, TenantDomain>()
  for (const [name, p] of named) {
    const domain = domainKey(name)
    if (!found.has(domain)) found.set(domain, { domain, because: fact('yes', p) })
  }
  return [...found.values()]
}

/**
 * The routing domains of the tenants that the organisation has to do with (`contoso.mail.onmicrosoft.com`): accepted domains of either
 * side, domains of the hybrid configuration, address spaces of send connectors.
 */
export function routingDomains(config: Config): readonly TenantDomain[] {
  function* named(): Iterable<readonly [string, Property<unknown>]> {
    for (const d of config.acceptedDomains) yield [known(d.domainName) ?? '', d.domainName]
    for (const h of config.hybridConfigurations) for (const name of knownPart(h.domains) ?? []) yield [name, h.domains]
    for (const s of config.sendConnectors)
      for (const a of knownPart(s.addressSpaces) ?? []) yield [a.domain, s.addressSpaces]
  }
  return collect([...named()].filter(([name]) => routingDomain(name)))
}

/**
 * The domains that tenants were created with (`contoso.onmicrosoft.com`), which their mail names as originator: those that belong to the
 * routing domains; without any, those that Exchange Online accepts and shows as initial.
 */
export function initialDomains(config: Config): readonly TenantDomain[] {
  const derived = routingDomains(config).map(({ domain, because }) => ({ domain: initialDomainOf(domain), because }))
  if (derived.length > 0) return derived
  const cloud = config.acceptedDomains.filter(
    (d) =>
      d.side === 'exchange-online' &&
      initialDomain(known(d.domainName) ?? '') &&
      known(flagOf(d, 'InitialDomain')) !== false,
  )
  return collect(cloud.map((d) => [known(d.domainName) ?? '', d.domainName] as const))
}

/**
 * Do the send connectors show every tenant that they lead to? What another export names is known without them, one more tenant is not.
 */
export const areTenantsShown = (config: Config): boolean =>
  isSendListed(config) === 'yes' &&
  organisationSend(config).every((s) => known(s.addressSpaces) !== undefined || s.addressSpaces.state === 'null')
