import { closeSync, ftruncateSync, openSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { zipSync } from 'fflate'
import { describe, expect, it, vi } from 'vitest'
import { aConnector, folderWith, postern, reportOf, trusting } from './testing/run'

// every run is a process of its own
vi.setConfig({ testTimeout: 60_000 })

const good = { 'good.txt': trusting() }
const statusOf = (run: Parameters<typeof reportOf>[0], name: string) =>
  reportOf(run).sources.find((s) => s.name === name)

/** Bad files beside a good one: they are told, the good one is analysed. */
async function beside(files: Readonly<Record<string, string | Uint8Array>>) {
  const run = await postern(['analyse', folderWith({ ...good, ...files })])
  expect(run.code).toBe(0)
  expect(reportOf(run).inventory.receiveConnectors?.map((c) => c.id)).toContain('EX01\\Appliances')
  return run
}

describe('bad input', () => {
  it('tells an empty file, a picture and prose', async () => {
    const run = await beside({
      'empty.txt': '',
      'p.png': Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'),
      'prose.txt': 'Dear colleague,\nplease find attached\n',
    })
    expect(statusOf(run, 'empty.txt')?.status).toBe('empty')
    expect(statusOf(run, 'p.png')?.status).not.toBe('parsed')
    expect(statusOf(run, 'prose.txt')).toMatchObject({ status: 'unknown-format', firstLine: 'Dear colleague,' })
  })

  it('refuses XML with a DOCTYPE', async () => {
    const xml =
      '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b"><!ENTITY c "&a;&a;">]><Objs Version="1.1.0.1" xmlns="http://schemas.microsoft.com/powershell/2004/04"><S>&c;</S></Objs>'
    const run = await beside({ 'bomb.xml': xml })
    expect(statusOf(run, 'bomb.xml')).toMatchObject({ status: 'refused', notices: [{ code: 'xml-refused' }] })
  })

  it('refuses a zip bomb, and names that lead out of the archive', async () => {
    const bomb = zipSync({ 'zeros.txt': new Uint8Array(64 << 20) }, { level: 9 })
    const outside = zipSync({
      '../../outside.txt': Buffer.from(aConnector('Outside')),
      'in.txt': Buffer.from(aConnector('Inside')),
    })
    const run = await beside({ 'bomb.zip': bomb, 'outside.zip': outside })
    const { sources } = reportOf(run)
    const codes = sources.filter((s) => s.name.includes('.zip')).flatMap((s) => s.notices.map((n) => n.code))
    expect(codes).toContain('archive-refused')
    expect(sources.filter((s) => s.name.includes('..')).map((s) => s.status)).toEqual(['refused'])
    expect(reportOf(run).inventory.receiveConnectors?.map((c) => c.id)).toEqual(['EX01\\Appliances', 'EX01\\Inside'])
  })

  it('refuses a file that is larger than the limit without reading it into memory', async () => {
    const folder = folderWith(good)
    const fd = openSync(path.join(folder, 'huge.txt'), 'w')
    ftruncateSync(fd, 300 << 20)
    closeSync(fd)
    const hook = path.join(folder, '.measure.cjs')
    writeFileSync(hook, "process.on('exit', () => process.stderr.write('rss=' + process.resourceUsage().maxRSS))")
    const run = await postern(['analyse', folder], { env: { NODE_OPTIONS: `--require ${hook}` } })
    expect(run.code).toBe(0)
    expect(statusOf(run, 'huge.txt')).toMatchObject({
      status: 'refused',
      bytes: 300 << 20,
      notices: [{ code: 'too-large' }],
    })
    expect(Number(/rss=(\d+)/.exec(run.stderr)?.[1]) / 1024).toBeLessThan(300)
  })

  it('shows markup, formulas and escape sequences as what they are', async () => {
    const name = '<script>alert(1)</script>'
    const evil = `=cmd|'/c calc'!A0 \x1b[31mred\x1b]0;title\x07`
    const folder = folderWith({
      [`x${'\x1b'}[2J.txt`]: aConnector(name, {
        AuthMechanism: 'Tls, ExternalAuthoritative',
        PermissionGroups: 'ExchangeServers',
        RemoteIPRanges: '{10.20.0.0/16}',
      }),
      'evil.txt': aConnector(evil, {
        AuthMechanism: 'Tls, ExternalAuthoritative',
        PermissionGroups: 'ExchangeServers',
        RemoteIPRanges: '{10.21.0.0/16}',
      }),
    })
    const run = (format: string) => postern(['analyse', folder, '--format', format])
    const text = await run('text')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there
    expect(text.stdout + text.stderr).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f-\x9f]/)
    expect(text.stdout).toContain(name)
    expect((await run('markdown')).stdout.replace(/`[^`\n]*`/g, '').replace(/```[\s\S]*?```/g, '')).not.toMatch(
      /(?<!\\)<script/,
    )
    expect((await run('csv')).stdout).not.toMatch(/(?:^|,)"?[=+@-]/m)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: this is what must not be there
    expect((await run('sarif')).stdout).not.toMatch(/[\x00-\x09\x0b-\x1f]/)
  })

  it('reads a cut export up to where it ends', async () => {
    const whole = trusting()
    for (const part of [0.2, 0.5, 0.9]) {
      const run = await postern(['analyse', '-'], { stdin: whole.slice(0, Math.floor(whole.length * part)) })
      expect([0, 3]).toContain(run.code)
      reportOf(run)
    }
  })
})
