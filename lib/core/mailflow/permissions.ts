import { type AdPermission, type Config, knownPart, type ReceiveConnector, type Tri } from '../model'
import {
  ANONYMOUS_LOGON,
  accessListOf,
  accessListSupplied,
  EVERYONE,
  grants,
  hasGroup,
  hasMechanism,
} from './access-list'
import { both, type RightValue, rightNames, rightOf } from './rights'

export { ANONYMOUS_LOGON, accessListSupplied, hasCustomPermissions, hasGroup, hasMechanism } from './access-list'

/**
 * May a sender submit without logging on? PermissionGroups shows every group that may, and Custom for rows beside them: where it
 * shows neither, what is presumed is the answer.
 */
export function anonSubmit(config: Config, c: ReceiveConnector): Tri {
  const { value } = rightOf(config, c, 'anonymous', 'submit')
  return value === 'presumed-no' ? 'no' : value
}

/**
 * May a sender who has not logged on send to foreign domains (ms-Exch-SMTP-Accept-Any-Recipient for ANONYMOUS LOGON or Everyone)?
 * Only the access list tells. Without it, PermissionGroups without Custom makes it improbable: `presumed-no`, which no rule may
 * take for no. Source: Allow anonymous relay on Exchange servers (learn.microsoft.com).
 */
export function anonRelay(config: Config, c: ReceiveConnector): RightValue {
  const right = rightOf(config, c, 'anonymous', 'anyRecipient').value
  const value = both(anonSubmit(config, c), right)
  return value === 'no' && !accessListSupplied(config, c) ? 'presumed-no' : value
}

/** The same for conditions: what is only presumed is not known. */
export function anonRelayTri(config: Config, c: ReceiveConnector): Tri {
  const value = anonRelay(config, c)
  return value === 'presumed-no' ? 'unknown' : value
}

/** The rows that prove the relay right. */
export const relayRows = (config: Config, c: ReceiveConnector): readonly AdPermission[] =>
  accessListOf(config, c).filter(
    (row) => (row.sid === ANONYMOUS_LOGON || row.sid === EVERYONE) && grants(row, rightNames.anyRecipient) === 'yes',
  )

/**
 * Does everybody in its ranges count as an Exchange server? ExternalAuthoritative needs ExchangeServers beside it (the cmdlet
 * refuses one without the other), so that it counts alone where PermissionGroups was not printed. Source: Set-ReceiveConnector,
 * -AuthMechanism.
 */
export function externallySecured(c: ReceiveConnector): Tri {
  const mechanism = hasMechanism(c, 'ExternalAuthoritative')
  if (mechanism !== 'yes' || knownPart(c.permissionGroups) === undefined) return mechanism
  const group = hasGroup(c, 'ExchangeServers')
  return group === 'unknown' ? 'yes' : group
}
