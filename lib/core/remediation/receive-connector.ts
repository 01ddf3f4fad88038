import { known, type Property, type ReceiveConnector } from '../model'
import {
  accountOf,
  type Code,
  command,
  comment,
  type Line,
  list,
  propertyText,
  propertyTexts,
  run,
  set,
  str,
  variable,
} from './powershell'

/** A fix speaks of this many objects; the rest is done in the same way. Nobody reads a block of commands that is longer. */
const FIX_OBJECTS_MAX = 20

/** Lines for each object, and a word about those that are left out. */
export function forEachObject<T>(
  objects: readonly T[],
  lines: (object: T, index: number) => readonly Line[],
): readonly Line[] {
  const rest = objects.length - FIX_OBJECTS_MAX
  return [
    ...objects.slice(0, FIX_OBJECTS_MAX).flatMap(lines),
    ...(rest > 0 ? [comment(`Repeat this for the other ${rest} objects of this finding.`)] : []),
  ]
}

/** Where a step keeps what it found: in the current folder, under a name that any file system takes. */
export const backupFile = (id: string, what: string): string =>
  `.\\postern-backup_${id.replace(/[^A-Za-z0-9-]+/g, '_').slice(0, 80)}_${what}.xml`

const get = (id: string) => command('Get-ReceiveConnector', { Identity: str(id) })

/** Keeps the connector as it is. */
export const backupConnector = (id: string): readonly Line[] => [
  run(get(id), command('Export-Clixml', { Path: str(backupFile(id, 'connector')) })),
]

/** Keeps its access list as it is. */
export const backupPermissions = (id: string): readonly Line[] => [
  run(get(id), command('Get-ADPermission'), command('Export-Clixml', { Path: str(backupFile(id, 'permissions')) })),
]

export const setConnector = (id: string, parameters: Readonly<Record<string, Code | true>>): Line =>
  run(command('Set-ReceiveConnector', { Identity: str(id), ...parameters }))

/** Shows the properties of the connector that the change is about. */
export const showConnector = (id: string, properties: readonly string[]): Line =>
  run(get(id), command('Format-List', { Property: list(['Identity', ...properties]) }))

type Restorable = 'RemoteIPRanges' | 'AuthMechanism' | 'PermissionGroups'

function recorded(c: ReceiveConnector, property: Restorable): readonly string[] | undefined {
  const texts = (p: Property<readonly string[]>) => {
    const flags = known(p)
    return flags && (flags.length > 0 ? flags : ['None'])
  }
  switch (property) {
    case 'RemoteIPRanges':
      return known(c.remoteIPRanges)?.map((r) => r.text)
    case 'AuthMechanism':
      return texts(c.authMechanism)
    case 'PermissionGroups':
      // Custom cannot be set: it stands for access-list rows that match no group.
      return texts(c.permissionGroups)?.filter((g) => g.toLowerCase() !== 'custom')
  }
}

/** Puts the properties back: to the values in the audit where they are whole, else to those of the backup. */
export function restoreConnector(c: ReceiveConnector, properties: readonly Restorable[]): readonly Line[] {
  const values = properties.map((name) => ({ name, value: recorded(c, name) }))
  const fromFile = values.some((v) => v.value === undefined || v.value.length === 0)
  const code = ({ name, value }: (typeof values)[number]): Code =>
    value?.length
      ? list(value)
      : name === 'RemoteIPRanges'
        ? propertyTexts('before', name)
        : propertyText('before', name)
  return [
    ...(fromFile ? [set('before', importClixml(backupFile(c.id, 'connector')))] : []),
    setConnector(c.id, Object.fromEntries(values.map((v) => [v.name, code(v)]))),
  ]
}

export const importClixml = (path: string): Code => ({
  code: `Import-Clixml -Path ${str(path).code}`,
  placeholders: [],
})

const RELAY_RIGHT = 'ms-Exch-SMTP-Accept-Any-Recipient'

/** Sets `$account` to the name of the SID on this server. */
export const setAccount = (sid: string): Line => set('account', accountOf(sid))

const grant = (cmdlet: string, id: string): Line =>
  run(get(id), command(cmdlet, { User: variable('account'), ExtendedRights: str(RELAY_RIGHT) }))

/** Takes the relay right from `$account`. */
export const removeRelayRight = (id: string): Line => grant('Remove-ADPermission', id)
/** Gives the relay right to `$account`. */
export const addRelayRight = (id: string): Line => grant('Add-ADPermission', id)
/** Lists what `$account` may do on the connector. */
export const showRights = (id: string): Line =>
  run(
    get(id),
    command('Get-ADPermission', { User: variable('account') }),
    command('Format-Table', {
      Property: list(['Identity', 'User', 'Deny', 'IsInherited', 'ExtendedRights']),
      AutoSize: true,
      Wrap: true,
    }),
  )

/** The wizard finds its connectors again and writes its own values into them (Hybrid Configuration wizard). */
export const wizardRemark: Line = comment(
  'A later run of the Hybrid Configuration Wizard writes its own values into Default Frontend and its send connector: repeat the check after it.',
)
