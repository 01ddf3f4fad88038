import { known, type ReceiveConnector } from '../model'
import type { Fix } from '../rules/define-rule'
import { fixOf } from './fix'
import { type Line, list } from './powershell'
import {
  backupConnector,
  backupPermissions,
  forEachObject,
  restoreConnector,
  setConnector,
  showConnector,
  wizardRemark,
} from './receive-connector'
import { runsOnFor } from './relay'

/** How a connector's clients prove who they are, and who may use it; what is left out stays. */
export type Access = {
  readonly AuthMechanism?: readonly string[]
  readonly PermissionGroups?: readonly string[]
}

const namesOf = (access: Access) => (['AuthMechanism', 'PermissionGroups'] as const).filter((n) => access[n])

/** The permission groups that were recorded, without these. `Custom` cannot be set. */
export function groupsWithout(c: ReceiveConnector, ...groups: readonly string[]): readonly string[] {
  const gone = new Set(['custom', 'none', ...groups.map((g) => g.toLowerCase())])
  const left = (known(c.permissionGroups) ?? []).filter((g) => !gone.has(g.toLowerCase()))
  return left.length > 0 ? left : ['None']
}

/** Sets mechanisms and groups of connectors in one command each. Both parameters replace the whole set. */
export function setAccess(
  connectors: readonly ReceiveConnector[],
  accessOf: (c: ReceiveConnector) => Access,
  remarks: readonly Line[] = [],
): Fix {
  const values = (access: Access) =>
    Object.fromEntries(namesOf(access).map((name) => [name, list(access[name] ?? [])] as const))
  return fixOf({
    backup: forEachObject(connectors, (c) => [...backupConnector(c.id), ...backupPermissions(c.id)]),
    change: [...remarks, ...forEachObject(connectors, (c) => [setConnector(c.id, values(accessOf(c)))])],
    check: [...forEachObject(connectors, (c) => [showConnector(c.id, namesOf(accessOf(c)))]), wizardRemark],
    rollback: forEachObject(connectors, (c) => restoreConnector(c, namesOf(accessOf(c)))),
    effect: 'reconnect',
    minutes: 15,
    runsOn: runsOnFor(connectors),
  })
}
