import type { AdPermission, ReceiveConnector } from '../model'
import type { Fix } from '../rules/define-rule'
import { fixOf } from './fix'
import { command, comment, type Line, list, run, set, str, variable } from './powershell'
import {
  backupConnector,
  backupPermissions,
  forEachObject,
  setAccount,
  showConnector,
  showRights,
} from './receive-connector'
import { runsOnFor } from './relay'

/** Rights that one account has by name in a connector's access list. */
export type HeldRights = {
  readonly row: Pick<AdPermission, 'sid' | 'user'>
  /** As Exchange spells them. */
  readonly rights: readonly string[]
}

/** A SID of a domain is not translated: the name that was exported says the same, and is the one that a person reads. */
const account = ({ sid, user }: HeldRights['row']): Line =>
  sid !== null && !sid.startsWith('S-1-5-21-') && !sid.startsWith('S-1-9-')
    ? setAccount(sid)
    : set('account', str(user))

const alter = (cmdlet: string, c: ReceiveConnector, rights: readonly string[]): Line =>
  run(
    command('Get-ReceiveConnector', { Identity: str(c.id) }),
    command(cmdlet, { User: variable('account'), ExtendedRights: list(rights) }),
  )

/** Takes rights from accounts, one by one, and can give them back. */
export function revokeRights(
  connectors: readonly ReceiveConnector[],
  heldOn: (c: ReceiveConnector) => readonly HeldRights[],
  remarks: readonly Line[] = [],
): Fix {
  const each = (lines: (c: ReceiveConnector, held: HeldRights) => readonly Line[]) =>
    forEachObject(connectors, (c) => heldOn(c).flatMap((held) => [account(held.row), ...lines(c, held)]))
  return fixOf({
    backup: forEachObject(connectors, (c) => [...backupConnector(c.id), ...backupPermissions(c.id)]),
    change: [
      comment('Senders that depend on this right stop: find them in the protocol log of this connector before.'),
      ...remarks,
      ...each((c, { rights }) => [alter('Remove-ADPermission', c, rights)]),
    ],
    check: [
      ...each((c) => [showRights(c.id)]),
      ...forEachObject(connectors, (c) => [showConnector(c.id, ['PermissionGroups'])]),
    ],
    rollback: each((c, { rights }) => [alter('Add-ADPermission', c, rights)]),
    effect: 'reconnect',
    minutes: 20,
    runsOn: runsOnFor(connectors),
  })
}
