export const modes = ['on-premises', 'edge', 'exchange-online'] as const
export type Mode = (typeof modes)[number]

/** What a person wants of the collection script. */
export type Wishes = {
  readonly servers: string
  readonly hours: number
  readonly pseudonyms: boolean
  readonly output: string
}

export const noWishes: Wishes = { servers: '', hours: 0, pseudonyms: false, output: '' }
export const mostHours = 720

// PowerShell takes the typographic quotes for the straight one (about_Quoting_Rules).
const quoted = (text: string): string => `'${text.replace(/['\u2018\u2019\u201a\u201b]/g, '$&$&')}'`
const argument = (text: string): string => (/^[A-Za-z0-9][A-Za-z0-9._:\\-]*$/.test(text) ? text : quoted(text))

/** Server names however they were typed or pasted. A server's own spelling is kept. */
const names = (text: string): string[] => [...new Set(text.split(/[\s,;]+/).filter(Boolean))]

/** The line that starts the script. An Edge and Exchange Online answer for themselves; the cloud has no logs to copy. */
export function commandLine(mode: Mode, wishes: Wishes): string {
  const servers = mode === 'on-premises' ? names(wishes.servers) : []
  const hours = mode === 'exchange-online' || wishes.pseudonyms ? 0 : wishes.hours
  return [
    '.\\Collect-Postern.ps1',
    ...(mode === 'edge' ? ['-Edge'] : mode === 'exchange-online' ? ['-ExchangeOnline'] : []),
    ...(servers.length > 0 ? [`-Server ${servers.map(argument).join(', ')}`] : []),
    ...(hours > 0 ? [`-LogHours ${hours}`] : []),
    ...(wishes.pseudonyms ? ['-Pseudonyms'] : []),
    ...(wishes.output.trim() === '' ? [] : [`-OutputPath ${argument(wishes.output.trim())}`]),
  ].join(' ')
}

/** A number of hours as it was typed; nothing and nonsense are none. */
export function hoursOf(text: string): number {
  const hours = /^\d{1,4}$/.test(text.trim()) ? Number(text) : 0
  return Math.min(hours, mostHours)
}

type Query = Readonly<Record<string, string | readonly string[] | undefined>>
const one = (value: Query[string]): string => (typeof value === 'string' ? value.slice(0, 2000) : '')

/** Wishes from an address: the form is one that GETs. */
export const wishesOf = (query: Query): Wishes => ({
  servers: one(query.servers),
  hours: hoursOf(one(query.hours)),
  pseudonyms: one(query.pseudonyms) === '1',
  output: one(query.output),
})
