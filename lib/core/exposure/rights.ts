import { takesEveryDomain } from '../mailflow/accepted-domains'
import { externallySecured } from '../mailflow/permissions'
import { both, type Principal, type RightValue, rightOf } from '../mailflow/rights'
import type { Config, ReceiveConnector } from '../model'
import type { StrangerRights } from './types'

export const nobody: StrangerRights = { submit: 'no', relay: 'no', ownDomainSender: 'no', internal: 'no' }
const unknown: StrangerRights = { submit: 'unknown', relay: 'unknown', ownDomainSender: 'unknown', internal: 'unknown' }

function rightsOf(config: Config, c: ReceiveConnector, principal: Principal): StrangerRights {
  const may = (right: Parameters<typeof rightOf>[3]) => rightOf(config, c, principal, right).value
  // PermissionGroups shows every group that may submit, and `Custom` for rows beside them.
  const submit = may('submit') === 'presumed-no' ? 'no' : may('submit')
  const alsoMay = (right: Parameters<typeof rightOf>[3]) => both(submit, may(right))
  const flag = alsoMay('authenticationFlag')
  return {
    submit,
    // With the accepted domain `*` no recipient is foreign.
    relay: takesEveryDomain(config, 'on-premises') ? submit : alsoMay('anyRecipient'),
    ownDomainSender: alsoMay('ownDomainSender'),
    internal: flag === 'presumed-no' ? 'no' : flag,
  }
}

const merge = (all: readonly RightValue[]): RightValue =>
  all.length > 0 && all.every((v) => v === all[0]) ? (all[0] ?? 'unknown') : 'unknown'

/** The answers on which all agree; `unknown` where they do not. */
export function agreed(all: readonly StrangerRights[]): StrangerRights {
  if (all.length === 0) return unknown
  return {
    submit: merge(all.map((r) => r.submit)),
    relay: merge(all.map((r) => r.relay)),
    ownDomainSender: merge(all.map((r) => r.ownDomainSender)),
    internal: merge(all.map((r) => r.internal)),
  }
}

const known = new WeakMap<Config, WeakMap<ReceiveConnector, StrangerRights>>()

/** What anybody may do whom the connector answers: as Exchange server where it is externally secured, else as anonymous. */
export function strangerRights(config: Config, c: ReceiveConnector): StrangerRights {
  const mine = known.get(config) ?? new WeakMap<ReceiveConnector, StrangerRights>()
  known.set(config, mine)
  const found = mine.get(c) ?? judge(config, c)
  mine.set(c, found)
  return found
}

function judge(config: Config, c: ReceiveConnector): StrangerRights {
  const secured = externallySecured(c)
  if (secured === 'yes') return rightsOf(config, c, 'externally-secured')
  const anonymous = rightsOf(config, c, 'anonymous')
  return secured === 'no' ? anonymous : agreed([anonymous, rightsOf(config, c, 'externally-secured')])
}
