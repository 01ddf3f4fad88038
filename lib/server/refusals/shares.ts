import 'server-only'
import type { Refusals } from './refusal'

/** Links for guests. */
export const sharesRefusals = {
  'share-end': {
    status: 400,
    en: { title: 'The link must end', detail: 'A link ends in the future, and after {days} days at the latest.' },
    de: { title: 'Der Link muss enden', detail: 'Ein Link endet in der Zukunft und spätestens nach {days} Tagen.' },
  },
  'share-level': {
    status: 400,
    en: { title: 'Not allowed here', detail: 'Links with full names and addresses are switched off here.' },
    de: { title: 'Hier nicht erlaubt', detail: 'Links mit vollen Namen und Adressen sind hier ausgeschaltet.' },
  },
  'share-password': {
    status: 400,
    en: { title: 'Password missing', detail: 'This link needs a password of at least {least} characters.' },
    de: { title: 'Kennwort fehlt', detail: 'Dieser Link braucht ein Kennwort mit mindestens {least} Zeichen.' },
  },
  'share-summary': {
    status: 400,
    en: { title: 'No summary of this', detail: 'Only findings and whole audits have a summary.' },
    de: {
      title: 'Davon keine Zusammenfassung',
      detail: 'Eine Zusammenfassung gibt es nur von Befunden und ganzen Prüfungen.',
    },
  },
  'share-refused': {
    status: 403,
    en: { title: 'Wrong password', detail: 'This is not the password.' },
    de: { title: 'Falsches Kennwort', detail: 'Das ist nicht das Kennwort.' },
  },
  'share-cleared': {
    status: 410,
    en: {
      title: 'Link is empty',
      detail: 'What this link showed was deleted some time after its end. Make a new one.',
    },
    de: {
      title: 'Link ist leer',
      detail: 'Was dieser Link gezeigt hat, wurde einige Zeit nach seinem Ende gelöscht. Erstellen Sie einen neuen.',
    },
  },
} as const satisfies Refusals
