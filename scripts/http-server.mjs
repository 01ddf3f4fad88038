// Preloaded with --import: what `next start` offers no setting for.
import { Server } from 'node:http'

// Node cuts a request off when its body takes longer than 300 s (server.requestTimeout, HTTP 408), and a 500 MB log over a 10 Mbit/s line
// takes 400 s. headersTimeout (60 s) still guards slow headers.
const timeout = Number(process.env.HTTP_REQUEST_TIMEOUT_MS ?? 4 * 3600_000)

// Where the public address is https, every answer says so, also those of files and of the API: browsers then ask for nothing else.
const isHttps = /^https:/i.test(process.env.POSTERN_PUBLIC_URL ?? '')
const demandHttps = (_, answer) => answer.setHeader('Strict-Transport-Security', 'max-age=63072000; includeSubDomains')

const listen = Server.prototype.listen
Server.prototype.listen = function (...a) {
  this.requestTimeout = timeout
  if (isHttps) this.prependListener('request', demandHttps)
  return listen.apply(this, a)
}
