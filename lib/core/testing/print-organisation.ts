import { type OrgExport, type OrgObject, type OrgValue, organisation } from './organisation'
import { type ClixmlValue, printClixml } from './print-clixml'
import { type CsvInput, printCsv } from './print-csv'
import { type JsonInput, printJson } from './print-json'
import { type Listed, type PrintOptions, printList } from './print-list'
import { printTable, type TableOptions } from './print-table'

/** Files of an upload by their names. */
export type Files = Readonly<Record<string, string>>
export type Culture = 'en-US' | 'de-DE' | 'pl-PL'

const two = (n: number) => String(n).padStart(2, '0')

/** As a session in UTC prints it. */
export function printDate(iso: string, culture: Culture): string {
  const d = new Date(iso)
  const [year, month, day] = [d.getUTCFullYear(), d.getUTCMonth() + 1, d.getUTCDate()]
  const [hour, rest] = [d.getUTCHours(), `${two(d.getUTCMinutes())}:${two(d.getUTCSeconds())}`]
  if (culture !== 'en-US') return `${two(day)}.${two(month)}.${year} ${two(hour)}:${rest}`
  return `${month}/${day}/${year} ${hour % 12 === 0 ? 12 : hour % 12}:${rest} ${hour < 12 ? 'AM' : 'PM'}`
}

/** What ToString gives, with lists as Format-List and Format-Table show them. */
export function shownValue(v: OrgValue, culture: Culture): string {
  if (v === null) return ''
  if (typeof v === 'boolean') return v ? 'True' : 'False'
  if (typeof v !== 'object') return String(v)
  if ('list' in v) return `{${v.list.join(', ')}}`
  if ('enumeration' in v) return v.enumeration
  return 'date' in v ? printDate(v.date, culture) : v.text
}

const listed = (o: OrgObject, culture: Culture): Listed =>
  Object.entries(o).map(([name, v]) => [name, shownValue(v, culture)] as const)

/** What an administrator types to get it. */
export const commandOf = (e: OrgExport): string =>
  e.named !== undefined
    ? `Get-ReceiveConnector "${e.named}" | ${e.cmdlet}`
    : e.server === null
      ? e.cmdlet
      : `${e.cmdlet} -Server ${e.server}`

/** Folders tell what the commands in a transcript tell. */
const fileOf = (e: OrgExport, extension: string): string =>
  `${e.cloud ? 'exchange-online' : (e.server ?? 'organisation')}/${e.cmdlet}.${extension}`
const each = (extension: string, print: (e: OrgExport) => string): Files =>
  Object.fromEntries(organisation.map((e) => [fileOf(e, extension), print(e)]))

const prompt = (e: OrgExport) => (e.cloud ? 'PS C:\\Users\\admin>' : '[PS] C:\\>')

/** The whole session in one window. */
export function transcript(layout: (e: OrgExport) => string, print: (e: OrgExport) => string): Files {
  const head =
    '**********************\nWindows PowerShell transcript start\nStart time: 20261120090000\nUsername: CONTOSO\\admin\nMachine: EX01 (Microsoft Windows NT 10.0.20348.0)\n**********************\n'
  const body = organisation.map((e) => `${prompt(e)}${commandOf(e)}${layout(e)}\n\n${print(e)}\n`)
  return { 'session.txt': `${head}${body.join('')}[PS] C:\\>\n` }
}

export type ListOptions = PrintOptions & { readonly culture: Culture; readonly limit?: number }

const cutLists = (o: Listed, limit: number, mark: string): Listed =>
  o.map(([name, value]) => {
    const items = value.startsWith('{') && value.length > 2 ? value.slice(1, -1).split(', ') : []
    return [name, items.length > limit ? `{${items.slice(0, limit).join(', ')}${mark}}` : value] as const
  })

export const asList = (e: OrgExport, { culture, limit, ...options }: ListOptions): string =>
  printList(
    e.objects.map((o) => {
      const all = listed(o, culture)
      return limit === undefined ? all : cutLists(all, limit, '...')
    }),
    options,
  )

export const formatList = (options: ListOptions): Files =>
  transcript(
    () => ' | Format-List',
    (e) => asList(e, options),
  )

/** `columns`: what the default view shows, or what was asked for. */
export const asTable = (e: OrgExport, columns: readonly string[], culture: Culture, options: TableOptions): string =>
  printTable(
    e.objects.map((o) =>
      columns.flatMap((c) => (o[c] === undefined ? [] : [[c, shownValue(o[c] ?? null, culture)] as const])),
    ),
    options,
  )

const clixmlValue = (v: OrgValue): ClixmlValue => {
  if (v === null || typeof v === 'boolean' || typeof v === 'string') return v
  if (typeof v === 'number') return String(v)
  if ('enumeration' in v) return { text: v.enumeration, number: v.number }
  return 'text' in v ? { text: v.text } : v
}

/** `rehydrated`: by the Exchange Management Shell. `deserialized`: by a remote session that was imported, where enumerations are text. */
export const clixml = (kind: 'rehydrated' | 'deserialized'): Files =>
  each('xml', (e) =>
    printClixml(
      e.objects.map((o) => ({
        type: kind === 'rehydrated' ? e.type : `Deserialized.${e.type}`,
        properties: Object.fromEntries(
          Object.entries(o).map(([name, v]) => {
            const value = clixmlValue(v)
            const isText = kind === 'deserialized' && typeof value === 'object' && value !== null && 'text' in value
            return [name, isText ? value.text : value]
          }),
        ),
      })),
    ),
  )

/** Sessions with Exchange Online get text where a local session has an enumeration. */
const jsonValue = (v: OrgValue, isCloud: boolean): JsonInput => {
  if (v === null || typeof v !== 'object') return v
  if ('list' in v) return v
  if ('enumeration' in v) return isCloud ? v.enumeration : v.number
  if ('date' in v) return { date: Date.parse(v.date) }
  const isUnlimited = v.text === 'Unlimited'
  return { object: { IsUnlimited: isUnlimited, Value: isUnlimited ? null : v.text }, text: v.text }
}

export const json = (edition: '5.1' | '7'): Files =>
  each('json', (e) =>
    printJson(
      {
        list: e.objects.map((o) => ({
          object: Object.fromEntries(Object.entries(o).map(([name, v]) => [name, jsonValue(v, e.cloud === true)])),
        })),
      },
      { edition },
    ),
  )

const csvValue = (v: OrgValue, culture: Culture): CsvInput => {
  if (typeof v === 'object' && v !== null && 'list' in v)
    return { list: v.list, type: v.type ?? 'Microsoft.Exchange.Data.MultiValuedProperty`1[System.String]' }
  return v === null ? null : shownValue(v, culture)
}

export const csv = (edition: '5.1' | '7', culture: Culture, lists: 'lost' | ', ' | ';'): Files =>
  each('csv', (e) =>
    printCsv(
      e.objects.map((o) => Object.fromEntries(Object.entries(o).map(([name, v]) => [name, csvValue(v, culture)]))),
      { edition, lists, delimiter: culture === 'en-US' ? ',' : ';', ...(edition === '5.1' ? { type: e.type } : {}) },
    ),
  )
