import 'server-only'
import { accessRefusals } from './refusals/access'
import { companyRefusals } from './refusals/company'
import { environmentsRefusals } from './refusals/environments'
import { filesRefusals } from './refusals/files'
import type { Refusal, Sentence } from './refusals/refusal'
import { requestsRefusals } from './refusals/requests'
import { sharesRefusals } from './refusals/shares'
import { signInRefusals } from './refusals/sign-in'

/** What the server refuses on purpose, a file a topic; the compiler wants a status and a sentence in both languages for each code. */
const all = {
  ...requestsRefusals,
  ...accessRefusals,
  ...signInRefusals,
  ...companyRefusals,
  ...filesRefusals,
  ...environmentsRefusals,
  ...sharesRefusals,
}
/** Why something was refused. Every code has its status and its sentence in both languages. */
export type ErrorCode = keyof typeof all
/** By code. */
export const refusals: Readonly<Record<ErrorCode, Refusal>> = all

/** Whether a stored word is a code of this version. */
export const isErrorCode = (code: string): code is ErrorCode => Object.hasOwn(refusals, code)
/** All codes. */
export const errorCodes: readonly ErrorCode[] = Object.keys(refusals).filter(isErrorCode)

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
