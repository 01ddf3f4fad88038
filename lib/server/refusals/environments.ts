import 'server-only'
import type { Refusals } from './refusal'

/** What belongs to an environment. */
export const environmentsRefusals = {
  'too-many-expectations': {
    status: 409,
    en: { title: 'Too many expectations', detail: 'An environment may have {limit}. Remove one first.' },
    de: { title: 'Zu viele Erwartungen', detail: 'Eine Umgebung kann {limit} haben. Entfernen Sie zuerst eine.' },
  },
  'still-running': {
    status: 409,
    en: {
      title: 'Analysis running',
      detail: 'An analysis of this environment is running. Try again when it has ended.',
    },
    de: {
      title: 'Analyse läuft',
      detail: 'Eine Analyse dieser Umgebung läuft. Versuchen Sie es nach ihrem Ende noch einmal.',
    },
  },
  'wrong-name': {
    status: 400,
    en: { title: 'Another name', detail: 'This is not the name of the environment. Nothing was deleted.' },
    de: { title: 'Anderer Name', detail: 'Das ist nicht der Name der Umgebung. Es wurde nichts gelöscht.' },
  },
} as const satisfies Refusals
