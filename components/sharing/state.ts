import type { Locale } from '@/lib/i18n/locales'
import type { FormRefusal } from '@/lib/server/http'

/** A link as it is shown once. */
export type MadeLink = {
  readonly url: string
  readonly endsAt: Date
  /** As it was typed; null where there is none, or it is an earlier one that the server does not know. */
  readonly password: string | null
  readonly hasPassword: boolean
  readonly isRenewed: boolean
  readonly mail: Readonly<Record<Locale, string>>
}

/** What a form of this page was answered. */
export type ShareAnswer = {
  readonly refused: FormRefusal | null
  readonly made: MadeLink | null
  readonly hasEnded: boolean
}
export const noAnswer: ShareAnswer = { refused: null, made: null, hasEnded: false }

export type ShareAction = (before: ShareAnswer, form: FormData) => Promise<ShareAnswer>
