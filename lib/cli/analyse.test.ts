import { spawn } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { aConnector, folderWith, postern, reportOf, root, sample, trusting } from './testing/run'

// every run is a process of its own
vi.setConfig({ testTimeout: 60_000 })

const levels = ['critical', 'high', 'medium', 'low', 'info'] as const

describe('analyse of the sample', () => {
  const whole = postern(['analyse', sample, '--quiet'])

  it('is a report on standard output and nothing on standard error', async () => {
    const run = await whole
    expect(run.code).toBe(0)
    expect(run.stderr).toBe('')
    const report = reportOf(run)
    expect(report).toMatchObject({ asOf: expect.stringMatching(/^2026-11-19T\d\d:\d\d:\d\dZ$/), asOfSource: 'exports' })
    expect(report.sources.map((s) => s.name)).toContain('edge01.zip!/edge01/receive-connectors.txt')
    expect(report.sources.map((s) => s.name)).toEqual([...report.sources.map((s) => s.name)].sort())
    expect(report.inventory.receiveConnectors).toHaveLength(33)
  })

  it('finds what was planted', async () => {
    const { findings } = reportOf(await whole)
    const found = findings.map((f) => `${f.rule} ${f.objects.map((o) => o.id).join()}`)
    for (const [rule, object] of [
      ['relay-on-default-connector', 'EX02\\Default Frontend EX02'],
      ['open-relay-anonymous', 'EX03\\Relay Data Centre'],
      ['relay-grant-covers-exchange-online', 'EX03\\Relay Cloud Applications'],
      ['externally-secured-connector', 'EX04\\Backup Appliances'],
      ['externally-secured-connector', 'EX01\\From Mail Gateway'],
      ['anonymous-relay-wide-range', 'EX01\\Relay Applications'],
      ['custom-permissions-unverified', 'EX04\\Monitoring Service'],
      ['overlapping-remote-ranges', 'EX02\\Multifunction Printers'],
      ['hybrid-receive-exo-range-shadowed', 'EX01\\Azure Workloads'],
      ['tls-domain-capability-excessive', 'EX03\\Default Frontend EX03'],
      ['tls-domain-capability-legacy', 'EDGE01\\Default internal receive connector EDGE01'],
      ['hybrid-receive-capability-missing', 'EX04'],
      ['certificate-without-smtp-service', 'EX03\\'],
    ] as const)
      expect(found).toContainEqual(expect.stringMatching(new RegExp(`^${rule} .*${object.replaceAll('\\', '\\\\')}`)))
  })

  it('proves every finding with the lines of a file', async () => {
    const report = reportOf(await whole)
    for (const evidence of report.findings.flatMap((f) => f.evidence)) {
      expect(evidence.text.trim()).not.toBe('')
      expect(evidence.lines[0]).toBeGreaterThan(0)
    }
    const relay = report.findings.find(
      (f) => f.rule === 'externally-secured-connector' && f.objects.some((o) => o.server === 'EX04'),
    )
    const lines = readFileSync(path.join(sample, 'vienna/transcript.txt'), 'utf8').replace('\ufeff', '').split(/\r?\n/)
    const name = (id: string) => report.sources.find((s) => s.id === id)?.name
    const inTranscript = relay?.evidence.filter((e) => name(e.source) === 'vienna/transcript.txt') ?? []
    expect(inTranscript.length).toBeGreaterThan(0)
    for (const e of inTranscript) expect(e.text).toBe(lines.slice(e.lines[0] - 1, e.lines[1]).join('\n'))
  })

  it('counts severities without what is part of another finding', async () => {
    const { findings, summary } = reportOf(await whole)
    for (const level of levels) {
      const counted = findings.filter((f) => f.absorbedBy === null && f.severity === level).length
      expect(summary.bySeverity[level]).toBe(counted)
    }
  })

  it('answers the same twice', async () => {
    expect((await postern(['analyse', sample, '--quiet'])).stdout).toBe((await whole).stdout)
  })

  it.each(['text', 'markdown', 'csv', 'sarif'])('is told as %s in both languages', async (format) => {
    const english = await postern(['analyse', sample, '--quiet', '--format', format])
    const german = await postern(['analyse', sample, '--quiet', '--format', format, '--lang', 'de'])
    expect(english.code).toBe(0)
    expect(english.stdout).toContain('relay-on-default-connector')
    expect(german.stdout).toContain('relay-on-default-connector')
    expect(german.stdout).not.toBe(english.stdout)
    if (format === 'text') expect(english.stdout).toMatch(/munich\/ex02-receive-connectors\.txt:\d+/)
  })
})

