import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { folderWith, postern, root, trusting } from './testing/run'

// every run is a process of its own
vi.setConfig({ testTimeout: 60_000 })

describe('the version', () => {
  it('is the one of the package', async () => {
    const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'))
    const run = await postern(['--version'])
    expect(run).toEqual({ code: 0, stdout: `postern ${version}\n`, stderr: '' })
    expect((await postern(['rules', '--version'])).stdout).toBe(run.stdout)
  })
})

describe('wrong usage ends with 2 and one sentence', () => {
  const exports_ = folderWith({
    'a.txt': trusting(),
    'bad.json': '[\n{"rule": "x"}\n]',
    'no-report.json': '{"report": 2}',
  })
  const file = (name: string) => path.join(exports_, name)
  it.each([
    [[], 'command'],
    [['analyze', 'x'], 'analyze'],
    [['analyse'], 'PATH'],
    [['analyse', '--colour', 'x'], '--colour'],
    [['analyse', '-x', 'x'], '-x'],
    [['--nonsense'], '--nonsense'],
    [['analyse', file('missing.txt')], file('missing.txt')],
    [['analyse', file('a.txt'), '--format', 'xml'], '--format'],
    [['analyse', file('a.txt'), '--format'], '--format'],
    [['analyse', file('a.txt'), '--format='], '--format'],
    [['rules', '--format', 'sarif'], '--format'],
    [['analyse', file('a.txt'), '--fail-on', 'info'], '--fail-on'],
    [['analyse', file('a.txt'), '--as-of', '21.11.2026'], '--as-of'],
    [['analyse', file('a.txt'), '--as-of', '2026-02-30'], '--as-of'],
    [['analyse', file('a.txt'), '--as-of', '2026-13-45'], '--as-of'],
    [['analyse', file('a.txt'), '--as-of', '2026-11-21T25:00:00Z'], '--as-of'],
    [['analyse', file('a.txt'), '--lang', 'fr'], '--lang'],
    [['analyse', file('a.txt'), '--answer', 'mx=elsewhere'], '--answer'],
    [['analyse', file('a.txt'), '--answer', 'colour=red'], '--answer'],
    [['analyse', file('a.txt'), '--accept', file('bad.json')], 'bad.json:2'],
    [['analyse', file('a.txt'), '--accept', file('none.json')], '--accept'],
    [['analyse', file('a.txt'), '--baseline', file('a.txt')], '--baseline'],
    [['analyse', file('a.txt'), '--baseline', file('no-report.json')], '--baseline'],
    [['analyse', file('a.txt'), '--out', file('no/such/folder/x')], '--out'],
    [['rules', 'no-such-rule'], 'no-such-rule'],
    [['trace', '--from', '203.0.113.7'], 'PATH'],
    [['trace', file('a.txt')], '--from'],
    [['trace', file('a.txt'), '--from', 'x'], '--from: “x” is not an IP address'],
    [['trace', file('a.txt'), '--from', '203.0.113.256'], '--from'],
    [['trace', file('a.txt'), '--origin', 'moon'], '--origin'],
    [['trace', file('a.txt'), '--from', '203.0.113.7', '--local-ip', 'EX01'], '--local-ip'],
    [['trace', file('a.txt'), '--from', '203.0.113.7', '--port', '0'], '--port'],
    [['trace', file('a.txt'), '--from', '203.0.113.7', '--port', '65536'], '--port'],
    [['trace', file('a.txt'), '--from', '203.0.113.7', '--size', '3MB'], '--size'],
    [['trace', file('a.txt'), '--from', '203.0.113.7', '--tls', 'always'], '--tls'],
    [['trace', file('a.txt'), '--from', '203.0.113.7', '--auth', 'admin'], '--auth'],
    [['trace', file('a.txt'), '--from', '203.0.113.7', '--mail-from', 'somebody'], '--mail-from'],
    [['trace', file('a.txt'), '--from', '203.0.113.7', '--rcpt-to', '@contoso.com'], '--rcpt-to'],
    [['trace', file('a.txt'), '--from', '203.0.113.7', '--originator', 'a@b'], '--originator'],
    [['trace', file('a.txt'), '--from', '203.0.113.7', '--format', 'csv'], '--format'],
    [['trace', file('a.txt'), '--from', '203.0.113.7', '--answer', 'mx=elsewhere'], '--answer'],
    [['exposure'], 'PATH'],
    [['exposure', file('a.txt'), '--from', '203.0.113.7'], '--from'],
    [['exposure', file('a.txt'), '--format', 'markdown'], '--format'],
    [['compare', 'x'], '--with'],
    [['logs', 'x'], 'logs'],
    [['redact', '--out', 'y'], 'PATH'],
    [['redact', file('a.txt')], '--out'],
    [['redact', file('a.txt'), '--out', exports_], 'not empty'],
    [['redact', file('a.txt'), '--format', 'csv', '--out', 'y'], '--format'],
    [['redact', '--restore', file('none.json'), file('a.txt')], '--restore'],
    [['redact', '--restore', file('no-report.json'), file('a.txt')], 'no key'],
  ])('%j', async (args, named) => {
    const run = await postern(args)
    expect(run.code).toBe(2)
    expect(run.stdout).toBe('')
    expect(run.stderr).toContain(named)
    expect(run.stderr.trimEnd()).toMatch(/^postern: [^\n]*\.$/)
  })
})

describe('help and the catalogue', () => {
  it.each([
    ['--help'],
    ['analyse', '--help'],
    ['trace', '--help'],
    ['exposure', '--help'],
    ['rules', '-h'],
    ['verify-log', '--help'],
  ])('%s %s', async (...args) => {
    const run = await postern(args)
    expect(run.code).toBe(0)
    expect(run.stdout).toContain('--format')
    expect(run.stderr).toBe('')
  })

  it('lists the rules, and tells one in either language', async () => {
    const list = JSON.parse((await postern(['rules'])).stdout)
    expect(list.length).toBeGreaterThan(0)
    const id: string = list[0].id
    const english = await postern(['rules', id, '--format', 'text'])
    const german = await postern(['rules', id, '--format', 'text', '--lang', 'de'])
    expect(english.stdout).toContain('What it checks')
    expect(german.stdout).toContain('Was geprüft wird')
    expect((await postern(['rules', '--format', 'markdown'])).stdout).toContain(`- \`${id}\``)
  })
})
