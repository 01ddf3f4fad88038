import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { runAudit } from '../audit'
import type { Finding } from '../report/schema'
import { tenantDomain } from './choices'
import { findingQuestion } from './finding-question'
import { askedForm, emptyForm } from './form'
import { trace } from './trace'

const folder = path.resolve(import.meta.dirname, '../../../samples/contoso')
const files = readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter((e) => e.isFile())
  .map((e) => path.join(e.parentPath, e.name))
  .map((file) => ({ name: path.relative(folder, file), bytes: readFileSync(file) }))
const now = new Date('2026-11-21')
const { report, config } = runAudit(files, { now })
const world = { config, asOf: now, answers: {} }

const of = (rule: string, object: string): Finding => {
  const found = report.findings.find((f) => f.rule === rule && f.objects.some((o) => o.id === object))
  if (!found) throw new Error(`no finding ${rule} for ${object}`)
  return found
}

describe('the question that a finding leads to', () => {
  it.each([
    ['open-relay-anonymous', 'EX03\\Relay Data Centre', { from: '198.51.100.7', to: 'EX03', rcpt: 'example.net' }],
    ['hybrid-backdoor-foreign-tenants', 'EX01\\Default Frontend EX01', { cert: 'other-tenant', to: 'EX01' }],
    ['hybrid-receive-capability-missing', 'EX04', { cert: 'exchange-online', to: 'EX04' }],
    ['tls-domain-capability-excessive', 'EX03\\Default Frontend EX03', { cert: 'mail.fabrikam.com', to: 'EX03' }],
    ['overlapping-remote-ranges', 'EX02\\Scan to Mail', { from: '10.10.30.50', to: 'EX02' }],
  ])('%s', (rule, object, question) => {
    expect(of(rule, object).simulation).toMatchObject(question)
  })

  it('is answered with a line of the evidence, for every finding that has one', () => {
    const asking = report.findings.filter((f) => f.simulation !== undefined)
    expect(asking.length).toBeGreaterThan(15)
    for (const { id, evidence, simulation = {} } of asking) {
      const asked = askedForm({ ...emptyForm, ...simulation }, tenantDomain(config))
      if ('problems' in asked) throw new Error(`${id}: ${asked.problems[0]?.problem}`)
      const way = trace(world, asked.question)
      const because = [way, ...way.branches].flatMap((w) => w.hops.flatMap((h) => h.steps.flatMap((s) => s.because)))
      const isRead = because.some(({ place }) =>
        evidence.some((e) => e.source === place.source && e.lines[0] <= place.lines[1] && place.lines[0] <= e.lines[1]),
      )
      expect(isRead, id).toBe(true)
    }
  })

  it('is the same whatever the order of the objects', () => {
    const turned = { ...config, receiveConnectors: [...config.receiveConnectors].reverse() }
    for (const finding of report.findings)
      expect(findingQuestion({ ...world, config: turned }, finding) ?? undefined, finding.id).toEqual(
        finding.simulation,
      )
  })

  it('is none where no way reads a line of the evidence', () => {
    const finding = of('open-relay-anonymous', 'EX03\\Relay Data Centre')
    const elsewhere = finding.evidence.map((e) => ({ ...e, source: 'another' }))
    expect(findingQuestion(world, { ...finding, evidence: elsewhere })).toBeNull()
  })
})
