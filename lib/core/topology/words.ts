import { formatCount, type MapLanguage, mapTexts } from './texts'
import type { Door, TopologyCard, TopologyLine } from './types'

/** What a card is called: its exported name, or its kind. */
export function cardName(card: TopologyCard, lang: MapLanguage): string {
  const t = mapTexts(lang)
  if (card.kind === 'site' && card.name !== null) return t.site(card.name)
  return card.name ?? t.kinds[card.kind]
}

const first = (items: readonly string[], lang: MapLanguage): string =>
  items.length > 1 ? `${items[0]}, ${mapTexts(lang).more(formatCount(items.length - 1, lang))}` : (items[0] ?? '')

/** The second line of a card: address, count or role. */
export function cardDetail(card: TopologyCard, lang: MapLanguage): string {
  const t = mapTexts(lang)
  const servers = () => t.servers(card.members.length, formatCount(card.members.length, lang))
  const likely = (text: string) => (card.certainty === 'likely' && text !== '' ? `${t.likely}: ${text}` : text)
  const others = () => card.addresses.filter((address) => address.toLowerCase() !== card.name?.toLowerCase())
  switch (card.kind) {
    case 'internet':
      return t.any
    case 'clients':
      return t.trusts.users
    case 'unknown-senders':
      return t.notUploaded
    case 'edge':
      return card.uploaded ? t.kinds.edge : t.notUploaded
    case 'site':
    case 'servers':
      if (!card.uploaded) return card.members.length > 0 ? `${servers()}, ${t.notUploaded}` : t.notUploaded
      return card.notUploaded.length > 0
        ? `${servers()}, ${t.partlyUploaded(formatCount(card.notUploaded.length, lang))}`
        : servers()
    case 'sites':
    case 'edges':
      return servers()
    case 'exchange-online':
      return card.addresses[0] ?? (card.uploaded ? '' : t.notUploaded)
    case 'partners':
    case 'apps':
    case 'outside-apps':
    case 'gateways':
      return formatCount(card.members.length, lang)
    case 'partner':
      return likely(first(others(), lang) || t.kinds.partner)
    case 'gateway':
      return likely(first(others(), lang) || t.kinds.gateway)
    case 'app':
    case 'outside-app':
      return likely(first(others(), lang))
  }
}

/** `any address`, `10.20.0.0/16 (65,536 addresses)`, `*.contoso.com`: who may use a door, or what goes through it. */
export function whoText(door: Door, lang: MapLanguage): string {
  const t = mapTexts(lang)
  const { who } = door
  if (who.kind === 'unknown') return door.connector === null ? '' : t.notExported
  if (who.any) return who.kind === 'addresses' ? t.any : t.anyDomain
  // EdgeSync writes -- for the organisation's authoritative and internal relay domains (Edge subscriptions).
  const shown = who.items
    .slice(0, 4)
    .map((item) => (item === '--' ? t.ownDomains : item))
    .join(', ')
  const rest = who.items.length > 4 ? `, ${t.more(formatCount(who.items.length - 4, lang))}` : ''
  const count =
    who.addresses === null || who.addresses === '1' ? '' : ` (${t.addresses(2, formatCount(who.addresses, lang))})`
  return `${shown}${rest}${count}${who.more ? ` ${t.listCut}` : ''}`
}

/** What is known of a line, in words: connectors, protection, whether it passes the gateway, whether its trust is proven. */
export function lineFacts(line: TopologyLine, lang: MapLanguage): string {
  const t = mapTexts(lang)
  const real = line.doors.filter((door) => door.connector !== null).length
  const protection = real === 0 && line.protection === 'unknown' ? [] : [t.protections[line.protection]]
  const parts = [real === 0 ? t.implicit : t.connectors(real, formatCount(real, lang)), ...protection]
  return [...parts, ...(line.bypass ? [t.past] : []), ...(line.unproven ? [t.unproven] : [])].join(', ')
}

/** One sentence for a line, for its tooltip and for screen readers. */
export function lineTitle(line: TopologyLine, from: TopologyCard, to: TopologyCard, lang: MapLanguage): string {
  const t = mapTexts(lang)
  const count = line.findings.length
  const findings = count > 0 ? [t.findings(count, formatCount(count, lang))] : []
  return [`${cardName(from, lang)} ${t.to} ${cardName(to, lang)}`, lineFacts(line, lang), ...findings].join(', ')
}

/** One sentence for a card. */
export function cardTitle(card: TopologyCard, lang: MapLanguage): string {
  const t = mapTexts(lang)
  const worst =
    card.worst === null
      ? []
      : [`${t.findings(card.findings.length, formatCount(card.findings.length, lang))}, ${t.severities[card.worst]}`]
  const parts = [t.lanes[card.lane], cardName(card, lang), cardDetail(card, lang), ...worst]
  return parts.filter((part, i) => part !== '' && parts.indexOf(part) === i).join(', ')
}
