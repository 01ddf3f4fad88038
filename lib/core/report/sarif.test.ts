import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import AjvDraft4 from 'ajv-draft-04'
import addFormatsModule from 'ajv-formats'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { aFinding, anOutcome, aReport, aSource } from '../testing/report-builder'
import { renderSarif } from './sarif'

/** What SARIF 2.1.0 asks of the parts that are used here. */
const require = createRequire(import.meta.url)
const addFormats = addFormatsModule.default
const SCHEMA = '@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json'

const sarif = z.object({
  $schema: z.url(),
  version: z.literal('2.1.0'),
  runs: z
    .array(
      z.object({
        tool: z.object({
          driver: z.object({
            name: z.string().min(1),
            rules: z.array(
              z.object({
                id: z.string(),
                defaultConfiguration: z.object({ level: z.enum(['none', 'note', 'warning', 'error']) }),
              }),
            ),
          }),
        }),
        invocations: z.array(
          z.object({
            executionSuccessful: z.boolean(),
            toolExecutionNotifications: z.array(z.object({ message: z.object({ text: z.string() }) })),
          }),
        ),
        artifacts: z.array(z.object({ location: z.object({ uri: z.string().regex(/^[^\s<>"{}|\\^`:]*$/) }) })),
        results: z.array(
          z.object({
            ruleId: z.string(),
            ruleIndex: z.number().int().min(0),
            level: z.enum(['none', 'note', 'warning', 'error']),
            message: z.object({ text: z.string().min(1) }),
            locations: z
              .array(
                z.object({
                  physicalLocation: z.object({
                    artifactLocation: z.object({ uri: z.string(), index: z.number().int().min(0) }),
                    region: z.object({
                      startLine: z.number().int().min(1),
                      endLine: z.number().int(),
                      snippet: z.object({ text: z.string() }),
                    }),
                  }),
                }),
              )
              .min(1),
            partialFingerprints: z.record(z.string(), z.string()),
            baselineState: z.enum(['new', 'unchanged', 'updated', 'absent']).optional(),
            suppressions: z.array(z.object({ kind: z.enum(['inSource', 'external']) })).optional(),
          }),
        ),
      }),
    )
    .length(1),
})

const read = (report: Parameters<typeof renderSarif>[0]) =>
  sarif.parse(JSON.parse(renderSarif(report, { lang: 'en' }))).runs[0]

describe('renderSarif', () => {
  it('holds the findings that count with region, fingerprint and the index of their rule and file', () => {
    const run = read(
      aReport({
        sources: [aSource({ id: 's0', name: 'a b.txt' }), aSource({ id: 's1', name: 'x.zip!/ä <1>.txt' })],
        findings: [
          aFinding({ id: 'r.1', rule: 'r', severity: 'critical' }),
          aFinding({ id: 'r.2', rule: 'r', absorbedBy: 'r.1' }),
          aFinding({ id: 'q.1', rule: 'q', severity: 'info', baseline: 'known' }),
          aFinding({ id: 'q.2', rule: 'q', severity: 'medium', accepted: { reason: 'ok', until: null } }),
        ],
        outcomes: [anOutcome('a', 'pass'), anOutcome('q', 'fail'), anOutcome('r', 'fail')],
      }),
    )
    expect(run?.results.map((r) => [r.partialFingerprints['posternFinding/v1'], r.level])).toEqual([
      ['r.1', 'error'],
      ['q.2', 'warning'],
      ['q.1', 'note'],
    ])
    for (const r of run?.results ?? []) expect(run?.tool.driver.rules[r.ruleIndex]?.id).toBe(r.ruleId)
    const place = run?.results[0]?.locations[0]?.physicalLocation
    expect(place?.region).toMatchObject({ startLine: 14, endLine: 14 })
    expect(place?.artifactLocation).toEqual({ uri: 'x.zip!/%C3%A4%20%3C1%3E.txt', index: 1 })
    expect(run?.results.map((r) => r.baselineState)).toEqual([undefined, undefined, 'unchanged'])
    expect(run?.results.map((r) => r.suppressions?.length)).toEqual([undefined, 1, undefined])
  })

  it('tells what could not be assessed', () => {
    const run = read(
      aReport({
        outcomes: [anOutcome('q', 'not-assessed', [{ cmdlet: 'Get-SendConnector', side: 'on-premises', servers: [] }])],
      }),
    )
    expect(run?.invocations[0]?.toolExecutionNotifications[0]?.message.text).toContain('Get-SendConnector')
  })

  it('is valid by the schema of OASIS, also with everything that a finding may have', () => {
    const ajv = new AjvDraft4({ strict: false, allErrors: true, unicodeRegExp: false })
    addFormats(ajv)
    const validate = ajv.compile(JSON.parse(readFileSync(require.resolve(SCHEMA), 'utf8')))
    const text = '<script>\u0000\u202e</script> "quoted"'
    const place = { source: 's1', lines: [3, 4] as [number, number], property: text, text }
    const report = aReport({
      sources: [aSource({ id: 's0', name: 'a b#?%.txt' }), aSource({ id: 's1', name: 'x.zip!/ä <1>.txt' })],
      findings: [
        aFinding({ id: 'r.1', rule: 'r', evidence: [place, { ...place, source: 's0' }] }),
        aFinding({ id: 'r.2', rule: 'r', absorbedBy: 'r.1', baseline: 'worse' }),
        aFinding({ id: 'q.2', rule: 'q', accepted: { reason: text, until: '2027-01-01' }, baseline: 'new' }),
      ],
      outcomes: [
        anOutcome('a', 'not-assessed', [{ cmdlet: 'Get-SendConnector', side: 'on-premises', servers: ['EX01'] }]),
        anOutcome('q', 'fail'),
        anOutcome('r', 'fail'),
        anOutcome('z', 'crashed'),
      ],
    })
    for (const lang of ['en', 'de'] as const) {
      const isValid = validate(JSON.parse(renderSarif(report, { lang })))
      expect(validate.errors ?? []).toEqual([])
      expect(isValid).toBe(true)
    }
    expect(validate({ version: '2.1.0', runs: [{ results: [] }] })).toBe(false)
  })
})
