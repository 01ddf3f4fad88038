import { type Config, type ConfigObject, domainKey, known, type Tri } from '../model'
import type { DomainSide } from './accepted-domains'
import { strongHybridEvidence, weakHybridEvidence } from './hybrid'
import { textOf } from './property-of'

const isOn = (o: { readonly side: string }, side: DomainSide): boolean =>
  (o.side === 'exchange-online') === (side === 'exchange-online')

/** The remote domains of a side; an Edge holds none of its own. */
export const remoteDomainsOf = (config: Config, side: DomainSide): readonly ConfigObject[] =>
  config.remoteDomains.filter((d) => isOn(d, side))

/** DomainName as domains are compared; undefined where it is not known. */
export function remoteNameOf(d: ConfigObject): string | undefined {
  const name = known(textOf(d, 'DomainName'))
  return name === undefined ? undefined : domainKey(name)
}

/** Do the exports hold all remote domains of the side? `no`: none of them. One whose name was not printed may be any. */
export function areRemoteDomainsListed(config: Config, side: DomainSide): Tri {
  const blocks = config.exports.filter((b) => b.collection === 'remoteDomains' && isOn(b, side))
  if (blocks.length === 0) return 'no'
  const nameless = remoteDomainsOf(config, side).some((d) => remoteNameOf(d) === undefined)
  return blocks.some((b) => b.listing === 'all') && !nameless ? 'yes' : 'unknown'
}

/** Does the organisation have a tenant, as far as the exports show? no only where they show that it is no hybrid. */
export const hasTenant = (config: Config): boolean =>
  strongHybridEvidence(config).value !== 'no' ||
  weakHybridEvidence(config).value === 'yes' ||
  config.exports.some((b) => b.side === 'exchange-online')
