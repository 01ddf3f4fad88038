import path from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { aConnector, exposureFrom, folderWith, postern, sample, trusting, window } from './testing/run'

// every run is a process of its own
vi.setConfig({ testTimeout: 60_000 })

const show = (file: string, ...args: readonly string[]) => postern(['exposure', file, '--quiet', ...args])

describe('exposure of the sample', () => {
  const whole = show(sample)

  it('is JSON as the schema has it, with every listener', async () => {
    const run = await whole
    expect([run.code, run.stderr]).toEqual([0, ''])
    const { listeners, theorem } = exposureFrom(run)
    const on25 = listeners.filter((l) => l.port === 25 && l.family === 'ipv4').map((l) => l.server)
    expect(on25).toEqual(['EDGE01', 'EX01', 'EX02', 'EX03', 'EX04'])
    expect(theorem).toMatchObject({ publicRelay: 'exists', witness: expect.any(String), missing: [] })
    const server = (name: string) => listeners.find((l) => l.server === name && l.port === 25 && l.family === 'ipv4')
    expect(server('EX03')?.classes).toContainEqual(
      expect.objectContaining({ ranges: ['198.51.100.0-198.51.100.255'], addresses: '256', relay: 'yes' }),
    )
    expect(server('EX01')?.classes).toContainEqual(
      expect.objectContaining({ connector: 'EX01\\From Mail Gateway', relay: 'yes', internal: 'yes' }),
    )
  })

  it('covers each address space', async () => {
    for (const l of exposureFrom(await whole).listeners) {
      const all = l.classes.reduce((sum, c) => sum + BigInt(c.addresses), 0n)
      expect(all).toBe(1n << (l.family === 'ipv4' ? 32n : 128n))
    }
  })

  it.each([
    ['en', 'There are public addresses that can relay', 'Relay Data Centre'],
    ['de', 'Es gibt öffentliche Adressen', 'eigener Absender'],
  ])('is told as text in %s: the theorem first, then a table a listener', async (lang, theorem, word) => {
    const { stdout, code } = await show(sample, '--format', 'text', '--lang', lang)
    expect(code).toBe(0)
    expect(stdout.startsWith(theorem)).toBe(true)
    expect(stdout).toContain(word)
    expect(stdout).toMatch(/198\.51\.100\.0-198\.51\.100\.255$/m)
  })
})

describe('exposure of small inputs', () => {
  const fileOf = (text: string) => path.join(folderWith({ 'a.txt': text }), 'a.txt')

  it('what was not exported is named, and nothing is claimed', async () => {
    const { theorem } = exposureFrom(await show(fileOf(trusting())))
    expect(theorem.publicRelay).toBe('unknown')
    expect(theorem.missing).toContainEqual(
      expect.objectContaining({ cmdlet: 'Get-ReceiveConnector', servers: ['EX01'] }),
    )
  })

  it('names of connectors cannot command a terminal', async () => {
    const name = 'Evil\u202e'
    const text = window('Get-ReceiveConnector | fl', aConnector(name, { Identity: `EX01\\${name}` }))
    const { stdout } = await show(fileOf(text), '--format', 'text')
    expect(stdout).toContain('Evil\\u{202e}')
    expect(stdout).not.toContain('\u202e')
  })

  it('where nothing is readable there are no listeners, the theorem is open, and the exit code is 3', async () => {
    const run = await postern(['exposure', fileOf('nothing\n')])
    expect(run.code).toBe(3)
    expect(exposureFrom(run)).toEqual({
      listeners: [],
      theorem: {
        publicRelay: 'unknown',
        witness: null,
        missing: [{ cmdlet: 'Get-ReceiveConnector', side: 'on-premises', servers: [] }],
      },
    })
  })
})
