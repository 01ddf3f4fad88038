// Preloaded with --import: what `next start` offers no setting for.
import { AsyncLocalStorage } from 'node:async_hooks'
import { Server } from 'node:http'

// Node cuts a request off when its body takes longer than 300 s (server.requestTimeout, HTTP 408), and a 500 MB log over a 10 Mbit/s line
// takes 400 s. headersTimeout (60 s) still guards slow headers.
const timeout = Number(process.env.HTTP_REQUEST_TIMEOUT_MS ?? 4 * 3600_000)

// Only files may take that long. A form or a question that trickles in would keep its connection, from somebody who is not even signed in.
const bodyTimeout = Number(process.env.HTTP_BODY_TIMEOUT_MS ?? 120_000)
const takesFiles = /^\/api\/(drafts\/[^/]+\/uploads|v1\/audits|checks\/upload)\/?(\?|$)/

/** Cuts the connection of a body that is not there in time, or goes on long after the request was answered. */
const demandBody = (request, answer) => {
  const cut = () => request.complete || request.destroy()
  const late = takesFiles.test(request.url) ? undefined : setTimeout(cut, bodyTimeout).unref()
  request.once('close', () => clearTimeout(late))
  answer.once('finish', () => request.complete || setTimeout(cut, bodyTimeout / 4).unref())
}

// Where the public address is https, every answer says so, also those of files and of the API: browsers then ask for nothing else.
const isHttps = /^https:/i.test(process.env.POSTERN_PUBLIC_URL ?? '')
const demandHttps = (_, answer) => answer.setHeader('Strict-Transport-Security', 'max-age=63072000; includeSubDomains')

const addressHeader = 'x-postern-address'
const proxies = Number(process.env.POSTERN_TRUSTED_PROXIES || 0)

// Some proxies (IIS, Azure) append the port: each connection would be somebody else, and limits on tries would limit nobody.
const withoutPort = (address) =>
  /^\[([^\]]*)\](:\d+)?$/.exec(address)?.[1] ?? address.replace(/^(\d+\.\d+\.\d+\.\d+):\d+$/, '$1')

/**
 * The address that counts, of a connection and the X-Forwarded-For header that came with it: with reverse proxies in front, the one that the
 * outermost of them saw.
 */
export function addressOf(peer, forwarded, trusted = proxies) {
  const own = (peer ?? 'unknown').replace(/^::ffff:/, '')
  const chain = String(forwarded ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean)
  return trusted > 0 ? withoutPort(chain.at(-trusted) ?? own) : own
}

// Next hands a request on without its connection, and takes X-Forwarded-For from whoever sends it. Limits on tries and the activity log need
// the real address: in a header that is written here whatever a caller sent.
const sayAddress = (request) => {
  request.headers[addressHeader] = addressOf(request.socket.remoteAddress, request.headers['x-forwarded-for'])
}

// Below a shared link: also on what Next answers by itself, such as an address that cannot be decoded.
const guardLinks = (request, answer) => {
  if (!/^\/s(?:[/?]|$)/.test(request.url ?? '')) return
  answer.setHeader('Cache-Control', 'no-store')
  answer.setHeader('Referrer-Policy', 'no-referrer')
  answer.setHeader('X-Robots-Tag', 'noindex, nofollow')
}

// Next hides from pages that they are only asked for in advance, because a link to them is in sight. The activity log tells the two apart.
const prefetchHeader = 'x-postern-prefetch'

/** Whether Next will send nothing of the page: with any other value of these headers it sends the whole one, and that has been seen. */
export const isPrefetch = (method, { rsc, 'next-router-prefetch': ahead }) =>
  method === 'GET' && rsc === '1' && ahead === '1'

const sayPrefetch = ({ method, headers }) => {
  delete headers[prefetchHeader]
  if (isPrefetch(method, headers)) headers[prefetchHeader] = '1'
}

/** Whether the path of an address can be decoded, to text without NUL: Next fails over the first, PostgreSQL over the second. */
export function isAddress(url) {
  try {
    return !decodeURIComponent(url.split('?', 1)[0]).includes('\0')
  } catch {
    return false
  }
}

const refuseAddress = (request, answer) => {
  guardLinks(request, answer)
  answer.setHeader('Cache-Control', 'no-store')
  answer.writeHead(400, { 'Content-Type': 'text/plain', 'X-Content-Type-Options': 'nosniff', Connection: 'close' })
  answer.end('This is not an address.\n')
  request.resume()
  return true
}

// Pages cannot set the status of their answer. Here they find the answer that they are part of: see lib/server/answer-status.ts.
const answers = new AsyncLocalStorage()
globalThis.posternAnswers = answers

const listen = Server.prototype.listen
Server.prototype.listen = function (...a) {
  this.requestTimeout = timeout
  this.prependListener('request', sayAddress)
  this.prependListener('request', demandBody)
  this.prependListener('request', sayPrefetch)
  this.prependListener('request', guardLinks)
  if (isHttps) this.prependListener('request', demandHttps)
  const { emit } = this
  this.emit = (name, ...more) => {
    if (name !== 'request') return emit.call(this, name, ...more)
    const [request, answer] = more
    if (!isAddress(request.url)) return refuseAddress(request, answer)
    return answers.run(answer, () => emit.call(this, name, ...more))
  }
  return listen.apply(this, a)
}
