import { touchesExchangeOnline } from '../defaults/exchange-online-ranges'
import { type Config, known, parseIp, parseIpRange } from '../model'
import type { Answers } from '../rules/define-rule'
import { eopHost, normHost } from './exchange-online-names'
import { isListedWhole } from './listing'
import { once } from './once'
import { ownAddresses } from './own-addresses'
import { serversBehind } from './transport-servers'

/** Who answers under a smart host. `sure`: no server that the exports do not name can be behind it. */
export type HostOwner = { readonly kind: 'exchange-online' | 'own' | 'other'; readonly sure: boolean }

/** Is the smart host an address from which, and at which, Exchange Online works? */
export const isExchangeOnlineAddress = (host: string): boolean => {
  const range = parseIpRange(normHost(host))
  return range !== undefined && touchesExchangeOnline(range)
}

/**
 * Exchange Online, an own Exchange or Edge server, or another host. Own is what the exports name as a server, its addresses as far as
 * they are known, a name that a receive connector gives itself or that Exchange Online is told to deliver to, and `--`, by which an
 * Edge reaches the servers of its site.
 */
export function ownerOfHost(config: Config, host: string, answers: Answers): HostOwner {
  const name = normHost(host)
  if (eopHost(name) || isExchangeOnlineAddress(name)) return { kind: 'exchange-online', sure: true }
  const address = parseIp(name)
  const tagged = ownAddresses(config, answers).find((a) => a.family === address?.family && a.value === address.value)
  if (tagged?.role === 'gateway') return { kind: 'other', sure: true }
  if (name === '--' || tagged || serversBehind(config, name, answers).length > 0 || ownNames(config).has(name))
    return { kind: 'own', sure: true }
  return { kind: 'other', sure: address === undefined && isListedWhole(config, 'servers') === 'yes' }
}

const ownNames = once(
  (config: Config): ReadonlySet<string> =>
    new Set(
      [
        ...config.receiveConnectors.map((c) => known(c.fqdn)),
        ...config.hybridConfigurations.map((h) => known(h.onPremisesSmartHost)),
      ].flatMap((n) => (n ? [normHost(n)] : [])),
    ),
)
