import { spawnSync } from 'node:child_process'
import path from 'node:path'
import { describe, expect, it } from 'vitest'

const program = `
  import http from 'node:http'
  const server = http.createServer((_, answer) => answer.end()).listen(0, '127.0.0.1', async () => {
    const answer = await fetch('http://127.0.0.1:' + server.address().port)
    console.log(JSON.stringify([server.requestTimeout, answer.headers.get('strict-transport-security')]))
    server.close()
  })`

/** A server of its own, with what the preload changes: the time limit of a request, and one header. */
function started(env: Record<string, string>): unknown {
  const preload = path.join(import.meta.dirname, 'http-server.mjs')
  const args = ['--import', preload, '--input-type=module', '--eval', program]
  const { stdout } = spawnSync(process.execPath, args, { encoding: 'utf8', env: { ...process.env, ...env } })
  return JSON.parse(stdout)
}

describe('the preload of the server', () => {
  it('demands https where the public address is https', () => {
    const header = 'max-age=63072000; includeSubDomains'
    expect(started({ POSTERN_PUBLIC_URL: 'https://postern.contoso.com' })).toEqual([4 * 3600_000, header])
  })
  it.each(['', 'http://postern.contoso.com'])('demands nothing for %j', (url) =>
    expect(started({ POSTERN_PUBLIC_URL: url, HTTP_REQUEST_TIMEOUT_MS: '1000' })).toEqual([1000, null]))
})
