import type { AuthKind, Disposition, Origin, TraceConfidence, TraceNode } from '../simulate/types'
import type { Language } from './schema'

type Words = Readonly<Record<Language, string>>
const w = (en: string, de: string): Words => ({ en, de })

/** What became of the message, in a sentence. */
export const dispositionText: Readonly<Record<Disposition, Words>> = {
  accepted: w(
    'Accepted: the message is taken for a recipient of the organisation.',
    'Angenommen: Die Nachricht wird für einen Empfänger der Organisation angenommen.',
  ),
  relayed: w(
    'Relayed: the message is taken for a foreign recipient.',
    'Weitergeleitet: Die Nachricht wird für einen fremden Empfänger angenommen.',
  ),
  rejected: w('Rejected: the message is not taken.', 'Abgelehnt: Die Nachricht wird nicht angenommen.'),
  queued: w(
    'Queued: the message is taken and then stays where it is.',
    'In der Warteschlange: Die Nachricht wird angenommen und bleibt dann liegen.',
  ),
  loop: w('Loop: the message comes back to where it was.', 'Schleife: Die Nachricht kommt dorthin zurück, wo sie war.'),
  'no-route': w('No route: nothing takes the message on.', 'Keine Route: Nichts befördert die Nachricht weiter.'),
  ambiguous: w(
    'Ambiguous: the configuration leaves it open, and the ways end differently.',
    'Mehrdeutig: Die Konfiguration lässt es offen, und die Wege enden verschieden.',
  ),
  'insufficient-info': w(
    'It cannot be told: something is missing in the files.',
    'Es lässt sich nicht sagen: In den Dateien fehlt etwas.',
  ),
}

/** The same in a word, for one of several ways. */
export const dispositionWord: Readonly<Record<Disposition, Words>> = {
  accepted: w('accepted', 'angenommen'),
  relayed: w('relayed', 'weitergeleitet'),
  rejected: w('rejected', 'abgelehnt'),
  queued: w('queued', 'in der Warteschlange'),
  loop: w('loop', 'Schleife'),
  'no-route': w('no route', 'keine Route'),
  ambiguous: w('ambiguous', 'mehrdeutig'),
  'insufficient-info': w('cannot be told', 'nicht zu sagen'),
}

export const traceConfidenceText: Readonly<Record<TraceConfidence, Words>> = {
  certain: w('certain', 'sicher'),
  likely: w(
    'likely: a step rests on a rule that no document states',
    'wahrscheinlich: Ein Schritt ist nirgends belegt',
  ),
  unknown: w('not certain: an input is missing', 'nicht sicher: Eine Angabe fehlt'),
}

export const nodeWord: Readonly<Record<TraceNode['kind'], Words>> = {
  internet: w('Internet', 'Internet'),
  server: w('server', 'Server'),
  edge: w('Edge server', 'Edge-Server'),
  'exchange-online': w('cloud', 'Cloud'),
  gateway: w('gateway', 'Gateway'),
  partner: w('partner', 'Partner'),
  mailbox: w('mailbox', 'Postfach'),
}

export const originText: Readonly<Record<Origin, Words>> = {
  internet: w('A message from the Internet', 'Eine Nachricht aus dem Internet'),
  'on-premises': w('A message on the own servers', 'Eine Nachricht auf den eigenen Servern'),
  'exchange-online': w('A message in Exchange Online', 'Eine Nachricht in Exchange Online'),
  'other-tenant': w(
    'A message of another Microsoft 365 tenant',
    'Eine Nachricht eines anderen Microsoft-365-Mandanten',
  ),
}

export const authText: Readonly<Record<AuthKind, Words>> = {
  none: w('not signed in', 'ohne Anmeldung'),
  user: w('signed in as a user', 'als Benutzer angemeldet'),
  'exchange-server': w('signed in as an Exchange server', 'als Exchange-Server angemeldet'),
}

/** Parts of the sentence that asks, in its order; those that were not said are left out. */
export const questionWords = {
  from: w('A message from {value}', 'Eine Nachricht von {value}'),
  to: w('to {value}', 'an {value}'),
  port: w('port {value}', 'Port {value}'),
  localIp: w('local address {value}', 'lokale Adresse {value}'),
  starttls: w('with STARTTLS', 'mit STARTTLS'),
  none: w('without TLS', 'ohne TLS'),
  peerCert: w('with the certificate {value}', 'mit dem Zertifikat {value}'),
  originator: w('X-OriginatorOrg {value}', 'X-OriginatorOrg {value}'),
  mailFrom: w('sender {value}', 'Absender {value}'),
  rcptTo: w('recipient {value}', 'Empfänger {value}'),
  size: w('{value} bytes', '{value} Bytes'),
} as const

export const traceWords = {
  confidence: w('Confidence', 'Sicherheit'),
  reply: w('Typical answer', 'Typische Antwort'),
  authAs: w('Counts as', 'Gilt als'),
  authUnknown: w('cannot be told', 'nicht zu sagen'),
  notChosen: w('not chosen', 'nicht gewählt'),
  missing: w('missing', 'es fehlt'),
  wanted: w('What would tell', 'Was es klären würde'),
  cycle: w('The cycle', 'Der Kreis'),
  ways: w('The ways from here', 'Die Wege ab hier'),
  moreCandidates: w(
    '{n, plural, one {# more is not chosen} other {# more are not chosen}}',
    '{n, plural, one {# weiterer ist nicht gewählt} other {# weitere sind nicht gewählt}}',
  ),
} as const
