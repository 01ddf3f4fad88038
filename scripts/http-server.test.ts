import { spawnSync } from 'node:child_process'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { addressOf, isAddress, isPrefetch } from './http-server.mjs'

const program = `
  import http from 'node:http'
  const server = http.createServer((_, answer) => answer.end()).listen(0, '127.0.0.1', async () => {
    const answer = await fetch('http://127.0.0.1:' + server.address().port)
    console.log(JSON.stringify([server.requestTimeout, answer.headers.get('strict-transport-security')]))
    server.close()
  })`

/** A server of its own, with what the preload changes: the time limit of a request, and one header. */
function started(env: Record<string, string>, work = program): unknown {
  const preload = path.join(import.meta.dirname, 'http-server.mjs')
  const args = ['--import', preload, '--input-type=module', '--eval', work]
  const { stdout } = spawnSync(process.execPath, args, { encoding: 'utf8', env: { ...process.env, ...env } })
  return JSON.parse(stdout)
}

const slowProgram = `
  import http from 'node:http'
  import { connect } from 'node:net'
  const read = async (request, answer) => {
    if (request.url === '/refused') return answer.writeHead(401).end()
    for await (const _ of request);
    answer.end('read')
  }
  const server = http.createServer((request, answer) => void read(request, answer).catch(() => {}))
  server.listen(0, '127.0.0.1', async () => {
    const ask = (path) => new Promise((resolve) => {
      const socket = connect(server.address().port, '127.0.0.1')
      socket.write('POST ' + path + ' HTTP/1.1\\r\\nHost: x\\r\\nContent-Length: 20\\r\\n\\r\\n')
      let sent = 0
      const drip = setInterval(() => sent++ < 20 && socket.write('a'), 50)
      let heard = ''
      socket.on('data', (data) => { heard += data; if (heard.includes('read')) socket.end() })
      socket.on('error', () => {})
      socket.on('close', () => { clearInterval(drip); resolve([sent >= 20, heard.slice(9, 12)]) })
    })
    const paths = ['/sign-in', '/api/v1/audits', '/api/drafts/a/uploads?name=x', '/api/drafts', '/refused', '/api/checks/upload']
    console.log(JSON.stringify(await Promise.all(paths.map(ask))))
    server.close()
  })`

describe('the address that counts', () => {
  it.each([
    ['::ffff:10.0.0.1', undefined, 0, '10.0.0.1'],
    ['10.0.0.1', '6.6.6.6', 0, '10.0.0.1'],
    ['10.0.0.1', '6.6.6.6, 192.0.2.1', 1, '192.0.2.1'],
    ['10.0.0.1', '6.6.6.6, 192.0.2.1, 10.0.0.2', 2, '192.0.2.1'],
    ['10.0.0.1', '', 1, '10.0.0.1'],
    ['10.0.0.1', '192.0.2.1', 2, '10.0.0.1'], // shorter than it must be: not through all proxies
    [undefined, undefined, 0, 'unknown'],
    ['10.0.0.1', '192.0.2.1:50123', 1, '192.0.2.1'], // with a port it would be another one with each connection
    ['10.0.0.1', '[2001:db8::1]:50123', 1, '2001:db8::1'],
    ['10.0.0.1', '[2001:db8::1]', 1, '2001:db8::1'],
    ['10.0.0.1', '2001:db8::1', 1, '2001:db8::1'],
  ])('of %j with %j behind %j proxies is %s', (peer, forwarded, trusted, address) =>
    expect(addressOf(peer, forwarded, trusted)).toBe(address))
})

describe('what is only fetched in advance', () => {
  it('is what Next sends nothing of', () =>
    expect(isPrefetch('GET', { rsc: '1', 'next-router-prefetch': '1' })).toBe(true))
  // Next answers each of these with the whole page, or may: it has been seen.
  it.each([
    ['GET', '1', undefined],
    ['GET', '1', '0'],
    ['GET', '1', 'x'],
    ['GET', '1', '1, 1'],
    ['GET', '0', '1'],
    ['GET', undefined, '1'],
    ['POST', '1', '1'],
  ])('is not %s with %j and %j', (method, rsc, ahead) =>
    expect(isPrefetch(method, { rsc, 'next-router-prefetch': ahead })).toBe(false))
})

describe('the preload of the server', () => {
  it('waits for slow files, and for no other slow body', () => {
    const [form, audit, upload, json, refused, check] = started({ HTTP_BODY_TIMEOUT_MS: '300' }, slowProgram) as [
      boolean,
      string,
    ][]
    expect([form, json]).toEqual([
      [false, ''],
      [false, ''],
    ])
    expect([audit, upload, check]).toEqual([
      [true, '200'],
      [true, '200'],
      [true, '200'],
    ])
    expect(refused).toEqual([false, '401'])
  })

  it('demands https where the public address is https', () => {
    const header = 'max-age=63072000; includeSubDomains'
    expect(started({ POSTERN_PUBLIC_URL: 'https://postern.contoso.com' })).toEqual([4 * 3600_000, header])
  })
  it.each(['', 'http://postern.contoso.com'])('demands nothing for %j', (url) =>
    expect(started({ POSTERN_PUBLIC_URL: url, HTTP_REQUEST_TIMEOUT_MS: '1000' })).toEqual([1000, null]))
})

describe('isAddress', () => {
  it.each(['/', '/a/x?q=%00', '/a/x?q=%E0%A4%A', '/a/%C3%A4%25', '/a/b%2Fc'])('takes %s', (url) =>
    expect(isAddress(url)).toBe(true))
  it.each(['/a/%00', '/a/%E0%A4%A', '/a/%', '/%2'])('refuses %s', (url) => expect(isAddress(url)).toBe(false))
})
