// Preloaded with --import. Node cuts a request off when its body takes longer than 300 s (server.requestTimeout, HTTP 408);
// `next start` offers no setting for it, and a 500 MB log over a 10 Mbit/s line takes 400 s.
import { Server } from 'node:http'

const listen = Server.prototype.listen
Server.prototype.listen = function (...a) {
  this.requestTimeout = Number(process.env.HTTP_REQUEST_TIMEOUT_MS ?? 4 * 3600_000) // headersTimeout (60 s) still guards slow headers
  return listen.apply(this, a)
}
