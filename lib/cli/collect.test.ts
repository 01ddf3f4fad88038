import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { folderWith, postern, root } from './testing/run'

// every run is a process of its own
vi.setConfig({ testTimeout: 60_000 })

const script = readFileSync(path.join(root, 'collect/Collect-Postern.ps1'), 'utf8')
const hash = createHash('sha256').update(script).digest('hex')

describe('collect', () => {
  it('prints the script and nothing else, its hash on standard error', async () => {
    const run = await postern(['collect'])
    expect(run.code).toBe(0)
    expect(run.stdout).toBe(script)
    expect(run.stderr).toContain(hash)
    expect((await postern(['collect', '--quiet'])).stderr).toBe('')
  })

  it('writes it to a file, again over itself, and never over something else', async () => {
    const folder = folderWith({ 'mine.ps1': '# mine\n' })
    const file = path.join(folder, 'Collect-Postern.ps1')
    for (let i = 0; i < 2; i++) {
      const run = await postern(['collect', '--out', 'Collect-Postern.ps1'], { cwd: folder })
      expect(run).toMatchObject({ code: 0, stdout: '' })
      expect(readFileSync(file, 'utf8')).toBe(script)
    }
    writeFileSync(file, `${script}# changed\n`)
    for (const out of ['Collect-Postern.ps1', 'mine.ps1', '.']) {
      const run = await postern(['collect', '--out', out], { cwd: folder })
      expect(run.code, out).toBe(2)
      expect(run.stderr).toMatch(/^postern: --out[^\n]*\.\n$/)
    }
    expect(readFileSync(path.join(folder, 'mine.ps1'), 'utf8')).toBe('# mine\n')
    expect(readFileSync(file, 'utf8')).toBe(`${script}# changed\n`)
  })

  it.each([
    [['collect', 'folder'], 'PATH'],
    [['collect', '--format', 'json'], '--format'],
    [['collect', '--fail-on', 'high'], '--fail-on'],
    [['collect', '--out', 'no/such/folder/x.ps1'], '--out'],
  ])('%j is wrong usage', async (args, named) => {
    const run = await postern(args)
    expect(run.code).toBe(2)
    expect(run.stdout).toBe('')
    expect(run.stderr).toContain(named)
    expect(run.stderr.trimEnd()).toMatch(/^postern: [^\n]*\.$/)
  })

  it('says what the script does', async () => {
    const run = await postern(['collect', '--help'])
    expect(run).toMatchObject({ code: 0, stderr: '' })
    for (const word of ['--out', '-Edge', '-ExchangeOnline', '-LogHours', '-Pseudonyms', 'reads only'])
      expect(run.stdout).toContain(word)
    expect((await postern(['--help'])).stdout).toContain('postern collect')
  })
})
