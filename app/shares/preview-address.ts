import 'server-only'

// The choices are a part of the path, so that links within the preview keep them.

/** Path of the preview of a link that is not made yet: its choices as a query, and the draft that its pseudonyms come from. */
export const previewPath = (audit: string, search: string, draft: string): string =>
  `/shares/preview/${audit}/${Buffer.from(`${search}&draft=${draft}`).toString('base64url')}`

/** What such a path says. */
export const previewParams = (part: string): Record<string, string> =>
  Object.fromEntries(new URLSearchParams(Buffer.from(part, 'base64url').toString()))
