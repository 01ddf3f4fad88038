import type { ConfigObject } from '../model'

/** `EX01` for `EX01`, `ex01.contoso.com`, `contoso.com/…/EX01` and `CN=EX01,CN=Servers,…`, in the spelling of the export. */
export function serverName(text: string): string {
  const common = /^CN=([^,]+)/i.exec(text.trim())
  const last = (common?.[1] ?? text).trim().split('/').at(-1) ?? ''
  return last.split('.')[0] ?? ''
}

export const serverKey = (text: string): string => serverName(text).toLowerCase()

/** A server that was removed leaves `DEL:` and a GUID behind in SourceTransportServers. */
export const isRemoved = (text: string): boolean => /\bDEL:/.test(text) || text.trim() === ''

/** `Munich` for `contoso.com/Configuration/Sites/Munich`. */
export function siteName(text: string): string {
  const common = /^CN=([^,]+)/i.exec(text.trim())
  return (common?.[1] ?? text).trim().split('/').at(-1) ?? ''
}

/** The connector's name without its server's, so that `Relay EX01` and `Relay EX02` are the same thing on two servers. */
export function groupName(connector: ConfigObject): string {
  const name = connector.name.replace(/^[^\\]*\\/, '')
  const server = connector.server === null ? '' : serverKey(connector.server)
  if (server === '') return name
  const kept = name
    .split(/\s+/)
    .filter((word) => word.replace(/[()[\]]/g, '').toLowerCase() !== server)
    .join(' ')
    .replace(/^[\s\-_]+|[\s\-_]+$/g, '')
  return kept === '' ? name : kept
}

/** Part of an address of the page: lower case letters, digits, dots and hyphens. Not unique by itself. */
export function slug(text: string): string {
  const plain = text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
  const kept = plain
    .replace(/[^a-z0-9.]+/g, '-')
    .slice(0, 48)
    .replace(/^[-.]+|[-.]+$/g, '')
  return kept === '' ? 'x' : kept
}

/** Order by code units, the same on every machine and in every language. */
export const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

export const unique = (items: readonly string[]): string[] => [...new Set(items)].sort(byText)
