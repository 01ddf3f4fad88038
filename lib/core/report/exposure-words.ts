import type { RelayTheorem, StrangerRights } from '../exposure/types'
import type { RightValue } from '../mailflow/rights'
import type { Language } from './schema'

type Words = Readonly<Record<Language, string>>
const w = (en: string, de: string): Words => ({ en, de })

export const theoremText: Readonly<Record<RelayTheorem['publicRelay'], Words>> = {
  none: w(
    'No public address can relay through the servers in these files.',
    'Keine öffentliche Adresse kann über die Server in diesen Dateien an fremde Domänen senden.',
  ),
  exists: w(
    'There are public addresses that can relay: {address} at {server}, port {port}, for example.',
    'Es gibt öffentliche Adressen, die an fremde Domänen senden können: {address} an {server}, Port {port}, zum Beispiel.',
  ),
  unknown: w(
    'Whether a public address can relay cannot be told.',
    'Ob eine öffentliche Adresse an fremde Domänen senden kann, lässt sich nicht sagen.',
  ),
}

export const rightWord: Readonly<Record<RightValue, Words>> = {
  yes: w('yes', 'ja'),
  no: w('no', 'nein'),
  'presumed-no': w('no?', 'nein?'),
  unknown: w('?', '?'),
}

export const exposureWords = {
  addresses: w('addresses', 'Adressen'),
  connector: w('connector', 'Connector'),
  nobody: w('nobody answers', 'niemand antwortet'),
  either: w('one of: {names}', 'einer von: {names}'),
  notKnown: w('not in the files', 'nicht in den Dateien'),
  moreRanges: w('+{n} more', '+{n} weitere'),
  wanted: w('What would tell', 'Was es klären würde'),
  noListeners: w('No receive connector is in the files.', 'In den Dateien steht kein Empfangsconnector.'),
  legend: w(
    'no?: nothing speaks for it, but the access list that would prove it is missing. ?: cannot be told.',
    'nein?: Nichts spricht dafür, aber die Berechtigungsliste, die es belegt, fehlt. ?: nicht zu sagen.',
  ),
  port: w('port {n}', 'Port {n}'),
} as const

/** What a stranger may do there, in the order of the columns. */
export const rightColumns: readonly { readonly key: keyof StrangerRights; readonly head: Words }[] = [
  { key: 'submit', head: w('submit', 'einliefern') },
  { key: 'relay', head: w('relay', 'Relay') },
  { key: 'ownDomainSender', head: w('own sender', 'eigener Absender') },
  { key: 'internal', head: w('internal', 'intern') },
]
