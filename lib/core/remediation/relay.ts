import type { ReceiveConnector } from '../model'
import type { Fix } from './commands'
import { fixOf } from './fix'
import { bool, type Code, comment, type Line } from './powershell'
import {
  addRelayRight,
  backupConnector,
  backupPermissions,
  forEachObject,
  removeRelayRight,
  restoreConnector,
  setAccount,
  setConnector,
  showConnector,
  showRights,
} from './receive-connector'

export const runsOnFor = (connectors: readonly ReceiveConnector[]): Fix['runsOn'] =>
  connectors.length > 0 && connectors.every((c) => c.side === 'edge') ? 'edge' : 'exchange-management-shell'

/** Takes the right to relay from the accounts that hold it. */
export const revokeRelayRight = (
  connectors: readonly ReceiveConnector[],
  sidsOf: (c: ReceiveConnector) => readonly string[],
): Fix =>
  fixOf({
    backup: forEachObject(connectors, (c) => [...backupConnector(c.id), ...backupPermissions(c.id)]),
    change: [
      comment('Hosts that relay here today stop: find them in the protocol log of this connector before.'),
      ...forEachObject(connectors, (c) => sidsOf(c).flatMap((sid) => [setAccount(sid), removeRelayRight(c.id)])),
    ],
    check: forEachObject(connectors, (c) => [
      ...sidsOf(c).flatMap((sid) => [setAccount(sid), showRights(c.id)]),
      showConnector(c.id, ['PermissionGroups']),
    ]),
    rollback: forEachObject(connectors, (c) => sidsOf(c).flatMap((sid) => [setAccount(sid), addRelayRight(c.id)])),
    effect: 'reconnect',
    minutes: 20,
    runsOn: runsOnFor(connectors),
  })

/** Gives the connectors other ranges. The old set is replaced as a whole. */
export const replaceRanges = (
  connectors: readonly ReceiveConnector[],
  rangesOf: (c: ReceiveConnector) => Code,
  remarks: readonly Line[] = [],
): Fix =>
  fixOf({
    backup: forEachObject(connectors, (c) => backupConnector(c.id)),
    change: [
      comment('RemoteIPRanges is replaced as a whole: name everything that shall stay.'),
      ...remarks,
      ...forEachObject(connectors, (c) => [setConnector(c.id, { RemoteIPRanges: rangesOf(c) })]),
    ],
    check: forEachObject(connectors, (c) => [showConnector(c.id, ['RemoteIPRanges'])]),
    rollback: forEachObject(connectors, (c) => restoreConnector(c, ['RemoteIPRanges'])),
    effect: 'reconnect',
    minutes: 20,
    runsOn: runsOnFor(connectors),
  })

/** Switches the connectors off: their clients arrive at the connector with the next wider range. */
export const switchOff = (connectors: readonly ReceiveConnector[]): Fix =>
  fixOf({
    backup: forEachObject(connectors, (c) => [...backupConnector(c.id), ...backupPermissions(c.id)]),
    change: forEachObject(connectors, (c) => [setConnector(c.id, { Enabled: bool(false) })]),
    check: forEachObject(connectors, (c) => [showConnector(c.id, ['Enabled', 'RemoteIPRanges'])]),
    rollback: forEachObject(connectors, (c) => [setConnector(c.id, { Enabled: bool(true) })]),
    effect: 'reconnect',
    minutes: 15,
    runsOn: runsOnFor(connectors),
  })
