/** What the server refuses on purpose. Each code has a status and a sentence in both languages; the compiler misses none. */
export const errorCodes = [
  'not-found',
  'forbidden-host',
  'cross-site',
  'bad-request',
  'no-body',
  'incomplete',
  'too-large',
  'audit-full',
  'not-a-draft',
  'no-files',
  'no-space',
  'files-gone',
  'too-demanding',
  'not-ready',
  'too-many-expectations',
  'too-many',
  'not-analysed',
  'share-end',
  'share-level',
  'share-password',
  'share-summary',
  'share-refused',
  'share-cleared',
  'originals-deleted',
  'still-running',
  'wrong-name',
  'passkey',
  'link-gone',
  'prove-again',
  'wrong-second-step',
  'second-step-owed',
  'local-off',
  'local-needed',
  'not-set-up',
  'not-signed-in',
  'not-allowed',
  'wrong-code',
  'wrong-password',
  'no-environment',
  'company-failed',
  'company-off',
  'company-gone',
  'company-domain',
  'company-too-many-groups',
  'company-no-group',
  'company-not-connected',
  'company-unknown',
  'company-no-email',
  'company-taken',
  'own-access',
  'last-admin',
  'internal',
] as const
/** Why something was refused. Every code has its status and its sentence in both languages. */
export type ErrorCode = (typeof errorCodes)[number]
/** Whether a stored word is a code of this version. */
export const isErrorCode = (code: string): code is ErrorCode => errorCodes.some((known) => known === code)

type Sentence = { readonly title: string; readonly detail: string }
type Refusal = { readonly status: number; readonly en: Sentence; readonly de: Sentence }

