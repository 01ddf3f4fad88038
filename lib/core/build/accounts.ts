/**
 * Well-known accounts under the names that Windows gives them in several languages, as Get-ADPermission prints them. Keys are lower
 * case without the authority (`NT AUTHORITY\`, `NT-AUTORITÄT\`). SIDs: "Security identifiers" in the Windows Server documentation.
 */
const byName: Readonly<Record<string, string>> = {
  'anonymous logon': 'S-1-5-7',
  'anonymous-anmeldung': 'S-1-5-7',
  'anonyme anmeldung': 'S-1-5-7',
  anonyme: 'S-1-5-7',
  'ouverture de session anonyme': 'S-1-5-7',
  'inicio de sesión anónimo': 'S-1-5-7',
  'accesso anonimo': 'S-1-5-7',
  'logon anônimo': 'S-1-5-7',
  'anonieme aanmelding': 'S-1-5-7',
  'authenticated users': 'S-1-5-11',
  'authentifizierte benutzer': 'S-1-5-11',
  'utilisateurs authentifiés': 'S-1-5-11',
  'usuarios autentificados': 'S-1-5-11',
  'usuarios autenticados': 'S-1-5-11',
  'usuários autenticados': 'S-1-5-11',
  'geverifieerde gebruikers': 'S-1-5-11',
  everyone: 'S-1-1-0',
  jeder: 'S-1-1-0',
  'tout le monde': 'S-1-1-0',
  todos: 'S-1-1-0',
  iedereen: 'S-1-1-0',
  'network service': 'S-1-5-20',
  netzwerkdienst: 'S-1-5-20',
  'service réseau': 'S-1-5-20',
  system: 'S-1-5-18',
  système: 'S-1-5-18',
  self: 'S-1-5-10',
  selbst: 'S-1-5-10',
}

/**
 * What is left of a name when letters beyond ASCII were lost: `authentifi?s`, `authentifiÃ©s` and `authentifiés` are the same. A
 * letter and its combining accent are one.
 */
const skeleton = (name: string): string => name.normalize('NFC').replace(/[^a-z -]/g, '')
const bySkeleton = new Map(Object.entries(byName).map(([name, sid]) => [skeleton(name), sid]))

/** Accounts of the authority "MS Exchange", which resolve nowhere else. Prefix and numbers: Exchange 2013 deployment permissions reference. */
const EXCHANGE = 'S-1-9-1419165041-1139599005-3936102811-1022490595-'
const exchangeAccounts: Readonly<Record<string, string>> = {
  'partner servers': `${EXCHANGE}10`,
  'hub transport servers': `${EXCHANGE}21`,
  'edge transport servers': `${EXCHANGE}22`,
  'externally secured servers': `${EXCHANGE}23`,
  'legacy exchange servers': `${EXCHANGE}24`,
}

const own = (table: Readonly<Record<string, string>>, key: string): string | undefined =>
  Object.hasOwn(table, key) ? table[key] : undefined

/** `NT AUTHORITY`, `NT-AUTORITÄT`, `AUTORITE NT`, `AUTORIDADE NT`, `NT INSTANS` … and what damage leaves of them. */
const WINDOWS_AUTHORITY = /^nt[ -]|[ -]nt$|^autorit/

/** SID of an account that was exported as one, or whose name stands for a well-known one; else null. */
export function sidOf(account: string): string | null {
  const text = account.trim().replace(/[\u00a0\u2007\u202f]/g, ' ')
  if (/^S-1-\d+(?:-\d+)+$/i.test(text)) return text.toUpperCase()
  const slash = text.indexOf('\\')
  const authority = text.slice(0, Math.max(slash, 0)).toLowerCase()
  const name = text.slice(slash + 1).toLowerCase()
  if (authority === 'ms exchange') return own(exchangeAccounts, name) ?? null
  const bare = slash <= 0
  const known = own(byName, name) ?? (/[^a-z -]/.test(name) ? bySkeleton.get(skeleton(name)) : undefined)
  // Everyone has no authority; a domain account of the same name is somebody else.
  if (known === 'S-1-1-0') return bare ? known : null
  const windows = bare || WINDOWS_AUTHORITY.test(authority)
  if (known !== undefined) return windows ? known : null
  // Names damaged by a code page (`NT-AUTORIT?T\…`) or of other languages still say it.
  return /anonym|anónim|anonim|anônim|аноним/.test(name) && windows && !bare ? 'S-1-5-7' : null
}
