import { useLocale, useTranslations } from 'next-intl'
import { formSearch, type RelayCell, type RelayColumn, type RelayRow, serverRanges } from '@/lib/core'
import { formatList } from '@/lib/i18n/format'

type Translate = ReturnType<typeof useTranslations<'relay'>>

/** Words of the matrix in one language; for pages and for the file. */
export function relayWordsOf(t: Translate, locale: 'en' | 'de') {
  const column = ({ servers, port, local }: RelayColumn): string => {
    const name = `${serverRanges(servers).join(', ')}:${port}`
    return local.length === 0 ? name : `${name} (${t('local', { addresses: formatList([...new Set(local)], locale) })})`
  }
  const row = ({ name, identity }: RelayRow): string => {
    if (identity !== null) return t(`identity.${identity}`)
    if (name === null) return ''
    const [only] = name.families
    if (name.kind === 'rest' && name.families.length === 1) return t('restOf', { family: only === 4 ? 'v4' : 'v6' })
    return t(`kind.${name.kind}`)
  }
  const cell = (c: RelayCell): string =>
    [t(`word.${c.word}`), ...(c.presumed ? [t('presumed')] : []), ...(c.byDesign ? [t('byDesign')] : [])].join(', ')
  return { column, row, cell }
}

export const useRelayWords = () => relayWordsOf(useTranslations('relay'), useLocale())

/** The question that a cell answers. */
export function cellSearch(cell: RelayCell, row: RelayRow, column: RelayColumn | undefined): string {
  // Where all listeners of the column are bound to an address, the question is about that of the first server.
  const [local = ''] = column !== undefined && column.local.length === column.servers.length ? column.local : []
  const target = { to: cell.server, local, port: String(cell.port), rcpt: 'example.net' }
  if (row.identity === 'exchange-online') return formSearch({ ...target, cert: 'exchange-online' })
  const auth = row.identity === 'users' ? 'user' : row.identity === 'exchange-servers' ? 'exchange-server' : ''
  return formSearch({ ...target, from: cell.address, auth })
}
