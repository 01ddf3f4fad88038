import 'server-only'
import type { Locale } from '@/lib/i18n/locales'

/** Why a mail is sent. */
export type MailKind = 'invite' | 'reset'
type Text = { readonly subject: string; readonly text: string }

const texts: Readonly<Record<MailKind, Readonly<Record<Locale, Text>>>> = {
  invite: {
    en: {
      subject: 'Your invitation to Postern',
      text: `Hello {name},

you have been invited to Postern, which audits the mail flow of your Exchange organisation.
Choose your password here. The link works once, within seven days:

{link}
`,
    },
    de: {
      subject: 'Ihre Einladung zu Postern',
      text: `Guten Tag, {name},

Sie wurden zu Postern eingeladen, das den Nachrichtenfluss Ihrer Exchange-Organisation prüft.
Wählen Sie hier Ihr Kennwort. Der Link gilt einmal, sieben Tage lang:

{link}
`,
    },
  },
  reset: {
    en: {
      subject: 'A new password for Postern',
      text: `Hello {name},

somebody asked for a new password for your account. If it was you, choose it here.
The link works once, within an hour:

{link}

If it was not you, there is nothing to do: your password is unchanged.
`,
    },
    de: {
      subject: 'Ein neues Kennwort für Postern',
      text: `Guten Tag, {name},

jemand hat für Ihr Konto ein neues Kennwort angefordert. Wenn Sie das waren, wählen Sie es hier.
Der Link gilt einmal, eine Stunde lang:

{link}

Wenn Sie es nicht waren, ist nichts zu tun: Ihr Kennwort ist unverändert.
`,
    },
  },
}

type Params = { readonly name: string; readonly link: string }

/** Subject and text of a mail. */
export function mailText(kind: MailKind, { name, link }: Params, locale: Locale): Text {
  const { subject, text } = texts[kind][locale]
  return { subject, text: text.replace(/\{(name|link)\}/g, (_, key: string) => (key === 'name' ? name : link)) }
}
