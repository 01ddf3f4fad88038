import 'server-only'
import type { Refusals } from './refusal'

/** Uploads, and what is computed from them. */
export const filesRefusals = {
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
  'not-analysed': {
    status: 409,
    en: { title: 'Not analysed yet', detail: 'This audit has no result yet.' },
    de: { title: 'Noch nicht analysiert', detail: 'Diese Prüfung hat noch kein Ergebnis.' },
  },
} as const satisfies Refusals
