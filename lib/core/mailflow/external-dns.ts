import { type Config, type ConfigObject, isTrue, type SendConnector } from '../model'
import { allOf, type Fact, fact } from './fact'
import { flagOf } from './property-of'
import { sameServer } from './server-names'

/** Is the connector enabled and told to ask the external DNS servers of its source servers instead of the network adapter's? */
export const usesExternalDns = (s: SendConnector): Fact => {
  const uses = flagOf(s, 'UseExternalDNSServersEnabled')
  return allOf([fact(isTrue(uses), uses), fact(isTrue(s.enabled), s.enabled)])
}

/** What Get-TransportService told of a server; undefined where that was not exported. */
export const serviceOf = (config: Config, server: string): ConfigObject | undefined =>
  config.transportServices.find((t) => sameServer(t.name, server))