/** `{name}` in a detail is filled from the error's params. */
export const refusals: Readonly<Record<ErrorCode, Refusal>> = {
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
  'too-many-expectations': {
    status: 409,
    en: { title: 'Too many expectations', detail: 'An environment may have {limit}. Remove one first.' },
    de: { title: 'Zu viele Erwartungen', detail: 'Eine Umgebung kann {limit} haben. Entfernen Sie zuerst eine.' },
  },
  'no-body': {
    status: 400,
    en: { title: 'No content', detail: 'The request carried no file.' },
    de: { title: 'Kein Inhalt', detail: 'Die Anfrage enthielt keine Datei.' },
  },
  incomplete: {
    status: 400,
    en: {
      title: 'Upload incomplete',
      detail: 'The connection ended before the whole file had arrived. Send it again.',
    },
    de: {
      title: 'Übertragung unvollständig',
      detail: 'Die Verbindung endete, bevor die Datei ganz angekommen war. Senden Sie sie noch einmal.',
    },
  },
  'too-large': {
    status: 413,
    en: { title: 'File too large', detail: 'A file may have {limit} MB. Split it, or raise POSTERN_MAX_FILE_BYTES.' },
    de: {
      title: 'Datei zu groß',
      detail: 'Eine Datei darf {limit} MB haben. Teilen Sie sie, oder erhöhen Sie POSTERN_MAX_FILE_BYTES.',
    },
  },
  'audit-full': {
    status: 413,
    en: {
      title: 'Audit too large',
      detail: 'All files of an audit may have {limit} MB together. Remove one, or raise POSTERN_MAX_AUDIT_BYTES.',
    },
    de: {
      title: 'Audit zu groß',
      detail:
        'Alle Dateien eines Audits dürfen zusammen {limit} MB haben. Entfernen Sie eine, oder erhöhen Sie POSTERN_MAX_AUDIT_BYTES.',
    },
  },
  'not-a-draft': {
    status: 409,
    en: { title: 'Already analysed', detail: 'Files can be changed only before the analysis starts.' },
    de: { title: 'Bereits analysiert', detail: 'Dateien lassen sich nur vor dem Start der Analyse ändern.' },
  },
  'no-files': {
    status: 409,
    en: { title: 'No files yet', detail: 'Add at least one file before you start the analysis.' },
    de: {
      title: 'Noch keine Dateien',
      detail: 'Fügen Sie mindestens eine Datei hinzu, bevor Sie die Analyse starten.',
    },
  },
  'no-space': {
    status: 507,
    en: { title: 'Disk full', detail: 'The server has no space left for this file.' },
    de: { title: 'Datenträger voll', detail: 'Der Server hat keinen Platz mehr für diese Datei.' },
  },
  'files-gone': {
    status: 410,
    en: {
      title: 'Files are gone',
      detail: 'A file of this audit is no longer on the server, so nothing can be computed.',
    },
    de: {
      title: 'Dateien fehlen',
      detail: 'Eine Datei dieser Prüfung liegt nicht mehr auf dem Server, daher lässt sich nichts berechnen.',
    },
  },
  'too-demanding': {
    status: 507,
    en: {
      title: 'Too much for this server',
      detail:
        'Reading the files takes more memory or time than allowed. Raise POSTERN_WORKER_MEMORY_MB or the time limit.',
    },
    de: {
      title: 'Zu viel für diesen Server',
      detail:
        'Das Lesen der Dateien braucht mehr Speicher oder Zeit als erlaubt. Erhöhen Sie POSTERN_WORKER_MEMORY_MB oder das Zeitlimit.',
    },
  },
  'not-ready': {
    status: 503,
    en: { title: 'Not ready', detail: 'The server cannot reach its database or its worker.' },
    de: { title: 'Nicht bereit', detail: 'Der Server erreicht seine Datenbank oder seine Auswertung nicht.' },
  },
  'too-many': {
    status: 429,
    en: { title: 'Too many tries', detail: 'Wait {seconds} seconds, then try again.' },
    de: { title: 'Zu viele Versuche', detail: 'Warten Sie {seconds} Sekunden, und versuchen Sie es dann noch einmal.' },
  },
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
  'wrong-code': {
    status: 403,
    en: { title: 'Wrong set-up code', detail: 'That is not the code in the log of the server.' },
    de: { title: 'Falscher Einrichtungscode', detail: 'Das ist nicht der Code aus dem Protokoll des Servers.' },
  },
  'wrong-password': {
    status: 401,
    en: { title: 'Not signed in', detail: 'E-mail address or password do not match.' },
    de: { title: 'Nicht angemeldet', detail: 'E-Mail-Adresse oder Kennwort stimmen nicht.' },
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
  'not-analysed': {
    status: 409,
    en: { title: 'Not analysed yet', detail: 'This audit has no result yet.' },
    de: { title: 'Noch nicht analysiert', detail: 'Diese Prüfung hat noch kein Ergebnis.' },
  },
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
  'originals-deleted': {
    status: 410,
    en: {
      title: 'Originals deleted',
      detail:
        'The uploaded files were deleted on {date}, as the retention setting says. The report stays, and nothing new can be computed from them.',
    },
    de: {
      title: 'Originale gelöscht',
      detail:
        'Die hochgeladenen Dateien wurden am {date} gelöscht, wie es die Aufbewahrung vorsieht. Der Bericht bleibt; Neues lässt sich nicht mehr daraus berechnen.',
    },
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
  internal: {
    status: 500,
    en: { title: 'Internal error', detail: 'Something failed on the server. Its log has the details under {id}.' },
    de: {
      title: 'Interner Fehler',
      detail: 'Auf dem Server ist etwas fehlgeschlagen. Sein Protokoll nennt Einzelheiten unter {id}.',
    },
  },
}

/** An expected refusal: the caller did nothing unforeseen, and gets a sentence instead of a stack. */
export class AppError extends Error {
  constructor(
    readonly code: ErrorCode,
    readonly params: Readonly<Record<string, string | number>> = {},
    options?: ErrorOptions,
    /** What is wrong with single fields of a request. */
    readonly fields: readonly { readonly field: string; readonly message: string }[] = [],
  ) {
    super(code, options)
    this.name = 'AppError'
  }
}

/** Title and detail of a refusal in one language. */
export function sentence(error: AppError, language: 'en' | 'de'): Sentence {
  const { title, detail } = refusals[error.code][language]
  return { title, detail: detail.replace(/\{(\w+)\}/g, (_, key: string) => String(error.params[key] ?? '')) }
}
