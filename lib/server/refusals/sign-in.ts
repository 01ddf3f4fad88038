import 'server-only'
import type { Refusals } from './refusal'

/** Signing in on this server, and what proves who somebody is. */
export const signInRefusals = {
  'wrong-password': {
    status: 401,
    en: { title: 'Not signed in', detail: 'E-mail address or password do not match.' },
    de: { title: 'Nicht angemeldet', detail: 'E-Mail-Adresse oder Kennwort stimmen nicht.' },
  },
  passkey: {
    status: 400,
    en: { title: 'Passkey not accepted', detail: 'The passkey was not made for this page, or too late. Start again.' },
    de: {
      title: 'Passkey nicht angenommen',
      detail: 'Der Passkey wurde nicht für diese Seite erstellt oder zu spät. Beginnen Sie noch einmal.',
    },
  },
  'link-gone': {
    status: 410,
    en: {
      title: 'Link no longer valid',
      detail: 'The link was used, is too old, or is not complete. Ask for a new one.',
    },
    de: {
      title: 'Link nicht mehr gültig',
      detail: 'Der Link wurde benutzt, ist zu alt oder nicht vollständig. Bitten Sie um einen neuen.',
    },
  },
  'prove-again': {
    status: 403,
    en: {
      title: 'Confirm that it is you',
      detail: 'The last confirmation was more than ten minutes ago. Confirm that it is you, then do it again.',
    },
    de: {
      title: 'Bestätigen Sie, dass Sie es sind',
      detail:
        'Die letzte Bestätigung liegt mehr als zehn Minuten zurück. Bestätigen Sie, dass Sie es sind, und wiederholen Sie den Schritt.',
    },
  },
  'wrong-second-step': {
    status: 403,
    en: { title: 'Not accepted', detail: 'This was not accepted. A code works once, and only for a short time.' },
    de: {
      title: 'Nicht angenommen',
      detail: 'Das wurde nicht angenommen. Ein Code gilt einmal und nur für kurze Zeit.',
    },
  },
  'second-step-owed': {
    status: 403,
    en: {
      title: 'Second step needed',
      detail: 'This server asks you for a second step at sign-in. Set one up in your profile first.',
    },
    de: {
      title: 'Zweiter Schritt erforderlich',
      detail:
        'Dieser Server verlangt bei der Anmeldung einen zweiten Schritt von Ihnen. Richten Sie ihn zuerst in Ihrem Profil ein.',
    },
  },
  'local-off': {
    status: 403,
    en: {
      title: 'No sign-in with a password',
      detail: 'On this server people sign in with their company’s account only.',
    },
    de: {
      title: 'Keine Anmeldung mit Kennwort',
      detail: 'Auf diesem Server melden sich alle nur mit dem Konto der Firma an.',
    },
  },
  'local-needed': {
    status: 409,
    en: {
      title: 'Not yet',
      detail: 'Sign in with the company’s account first, as an administrator. Then passwords can be switched off.',
    },
    de: {
      title: 'Noch nicht',
      detail:
        'Melden Sie sich zuerst als Administrator mit dem Konto der Firma an. Dann lassen sich Kennwörter abschalten.',
    },
  },
} as const satisfies Refusals
