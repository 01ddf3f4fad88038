import path from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { comparisonSchema } from '@/lib/core'
import { aConnector, folderWith, postern, sample, trusting } from './testing/run'

// every run is a process of its own
vi.setConfig({ testTimeout: 60_000 })

const folder = folderWith({
  'old/a.txt': trusting(),
  'old/b.txt': aConnector('Fax'),
  'new/a.txt': trusting().replace(/ExternalAuthoritative/g, 'BasicAuth'),
  'new/b.txt': aConnector('Fax').replace('{10.0.0.5}', '{10.0.0.5, \u001b[31m10.0.0.6}'),
  'list.txt': 'milk\n',
})
const at = (name: string) => path.join(folder, name)
const comparisonOf = (stdout: string) => comparisonSchema.parse(JSON.parse(stdout))

describe('compare', () => {
  it('of the sample with itself finds no difference', async () => {
    const { code, stdout } = await postern(['compare', sample, '--with', sample, '--quiet'])
    expect(code).toBe(0)
    const { objects, findings, notGiven } = comparisonOf(stdout)
    expect(objects).toEqual([])
    expect(notGiven).toEqual({ before: [], after: [] })
    expect(findings).toMatchObject({ fixed: [], new: [], worse: [], better: [], noLongerAssessed: [] })
    expect(findings.unchanged).toBeGreaterThan(10)
  })

  it('tells findings and properties, with every path behind --with in the newer set', async () => {
    const args = ['compare', at('old/a.txt'), at('old/b.txt'), '--quiet', '--with', at('new/a.txt'), at('new/b.txt')]
    const { findings, objects } = comparisonOf((await postern(args)).stdout)
    expect(findings.fixed.map((f) => f.rule)).toContain('externally-secured-connector')
    expect(objects.flatMap((o) => o.properties.map((p) => p.property))).toEqual(['AuthMechanism', 'RemoteIPRanges'])
  })

  it.each([
    ['en', ['Fixed (', '- ExternalAuthoritative', 'old/a.txt:', '2 objects differ']],
    ['de', ['Behoben (', '+ BasicAuth', 'new/a.txt:', '2 Objekte sind verschieden']],
  ])('is told as text in %s, and obeys no escape sequence of a file', async (lang, parts) => {
    const args = ['compare', at('old'), '--with', at('new'), '--format', 'text', '--lang', lang]
    const { code, stdout } = await postern(args, { cwd: folder })
    expect(code).toBe(0)
    for (const part of parts) expect(stdout).toContain(part.replace(/^(?:old|new)\//, ''))
    expect(stdout).not.toContain('\u001b')
  })

  it('needs both sets, and something readable in them', async () => {
    for (const args of [
      ['compare', at('old')],
      ['compare', '--with', at('new')],
      ['compare', at('old'), '--with'],
    ])
      expect((await postern(args)).code).toBe(2)
    expect((await postern(['compare', at('old'), '--with', at('list.txt')])).code).toBe(3)
  })
})
