import { serviceDomainOf } from '../mailflow/exchange-online-names'
import { type Config, known, knownPart, type SendConnector } from '../model'
import type { Fail, Fix } from '../rules/define-rule'
import { type PropertyFix, recordedValue, setProperties } from './objects'
import { bool, type Code, command, comment, type Line, run, str } from './powershell'

/** The wizard finds its send connector again by the address space of the tenant and writes its own values into it. */
export const wizardSendRemark: Line = comment(
  'A later run of the Hybrid Configuration Wizard writes its own values into its send connector and into Default Frontend connectors: repeat the check after it.',
)

/** The send connectors that the failures are about. */
export function sendConnectorsOfMembers(config: Config, members: readonly Fail[]): readonly SendConnector[] {
  const ids = new Set(members.flatMap((m) => m.objects).flatMap((o) => (o.kind === 'sendConnector' ? [o.id] : [])))
  return config.sendConnectors.filter((s) => ids.has(s.id))
}

/** Sets properties of the send connectors of a finding. Mail in the queue takes the new values with the next connection. */
export const fixSendConnectors = (
  config: Config,
  members: readonly Fail[],
  set: (s: SendConnector) => Readonly<Record<string, Code>>,
  plan: Partial<Omit<PropertyFix, 'set'>> = {},
): Fix | null =>
  setProperties(sendConnectorsOfMembers(config, members), {
    effect: 'reconnect',
    minutes: 10,
    ...plan,
    set: (o) => set(o as SendConnector),
    after: [...(plan.after ?? []), wizardSendRemark],
  })

/** The name in the certificate of Exchange Online for a tenant, by its routing domain where that is known. */
export const serviceNameOfDomain = (domain: string | undefined): string => serviceDomainOf(domain ?? '')

/** The name in the certificate of Exchange Online that the connector must ask for, by the domains it serves. */
export function serviceNameFor(s: SendConnector): string {
  const names = [...(knownPart(s.addressSpaces) ?? []).map((a) => a.domain), ...(knownPart(s.smartHosts) ?? [])]
  return names.map(serviceDomainOf).find((name) => name !== serviceDomainOf('')) ?? serviceDomainOf('')
}

const copied = [
  'SourceTransportServers',
  'DNSRoutingEnabled',
  'SmartHosts',
  'Fqdn',
  'RequireTLS',
  'TlsAuthLevel',
  'TlsDomain',
  'TlsCertificateName',
  'CloudServicesMailEnabled',
  'FrontendProxyEnabled',
]

/** What the wizard sets, for properties that were not exported: a connector to the tenant must not be made without them. */
const usual = (s: SendConnector): Readonly<Record<string, Code>> => ({
  DNSRoutingEnabled: bool(true),
  RequireTLS: bool(true),
  TlsAuthLevel: str('DomainValidation'),
  TlsDomain: str(serviceNameFor(s)),
  CloudServicesMailEnabled: bool(true),
})

/**
 * A new send connector for other address spaces of the tenant that is otherwise like `s`: its values where the audit holds them whole,
 * those of the wizard where it does not show them.
 */
export const newSendConnectorLike = (s: SendConnector, name: string, spaces: Code): Line =>
  run(
    command('New-SendConnector', {
      Name: str(name),
      AddressSpaces: spaces,
      ...Object.fromEntries(
        copied.flatMap((property) => {
          const value = known(s.properties[property] ?? { state: 'missing', name: property })
          const isSet = value !== undefined && !(Array.isArray(value) && value.length === 0) && value !== ''
          const shown = s.properties[property] !== undefined
          const code = isSet ? recordedValue(s, property) : shown ? undefined : usual(s)[property]
          return code ? [[property, code] as const] : []
        }),
      ),
    }),
  )