describe('exit codes and what counts', () => {
  const folder = folderWith({ 'a/one.txt': trusting(), 'healthy.txt': aConnector('Quiet') })
  const one = path.join(folder, 'a/one.txt')

  it('fails on a finding at or above the level', async () => {
    const { findings } = reportOf(await postern(['analyse', one]))
    const worst = findings.find((f) => f.rule === 'externally-secured-connector')
    expect(worst?.severity).toBe('high')
    expect((await postern(['analyse', one, '--fail-on', 'high'])).code).toBe(1)
    expect((await postern(['analyse', one, '--fail-on', 'critical'])).code).toBe(0)
    expect((await postern(['analyse', path.join(folder, 'healthy.txt'), '--fail-on', 'low'])).code).toBe(0)
  })

  it('counts only what is not in the baseline', async () => {
    const report = path.join(folder, 'report.json')
    expect((await postern(['analyse', one, '--out', report])).stdout).toBe('')
    const again = await postern(['analyse', one, '--fail-on', 'low', '--baseline', report])
    expect(again.code).toBe(0)
    expect(reportOf(again).findings.every((f) => f.baseline === 'known')).toBe(true)
    const more = path.join(folder, 'more.txt')
    writeFileSync(more, trusting('Another'))
    expect((await postern(['analyse', one, more, '--fail-on', 'low', '--baseline', report])).code).toBe(1)
    expect(readdirSync(folder).filter((n) => n.startsWith('.'))).toEqual([])
  })

  it('leaves accepted risks out until they end', async () => {
    const accept = path.join(folder, 'accept.json')
    writeFileSync(
      accept,
      JSON.stringify([
        { rule: 'externally-secured-connector', object: 'EX01\\Appliances', reason: 'backup', until: '2026-12-31' },
      ]),
    )
    const on = (day: string) => postern(['analyse', one, '--fail-on', 'high', '--accept', accept, '--as-of', day])
    expect((await on('2026-12-31')).code).toBe(0)
    expect((await on('2027-01-01')).code).toBe(1)
    expect(reportOf(await on('2026-12-31')).asOf).toBe('2026-12-31T00:00:00Z')
  })

  it('prints a report also when nothing was readable, with 3', async () => {
    const nothing = folderWith({ 'list.txt': 'milk\ncoffee\n' })
    const run = await postern(['analyse', nothing])
    expect(run.code).toBe(3)
    expect(reportOf(run).sources).toMatchObject([{ name: 'list.txt', status: 'unknown-format', firstLine: 'milk' }])
    const empty = await postern(['analyse', folderWith({})])
    expect(empty.code).toBe(3)
    expect(reportOf(empty).sources).toEqual([])
  })
})

describe('where files come from', () => {
  const folder = folderWith({
    'z.txt': aConnector('Z'),
    'ex01/receive.txt': trusting(),
    'ex01/deep/er/x.txt': aConnector('X'),
    '.hidden/y.txt': aConnector('Y'),
  })
  const names = async (args: readonly string[], options = {}) =>
    reportOf(await postern(['analyse', ...args], options)).sources.map((s) => s.name)

  it('names files relative to the folder, sorted, without what begins with a dot', async () => {
    expect(await names([folder])).toEqual(['ex01/deep/er/x.txt', 'ex01/receive.txt', 'z.txt'])
  })

  it('keeps the folder in the name where several paths are given', async () => {
    expect(await names(['ex01', 'z.txt'], { cwd: folder })).toEqual(['ex01/deep/er/x.txt', 'ex01/receive.txt', 'z.txt'])
    expect(await names(['./ex01/receive.txt'], { cwd: folder })).toEqual(['ex01/receive.txt'])
  })

  it('reads a file given twice once, and tells files of one name apart', async () => {
    const other = folderWith({ 'z.txt': aConnector('Other') })
    expect(await names([path.join(folder, 'z.txt'), path.join(folder, 'z.txt'), path.join(other, 'z.txt')])).toEqual([
      'z.txt',
      'z.txt (2)',
    ])
  })

  it('reads standard input', async () => {
    const run = await postern(['analyse', '-', '--format', 'json'], { stdin: trusting() })
    expect(run.code).toBe(0)
    expect(reportOf(run).inventory.receiveConnectors?.map((c) => c.id)).toEqual(['EX01\\Appliances'])
  })

  it('resolves paths where npm was started', async () => {
    const env = { npm_lifecycle_event: 'postern', INIT_CWD: folder }
    expect(await names(['z.txt'], { env })).toEqual(['z.txt'])
  })
})

describe('output', () => {
  it('goes on quietly when the reader has gone', async () => {
    const code = await new Promise((resolve) => {
      const child = spawn(
        'sh',
        ['-c', `"${process.execPath}" bin/postern.mjs analyse "${sample}" | head -c 10 >/dev/null`],
        { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] },
      )
      let err = ''
      child.stderr.on('data', (c) => {
        err += c
      })
      child.on('close', (c) => resolve(`${c} ${err.includes('EPIPE')}`))
    })
    expect(code).toBe('0 false')
  })

  it('writes a large report without a word on standard error', async () => {
    // more than eleven pieces of a megabyte: the eleventh listener on a stream makes Node warn
    const Comment = 'kept for the branch offices '.repeat(180)
    const many = Array.from({ length: 3000 }, (_, i) =>
      aConnector(`Relay ${i}`, { Comment, RemoteIPRanges: `{10.0.${i >> 8}.${i & 255}}` }),
    )
    const run = await postern(['analyse', '-'], { stdin: many.join('') })
    expect(run.code).toBe(0)
    expect(run.stderr).toBe('')
    expect(run.stdout.length).toBeGreaterThan(12 << 20)
    expect(reportOf(run).inventory.receiveConnectors).toHaveLength(many.length)
  })

  it('has colours only on a terminal', async () => {
    const run = await postern(['analyse', sample, '--format', 'text', '--quiet'])
    expect(run.stdout).not.toContain('\x1b')
  })

  it('writes the bundle once, under a name that changes with the sources', () => {
    expect(existsSync(path.join(root, 'dist'))).toBe(true)
    expect(readdirSync(path.join(root, 'dist')).some((n) => /^cli-[0-9a-f]{16}\.mjs$/.test(n))).toBe(true)
  })
})
