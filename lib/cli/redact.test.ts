import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { folderWith, ownDomains, postern, reportOf, sample, trusting, window } from './testing/run'

// every run is a process of its own
vi.setConfig({ testTimeout: 120_000 })

const keyOf = (folder: string) =>
  z
    .object({
      warning: z.string(),
      seed: z.string(),
      table: z.array(z.object({ pseudonym: z.string(), original: z.string() })),
    })
    .parse(JSON.parse(readFileSync(path.join(folder, 'key.json'), 'utf8')))

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((e) => e.isFile() && e.name !== 'key.json')
    .map((e) => path.join(e.parentPath, e.name))

const fresh = () => path.join(folderWith({}), 'redacted')

describe('redact of the sample', () => {
  const out = fresh()
  const run = postern(['redact', sample, '--out', out])

  it('writes the exports, says what it left out and what the key is', async () => {
    const { code, stdout, stderr } = await run
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' })
    expect(stderr).toContain('ticket-2214.txt: not recognised as an export, left out')
    expect(stderr).toMatch(/\d+ files in .*key\.json there leads back to the originals/)
    expect(filesIn(out).length).toBe(16)
  })

  it('leaves no original in any byte, and none in a name of a file', async () => {
    await run
    for (const file of filesIn(out)) {
      const shown = `${path.relative(out, file)}\n${readFileSync(file, 'utf8')}`
      expect(shown).not.toMatch(
        /contoso|fabrikam|munich|vienna|muenchen|bayern|multifunction|azure workloads|\bex0\d|edge01|10\.10\.30/i,
      )
    }
  })

  it('keeps the key to its owner', async () => {
    await run
    expect(statSync(path.join(out, 'key.json')).mode & 0o777).toBe(0o600)
    const { warning, seed, table } = keyOf(out)
    expect(warning).toMatch(/^Secret/)
    expect(seed.length).toBeGreaterThan(40)
    expect(table.map((e) => e.original)).toEqual(
      expect.arrayContaining(['EX01', 'contoso.com', 'Multifunction Printers']),
    )
  })

  it('is judged as the originals are, and the report leads back to them', async () => {
    await run
    const told = (r: ReturnType<typeof reportOf>) =>
      r.findings.map((f) => `${f.rule} ${f.severity} ${f.objects.length}`).sort()
    const was = reportOf(await postern(['analyse', sample, '--quiet']))
    const redacted = await postern(['analyse', out, '--quiet'])
    expect(told(reportOf(redacted))).toEqual(told(was))
    const file = path.join(folderWith({ 'report.json': redacted.stdout }), 'report.json')
    const back = await postern(['redact', '--restore', path.join(out, 'key.json'), file])
    expect({ code: back.code, stderr: back.stderr }).toEqual({ code: 0, stderr: '' })
    const ids = (r: ReturnType<typeof reportOf>) =>
      r.findings.flatMap((f) => f.objects.map((o) => `${f.rule} ${o.id}`)).sort()
    expect(ids(reportOf(back))).toEqual(ids(was))
  })
})

describe('redact', () => {
  it('gives other pseudonyms each time: the seed is drawn', async () => {
    const folder = folderWith({ 'a.txt': trusting() })
    const [one, two] = [fresh(), fresh()]
    await Promise.all([one, two].map((out) => postern(['redact', folder, '--out', out, '--quiet'])))
    expect(keyOf(one).seed).not.toBe(keyOf(two).seed)
  })

  it('has nothing to write where nothing is recognised', async () => {
    const out = fresh()
    const run = await postern(['redact', folderWith({ 'notes.txt': 'Call Jane Doe about EX01.' }), '--out', out])
    expect(run.code).toBe(3)
    expect(() => readdirSync(out)).toThrow()
  })

  it('says in German what is left out, and nothing with --quiet', async () => {
    const folder = folderWith({ 'a.txt': trusting(), 'notes.txt': 'Call Jane Doe about EX01.' })
    const german = await postern(['redact', folder, '--out', fresh(), '--lang', 'de'])
    expect(german.stderr).toContain('notes.txt: nicht als Export erkannt, weggelassen')
    expect((await postern(['redact', folder, '--out', fresh(), '--quiet'])).stderr).toBe('')
  })

  it('writes into an empty folder and never over anything', async () => {
    const folder = folderWith({ 'a.txt': trusting() })
    const empty = folderWith({})
    expect((await postern(['redact', folder, '--out', empty, '--quiet'])).code).toBe(0)
    const again = await postern(['redact', folder, '--out', empty, '--quiet'])
    expect(again.code).toBe(2)
    expect(again.stderr).toContain('not empty')
  })

  it('leaves out the words of people around an export', async () => {
    const out = fresh()
    const mail = `Hello Jane,\n\nplease look at this, it is urgent. Yours, Thomas Mustermann\n\n${window('Get-ReceiveConnector | Format-List', trusting())}`
    await postern(['redact', folderWith({ 'mail.txt': mail }), '--out', out, '--quiet'])
    const [file = ''] = filesIn(out)
    const text = readFileSync(file, 'utf8')
    expect(text).toContain('ExternalAuthoritative')
    expect(text).not.toMatch(/jane|thomas|mustermann|urgent/i)
  })
})

describe('the way back', () => {
  it('restores folders, with the names of their files', async () => {
    const folder = folderWith({ 'klinikum/EX01_domains.txt': ownDomains('klinikum.de', 'mail.klinikum.de') })
    const [out, back] = [fresh(), fresh()]
    await postern(['redact', folder, '--out', out, '--quiet'])
    expect(
      filesIn(out)
        .map((f) => readFileSync(f, 'utf8'))
        .join(),
    ).not.toContain('klinikum')
    await postern(['redact', '--restore', path.join(out, 'key.json'), out, '--out', back])
    const [file = ''] = filesIn(back)
    expect(readFileSync(file, 'utf8')).toContain('DomainName : mail.klinikum.de')
    expect(path.relative(back, file)).toContain('klinikum')
    expect(statSync(file).mode & 0o777).toBe(0o600)
  })

  it('takes standard input, and no key that is none', async () => {
    const out = fresh()
    await postern(['redact', folderWith({ 'a.txt': trusting() }), '--out', out, '--quiet'])
    const key = path.join(out, 'key.json')
    const run = await postern(['redact', '--restore', key, '-'], { stdin: 'EX-1\\Receive connector 1, EX-12' })
    expect(run.stdout).toBe('EX01\\Appliances, EX-12')
    writeFileSync(key, '{"table": []}')
    expect((await postern(['redact', '--restore', key, '-'], { stdin: '' })).code).toBe(2)
  })

  it('takes the key table of a shared link', async () => {
    const rows = '\ufeffPseudonym;Original\r\nEX-1;EX01\r\nconnector-1;"Relay; ""old"""\r\n'
    const key = path.join(folderWith({ 'postern-names.csv': rows }), 'postern-names.csv')
    const stdin = JSON.stringify({ report: 1, title: 'EX-1\\connector-1 relays' })
    const run = await postern(['redact', '--restore', key, '-'], { stdin })
    expect({ code: run.code, stderr: run.stderr }).toEqual({ code: 0, stderr: '' })
    expect(JSON.parse(run.stdout)).toEqual({ report: 1, title: 'EX01\\Relay; "old" relays' })
  })

  it('prints one file, and asks for a folder for more', async () => {
    const out = fresh()
    await postern(['redact', sample, '--out', out, '--quiet'])
    const run = await postern(['redact', '--restore', path.join(out, 'key.json'), out])
    expect(run.code).toBe(2)
    expect(run.stderr).toContain('--out')
  })
})
