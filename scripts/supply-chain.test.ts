import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { judge } from './audit.mjs'
import { isAllowed, refused, shipped } from './licences.mjs'

const lock = JSON.parse(readFileSync(path.join(import.meta.dirname, '../package-lock.json'), 'utf8'))

describe('licences', () => {
  it.each([
    ['MIT', true],
    ['Apache-2.0 AND MIT', true],
    ['MIT and ISC', true],
    ['(MIT OR GPL-3.0-only)', true],
    ['GPL-3.0-only', false],
    ['AGPL-3.0-or-later', false],
    ['MIT AND GPL-2.0-only', false],
    ['SEE LICENSE IN LICENSE', false],
    ['UNLICENSED', false],
    ['none', false],
    ['', false],
  ])('%j: %s', (expression, expected) => expect(isAllowed(expression)).toBe(expected))

  it('are those of all packages that ship, and of no others', () => {
    const packages = {
      '': { version: '1.0.0' },
      'node_modules/fine': { version: '1.0.0', license: 'MIT' },
      'node_modules/fine/node_modules/@a/copyleft': { version: '2.0.0', license: 'GPL-3.0-only' },
      'node_modules/silent': { version: '3.0.0' },
      'node_modules/tool': { version: '4.0.0', license: 'GPL-3.0-only', dev: true },
    }
    expect(refused({ packages })).toEqual(['@a/copyleft@2.0.0: GPL-3.0-only', 'silent@3.0.0: none'])
    expect(refused(lock)).toEqual([])
  })
})

describe('known weaknesses', () => {
  const counts = { info: 0, low: 1, moderate: 2, high: 0, critical: 0, total: 3 }
  const weak = (severity: string) => ({ name: 'a', severity, range: '<2', via: [{ title: 'Escapes' }, 'b'] })
  it('of low level fail nothing', () => {
    const said = { metadata: { vulnerabilities: counts }, vulnerabilities: { a: weak('moderate') } }
    expect(judge(JSON.stringify(said))).toEqual({
      fails: false,
      lines: ['3 known weaknesses, none of them high or critical'],
    })
  })
  it.each(['high', 'critical'])('of level %s fail, with their names', (severity) => {
    const said = { metadata: { vulnerabilities: { ...counts, [severity]: 1 } }, vulnerabilities: { a: weak(severity) } }
    expect(judge(JSON.stringify(said))).toEqual({ fails: true, lines: [`a <2 (${severity}) Escapes`] })
  })
  it.each([
    '',
    'npm error',
    '{"message":"405 Method Not Allowed"}',
    '{"error":{"summary":"ENOTFOUND"}}',
  ])('that the registry does not tell fail nothing: %j', (text) => {
    const { fails, lines } = judge(text)
    expect([fails, lines[0]]).toEqual([false, expect.stringContaining('not available from this registry')])
  })
})

describe('the list of parts', () => {
  it('is CycloneDX, and names what ships with its hash and licence', () => {
    const dir = mkdtempSync(path.join(tmpdir(), 'postern-sbom-'))
    const out = path.join(dir, 'new', 'sbom.json')
    const run = spawnSync(process.execPath, [path.join(import.meta.dirname, 'sbom.mjs'), '--out', out], {
      encoding: 'utf8',
    })
    expect(run.stderr.replace(/^npm warn.*\n?/gm, '')).toBe('')
    const bom = JSON.parse(readFileSync(out, 'utf8'))
    rmSync(dir, { recursive: true })
    expect(bom).toMatchObject({
      bomFormat: 'CycloneDX',
      specVersion: expect.stringMatching(/^1\.\d$/),
      serialNumber: expect.stringMatching(/^urn:uuid:[0-9a-f-]{36}$/),
      version: 1,
      metadata: {
        component: { type: 'application', name: 'postern', purl: expect.stringMatching(/^pkg:npm\/postern@/) },
      },
    })
    type Part = { name: string; version: string; 'bom-ref': string; purl: string; hashes?: { content: string }[] }
    const parts: Part[] = bom.components
    const named = new Set(parts.map((part) => `${part.name}@${part.version}`))
    const ships = shipped(lock)
    expect(ships.length).toBeGreaterThan(100)
    for (const { name, version } of ships) expect(named).toContain(`${name}@${version}`)
    expect(parts).toHaveLength(new Set(ships.map(({ name, version }) => `${name}@${version}`)).size)
    // What lies inside another package's archive is covered by that one's hash.
    const entries = Object.entries<{ version?: string; inBundle?: true }>(lock.packages)
    const bundled = new Set(
      entries.flatMap(([at, p]) => (p.inBundle ? [`${at.split('node_modules/').at(-1)}@${p.version}`] : [])),
    )
    for (const part of parts) {
      expect(part.purl).toMatch(/^pkg:npm\//)
      if (!bundled.has(`${part.name}@${part.version}`))
        expect(part.hashes?.[0]?.content, part.name).toMatch(/^[0-9a-f]{40,128}$/)
    }
    const refs = new Set([bom.metadata.component['bom-ref'], ...parts.map((part) => part['bom-ref'])])
    for (const { ref, dependsOn = [] } of bom.dependencies)
      for (const other of [ref, ...dependsOn]) expect(refs).toContain(other)
  })
})
