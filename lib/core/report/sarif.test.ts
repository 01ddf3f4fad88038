import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { aFinding, anOutcome, aReport, aSource } from '../testing/report-builder'
import { renderSarif } from './sarif'

/** What SARIF 2.1.0 asks of the parts that are used here. */
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
})
