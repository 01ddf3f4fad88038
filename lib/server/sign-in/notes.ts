import 'server-only'
import { AppError, isErrorCode, sentence } from '../errors'
import { readNote } from './company-attempts'
import { noteSchema } from './company-routes'

/** What a redirect left for the page that it led to, as one sentence; null without, or after ten minutes. */
export async function noted(token: string | undefined, language: 'en' | 'de'): Promise<string | null> {
  const note = token ? await readNote(token, noteSchema) : null
  return note && isErrorCode(note.code) ? sentence(new AppError(note.code, note.params), language).detail : null
}
