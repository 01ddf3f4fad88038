/** What the activity log tells of, as it is named in lists. The code is what is stored; a code is never given another meaning. */
export const activityTexts = {
  'set-up': { en: 'Instance set up', de: 'Instanz eingerichtet' },
  'signed-in': { en: 'Signed in', de: 'Angemeldet' },
  'sign-in-failed': { en: 'Sign-in failed', de: 'Anmeldung fehlgeschlagen' },
  'signed-out': { en: 'Signed out', de: 'Abgemeldet' },
  'session-ended': { en: 'Session ended', de: 'Sitzung beendet' },
  'password-changed': { en: 'Password changed', de: 'Kennwort geändert' },
  'reset-asked': { en: 'Password reset asked for', de: 'Zurücksetzen des Kennworts angefordert' },
  'reset-link-made': { en: 'Reset link made', de: 'Link zum Zurücksetzen erstellt' },
  'totp-on': { en: 'Authenticator app added', de: 'Authentifikator-App eingerichtet' },
  'totp-off': { en: 'Authenticator app removed', de: 'Authentifikator-App entfernt' },
  'passkey-added': { en: 'Passkey added', de: 'Passkey hinzugefügt' },
  'passkey-removed': { en: 'Passkey removed', de: 'Passkey entfernt' },
  'recovery-codes-made': { en: 'Recovery codes made', de: 'Wiederherstellungscodes erstellt' },
  'recovery-code-used': { en: 'Recovery code used', de: 'Wiederherstellungscode verwendet' },
  'profile-changed': { en: 'Profile changed', de: 'Profil geändert' },
  invited: { en: 'Person invited', de: 'Person eingeladen' },
  joined: { en: 'Invitation accepted', de: 'Einladung angenommen' },
  'role-changed': { en: 'Role or environments changed', de: 'Rolle oder Umgebungen geändert' },
  deactivated: { en: 'Person deactivated', de: 'Person deaktiviert' },
  reactivated: { en: 'Person reactivated', de: 'Person reaktiviert' },
  'token-created': { en: 'API token created', de: 'API-Token erstellt' },
  'token-used': { en: 'API token used', de: 'API-Token verwendet' },
  'token-revoked': { en: 'API token revoked', de: 'API-Token widerrufen' },
  'audit-created': { en: 'Audit created', de: 'Prüfung angelegt' },
  'audit-changed': { en: 'Audit changed', de: 'Prüfung geändert' },
  'file-uploaded': { en: 'File uploaded', de: 'Datei hochgeladen' },
  'file-removed': { en: 'File removed', de: 'Datei entfernt' },
  analysed: { en: 'Analysis started', de: 'Analyse gestartet' },
  'audit-viewed': { en: 'Audit viewed', de: 'Prüfung angesehen' },
  'finding-viewed': { en: 'Finding viewed', de: 'Befund angesehen' },
  'original-viewed': { en: 'Original viewed', de: 'Original angesehen' },
  'original-downloaded': { en: 'Original downloaded', de: 'Original heruntergeladen' },
  exported: { en: 'Exported', de: 'Exportiert' },
  'audit-deleted': { en: 'Audit deleted', de: 'Prüfung gelöscht' },
  'environment-created': { en: 'Environment created', de: 'Umgebung angelegt' },
  'environment-changed': { en: 'Environment changed', de: 'Umgebung geändert' },
  'environment-deleted': { en: 'Environment deleted', de: 'Umgebung gelöscht' },
  'risk-accepted': { en: 'Risk accepted', de: 'Risiko akzeptiert' },
  'risk-ended': { en: 'Accepted risk ended', de: 'Akzeptiertes Risiko beendet' },
  'expectation-changed': { en: 'Expectation changed', de: 'Erwartung geändert' },
  'share-created': { en: 'Share created', de: 'Freigabe erstellt' },
  'share-opened': { en: 'Share opened', de: 'Freigabe geöffnet' },
  'share-viewed': { en: 'Share viewed', de: 'Freigabe angesehen' },
  'share-refused': { en: 'Share refused', de: 'Freigabe verweigert' },
  'share-ended': { en: 'Share ended', de: 'Freigabe beendet' },
  'share-renewed': { en: 'Share renewed', de: 'Freigabe erneuert' },
  'share-exported': { en: 'Exported from a share', de: 'Aus einer Freigabe exportiert' },
  'share-key-downloaded': {
    en: 'Key table of a share downloaded',
    de: 'Schlüsseltabelle einer Freigabe heruntergeladen',
  },
  'settings-changed': { en: 'Settings changed', de: 'Einstellungen geändert' },
  'originals-deleted': { en: 'Originals deleted', de: 'Originale gelöscht' },
  'log-exported': { en: 'Activity log exported', de: 'Aktivitätsprotokoll exportiert' },
  'log-damaged': { en: 'Activity log found damaged', de: 'Aktivitätsprotokoll beschädigt vorgefunden' },
} as const satisfies Readonly<Record<string, { readonly en: string; readonly de: string }>>

/** Everything that is recorded. A new kind is a line above. */
export type ActivityAction = keyof typeof activityTexts

/** Whether a stored or typed word is an action that this version knows. */
export const isActivityAction = (text: string): text is ActivityAction => Object.hasOwn(activityTexts, text)

/** What is only looked at, and so often that once an hour says enough. */
export const repeatedActions: ReadonlySet<ActivityAction> = new Set([
  'audit-viewed',
  'finding-viewed',
  'original-viewed',
  'share-viewed',
  'token-used',
])
