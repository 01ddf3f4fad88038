import type { Severity } from '../rules/define-rule'
import type { CardKind, LaneId, Protection, Trust } from './types'

export type MapLanguage = 'en' | 'de'

/** `n` with the word for one or for several. */
const counted = (one: string, many: string) => (n: number, shown: string) => `${shown} ${n === 1 ? one : many}`

const en = {
  lanes: {
    outside: 'Outside',
    gateways: 'Gateways',
    edge: 'Edge',
    mailbox: 'Mailbox sites',
    cloud: 'Exchange Online',
  } satisfies Record<LaneId, string>,
  kinds: {
    internet: 'Internet',
    partner: 'Partner',
    partners: 'Partners',
    app: 'App or device',
    apps: 'Apps and devices',
    'outside-app': 'App with public addresses',
    'outside-apps': 'Apps with public addresses',
    clients: 'Clients',
    'unknown-senders': 'Senders not exported',
    gateway: 'Gateway',
    gateways: 'Gateways',
    edge: 'Edge Transport',
    edges: 'Edge servers',
    site: 'Site',
    sites: 'Mailbox sites',
    servers: 'Mailbox servers',
    'exchange-online': 'Exchange Online',
  } satisfies Record<CardKind, string>,
  protections: {
    mutual: 'trusted, proven both ways',
    checked: 'encrypted, certificate checked',
    required: 'always encrypted, not checked',
    offered: 'encrypted if both can',
    none: 'not encrypted',
    unknown: 'not in the files',
  } satisfies Record<Protection, string>,
  trusts: {
    anonymous: 'anonymous',
    relay: 'may relay to any domain',
    internal: 'counts as internal',
    cloud: 'counts as your cloud',
    partner: 'partner',
    users: 'with login',
    servers: 'Exchange servers',
    unknown: '',
  } satisfies Record<Trust, string>,
  severities: { critical: 'critical', high: 'high', medium: 'medium', low: 'low', info: 'note' } satisfies Record<
    Severity,
    string
  >,
  any: 'any address',
  anyDomain: 'all domains',
  ownDomains: 'own accepted domains',
  addresses: counted('address', 'addresses'),
  servers: counted('server', 'servers'),
  findings: counted('finding', 'findings'),
  connectors: counted('connector', 'connectors'),
  doors: counted('door', 'doors'),
  more: (n: string) => `${n} more`,
  likely: 'likely',
  notUploaded: 'nothing uploaded',
  partlyUploaded: (n: string) => `${n} not uploaded`,
  past: 'past the gateway',
  noGateway: 'no gateway or Edge in between',
  unproven: 'trusted by address, not proven',
  implicit: 'no connector in the files',
  severalDoors: 'number of connectors',
  empty: 'none named',
  site: (name: string) => `Site ${name}`,
  listCut: 'and more that the file does not show',
  notExported: 'not in the files',
  legend: 'Legend',
  to: 'to',
  selected: 'selected',
  map: 'Map of the mail flow',
  description: (cards: string, lines: string) => `${cards} places in five lanes, ${lines} connections between them.`,
}

type Texts = typeof en

const de: Texts = {
  lanes: {
    outside: 'Außen',
    gateways: 'Gateways',
    edge: 'Edge',
    mailbox: 'Postfachstandorte',
    cloud: 'Exchange Online',
  },
  kinds: {
    internet: 'Internet',
    partner: 'Partner',
    partners: 'Partner',
    app: 'Anwendung oder Gerät',
    apps: 'Anwendungen und Geräte',
    'outside-app': 'Anwendung mit öffentlichen Adressen',
    'outside-apps': 'Anwendungen mit öffentlichen Adressen',
    clients: 'Clients',
    'unknown-senders': 'Absender nicht exportiert',
    gateway: 'Gateway',
    gateways: 'Gateways',
    edge: 'Edge-Transport',
    edges: 'Edge-Server',
    site: 'Standort',
    sites: 'Postfachstandorte',
    servers: 'Postfachserver',
    'exchange-online': 'Exchange Online',
  },
  protections: {
    mutual: 'vertraut, beidseitig nachgewiesen',
    checked: 'verschlüsselt, Zertifikat geprüft',
    required: 'immer verschlüsselt, nicht geprüft',
    offered: 'verschlüsselt, wenn beide können',
    none: 'nicht verschlüsselt',
    unknown: 'nicht in den Dateien',
  },
  trusts: {
    anonymous: 'anonym',
    relay: 'darf an jede Domäne weiterleiten',
    internal: 'gilt als intern',
    cloud: 'gilt als Ihre Cloud',
    partner: 'Partner',
    users: 'mit Anmeldung',
    servers: 'Exchange-Server',
    unknown: '',
  },
  severities: { critical: 'kritisch', high: 'hoch', medium: 'mittel', low: 'niedrig', info: 'Hinweis' },
  any: 'jede Adresse',
  anyDomain: 'alle Domänen',
  ownDomains: 'eigene akzeptierte Domänen',
  addresses: counted('Adresse', 'Adressen'),
  servers: counted('Server', 'Server'),
  findings: counted('Befund', 'Befunde'),
  connectors: counted('Connector', 'Connectors'),
  doors: counted('Tür', 'Türen'),
  more: (n) => `${n} weitere`,
  likely: 'vermutlich',
  notUploaded: 'nichts hochgeladen',
  partlyUploaded: (n) => `${n} nicht hochgeladen`,
  past: 'am Gateway vorbei',
  noGateway: 'kein Gateway oder Edge dazwischen',
  unproven: 'nach Adresse vertraut, nicht nachgewiesen',
  implicit: 'kein Connector in den Dateien',
  severalDoors: 'Anzahl der Connectors',
  empty: 'keine genannt',
  site: (name) => `Standort ${name}`,
  listCut: 'und weitere, die die Datei nicht zeigt',
  notExported: 'nicht in den Dateien',
  legend: 'Legende',
  to: 'nach',
  selected: 'ausgewählt',
  map: 'Karte des Nachrichtenflusses',
  description: (cards, lines) => `${cards} Orte in fünf Spalten, dazwischen ${lines} Verbindungen.`,
}

const locales = { en: 'en-GB', de: 'de-DE' } as const

/** 65536 → `65,536`, `65.536`; works on decimals that are too large for a number. */
export function formatCount(count: number | string, lang: MapLanguage): string {
  return BigInt(count).toLocaleString(locales[lang])
}

/** The words of the map. Cmdlets, properties and what was uploaded are in no language. */
export const mapTexts = (lang: MapLanguage): Texts => (lang === 'de' ? de : en)
