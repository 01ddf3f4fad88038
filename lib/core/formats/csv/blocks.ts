import { cmdletOf, type RawBlock } from '../../model'
import { completenessOf, originOf, type Section } from '../../text'
import type { Header } from './header'
import type { Table } from './rows'

export function blockOf(header: Header, table: Table, section: Section | null): RawBlock {
  const command = section?.command ?? null
  const said = command?.collection === header.collection ? command : null
  const origin = originOf(table.objects[0]?.properties ?? [])
  const isPartial = section?.limited || section?.failed || table.uneven > 0 || table.cutLine > 0
  return {
    format: 'csv',
    cmdlet: said?.cmdlet ?? cmdletOf[header.collection],
    collection: header.collection,
    certainty: header.certainty,
    completeness: completenessOf(header.collection, header.lower, header.isSelected || (said?.projection ?? false)),
    side: origin?.side === 'exchange-online' ? 'exchange-online' : section?.managementShell ? 'on-premises' : 'unknown',
    server: said?.server ?? section?.host ?? origin?.server ?? null,
    command: command?.text ?? null,
    objects: table.objects,
    lines: [header.line, Math.max(header.line, table.endLine)],
    ...(isPartial ? { listing: 'named' as const, isPartial } : said ? { listing: said.listing } : {}),
    ...(said ? { named: said.named } : {}),
    ...(said?.filtersRows ? { filtered: true } : {}),
    ...(section?.takenAt != null ? { takenAt: section.takenAt } : {}),
  }
}
