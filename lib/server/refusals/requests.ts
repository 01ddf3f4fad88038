import 'server-only'
import type { Refusals } from './refusal'

/** What any request may hear, whatever it is about. */
export const requestsRefusals = {
  'not-found': {
    status: 404,
    en: { title: 'Not found', detail: 'There is nothing under this address. It may have been deleted.' },
    de: { title: 'Nicht gefunden', detail: 'Unter dieser Adresse gibt es nichts. Vielleicht wurde es gelöscht.' },
  },
  'forbidden-host': {
    status: 421,
    en: { title: 'Unknown host name', detail: 'This server does not answer under the host name that was asked for.' },
    de: { title: 'Unbekannter Hostname', detail: 'Unter dem angefragten Hostnamen antwortet dieser Server nicht.' },
  },
  'cross-site': {
    status: 403,
    en: { title: 'Request from another site', detail: 'Changes are accepted only from the pages of this server.' },
    de: {
      title: 'Anfrage von einer anderen Website',
      detail: 'Änderungen werden nur von den Seiten dieses Servers angenommen.',
    },
  },
  'bad-request': {
    status: 400,
    en: { title: 'Invalid request', detail: 'The request could not be understood: {reason}' },
    de: { title: 'Ungültige Anfrage', detail: 'Die Anfrage war nicht zu verstehen: {reason}' },
  },
  'no-body': {
    status: 400,
    en: { title: 'No content', detail: 'The request carried no file.' },
    de: { title: 'Kein Inhalt', detail: 'Die Anfrage enthielt keine Datei.' },
  },
  'too-many': {
    status: 429,
    en: { title: 'Too many tries', detail: 'Wait {seconds} seconds, then try again.' },
    de: { title: 'Zu viele Versuche', detail: 'Warten Sie {seconds} Sekunden, und versuchen Sie es dann noch einmal.' },
  },
  'not-ready': {
    status: 503,
    en: { title: 'Not ready', detail: 'The server cannot reach its database or its worker.' },
    de: { title: 'Nicht bereit', detail: 'Der Server erreicht seine Datenbank oder seine Auswertung nicht.' },
  },
  internal: {
    status: 500,
    en: { title: 'Internal error', detail: 'Something failed on the server. Its log has the details under {id}.' },
    de: {
      title: 'Interner Fehler',
      detail: 'Auf dem Server ist etwas fehlgeschlagen. Sein Protokoll nennt Einzelheiten unter {id}.',
    },
  },
} as const satisfies Refusals
