import 'server-only'
import type { Refusals } from './refusal'

/** Who may not do it, and who would. */
export const accessRefusals = {
  'not-set-up': {
    status: 503,
    en: { title: 'Not set up', detail: 'This server has no accounts yet. Open its address in a browser first.' },
    de: {
      title: 'Nicht eingerichtet',
      detail: 'Auf diesem Server gibt es noch keine Konten. Öffnen Sie zuerst seine Adresse im Browser.',
    },
  },
  'not-signed-in': {
    status: 401,
    en: { title: 'Not signed in', detail: 'Sign in, or send a token: Authorization: Bearer …' },
    de: { title: 'Nicht angemeldet', detail: 'Melden Sie sich an, oder senden Sie ein Token: Authorization: Bearer …' },
  },
  'not-allowed': {
    status: 403,
    en: { title: 'Not allowed', detail: 'Your role or token does not include this. An administrator can change that.' },
    de: {
      title: 'Nicht erlaubt',
      detail: 'Ihre Rolle oder Ihr Token umfasst das nicht. Ein Administrator kann das ändern.',
    },
  },
  'no-environment': {
    status: 403,
    en: {
      title: 'No such environment',
      detail: 'Among your environments there is none of this name, and only an administrator can create one.',
    },
    de: {
      title: 'Umgebung nicht gefunden',
      detail: 'Unter Ihren Umgebungen gibt es keine mit diesem Namen, und nur ein Administrator kann eine anlegen.',
    },
  },
  'own-access': {
    status: 409,
    en: {
      title: 'Not your own',
      detail: 'Nobody changes their own role or deactivates themselves. Ask another admin.',
    },
    de: {
      title: 'Nicht die eigene',
      detail:
        'Niemand ändert die eigene Rolle oder deaktiviert sich selbst. Wenden Sie sich an eine andere Administratorin oder einen anderen Administrator.',
    },
  },
  'last-admin': {
    status: 409,
    en: {
      title: 'The last admin',
      detail: 'Nobody would be left to administer this instance. Make somebody else an admin first.',
    },
    de: {
      title: 'Letzte Administration',
      detail: 'Niemand könnte diese Instanz noch verwalten. Geben Sie zuerst einer anderen Person die Rolle Admin.',
    },
  },
  'wrong-code': {
    status: 403,
    en: { title: 'Wrong set-up code', detail: 'That is not the code in the log of the server.' },
    de: { title: 'Falscher Einrichtungscode', detail: 'Das ist nicht der Code aus dem Protokoll des Servers.' },
  },
} as const satisfies Refusals
