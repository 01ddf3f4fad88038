import { describe, expect, it } from 'vitest'
import { type AuditFile, type Report, runAudit } from '../../index'
import { organisation } from '../../testing/organisation'
import { asTable, clixml, csv, type Files, formatList, json, transcript } from '../../testing/print-organisation'
import { findLeft } from './left'
import { redactExports } from './redact-exports'

const now = new Date('2026-11-21')
const encoder = new TextEncoder()
const filesOf = (files: Files): AuditFile[] =>
  Object.entries(files).map(([name, text]) => ({ name, bytes: encoder.encode(text) }))

const columns = [
  'Identity',
  'Name',
  'Bindings',
  'Enabled',
  'DomainName',
  'DomainType',
  'Thumbprint',
  'Subject',
  'Services',
]
const tables = transcript(
  () => '',
  (e) => asTable(e, columns, 'en-US', {}),
)

/** One organisation in every way in which an administrator can write it down. */
const ways: [string, Files][] = [
  ['Format-List', formatList({ culture: 'en-US' })],
  ['Format-List, wrapped', formatList({ culture: 'de-DE', width: 79 })],
  ['Format-List, wrapped within words', formatList({ culture: 'en-US', width: 90, words: false })],
  ['Format-List, lists cut', formatList({ culture: 'en-US', limit: 4 })],
  ['Export-Clixml in the shell', clixml('rehydrated')],
  ['Export-Clixml of a remote session', clixml('deserialized')],
  ['ConvertTo-Json, Windows PowerShell', json('5.1')],
  ['ConvertTo-Json, PowerShell 7', json('7')],
  ['Export-Csv, Windows PowerShell', csv('5.1', 'en-US', 'lost')],
  ['Export-Csv with lists joined', csv('7', 'de-DE', ', ')],
  ['Format-Table', tables],
]

const outcomes = (r: Report) => r.outcomes.map((o) => `${o.rule} ${o.state}`)
const findings = (r: Report) => r.findings.map((f) => `${f.rule} ${f.severity} ${f.objects.length}`).sort()

describe.each(ways)('%s', (_, written) => {
  const files = filesOf(written)
  const made = redactExports(files, { seed: 's', now })
  const { report } = runAudit(files, { now })
  const { report: again } = runAudit(filesOf(Object.fromEntries(made.files.map((f) => [f.name, f.text]))), { now })

  it('is all there', () => {
    expect(made.leftOut).toEqual([])
    expect(made.files).toHaveLength(files.length)
    for (const name of Object.keys(report.inventory))
      expect([name, Object.entries(again.inventory).find(([n]) => n === name)?.[1].length]).toEqual([
        name,
        Object.entries(report.inventory).find(([n]) => n === name)?.[1].length,
      ])
  })

  it('is judged as before', () => {
    expect(outcomes(again)).toEqual(outcomes(report))
    expect(findings(again)).toEqual(findings(report))
  })

  it('holds no original', () => {
    const left = findLeft(made.table)
    for (const { name, text } of made.files) expect([name, left(`${name}\n${text}`)]).toEqual([name, undefined])
    expect(JSON.stringify(made.files)).not.toMatch(/contoso|m\u00fcnchen/i)
  })
})

it('has an organisation to speak of', () => expect(organisation.length).toBeGreaterThan(5))
