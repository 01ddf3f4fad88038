import 'server-only'

/** Set on every request from its connection by scripts/http-server.mjs; a caller's own header of this name is dropped there. */
const header = 'x-postern-address'

/** The address a request comes from, or `unknown` where the server was not started the usual way. */
export const addressOf = (headers: Headers): string => headers.get(header) ?? 'unknown'

/** What is kept of a request with a session. */
export const originOf = (headers: Headers) => ({
  address: addressOf(headers),
  userAgent: headers.get('user-agent') ?? '',
})
