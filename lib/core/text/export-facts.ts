import type { CollectionName, Completeness, Diagnose, RawObject, Side } from '../model'
import { lowerName } from './lower'

/** Properties that only the full output of a Get- cmdlet shows (all configuration objects have them). */
const FULL_MARKS = [
  'guid',
  'whenchanged',
  'whencreated',
  'exchangeversion',
  'objectstate',
  'isvalid',
  'distinguishedname',
  'organizationid',
]
const FULL_CERTIFICATE = ['rootcatype', 'publickeysize', 'serialnumber', 'hasprivatekey', 'services', 'status']
const FULL_PERMISSION = ['accessrights', 'extendedrights', 'inheritancetype', 'user', 'isinherited', 'deny', 'isvalid']

export function completenessOf(
  collection: CollectionName | null,
  names: ReadonlySet<string>,
  cut: boolean,
): Completeness {
  if (names.size <= 1) return 'identity-only'
  const marks =
    collection === 'certificates' ? FULL_CERTIFICATE : collection === 'adPermissions' ? FULL_PERMISSION : FULL_MARKS
  const needed = marks === FULL_MARKS ? 2 : 5
  return !cut && marks.filter((m) => names.has(m)).length >= needed ? 'full' : 'projection'
}

const CLOUD = /(?:^|\.)(?:outlook\.office365\.com|outlook\.com|office365\.us|partner\.outlook\.cn)$/i

export type Origin = { readonly side: Side; readonly server: string | null }

/** PSComputerName names the computer a session ran on: Exchange Online, or a server. */
export function originOf(
  properties: readonly { readonly name: string; readonly text: string | null }[],
): Origin | undefined {
  const p = properties.find((x) => lowerName(x.name) === 'pscomputername')
  const host = p?.text ?? ''
  if (host === '') return undefined
  return CLOUD.test(host) ? { side: 'exchange-online', server: null } : { side: 'unknown', server: host }
}

export function nameOf(o: RawObject): string | undefined {
  for (const wanted of ['identity', 'name', 'thumbprint', 'domainname']) {
    const found = o.properties.find((p) => lowerName(p.name) === wanted)?.text
    if (found) return found
  }
  return undefined
}

export function reportCuts(o: RawObject, diagnose: Diagnose): void {
  const cut = o.properties.filter((p) => p.truncated)
  // Once for all of them: a damaged object can have tens of thousands.
  const object = cut.length > 0 ? nameOf(o) : undefined
  for (const p of cut) {
    diagnose({
      code: 'list-truncated',
      level: 'warning',
      line: p.lines[1],
      property: p.name,
      ...(object ? { object } : {}),
    })
  }
}
