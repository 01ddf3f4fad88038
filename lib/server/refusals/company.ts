import 'server-only'
import type { Refusals } from './refusal'

/** Signing in with the account of a company. */
export const companyRefusals = {
  'company-failed': {
    status: 502,
    en: { title: 'Company sign-in failed', detail: 'The company’s sign-in said: {reason}' },
    de: { title: 'Anmeldung über die Firma fehlgeschlagen', detail: 'Die Anmeldung der Firma meldet: {reason}' },
  },
  'company-off': {
    status: 404,
    en: {
      title: 'No company sign-in',
      detail: 'Company sign-in is not set up on this server, or not for the address you use.',
    },
    de: {
      title: 'Keine Anmeldung über die Firma',
      detail:
        'Die Anmeldung über die Firma ist auf diesem Server nicht eingerichtet, oder nicht unter der Adresse, die Sie benutzen.',
    },
  },
  'company-gone': {
    status: 400,
    en: {
      title: 'Sign-in not finished',
      detail: 'The sign-in took longer than ten minutes, was used already, or began in another browser. Start again.',
    },
    de: {
      title: 'Anmeldung nicht abgeschlossen',
      detail:
        'Die Anmeldung hat länger als zehn Minuten gedauert, wurde bereits benutzt oder begann in einem anderen Browser. Beginnen Sie noch einmal.',
    },
  },
  'company-domain': {
    status: 403,
    en: {
      title: 'E-mail domain not allowed',
      detail:
        'People with this e-mail address may not sign in here, or the company’s sign-in does not confirm the address. An admin of this server can change that.',
    },
    de: {
      title: 'E-Mail-Domäne nicht zugelassen',
      detail:
        'Mit dieser E-Mail-Adresse ist hier keine Anmeldung vorgesehen, oder die Anmeldung der Firma bestätigt die Adresse nicht. Das kann ein Administrator dieses Servers ändern.',
    },
  },
  'company-too-many-groups': {
    status: 403,
    en: {
      title: 'Groups are missing',
      detail:
        'You are in so many groups that the company’s sign-in left them out. An admin can have it send only the groups assigned to this application.',
    },
    de: {
      title: 'Gruppen fehlen',
      detail:
        'Sie sind in so vielen Gruppen, dass die Anmeldung der Firma sie weggelassen hat. Ein Administrator kann sie nur die Gruppen senden lassen, die dieser Anwendung zugewiesen sind.',
    },
  },
  'company-no-group': {
    status: 403,
    en: {
      title: 'No group for Postern',
      detail: 'None of your groups may use this server. An admin of this server can tell which group it takes.',
    },
    de: {
      title: 'Keine Gruppe für Postern',
      detail:
        'Keine Ihrer Gruppen darf diesen Server benutzen. Ein Administrator dieses Servers kann sagen, welche Gruppe es braucht.',
    },
  },
  'company-not-connected': {
    status: 403,
    en: {
      title: 'Account not connected',
      detail:
        'There is an account under this e-mail address that is not connected with the company’s sign-in. Sign in as you did so far, and connect it in your profile.',
    },
    de: {
      title: 'Konto nicht verbunden',
      detail:
        'Unter dieser E-Mail-Adresse gibt es ein Konto, das nicht mit der Anmeldung der Firma verbunden ist. Melden Sie sich an wie bisher, und verbinden Sie es in Ihrem Profil.',
    },
  },
  'company-unknown': {
    status: 403,
    en: {
      title: 'Not invited',
      detail:
        'Nobody has invited you to this server, or your account was deactivated. An admin of this server can change that.',
    },
    de: {
      title: 'Nicht eingeladen',
      detail:
        'Niemand hat Sie zu diesem Server eingeladen, oder Ihr Konto wurde deaktiviert. Das kann ein Administrator dieses Servers ändern.',
    },
  },
  'company-no-email': {
    status: 403,
    en: {
      title: 'E-mail address not confirmed',
      detail:
        'The company’s sign-in does not confirm your e-mail address, so no account can be made for you. An admin can have it confirmed.',
    },
    de: {
      title: 'E-Mail-Adresse nicht bestätigt',
      detail:
        'Die Anmeldung der Firma bestätigt Ihre E-Mail-Adresse nicht, daher lässt sich kein Konto für Sie anlegen. Ein Administrator kann das ändern lassen.',
    },
  },
  'company-taken': {
    status: 409,
    en: {
      title: 'Belongs to somebody else',
      detail: 'This company account is connected with another account on this server.',
    },
    de: {
      title: 'Gehört zu jemand anderem',
      detail: 'Dieses Firmenkonto ist mit einem anderen Konto auf diesem Server verbunden.',
    },
  },
} as const satisfies Refusals
