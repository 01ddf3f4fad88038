import type { Locale } from './locales'
import deCommon from './messages/de/common.json'
import deHome from './messages/de/home.json'
import deShell from './messages/de/shell.json'
import deUpload from './messages/de/upload.json'
import enCommon from './messages/en/common.json'
import enHome from './messages/en/home.json'
import enShell from './messages/en/shell.json'
import enUpload from './messages/en/upload.json'

// One file per namespace and language; a new namespace is two imports and two lines here.
const en = { common: enCommon, home: enHome, shell: enShell, upload: enUpload }

export type Messages = typeof en
export type Namespace = keyof Messages

const de: Messages = { common: deCommon, home: deHome, shell: deShell, upload: deUpload }

/** All texts of the app. Both languages have the same keys and parameters (messages.test.ts). */
export const messages: Readonly<Record<Locale, Messages>> = { en, de }
