import 'server-only'

/** Sends the browser on with a GET. No cache keeps it, and the next page does not learn the address it comes from. */
export const redirectTo = (location: string): Response =>
  new Response(null, {
    status: 303,
    headers: { Location: location, 'Cache-Control': 'no-store', 'Referrer-Policy': 'no-referrer' },
  })
