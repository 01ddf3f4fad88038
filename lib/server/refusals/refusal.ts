import 'server-only'

/** What somebody reads who was refused. `{name}` in a detail is filled from the error's params. */
export type Sentence = { readonly title: string; readonly detail: string }
/** The status of an answer, and its sentence in both languages. */
export type Refusal = { readonly status: number; readonly en: Sentence; readonly de: Sentence }
/** A file of this folder: refusals by code. */
export type Refusals = Readonly<Record<string, Refusal>>
